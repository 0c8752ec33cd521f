"""What the clock says about a fair: when to enter, to apply and to call."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.core import clock
from app.fairs.models import Fair


class Phase(StrEnum):
    """Where a fair stands now, from its status and its windows."""

    DRAFT = "draft"  # 未发布
    UPCOMING = "upcoming"  # 未开始
    DOORS_OPEN = "doors_open"  # 候场中
    LIVE = "live"  # 进行中
    PAUSED = "paused"  # 休会中, between the daily hours
    ENDED = "ended"  # 已结束
    POSTPONED = "postponed"  # 已延期
    CANCELLED = "cancelled"  # 已取消


BY_STATUS = {
    Fair.Status.DRAFT: Phase.DRAFT,
    Fair.Status.POSTPONED: Phase.POSTPONED,
    Fair.Status.CANCELLED: Phase.CANCELLED,
    Fair.Status.ENDED: Phase.ENDED,
    Fair.Status.ARCHIVED: Phase.ENDED,
}
OPEN_PHASES = (Phase.UPCOMING, Phase.DOORS_OPEN, Phase.LIVE, Phase.PAUSED)


def phase_of(fair: Fair, at: datetime | None = None) -> Phase:
    """The fair's phase at an instant (now): starts and ends are to the second, the end excluded."""
    if fair.status != Fair.Status.ANNOUNCED:
        return BY_STATUS[fair.status]
    at = at or clock.now()
    if at >= fair.ends_at:
        return Phase.ENDED
    if at < fair.starts_at:
        return Phase.DOORS_OPEN if at >= fair.doors_open_at else Phase.UPCOMING
    return Phase.LIVE if _in_daily_hours(fair, at) else Phase.PAUSED


def is_live(fair: Fair, at: datetime | None = None) -> bool:
    """Whether calls may start (E07)."""
    return phase_of(fair, at) == Phase.LIVE


def may_enter(fair: Fair, at: datetime | None = None) -> bool:
    """Whether students may enter: inside the entry window of a fair that still goes on."""
    at = at or clock.now()
    in_window = fair.entry_opens_at <= at < fair.entry_closes_at
    return in_window and phase_of(fair, at) in OPEN_PHASES


def may_apply(fair: Fair, at: datetime | None = None) -> bool:
    """Whether interviews may be applied for: on the fair's days only, or as set (E02)."""
    at = at or clock.now()
    if phase_of(fair, at) not in OPEN_PHASES:
        return False
    return fair.can_apply_ahead or at >= first_midnight(fair)


def first_midnight(fair: Fair) -> datetime:
    """00:00 local on the fair's first day."""
    return clock.local(fair.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)


class Booking(StrEnum):
    """Whether employers may book now, and why not (B01, B05)."""

    OPEN = "open"  # 可预定
    SWITCHED_OFF = "switched_off"  # 未开放单位预定
    NOT_YET = "not_yet"  # 报名未开始
    OVER = "over"  # 报名已截止
    POSTPONED = "postponed"  # 双选会已延期
    FAIR_OVER = "fair_over"  # 双选会未发布、已结束或已取消


def booking_of(fair: Fair, at: datetime | None = None) -> Booking:
    """Whether employers may register at an instant (now): to the minute, the end excluded."""
    at = at or clock.now()
    phase = phase_of(fair, at)
    if phase == Phase.POSTPONED:
        return Booking.POSTPONED
    if phase not in OPEN_PHASES:
        return Booking.FAIR_OVER
    if not fair.takes_bookings:
        return Booking.SWITCHED_OFF
    if fair.bookings_open_at and at < fair.bookings_open_at:
        return Booking.NOT_YET
    if fair.bookings_close_at and at >= fair.bookings_close_at:
        return Booking.OVER
    return Booking.OPEN


def is_over(fair: Fair, at: datetime | None = None) -> bool:
    """Whether nothing can come of an enrolment any more: ended, cancelled, archived."""
    return phase_of(fair, at) in (Phase.ENDED, Phase.CANCELLED)


def _in_daily_hours(fair: Fair, at: datetime) -> bool:
    if not (fair.daily_opens and fair.daily_closes):
        return True
    here = clock.local(at)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return _after(midnight, fair.daily_opens) <= here < _after(midnight, fair.daily_closes)


def _after(midnight: datetime, clock_time: str) -> datetime:
    hours, minutes = clock_time.split(":")
    return midnight + timedelta(hours=int(hours), minutes=int(minutes))
