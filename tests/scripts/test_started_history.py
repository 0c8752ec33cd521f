"""The referee's history knows a student's call (自主发起) from a recruiter's."""

from scripts.rehearse import history
from scripts.rehearse.history import RingRow
from tests.scripts.test_rehearsal import WAITING, at, past

STARTED = ((2, "start", "ringing", 100), (2, "answer", "in_call", 105))


def test_a_students_call_is_judged_like_a_ring():
    row = RingRow(2, at(100), "order", at(2), {}, interviewer=99)
    found = history.overtakes(past(*WAITING, *STARTED, rings=[row]))
    assert (found.count, len(found.unexplained)) == (1, 1)
    assert len(history.rings_outside(past(*STARTED), at(0), at(99))) == 1


def test_a_students_call_takes_the_desk_of_whoever_is_called():
    called = RingRow(2, at(100), "order", at(2), {}, interviewer=99)
    rings = ((1, "ring", "ringing", 110), (1, "answer", "in_call", 115))
    assert len(history.double_desks(past(*STARTED, *rings, rings=[called]))) == 1
    elsewhere = RingRow(2, at(100), "order", at(2), {}, interviewer=98)
    assert history.double_desks(past(*STARTED, *rings, rings=[elsewhere])) == []
