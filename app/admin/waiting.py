"""What waits for staff: words, how many, and the list that shows them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from app.admin import positions, settlements
from app.admin.appeals import is_late
from app.admin.enrolment_acts import WAITS, waiting_query
from app.admin.interviews import RESULT_MINUTES, is_overdue
from app.admin.registrations import at_gate
from app.admin.remit import remit
from app.admin.walls import fairs_of, in_remit, settlements_of
from app.employers.gates import Gate
from app.employers.models import Employer, Membership, Settlement
from app.employers.services.review import waits_too_long
from app.fairs.models import Booth, Fair, RecruiterCode
from app.interviews.models import Interview
from app.notifications.models import Notification
from app.positions.models import Position
from app.positions.services.review import REVIEW_HOURS
from app.recovery.models import PasswordAppeal
from app.schools.models import Duty

Item = tuple[str, Any, str, dict[str, str]]  # words, query, page, what the page is asked for


def waiting_for_staff(now: datetime) -> list[tuple[str, int, str, dict[str, str]]]:
    """Everything that somebody should look at and that the person may see."""
    items = [*_at_schools_gates(now), *_of_settlements(), *_of_enrolments(), *_of_fairs(now)]
    if remit().is_everywhere:
        platforms = [*_of_employers(now), *_of_passwords(now), *_of_positions()]
        items = [*platforms, *items, *_of_the_platform()]
    counted = [(words, query.count(), page, asked) for words, query, page, asked in items]
    return [item for item in counted if item[1]]


def _of_fairs(now: datetime) -> Iterator[Item]:
    running_out = RecruiterCode.select().where(
        (RecruiterCode.status == RecruiterCode.Status.ISSUED)
        & (RecruiterCode.expires_at > now)
        & (RecruiterCode.expires_at <= now + timedelta(hours=12))
    )
    running_out = in_remit(running_out.join(Booth).join(Fair), fairs_of)
    owed = in_remit(Interview.select().join(Fair).where(is_overdue(now)), fairs_of)
    yield (
        "个招聘人员二维码将在 12 小时内过期",
        running_out,
        "office_codes.index_view",
        {"state": "issued"},
    )
    yield (
        f"场面试超过 {RESULT_MINUTES} 分钟未填结果",
        owed,
        "office_interviews.index_view",
        {"waits": "result"},
    )


def _at_schools_gates(now: datetime) -> Iterator[Item]:
    """For a school's reviewers: what waits at their gate."""
    schools = remit().schools_with(frozenset({Duty.REVIEWER}))
    if not schools:
        return
    here = Employer.school.in_(schools) & (at_gate(Gate.SCHOOL) | at_gate(Gate.CENTRE))
    late = Employer.select().where(here & waits_too_long(now))
    page = "office_registrations.index_view"
    yield "份注册申请已超过 24 小时未审核完", late, page, {"late": "yes"}
    yield "份注册申请待审核", Employer.select().where(here), page, {"status": "submitted"}


def _of_employers(now: datetime) -> Iterator[Item]:
    page = "office_registrations.index_view"
    late = Employer.select().where(waits_too_long(now))
    registering = Employer.select().where(Employer.status == Employer.Status.SUBMITTED)
    claims = Membership.select().where(
        (Membership.kind == Membership.Kind.CLAIM)
        & (Membership.status == Membership.Status.PENDING)
    )
    yield "份注册申请已超过 24 小时未审核完", late, page, {"late": "yes"}
    yield "份注册申请待审核", registering, page, {"status": "submitted"}
    yield (
        "份单位管理员申请待处理",
        claims,
        "office_memberships.index_view",
        {
            "kind": "claim",
            "status": "pending",
        },
    )


def _of_settlements() -> Iterator[Item]:
    page = "office_settlements.index_view"
    asking = Settlement.select().where(Settlement.status == Settlement.Status.AWAITING)
    late = Settlement.select().where(settlements.is_overdue())
    yield "个单位申请入驻", in_remit(asking, settlements_of), page, {"status": "awaiting"}
    words = f"个入驻申请超过 {REVIEW_HOURS} 小时未审核"
    yield words, in_remit(late, settlements_of), page, {"waits": "overdue"}


def _of_enrolments() -> Iterator[Item]:
    for what, words in WAITS.items():
        query = in_remit(waiting_query(what), fairs_of)
        yield words, query, "office_enrolments.index_view", {"waits": what}


def _of_positions() -> Iterator[Item]:
    page = "office_positions.index_view"
    pending = Position.select().where(Position.status == Position.Status.PENDING)
    late = Position.select().where(positions.is_overdue())
    yield "个岗位待审核", pending, page, {"status": "pending"}
    yield f"个岗位超过 {REVIEW_HOURS} 小时未审核", late, page, {"waits": "overdue"}


def _of_passwords(now: datetime) -> Iterator[Item]:
    page = "office_appeals.index_view"
    appeals = PasswordAppeal.select().where(PasswordAppeal.status == PasswordAppeal.Status.PENDING)
    late = PasswordAppeal.select().where(is_late(now))
    yield "份密码申诉待审核", appeals, page, {"status": "pending"}
    yield "份密码申诉已超 24 小时未审核", late, page, {"late": "late"}


def _of_the_platform() -> Iterator[Item]:
    unsent = Notification.select().where(Notification.status == Notification.Status.EXHAUSTED)
    yield "条通知没有送达微信或邮箱", unsent, "office_notices.index_view", {"status": "exhausted"}
