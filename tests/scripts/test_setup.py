"""The set-up: which Node fits, when a step is skipped, what a taken port says."""

import gzip
import socket
import stat

import brotli
import pytest

from scripts.setup import node, stamps
from scripts.setup.console import SetupRefused
from scripts.setup.precompress import precompress
from scripts.stack.ports import FIRST, LAST, find_free, require_free
from scripts.stack.secrets import development_secrets


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ("v20.18.3", False),
        ("v20.19.0", True),
        ("v22.20.0\n", True),
        ("v23.0.0", False),
        ("v9.99.0", False),
        ("node", False),
        ("", False),
    ],
)
def test_node_fits_from_20_19_to_22(version, fits):
    assert node.fits(version) is fits


def test_a_step_is_fresh_until_a_source_changes(tmp_path):
    source = tmp_path / "src" / "a.ts"
    source.parent.mkdir()
    source.write_text("one")
    before = stamps.digest([source.parent])
    stamps.mark("build", before, tmp_path / "stamps")

    assert stamps.is_fresh("build", stamps.digest([source.parent]), tmp_path / "stamps")
    source.write_text("two")
    assert not stamps.is_fresh("build", stamps.digest([source.parent]), tmp_path / "stamps")


def test_renaming_a_source_changes_the_digest_but_installed_packages_do_not(tmp_path):
    (tmp_path / "a.ts").write_text("x")
    before = stamps.digest([tmp_path])
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "m.js").write_text("y")
    assert stamps.digest([tmp_path]) == before

    (tmp_path / "a.ts").rename(tmp_path / "b.ts")
    assert stamps.digest([tmp_path]) != before


def test_a_taken_port_names_itself_and_the_setting_that_moves_it():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(
            SetupRefused, match=rf"Port {port} is taken.*WEB_PORT={port + 100} make run"
        ):
            require_free({"WEB_PORT": port})


def test_free_ports_differ_and_lie_below_the_ephemeral_range():
    ports = find_free(8)
    assert len(set(ports)) == 8
    assert all(FIRST <= port < LAST < 32768 for port in ports)


def test_secrets_are_made_once_and_only_their_owner_can_read_them(tmp_path):
    path = tmp_path / "var" / "dev.env"
    first = development_secrets(path)

    assert development_secrets(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(first["WECHAT_PUSH_AES_KEY"]) == 43
    assert development_secrets(tmp_path / "other.env")["SECRET_KEY"] != first["SECRET_KEY"]


def test_a_new_secret_joins_the_old_ones(tmp_path):
    path = tmp_path / "dev.env"
    path.write_text("# mine\nSECRET_KEY=kept=with=signs\n")

    assert development_secrets(path)["SECRET_KEY"] == "kept=with=signs"
    assert "DATA_KEY=" in path.read_text()


def test_text_files_get_compressed_copies_and_pictures_do_not(tmp_path):
    text = "双选会 interview queue " * 400
    (tmp_path / "app.js").write_text(text)
    (tmp_path / "tiny.js").write_text("1")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG" * 1000)

    assert precompress(tmp_path) == 1
    assert gzip.decompress((tmp_path / "app.js.gz").read_bytes()).decode() == text
    assert brotli.decompress((tmp_path / "app.js.br").read_bytes()).decode() == text
    assert {p.name for p in tmp_path.iterdir()} == {
        "app.js",
        "app.js.br",
        "app.js.gz",
        "logo.png",
        "tiny.js",
    }
