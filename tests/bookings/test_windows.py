"""When employers may book: to the minute, and only where the fair's switch is on."""

from datetime import datetime, timedelta

import pytest

from app.bookings.errors import BookingClosed
from app.bookings.services import registering
from app.bookings.services.finding import state_of
from app.core import clock
from app.core.clock import SHANGHAI
from app.fairs.errors import FairNotFound, WindowsInvalid
from app.fairs.models import Fair
from app.fairs.phases import Booking, booking_of
from app.fairs.services.staging import end_fair, postpone_fair, update_fair
from app.schools.services import set_switches


def at(text: str) -> datetime:
    """``03-16 09:00`` of 2020 in Shanghai."""
    return datetime.fromisoformat(f"2020-{text}").replace(tzinfo=SHANGHAI)


def spring(**changes) -> Fair:
    """Enrolment 3-16 to 3-24, held on 3-27 from 9:00 to 18:00; not stored."""
    return Fair(
        **{
            "status": Fair.Status.ANNOUNCED,
            "entry_opens_at": at("03-10 00:00"),
            "entry_closes_at": at("03-27 18:00"),
            "doors_open_at": at("03-27 08:30"),
            "starts_at": at("03-27 09:00"),
            "ends_at": at("03-27 18:00"),
            "takes_bookings": True,
            "bookings_open_at": at("03-16 08:00"),
            "bookings_close_at": at("03-24 17:30"),
        }
        | changes
    )


@pytest.mark.spec("B01")
@pytest.mark.parametrize(
    ("instant", "state"),
    [
        ("03-16 07:59:59", Booking.NOT_YET),
        ("03-16 08:00", Booking.OPEN),
        ("03-24 17:29:59", Booking.OPEN),
        ("03-24 17:30", Booking.OVER),
        ("03-27 12:00", Booking.OVER),
        ("03-27 18:00", Booking.FAIR_OVER),
    ],
)
def test_window_of_employers_turns_to_the_minute(instant, state):
    assert booking_of(spring(), at(instant)) == state


@pytest.mark.spec("B01")
def test_a_side_left_blank_has_no_bound():
    fair = spring(bookings_open_at=None, bookings_close_at=None)
    assert booking_of(fair, at("01-01 00:00")) == Booking.OPEN
    assert booking_of(fair, at("03-27 17:59:59")) == Booking.OPEN


@pytest.mark.spec("B05")
@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"takes_bookings": False}, Booking.SWITCHED_OFF),
        ({"status": Fair.Status.DRAFT}, Booking.FAIR_OVER),
        ({"status": Fair.Status.POSTPONED}, Booking.POSTPONED),
        ({"status": Fair.Status.CANCELLED}, Booking.FAIR_OVER),
    ],
)
def test_nothing_is_booked_without_the_switch_or_out_of_season(changes, state):
    assert booking_of(spring(**changes), at("03-20 12:00")) == state


@pytest.mark.spec("B01")
def test_windows_that_contradict_each_other_are_refused(factory):
    fair = factory.fair()
    opens, closes = fair.starts_at, fair.starts_at - timedelta(days=1)
    with pytest.raises(WindowsInvalid, match="单位报名的开始时间应早于截止时间"):
        update_fair(fair.id, bookings_open_at=opens, bookings_close_at=closes)
    with pytest.raises(WindowsInvalid, match="单位报名应在双选会结束前"):
        update_fair(fair.id, bookings_close_at=fair.ends_at + timedelta(minutes=1))
    with pytest.raises(WindowsInvalid, match="参会单位上限"):
        update_fair(fair.id, most_employers=0)
    update_fair(fair.id, bookings_open_at=closes, bookings_close_at=fair.ends_at)


@pytest.mark.spec("B01", "B05")
def test_starting_and_submitting_are_refused_outside_the_window(hall, travel):
    firm, late = hall.firm(), hall.firm()
    hall.set(bookings_close_at=clock.now() + timedelta(minutes=5))
    draft = hall.draft(firm)
    travel(timedelta(minutes=5))
    with pytest.raises(BookingClosed) as refused:
        registering.submit_enrolment(draft.id, firm.account.id)
    assert refused.value.extensions["why"] == "over"
    with pytest.raises(BookingClosed):
        registering.start_enrolment(hall.fair.id, late.employer.id, late.account.id)


@pytest.mark.spec("B05")
def test_switching_booking_off_stops_forms_that_are_open(hall):
    firm = hall.firm()
    draft = hall.draft(firm)
    hall.set(takes_bookings=False)
    with pytest.raises(BookingClosed) as refused:
        registering.submit_enrolment(draft.id, firm.account.id)
    assert refused.value.extensions["why"] == "switched_off"


@pytest.mark.spec("B05", "K02")
def test_a_school_that_takes_no_bookings_closes_all_its_fairs(hall):
    firm, late = hall.firm(), hall.firm()
    draft = hall.draft(firm)
    set_switches(hall.fair.school_id, {"bookings": False})
    with pytest.raises(BookingClosed) as refused:
        registering.submit_enrolment(draft.id, firm.account.id)
    assert refused.value.extensions["why"] == "switched_off"
    with pytest.raises(BookingClosed):
        registering.start_enrolment(hall.fair.id, late.employer.id, late.account.id)
    assert state_of(hall.fair) == Booking.SWITCHED_OFF
    set_switches(hall.fair.school_id, {"bookings": True})
    assert state_of(hall.fair) == Booking.OPEN


@pytest.mark.spec("B05")
def test_a_draft_fair_is_not_there_for_employers_and_a_postponed_one_takes_none(factory, hall):
    firm = hall.firm()
    hidden = factory.fair(announced=False, takes_bookings=True)
    with pytest.raises(FairNotFound):
        registering.start_enrolment(hidden.id, firm.employer.id, firm.account.id)
    postpone_fair(hall.fair.id)
    with pytest.raises(BookingClosed):
        registering.start_enrolment(hall.fair.id, firm.employer.id, firm.account.id)


@pytest.mark.spec("B03")
def test_fair_has_a_level_and_a_mode_and_is_a_schools_live_one_by_default(factory):
    fair = factory.fair()
    assert (fair.level, fair.mode) == (Fair.Level.SCHOOL, Fair.Mode.LIVE)
    update_fair(fair.id, level="provincial", mode="offline")
    again = Fair.get_by_id(fair.id)
    assert (again.level, again.mode) == (Fair.Level.PROVINCIAL, Fair.Mode.OFFLINE)


@pytest.mark.spec("B05")
def test_fair_takes_no_bookings_and_changes_wait_for_staff_unless_switched_on(factory):
    fair = factory.fair()
    assert (fair.takes_bookings, fair.changes_directly, fair.most_employers) == (False, False, 300)
    end_fair(fair.id)
    assert booking_of(Fair.get_by_id(fair.id)) == Booking.FAIR_OVER
