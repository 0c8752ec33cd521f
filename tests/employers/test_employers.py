"""Employers: their code, what never changes, and their recruiters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.audit import AuditEntry, acting
from app.employers import uscc
from app.employers.errors import RecruiterNotFound, UsccFixed, UsccInvalid, UsccTaken
from app.employers.models import Employer, Recruiter
from app.employers.services import (
    account_ids_of,
    create_employer,
    revoke_recruiter,
    update_employer,
)
from tests.factories import valid_uscc

REAL = "91330106673959654P"  # of a real firm, from the public register


def test_published_code_is_valid():
    assert uscc.is_valid(REAL)


@given(st.integers(0, 10**9 - 1), st.integers(0, 17), st.sampled_from(uscc.CHARACTERS))
def test_one_wrong_character_is_always_noticed(number, place, character):
    good = valid_uscc(number)
    assert uscc.is_valid(good)
    changed = good[:place] + character + good[place + 1 :]
    assert uscc.is_valid(changed) == (changed == good)


@pytest.mark.parametrize(
    "code", ["", "9133010667395965", REAL[:-1] + "O", REAL[:-1] + "A", REAL + "1", "I" * 18]
)
def test_code_with_a_wrong_check_digit_or_character_is_refused(app, code):
    with pytest.raises(UsccInvalid):
        create_employer(name="远航科技", code=code)


def test_code_may_be_typed_with_blanks_small_or_full_width(app):
    typed = f" {REAL[:8].lower()} " + "".join(chr(ord(c) + 0xFEE0) for c in REAL[8:])
    assert create_employer(name="远航科技", code=typed).uscc == REAL


def test_code_is_recorded_once(app):
    create_employer(name="远航科技", code=REAL)
    with pytest.raises(UsccTaken):
        create_employer(name="另一家", code=REAL.lower())
    assert Employer.select().count() == 1


@pytest.mark.spec("A19")
@pytest.mark.parametrize("change", [{"name": "新名字"}, {"code": valid_uscc(77)}])
def test_name_and_code_never_change(app, change):
    employer = create_employer(name="远航科技", code=REAL, city="杭州")
    with pytest.raises(UsccFixed):
        update_employer(employer.id, city="上海", **change)
    kept = Employer.get_by_id(employer.id)
    assert (kept.name, kept.uscc, kept.city) == ("远航科技", REAL, "杭州")


@pytest.mark.spec("A19")
def test_the_rest_may_change_and_is_written_down(app):
    employer = create_employer(name="远航科技", code=REAL, city="杭州", size="小")
    with acting(3, "staff"):
        update_employer(employer.id, name="远航科技", code=REAL, city=" 上海 ", size="小")
    assert Employer.get_by_id(employer.id).city == "上海"
    entry = AuditEntry.get(AuditEntry.action == "update")
    assert (entry.before, entry.after) == ({"city": "杭州"}, {"city": "上海"})
    assert (entry.actor_id, entry.actor_role, entry.subject) == (
        3,
        "staff",
        f"employer:{employer.id}",
    )


def test_unchanged_employer_leaves_no_audit_row(app):
    employer = create_employer(name="远航科技", code=REAL)
    update_employer(employer.id, city="")
    assert AuditEntry.select().where(AuditEntry.action == "update").count() == 0


def test_revoked_recruiter_is_told_nothing_any_more(factory):
    booth = factory.booth()
    first, second = factory.recruiter(booth), factory.recruiter(booth)
    assert set(account_ids_of(booth.employer_id)) == {first.id, second.id}
    revoke_recruiter(Recruiter.get(Recruiter.account == first).id, "离职")
    assert account_ids_of(booth.employer_id) == [second.id]
    entry = AuditEntry.get(AuditEntry.action == "revoke")
    assert (entry.reason, entry.after) == ("离职", {"status": "revoked"})
    with pytest.raises(RecruiterNotFound):
        revoke_recruiter(10**6)
