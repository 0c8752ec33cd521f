"""What a booth's meter counts, and what the counting costs."""

from datetime import datetime, timedelta
from statistics import median

import pytest

from app.conduct.models import Meter
from app.conduct.services import meters
from app.conduct.services.ratings import rate_talk
from app.core import clock, presence
from app.core.presence import PresenceUnknown
from app.employers.models import Employer
from app.fairs.models import Booth, BoothWindow, Fair
from app.interviews.models import Interview, Status
from app.interviews.services import calls, closing, decisions, queue, ringing
from app.interviews.services.desks import take_desk
from app.students.models import Student
from tests.counting import queries
from tests.factories import valid_uscc
from tests.interviews.conftest import Stand

MINUTE = timedelta(minutes=1)
BOOTHS = 300


def renewed(stand: Stand) -> Meter:
    meters.renew_meters()
    return Meter.get(Meter.booth == stand.booth.id)


def talk(stand: Stand, verdict: str | None = "pass") -> Interview:
    """A call from the ring to the result; without a verdict the result is owed."""
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == ticket.id
    ringing.answer_ring(ticket.id, ticket.student.account_id)
    calls.hang_up(ticket.id, stand.recruiter.id)
    if verdict:
        calls.conclude(ticket.id, stand.recruiter.id, verdict)
    return Interview.get_by_id(ticket.id)


@pytest.mark.spec("E05", "E12")
def test_median_is_the_opening_time_from_application_to_answer(stand, travel):
    waits = [2, 9, 40]
    tickets = [stand.factory.pending(stand.booth) for _ in waits]
    start = clock.now()
    for ticket, minutes in zip(tickets, waits, strict=True):
        travel(start + minutes * MINUTE)
        if minutes == 9:
            decisions.reject_application(ticket.id, stand.recruiter.id)  # a no is an answer
        else:
            queue.accept_application(ticket.id, stand.recruiter.id)
    meter = renewed(stand)
    assert (meter.applications, meter.answered) == (3, 3)
    assert meter.median_seconds == median(waits) * 60
    shown = meters.meter_of([stand.booth.id])[stand.booth.id]
    assert (shown["median_seconds"], shown["answered_percent"]) == (540, 100)


def test_median_follows_new_answers_and_answers_taken_back(stand, travel):
    first, second = (stand.factory.pending(stand.booth) for _ in range(2))
    travel(10 * MINUTE)
    queue.accept_application(first.id, stand.recruiter.id)
    assert renewed(stand).median_seconds == 600
    travel(10 * MINUTE)
    decisions.reject_application(second.id, stand.recruiter.id)
    assert renewed(stand).median_seconds == 900
    travel(timedelta(seconds=30))
    decisions.take_back(second.id, stand.recruiter.id)
    meter = renewed(stand)
    assert (meter.answered, meter.median_seconds) == (1, 600)


def test_nights_and_the_time_before_the_fair_are_no_waiting_time(stand, travel):
    Fair.update(daily_opens="09:00", daily_closes="18:00").where(Fair.id == stand.fair.id).execute()
    Fair.update(ends_at=stand.fair.ends_at + timedelta(days=1)).where(
        Fair.id == stand.fair.id
    ).execute()
    travel(stand.fair.ends_at - 10 * MINUTE)  # ten minutes before the first day closes
    ticket = stand.factory.pending(stand.booth)
    travel(10 * MINUTE + timedelta(hours=15) + 15 * MINUTE)  # a quarter past nine
    assert renewed(stand).overdue == 0
    travel(6 * MINUTE)
    assert renewed(stand).overdue == 1
    queue.accept_application(ticket.id, stand.recruiter.id)
    meter = renewed(stand)
    assert (meter.overdue, meter.median_seconds) == (0, 31 * 60)


