"""What staff do to set a fair up and to steer it."""

import re
from typing import Any

from app.core import audit
from app.core.database import atomic
from app.core.events import publish_to_topic
from app.core.prepared import Prepared, bind
from app.fairs.errors import FairNotFound, WindowsInvalid
from app.fairs.models import VERDICT_LABELS, Fair
from app.fairs.rules import RULES, SWITCHES, broken_rules
from app.schools.models import School
from app.schools.services import get_school

_FAIR = Prepared(lambda: Fair.select(Fair, School).join(School).where(Fair.id == bind("fair_id")))
CLOCK_TIME = re.compile(r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")
EDITABLE = (
    "name",
    "introduction",
    "entry_opens_at",
    "entry_closes_at",
    "doors_open_at",
    "starts_at",
    "ends_at",
    "daily_opens",
    "daily_closes",
    "level",
    "mode",
    "bookings_open_at",
    "bookings_close_at",
    "threshold",
    "can_apply_ahead",
    "allows_hold",
    "verdict_labels",
    "contact_student",
    "contact_employer",
    "safety_notice",
    *RULES,
    *SWITCHES,
)


def create_fair(*, school_id: int, **settings: Any) -> Fair:
    """Set up a fair as a draft; windows are instants to the minute, the threshold in percent.

    :raises WindowsInvalid: the windows contradict each other
    """
    wanted = {name: settings[name] for name in EDITABLE if name in settings}
    fair = Fair(school=get_school(school_id), **wanted)
    _check(fair)
    with atomic():
        fair.save(force_insert=True)
        audit.record(fair, "create", after=_readable(wanted))
    return fair


def update_fair(fair_id: int, **settings: Any) -> Fair:
    """Change a fair's settings.

    :raises WindowsInvalid: the windows would contradict each other
    """
    fair = get_fair(fair_id)
    wanted = {name: settings[name] for name in EDITABLE if name in settings}
    changes = {name: value for name, value in wanted.items() if value != getattr(fair, name)}
    if not changes:
        return fair
    before = {name: getattr(fair, name) for name in changes}
    for name, value in changes.items():
        setattr(fair, name, value)
    _check(fair)
    with atomic():
        Fair.update(changes).where(Fair.id == fair_id).execute()
        audit.record(fair, "update", before=_readable(before), after=_readable(changes))
        publish_to_topic(f"fair:{fair_id}", "fair.changed", fair_id=fair_id)
    return fair


def announce_fair(fair_id: int) -> Fair:
    """Show the fair to everybody."""
    return _move(fair_id, "announce")


def postpone_fair(fair_id: int, reason: str = "") -> Fair:
    """Put it off; places are kept until it is announced anew."""
    return _move(fair_id, "postpone", reason)


def cancel_fair(fair_id: int, reason: str = "") -> Fair:
    """Call it off."""
    return _move(fair_id, "cancel", reason)


def end_fair(fair_id: int, reason: str = "", *, only_if: Any = None) -> Fair:
    """Close it (the clock does so at the end); *only_if*: a condition on the fair."""
    return _move(fair_id, "end", reason, only_if)


def archive_fair(fair_id: int) -> Fair:
    """Take it off the lists."""
    return _move(fair_id, "archive")


def get_fair(fair_id: int) -> Fair:
    """:raises FairNotFound: no such fair"""
    fair = _FAIR.first(fair_id=fair_id)
    if fair is None:
        raise FairNotFound
    return fair


def get_public_fair(fair_id: int) -> Fair:
    """A fair that has left the drafting table.

    :raises FairNotFound: no such fair, or a draft
    """
    fair = get_fair(fair_id)
    if fair.status == Fair.Status.DRAFT:
        raise FairNotFound
    return fair


def label_of(fair: Fair, verdict: str | None) -> str | None:
    """The fair's word for a verdict: 合适, 不合适, 待定 (settings row 2)."""
    return fair.verdict_labels.get(verdict, VERDICT_LABELS[verdict]) if verdict else None


def verdicts_of(fair: Fair) -> dict[str, str]:
    """What a recruiter may choose as result, in the fair's words; 待定 only where it is allowed."""
    words = VERDICT_LABELS | fair.verdict_labels
    return {verdict: words[verdict] for verdict in ("pass", "fail", *["hold"] * fair.allows_hold)}


def _move(fair_id: int, verb: str, reason: str = "", only_if: Any = None) -> Fair:
    fair = get_fair(fair_id)
    with atomic():
        getattr(fair, verb)(reason=reason, only_if=only_if)
        publish_to_topic(f"fair:{fair_id}", "fair.changed", fair_id=fair_id)
    return fair


def _check(fair: Fair) -> None:
    faults = []
    if fair.entry_opens_at >= fair.entry_closes_at:
        faults.append("报名进场的开始时间应早于截止时间")
    if not fair.doors_open_at <= fair.starts_at < fair.ends_at:
        faults.append("应满足：候场时间 ≤ 开始时间 < 结束时间")
    if fair.entry_opens_at >= fair.ends_at:
        faults.append("报名进场应在双选会结束前开始")
    hours = (fair.daily_opens or "", fair.daily_closes or "")
    if any(hours) and not (all(map(CLOCK_TIME.match, hours)) and hours[0] < hours[1]):
        faults.append("每日时段应为“09:00”至“18:00”这样的格式，且开始早于结束")
    faults += _faults_of_booking(fair)
    if not 0 <= fair.threshold <= 99:
        faults.append("简历完整度门槛应在 0 至 99 之间")
    faults += broken_rules(fair)
    if faults:
        raise WindowsInvalid("；".join(faults))


def _faults_of_booking(fair: Fair) -> list[str]:
    """What is wrong with the employers' window (B01); a side left blank has no bound."""
    opens, closes = fair.bookings_open_at, fair.bookings_close_at
    faults = []
    if opens and closes and opens >= closes:
        faults.append("单位报名的开始时间应早于截止时间")
    if (closes and closes > fair.ends_at) or (opens and opens >= fair.ends_at):
        faults.append("单位报名应在双选会结束前开始和截止")
    return faults


def _readable(settings: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in settings.items()}
