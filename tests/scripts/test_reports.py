"""Counting tests, weighing the mini-program, and finding which test proves which row."""

import json

import pytest

from scripts.list_spec_rows import client_proofs, known_rows, python_proofs, show
from scripts.setup.console import SetupRefused
from scripts.testing.client_tests import main_package_bytes
from scripts.testing.journeys import list_journeys
from scripts.testing.outcomes import Outcome, count_junit, table, timed

JUNIT = '<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"/></testsuites>'


def test_a_report_is_counted(tmp_path):
    report = tmp_path / "r.xml"
    report.write_text(JUNIT)
    counted = count_junit(report, exit_code=1)
    assert (counted.passed, counted.failed, counted.skipped) == (5, 2, 2)


def test_a_run_that_broke_without_a_report_counts_as_a_failure(tmp_path):
    assert count_junit(tmp_path / "none.xml", exit_code=4).failed == 1
    assert count_junit(tmp_path / "none.xml", exit_code=0).failed == 0


def test_a_part_that_cannot_start_is_a_failure_and_the_others_go_on(capsys):
    def broken(_outcome: Outcome) -> None:
        raise SetupRefused("no Node")

    outcome = timed("builds", broken)
    assert outcome.failed == 1
    assert "no Node" in capsys.readouterr().err
    assert "builds" in table([outcome])


def test_only_what_lies_outside_the_sub_packages_weighs_on_the_main_package(tmp_path):
    manifest = json.dumps({"pages": ["a"], "subPackages": [{"root": "pages-call", "pages": []}]})
    (tmp_path / "app.json").write_text(manifest)
    (tmp_path / "app.js").write_bytes(b"x" * 100)
    (tmp_path / "pages-call").mkdir()
    (tmp_path / "pages-call" / "big.js").write_bytes(b"x" * 5000)
    assert main_package_bytes(tmp_path) == 100 + len(manifest)


def test_a_build_without_a_manifest_is_refused(tmp_path):
    with pytest.raises(SetupRefused):
        main_package_bytes(tmp_path)


def test_markers_on_modules_classes_and_functions_prove_rows(tmp_path):
    (tmp_path / "test_a.py").write_text(
        "import pytest\n"
        'pytestmark = pytest.mark.spec("A01")\n'
        '@pytest.mark.spec("E05", "E18")\n'
        "def test_one(): ...\n"
        '@pytest.mark.spec("B01")\n'
        "class TestB:\n"
        '    @pytest.mark.spec("B02")\n'
        "    def test_two(self): ...\n"
        "    def not_a_test(self): ...\n"
    )
    proofs = python_proofs(tmp_path)
    assert dict(proofs) == {
        "A01": ["test_a.py::test_one", "test_a.py::TestB::test_two"],
        "E05": ["test_a.py::test_one"],
        "E18": ["test_a.py::test_one"],
        "B01": ["test_a.py::TestB::test_two"],
        "B02": ["test_a.py::TestB::test_two"],
    }


def test_titles_of_client_tests_prove_rows(tmp_path):
    (tmp_path / "queue.test.ts").write_text("it('shows the place in line [E04, E07]', () => {})")
    assert set(client_proofs((tmp_path,))) == {"E04", "E07"}


def test_rows_without_a_test_come_last():
    lines = show({"A01": "login", "E05": "reject"}, {"E05": ["t.py::test_x"], "SM7.3": ["t::y"]})
    assert lines[0].startswith("E05")
    assert lines.index("A01  login") > lines.index("SM7.3")
    assert lines[-1] == "1 of 2 rows proven"


def test_the_list_of_rows_is_whole():
    rows = known_rows()
    assert len(rows) == 158
    assert rows["E05"].startswith("待处理")


def test_journeys_are_named_without_importing_them(tmp_path):
    (tmp_path / "test_story.py").write_text(
        "import not_installed\n\ndef test_a_call(): ...\ndef f(): ...\n"
    )
    assert list_journeys(tmp_path) == ["test_story::test_a_call"]
