"""Every change goes through a service: the record moves, one audit row names who did it and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from app.core.audit import AuditEntry
from app.employers.models import Recruiter
from app.fairs.models import Booth, Fair, Participation, RecruiterCode
from app.fairs.services.booths import issue_recruiter_codes
from app.fairs.services.staging import end_fair, postpone_fair
from app.interviews.models import Interview
from app.interviews.services.closing import disqualify_booth
from app.notifications.models import Notification, NotificationKind
from app.notifications.services import notify
from app.positions.models import Position
from tests.admin.conftest import Browser, Role, audit_of, text_of
from tests.factories import Factory


@dataclass
class Case:
    """One action: what it is done to, what it is called, and where it leads."""

    place: str
    verb: str
    make: Callable[[Factory], Any]
    status: Any
    reason: str = ""
    action: str = ""


def closed_booth(factory: Factory) -> Booth:
    return disqualify_booth(factory.booth().id, "材料不实")


def ended(factory: Factory) -> Fair:
    return end_fair(factory.fair().id)


def postponed(factory: Factory) -> Fair:
    return postpone_fair(factory.fair().id, "天气")


def code(factory: Factory) -> RecruiterCode:
    return issue_recruiter_codes(factory.booth().id)[0]


def recruiter(factory: Factory) -> Recruiter:
    return Recruiter.get(Recruiter.account == factory.recruiter(factory.booth()))


def participation(factory: Factory) -> Participation:
    return Participation.get(Participation.student == factory.participant(factory.fair()))


def blocked(factory: Factory) -> Participation:
    one = participation(factory)
    one.block(reason="冒名")
    return one


def position(factory: Factory) -> Position:
    return factory.position(factory.employer())


def withdrawn_position(factory: Factory) -> Position:
    one = position(factory)
    one.withdraw()
    return one


def unsent(factory: Factory) -> Notification:
    account = factory.account("林小满")
    number = notify(
        account.id, NotificationKind.FAIR_NOTICE, params={"text": "改期"}, page="", subject="fair:1"
    )
    one = Notification.get_by_id(number)
    one.take()
    one.give_up(tried=["subscribe", "service", "mail"])
    return one


CASES = [
    Case("fairs", "announce", lambda f: f.fair(announced=False), Fair.Status.ANNOUNCED),
    Case("fairs", "announce", postponed, Fair.Status.ANNOUNCED),
    Case("fairs", "postpone", lambda f: f.fair(), Fair.Status.POSTPONED, "台风"),
    Case("fairs", "cancel", lambda f: f.fair(), Fair.Status.CANCELLED, "场地冲突"),
    Case("fairs", "end", lambda f: f.fair(), Fair.Status.ENDED, "提前收场"),
    Case("fairs", "archive", ended, Fair.Status.ARCHIVED),
    Case("booths", "disqualify", lambda f: f.booth(), Booth.Status.DISQUALIFIED, "材料不实"),
    Case("booths", "withdraw", lambda f: f.booth(), Booth.Status.WITHDRAWN, "单位来电"),
    Case("booths", "reopen", closed_booth, Booth.Status.OPEN),
    Case("codes", "revoke", code, RecruiterCode.Status.REVOKED, "遗失"),
    Case("recruiters", "revoke", recruiter, Recruiter.Status.REVOKED, "离职"),
    Case("participations", "block", participation, Participation.Status.BLOCKED, "冒名"),
    Case("participations", "readmit", blocked, Participation.Status.REGISTERED, "已核实"),
    Case("positions", "publish", withdrawn_position, Position.Status.PUBLISHED),
    Case("positions", "withdraw", position, Position.Status.WITHDRAWN, "招满"),
    Case("notices", "retry", unsent, Notification.Status.PENDING),
]


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.place}-{case.verb}-{case.make.__name__}"
)
def test_action_moves_the_record_and_leaves_an_audit_row(
    signed_in: Callable[..., Browser], factory: Factory, case: Case
) -> None:
    record = case.make(factory)
    browser = signed_in()
    answer = browser.post(f"/admin/{case.place}/{record.id}/{case.verb}", reason=case.reason)
    assert answer.status_code == 302, text_of(answer)
    assert type(record).get_by_id(record.id).status == case.status
    subject = f"{type(record)._meta.name}:{record.id}"
    *_, entry = audit_of(subject, case.verb)
    assert browser.staff and (entry.actor_id, entry.actor_role) == (
        browser.staff.id,
        "staff:operator",
    )
    assert entry.reason == case.reason


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.verb in ("postpone", "cancel", "disqualify", "block")],
    ids=lambda case: f"{case.place}-{case.verb}",
)  # fmt: skip
def test_grave_actions_want_a_reason(
    signed_in: Callable[..., Browser], factory: Factory, case: Case
) -> None:
    record = case.make(factory)
    before = type(record).get_by_id(record.id).status
    answer = signed_in().post(f"/admin/{case.place}/{record.id}/{case.verb}", reason="  ")
    assert answer.status_code == 422
    assert "的原因" in text_of(answer)
    assert type(record).get_by_id(record.id).status == before


def test_action_that_came_too_late_says_so_and_keeps_the_reason(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    fair = factory.fair()
    browser = signed_in()
    end_fair(fair.id)
    answer = browser.post(f"/admin/fairs/{fair.id}/postpone", reason="台风将至")
    assert answer.status_code == 409
    assert "状态已变化，请刷新后再试" in text_of(answer)
    assert not audit_of(f"fair:{fair.id}", "postpone")


def test_unknown_action_is_not_there(signed_in: Callable[..., Browser], factory: Factory) -> None:
    fair = factory.fair()
    assert signed_in().post(f"/admin/fairs/{fair.id}/delete_instance").status_code == 404


def test_action_pressed_in_a_list_returns_to_it(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    one = position(factory)
    address = "/admin/positions/?status=published"
    answer = signed_in().post(f"/admin/positions/{one.id}/withdraw", next=address)
    assert answer.location == address
    away = signed_in(username="b-person").post(
        f"/admin/positions/{one.id}/publish", next="https://evil.example/admin/"
    )
    assert away.location == f"/admin/positions/details/?id={one.id}"


@pytest.mark.spec("B13")
def test_disqualified_booths_line_lapses(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    booth = factory.booth()
    ticket = factory.pending(booth)
    signed_in().post(f"/admin/booths/{booth.id}/disqualify", reason="材料不实")
    assert Interview.get_by_id(ticket.id).status == Interview.Status.LAPSED
    told = Notification.get(Notification.account == ticket.student.account_id)
    assert told.kind == NotificationKind.FAIR_NOTICE


def test_codes_are_issued_within_bounds(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    booth = factory.booth()
    browser = signed_in()
    assert (
        browser.post(f"/admin/booths/{booth.id}/codes", count=3, hours=48, label="周敏").status_code
        == 302
    )
    assert RecruiterCode.select().where(RecruiterCode.booth == booth).count() == 3
    page = browser.get(f"/admin/booths/details/?id={booth.id}")
    assert text_of(page).count("周敏") == 3
    browser.post(f"/admin/booths/{booth.id}/codes", count=500, hours=48)
    assert "一次 1 至 20 个" in text_of(browser.get(f"/admin/booths/details/?id={booth.id}"))
    assert RecruiterCode.select().where(RecruiterCode.booth == booth).count() == 3


def test_records_show_who_did_what_and_why(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    fair = factory.fair()
    browser = signed_in()
    browser.post(f"/admin/fairs/{fair.id}/postpone", reason="台风将至")
    other = factory.fair()
    page = text_of(browser.get(f"/admin/records/?subject=fair:{fair.id}"))
    for words in ("operator 甲（会务人员）", "延期", "台风将至", "已发布", "已延期"):
        assert words in page
    assert f"双选会 #{other.id}" not in page
    assert AuditEntry.select().where(AuditEntry.subject == f"fair:{other.id}").exists()


def test_last_administrator_stays(signed_in: Callable[..., Browser]) -> None:
    boss = signed_in(Role.ADMIN)
    assert boss.staff
    answer = boss.post(f"/admin/staff/{boss.staff.id}/close")
    assert answer.status_code == 409
    assert "至少要保留一名启用中的管理员" in text_of(answer)
    assert boss.get("/admin/staff/").status_code == 200
