"""What must come out once, however many ask at the same instant during a call."""

from app.core import presence
from app.core.errors import InvalidTransition
from app.interviews.call_errors import AlreadyExtended, ColleagueBusy, HandOverExpired
from app.interviews.errors import DeskBusy, NotOnCall
from app.interviews.models import Interview, Status
from app.interviews.services import calls, desks, handover, moving, ringing, timebox
from app.rtc import services as rtc
from tests.racing import at_once


def colleague_of(stand):
    account = stand.factory.recruiter(stand.booth, "何川")
    presence.renew(account.id)
    return account, desks.take_desk(stand.booth.id, account.id)


def test_code_for_another_device_logs_in_one_of_many(app, stand, talking):
    code = handover.open_hand_over(talking.id, stand.recruiter.id)
    taken = at_once(app, *[lambda: handover.take_hand_over(code.token)] * 6)
    assert sum(isinstance(one, dict) for one in taken) == 1
    assert sum(isinstance(one, HandOverExpired) for one in taken) == 5


def test_talk_is_extended_by_one_of_many(app, stand, talking):
    extended = at_once(app, *[lambda: timebox.extend(talking.id, stand.recruiter.id)] * 6)
    assert extended.count(None) == 1
    assert sum(isinstance(one, AlreadyExtended) for one in extended) == 5


def test_call_is_moved_or_ended_and_never_both(app, stand, talking):
    """Whoever comes second finds the call gone; no room stays open without its call."""
    _, desk = colleague_of(stand)
    outcomes = at_once(
        app,
        lambda: moving.move_call(talking.id, stand.recruiter.id, desk.id),
        lambda: calls.hang_up(talking.id, talking.student.account_id),
    )
    assert all(one is None or isinstance(one, NotOnCall | InvalidTransition) for one in outcomes)
    after = Interview.get_by_id(talking.id)
    assert after.status == Status.CONCLUDING
    assert rtc.find_open_room(f"interview:{talking.id}") is None


def test_colleague_who_rings_this_very_moment_gets_no_second_call(app, stand, talking):
    account, desk = colleague_of(stand)
    stand.factory.waiting(stand.booth, stand.recruiter)
    outcomes = at_once(
        app,
        lambda: moving.move_call(talking.id, stand.recruiter.id, desk.id),
        lambda: ringing.ring_next(stand.booth.id, account.id),
    )
    assert sum(isinstance(one, ColleagueBusy | DeskBusy) for one in outcomes) == 1, outcomes
    at_desk = Interview.desk == desk.id
    assert Interview.select().where(at_desk).count() == 1
