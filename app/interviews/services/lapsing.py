"""Open tickets lapse when their fair, their booth or their taking part is over.

A fair may end with tens of thousands of them. They lapse a hundred students at a time, each
hundred in a transaction of its own, so that talks that are on can still be concluded; what a
process that died left open, the clock takes up.
"""

from typing import Any

from app.core import clock
from app.core.database import atomic, locked
from app.core.errors import InvalidTransition
from app.core.events import publish_to_accounts, publish_to_topic
from app.core.lifecycle import move_each
from app.employers.models import Employer
from app.fairs.models import Booth, Fair
from app.interviews.models import OPEN_FOR_LAPSE, Interview, Ring, Status
from app.interviews.services.finding import find_ticket
from app.interviews.services.ringing import close_room_of
from app.interviews.services.rings import close_ring
from app.interviews.services.told import tell_change
from app.notifications.models import NotificationKind
from app.notifications.services import notify_many
from app.students.models import Student

STUDENTS_AT_ONCE = 100
OVER = {Fair.Status.ENDED: "已结束", Fair.Status.CANCELLED: "已取消"}


def lapse_open(which: Any, text: str, fair: Fair) -> int:
    """Lapse the open tickets that *which* names and tell each student once; how many tickets."""
    booths: list[int] = []
    open_ones = which & Interview.status.in_(OPEN_FOR_LAPSE)
    while (more := _lapse_some(open_ones, text, fair)) is not None:
        booths += more
    _tell_booths(set(booths), fair)
    return len(booths)


def lapse_leftovers() -> int:
    """Lapse what a fair or a booth that is over still holds open; how many. For the clock."""
    over = Fair.status.in_(tuple(OVER))
    open_still = Interview.select(Interview.fair).where(Interview.status.in_(OPEN_FOR_LAPSE))
    lapsed = 0
    for fair in list(Fair.select().where(over & Fair.id.in_(open_still))):
        lapsed += lapse_open(Interview.fair == fair.id, f"{fair.name} {OVER[fair.status]}", fair)
    gone = Booth.select(Booth, Employer, Fair).join(Employer).switch(Booth).join(Fair)
    held = Interview.select(Interview.booth).where(Interview.status.in_(OPEN_FOR_LAPSE))
    for booth in list(gone.where((Booth.status != Booth.Status.OPEN) & Booth.id.in_(held))):
        lapsed += lapse_booth(booth)
    return lapsed


def lapse_booth(booth: Booth) -> int:
    """Lapse the line of a booth that takes part no longer; how many tickets."""
    is_barred = booth.status == Booth.Status.DISQUALIFIED
    what = "已被取消参会资格，您在该单位的申请和排队已失效" if is_barred else "已退出本场双选会"
    text = f"{booth.employer.name} {what}"
    return lapse_open(Interview.booth == booth.id, text, booth.fair)


def _lapse_some(open_ones: Any, text: str, fair: Fair) -> list[int] | None:
    """Each lapsed ticket's booth, of the next hundred students; None when nobody is left."""
    with atomic():
        chosen = Interview.select(Interview.student).where(open_ones).distinct()
        students = [n for (n,) in chosen.limit(STUDENTS_AT_ONCE).tuples()]
        if not students:
            return None
        columns = (Interview.id, Interview.status, Interview.booth, Interview.student)
        rows = list(
            locked(
                Interview.select(*columns)
                .where(open_ones & Interview.student.in_(students))
                .order_by(Interview.id)
            ).tuples()
        )
        rang = {number for number, status, _, _ in rows if status == Status.RINGING}
        seen = {number: status for number, status, _, _ in rows if number not in rang}
        moved = move_each(Interview, "lapse", seen, reason=text)
        moved |= {number for number in rang if _lapse_ring(number, text)}
        gone = [(booth, student) for number, _, booth, student in rows if number in moved]
        _tell_students({student for _, student in gone}, text, fair)
        return [booth for booth, _ in gone]


def _lapse_ring(interview_id: int, text: str) -> bool:
    """A ring ends with its room and its entry in the book; one just answered goes on."""
    found = find_ticket(interview_id)
    try:
        found.interview.lapse(reason=text)
    except InvalidTransition:
        return False
    close_room_of(found.interview)
    close_ring(interview_id, Ring.Outcome.LAPSED)
    tell_change(found.interview, found.booth, student_account_id=found.student_account_id)
    return True


def _tell_students(students: set[int], text: str, fair: Fair) -> None:
    theirs = Student.select(Student.account).where(Student.id.in_(students))
    accounts = [account_id for (account_id,) in theirs.tuples()]
    notify_many(
        accounts,
        NotificationKind.FAIR_NOTICE,
        params={"fair": fair.name, "text": text},
        page=f"pages-fair/home/home?id={fair.id}",
        subject=f"fair:{fair.id}",
        fair_id=fair.id,
    )
    publish_to_accounts(accounts, "fair.changed", fair_id=fair.id)
    publish_to_topic(f"fair:{fair.id}", "board.changed", booth_id=None)


def _tell_booths(booths: set[int], fair: Fair) -> None:
    """News of a line without a step is soon read: told when all is done, once a booth.

    The end of a fair is told to every student apart, to be read by and by; if each of their
    booths called them as well, thousands of pages would read within ten seconds. A step of
    nobody reaches the desks and leaves the students their time.
    """
    of_nobody = {} if fair.status not in OVER else {"step": 0, "place": None, "at": clock.now()}
    for booth_id in sorted(booths):
        publish_to_topic(f"booth:{booth_id}", "queue.changed", booth_id=booth_id, **of_nobody)
    publish_to_topic(f"fair:{fair.id}", "board.changed", booth_id=None)
