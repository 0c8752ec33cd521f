"""入驻: asked for by an employer, decided on by staff, and what it is good for."""

import pytest

from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.employers.errors import NotYourEmployer, SettlementNotFound, SettlementsClosed
from app.employers.models import Settlement
from app.employers.services.settlements import (
    apply_for_settlement,
    approve_settlement,
    approve_settlements,
    return_settlement,
    revoke_settlement,
    settled_since,
    withdraw_settlement,
)
from app.notifications.models import Notification
from app.schools.errors import SchoolNotFound
from app.schools.services import set_switches
from tests.racing import at_once

Status = Settlement.Status


@pytest.fixture
def employer(factory):
    return factory.employer()


@pytest.fixture
def hr(factory, employer):
    return factory.acting(employer)


@pytest.fixture
def asked(factory, employer, hr):
    return apply_for_settlement(employer.id, factory.school().id, hr.id)


def told(account):
    rows = Notification.select().where(Notification.account == account)
    return [(row.kind.value, row.params["answer"], row.params["reason"]) for row in rows]


@pytest.mark.spec("C01", "SM2")
def test_application_waits_and_is_approved(employer, hr, asked):
    assert asked.status == Status.AWAITING
    approved = approve_settlement(asked.id)
    assert approved.status == Status.SETTLED
    assert settled_since(employer.id, [asked.school_id]) == {
        asked.school_id: approved.settled_since
    }
    assert told(hr) == [("settlement_decided", "已通过", "")]


@pytest.mark.spec("C01", "K02")
def test_a_school_that_takes_nobody_in_refuses_and_keeps_who_is_there(factory, employer, hr, asked):
    other = factory.employer()
    set_switches(asked.school_id, {"settlements": False})
    with pytest.raises(SettlementsClosed):
        apply_for_settlement(other.id, asked.school_id, factory.acting(other).id)
    assert approve_settlement(asked.id).status == Status.SETTLED


@pytest.mark.spec("C01", "SM2")
def test_turned_down_employer_reads_why_and_may_apply_again(employer, hr, asked):
    return_settlement(asked.id, "营业执照已过期")
    again = Settlement.get_by_id(asked.id)
    assert (again.status, again.return_reason) == (Status.OPEN, "营业执照已过期")
    assert told(hr) == [("settlement_decided", "未通过", "营业执照已过期")]
    anew = apply_for_settlement(employer.id, asked.school_id, hr.id)
    assert (anew.id, anew.status, anew.return_reason) == (asked.id, Status.AWAITING, "")


@pytest.mark.spec("C01", "SM2")
def test_settled_place_is_revoked_with_a_reason(employer, hr, asked):
    with pytest.raises(InvalidTransition):
        revoke_settlement(asked.id, "尚未入驻")
    approve_settlement(asked.id)
    revoke_settlement(asked.id, "发布虚假岗位")
    assert settled_since(employer.id, [asked.school_id]) == {}
    entry = AuditEntry.get(AuditEntry.action == "unsettle")
    assert (entry.subject, entry.reason) == (f"settlement:{asked.id}", "发布虚假岗位")
    assert told(hr)[-1] == ("settlement_decided", "已取消", "发布虚假岗位")


@pytest.mark.spec("C01", "SM2")
def test_employer_calls_its_application_off_only_while_it_waits(employer, hr, asked):
    assert withdraw_settlement(employer.id, asked.school_id, hr.id).status == Status.OPEN
    with pytest.raises(InvalidTransition):
        withdraw_settlement(employer.id, asked.school_id, hr.id)
    with pytest.raises(InvalidTransition):
        approve_settlement(asked.id)
    with pytest.raises(SettlementNotFound):
        withdraw_settlement(employer.id, 10**6, hr.id)


@pytest.mark.spec("C01")
def test_whoever_is_settled_or_waits_cannot_apply_again(employer, hr, asked):
    with pytest.raises(InvalidTransition):
        apply_for_settlement(employer.id, asked.school_id, hr.id)
    approve_settlement(asked.id)
    with pytest.raises(InvalidTransition):
        apply_for_settlement(employer.id, asked.school_id, hr.id)
    with pytest.raises(SchoolNotFound):
        apply_for_settlement(employer.id, 10**6, hr.id)


@pytest.mark.spec("C01", "N01")
def test_only_its_own_recruiters_apply_for_an_employer(factory, employer, hr, login):
    school = factory.school()
    path = f"/api/employers/{employer.id}/schools/{school.id}/settlement"
    rival = factory.acting(factory.employer())
    student = factory.student().account
    for account in (rival, student):
        for method in ("post", "delete"):
            assert getattr(login(account), method)(path).status_code == 403
    factory.revoke(hr)
    assert login(hr).post(path).status_code == 403
    with pytest.raises(NotYourEmployer):
        apply_for_settlement(employer.id, school.id, hr.id)
    assert not Settlement.select().exists()


@pytest.mark.spec("C01")
def test_many_applications_are_approved_at_once_and_everybody_is_told(factory):
    school, asked = factory.school(), []
    for _ in range(3):
        employer = factory.employer()
        hr = factory.acting(employer)
        asked.append((hr, apply_for_settlement(employer.id, school.id, hr.id)))
    return_settlement(asked[2][1].id, "资料不全")
    assert approve_settlements([one.id for _, one in asked]) == 2
    assert [told(hr)[-1][1] for hr, _ in asked] == ["已通过", "已通过", "未通过"]
    assert AuditEntry.select().where(AuditEntry.action == "settle").count() == 2
    stamped = Settlement.select().where(Settlement.settled_since.is_null(False))
    assert stamped.count() == 2


@pytest.mark.serial
@pytest.mark.spec("C01", "SM2")
def test_two_colleagues_who_apply_at_once_make_one_application(app, factory):
    school_id = factory.school().id
    for _ in range(6):
        employer = factory.employer()
        employer_id = employer.id
        accounts = [factory.acting(employer).id for _ in range(3)]
        ends = at_once(
            app,
            *[
                lambda a=account, e=employer_id: apply_for_settlement(e, school_id, a)
                for account in accounts
            ],
        )
        failed = [end for end in ends if isinstance(end, Exception)]
        assert [type(end).__name__ for end in failed] == ["InvalidTransition"] * 2, ends
        (row,) = Settlement.select().where(Settlement.employer == employer_id)
        assert row.status == Status.AWAITING


@pytest.mark.serial
@pytest.mark.spec("C01", "SM2")
def test_of_two_staff_who_decide_at_once_one_wins(app, factory):
    school_id = factory.school().id
    for _ in range(6):
        employer = factory.employer()
        hr = factory.acting(employer)
        asked_id = apply_for_settlement(employer.id, school_id, hr.id).id
        ends = at_once(
            app,
            lambda i=asked_id: approve_settlement(i),
            lambda i=asked_id: return_settlement(i, "资料不全"),
        )
        failed = [end for end in ends if isinstance(end, Exception)]
        assert [type(end).__name__ for end in failed] == ["InvalidTransition"], ends
        won = Settlement.get_by_id(asked_id)
        assert won.status == (Status.OPEN if isinstance(ends[0], Exception) else Status.SETTLED)
        assert len(told(hr)) == 1