def test_booth_with_windows_owes_answers_inside_them_only(stand, travel):
    opens = clock.now() + timedelta(hours=1)
    BoothWindow.create(booth=stand.booth, opens_at=opens, closes_at=opens + timedelta(hours=1))
    stand.factory.pending(stand.booth)
    travel(opens + 29 * MINUTE)
    assert renewed(stand).overdue == 0
    travel(MINUTE)
    assert renewed(stand).overdue == 1


@pytest.mark.spec("E05")
def test_who_was_readmitted_waits_from_then_on(stand, travel):
    ticket = stand.factory.pending(stand.booth)
    stand.reject(ticket.id)
    travel(timedelta(hours=1))
    decisions.readmit(ticket.id, "误操作")
    meter = renewed(stand)
    assert (meter.applications, meter.answered, meter.overdue) == (1, 0, 0)
    travel(30 * MINUTE)
    assert renewed(stand).overdue == 1


def test_withdrawn_before_an_answer_is_nobodys_debt(stand):
    tickets = [stand.factory.pending(stand.booth) for _ in range(2)]
    queue.withdraw_ticket(tickets[0].id, tickets[0].student.account_id)
    queue.invite_student(
        stand.booth.id, stand.recruiter.id, stand.factory.participant(stand.fair).id
    )
    assert renewed(stand).applications == 1


@pytest.mark.spec("E14", "E17", "E18")
def test_share_of_results_counts_the_calls_that_are_over(stand):
    talk(stand, "fail")
    talk(stand, None)
    meter = renewed(stand)
    assert (meter.calls, meter.results) == (2, 1)
    assert meters.meter_of([stand.booth.id])[stand.booth.id]["results_percent"] == 50


def test_missed_rings_are_the_students_no_shows_and_a_pass_is_none(stand, travel):
    missing, passing = (stand.factory.waiting(stand.booth, stand.recruiter) for _ in range(2))
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    travel(MINUTE)
    ringing.expire_rings()
    assert ringing.ring_next(stand.booth.id, stand.recruiter.id) == passing.id
    ringing.pass_ring(passing.id, passing.student.account_id)
    assert renewed(stand).student_no_shows == 1
    assert Interview.get_by_id(missing.id).misses == 1


def test_stars_are_shown_from_three_ratings_on_and_only_the_students(stand):
    for stars in (5, 4, 2):
        ticket = talk(stand)
        rate_talk(ticket.id, ticket.student.account_id, stars)
        rate_talk(ticket.id, stand.recruiter.id, 1)
        shown = shown_after_renewal(stand)
        if stars != 2:
            assert shown["stars"] is None
    assert (shown["stars"], shown["ratings"]) == (3.7, 3)


def shown_after_renewal(stand: Stand) -> dict:
    meters.renew_meters()
    return meters.meter_of([stand.booth.id])[stand.booth.id]


def test_booth_nobody_counted_yet_has_no_meter(stand):
    assert meters.meter_of([stand.booth.id]) == {stand.booth.id: None}
    shown = shown_after_renewal(stand)
    assert shown == {
        "median_seconds": None, "answered_percent": None, "results_percent": None,
        "overdue": 0, "stars": None, "ratings": 0, "seen_at": None,
    }  # fmt: skip


def test_booth_was_seen_when_a_recruiter_at_its_desk_had_a_page_open(stand, travel):
    take_desk(stand.booth.id, stand.recruiter.id)
    assert renewed(stand).seen_at is None
    presence.renew(stand.recruiter.id)
    there = clock.now()
    assert renewed(stand).seen_at == there
    presence.leave(stand.recruiter.id)
    travel(MINUTE)
    assert renewed(stand).seen_at == there


class TestRecruitersNoShow:
    """Hours in which nobody was at the desk while students waited."""

    @pytest.fixture
    def window(self, stand: Stand, travel) -> tuple[datetime, datetime]:
        """An hour's window with somebody in line, watched by the clock until it ends."""
        stand.factory.waiting(stand.booth, stand.recruiter)
        opens = clock.now() + timedelta(hours=1)
        closes = opens + timedelta(hours=1)
        BoothWindow.create(booth=stand.booth, opens_at=opens, closes_at=closes)
        travel(opens + MINUTE)
        meters.renew_meters()
        return opens, closes

    def end(self, stand: Stand, travel, closes: datetime, *, watched: bool = True) -> int:
        if watched:
            travel(closes - MINUTE)
            meters.renew_meters()
        travel(closes)
        for _ in range(2):  # counted once, however often the clock looks
            count = renewed(stand).recruiter_no_shows
            travel(timedelta(seconds=30))
        return count

    def test_counts_when_nobody_came(self, stand, travel, window):
        assert self.end(stand, travel, window[1]) == 1

    def test_counts_at_the_end_of_the_fair_after_its_tickets_lapsed(self, stand, travel):
        stand.factory.pending(stand.booth)
        travel(stand.fair.ends_at - MINUTE)
        meters.renew_meters()
        travel(MINUTE)
        closing.close_ended_fairs()
        assert renewed(stand).recruiter_no_shows == 1

    def test_does_not_count_who_was_there_for_a_moment(self, stand, travel, window):
        take_desk(stand.booth.id, stand.recruiter.id)
        presence.renew(stand.recruiter.id)
        meters.renew_meters()
        presence.leave(stand.recruiter.id)
        assert self.end(stand, travel, window[1]) == 0

    def test_does_not_count_who_called_unseen(self, stand, travel, window):
        ringing.ring_next(stand.booth.id, stand.recruiter.id)
        assert self.end(stand, travel, window[1]) == 0

    def test_does_not_count_when_nobody_waited(self, stand, travel, window):
        for ticket in Interview.select():
            queue.withdraw_ticket(ticket.id, ticket.student.account_id)
        assert self.end(stand, travel, window[1]) == 0

    def test_does_not_count_what_the_clock_did_not_watch(self, stand, travel, window):
        assert self.end(stand, travel, window[1], watched=False) == 0


def test_without_redis_nobody_is_counted_absent(app, stand, valkey):
    take_desk(stand.booth.id, stand.recruiter.id)
    valkey.stop()
    try:
        with pytest.raises(PresenceUnknown):
            meters.renew_meters()
    finally:
        valkey.start()
    assert Meter.select().count() == 0


def test_renewing_asks_the_same_few_questions_for_one_booth_and_for_three_hundred(stand):
    student = stand.factory.participant(stand.fair)
    opens = clock.now() - MINUTE
    crowd(stand, student, range(1), opens)
    with queries() as few:
        meters.renew_meters()
    crowd(stand, student, range(1, BOOTHS), opens)
    with queries() as many:
        meters.renew_meters()
    assert Meter.select().count() == BOOTHS + 1  # and the stand
    assert len(many) == len(few) <= 14, str(many)


def crowd(stand: Stand, student: Student, numbers: range, opens: datetime) -> None:
    """Booths with a window, an answered application and one that waits."""
    Employer.insert_many(
        [{"name": f"单位{n}", "uscc": valid_uscc(9000 + n)} for n in numbers]
    ).execute()
    names = [f"单位{n}" for n in numbers]
    employers = [row.id for row in Employer.select().where(Employer.name.in_(names))]
    Booth.insert_many(
        [{"fair": stand.fair.id, "employer": one, "number": f"Z{one}"} for one in employers]
    ).execute()
    booths = [row.id for row in Booth.select().where(Booth.employer.in_(employers))]
    now = clock.now()
    window = {"opens_at": opens, "closes_at": opens + timedelta(hours=1)}
    BoothWindow.insert_many([{"booth": one} | window for one in booths]).execute()
    applied = {"fair": stand.fair.id, "student": student.id, "created_at": now}
    answered = {"status": Status.FINISHED, "decided_at": now}
    waits = {"status": Status.PENDING, "decided_at": None}
    rows = [{"booth": one} | applied | state for one in booths for state in (answered, waits)]
    Interview.insert_many(rows).execute()
