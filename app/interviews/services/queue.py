"""Getting into a booth's line, and out of it."""

from datetime import datetime

from app.core import audit, clock
from app.core.database import atomic
from app.core.errors import InvalidTransition
from app.core.prepared import Prepared, bind, blank_columns
from app.fairs.errors import BoothClosed
from app.fairs.models import Booth, BoothPosition, Fair, Participation
from app.fairs.phases import may_apply
from app.fairs.services.booths import get_booth, recruiter_at
from app.fairs.services.entry import get_participant
from app.interviews.admission_errors import SlotTaken
from app.interviews.errors import (
    AlreadyInLine,
    NotATalent,
    OutsideApplicationHours,
    PositionNotHere,
    RejectedByYou,
    RejectedHere,
)
from app.interviews.models import Interview, Status
from app.interviews.services.admission import admit
from app.interviews.services.finding import (
    find_standing,
    ticket_of_recruiter,
    ticket_of_student,
)
from app.interviews.services.needs import read_needs
from app.interviews.services.promises import promise_on_agreeing, promise_place
from app.interviews.services.quota import refuse_closed_line, refuse_over_quota
from app.interviews.services.told import tell_change, tell_recruiter, tell_student
from app.notifications.models import NotificationKind
from app.positions.models import Position
from app.students.errors import DeviceUntested
from app.students.models import Student
from app.students.services import require_device_check

_COLUMNS = (
    *("fair", "booth", "student", "position", "origin", "status"),
    *("queued_at", "created_at", "message", "decided_by", "slot_at"),
)
_INSERT = Prepared(
    lambda: (
        Interview.insert(blank_columns(Interview, _COLUMNS))
        .on_conflict_ignore()
        .returning(Interview.id)
    )
)
_OFFERED = Prepared(
    lambda: (
        BoothPosition.select(BoothPosition.id)
        .join(Position)
        .where(
            (BoothPosition.booth == bind("booth_id"))
            & (BoothPosition.position == bind("position_id"))
            & (Position.status == Position.Status.PUBLISHED)
        )
    )
)


def apply_for_interview(
    booth_id: int,
    account_id: int,
    position_id: int | None = None,
    *,
    anyway: bool = False,
    slot_at: datetime | None = None,
) -> int:
    """申请面试: a ticket at a booth, in the order of application (E01, E04). Returns its id.

    :raises BoothNotFound, BoothClosed: no such booth, or it no longer takes part
    :raises NotInFair, BlockedFromFair: the student has not entered, or was removed
    :raises OutsideApplicationHours: not on a day of the fair (E02)
    :raises DeviceUntested: camera and microphone were not tested today (E08)
    :raises LineClosed, LinePaused: the booth takes no applications now
    :raises QuotaReached: all its interviews are taken
    :raises PositionNotHere: the booth does not offer the position
    :raises AlreadyInLine: a live ticket exists; ``interview_id`` names it
    :raises RejectedHere: this booth rejected the student before (E05)
    :raises UnlikelyToBeSeen: no turn is to be expected before closing; not *anyway*
    :raises SlotNotOffered, SlotTaken, SlotsClash: the guaranteed slot cannot be had
    """
    booth = get_booth(booth_id)
    student = get_participant(booth.fair_id, account_id)
    _refuse_closed(booth)
    refuse_closed_line(booth)
    _refuse_untested(booth.fair, account_id)
    _refuse_foreign_position(booth, position_id)
    with atomic():
        refuse_over_quota(booth)
        outlook = admit(booth, student.id, anyway=anyway, slot_at=slot_at)
        ticket = _insert(booth, student, position_id, slot_at=slot_at)
        if ticket is None:
            raise _refusal(booth, student, RejectedHere, slot_at)
        promise_place(ticket, outlook)
        audit.record(ticket, "apply", after={"status": ticket.status, "booth": booth.id})
        tell_change(ticket, booth, student_account_id=account_id)
    return ticket.id


def invite_student(
    booth_id: int,
    account_id: int,
    student_id: int,
    *,
    position_id: int | None = None,
    message: str = "",
) -> int:
    """邀约面试: a recruiter asks a student of the fair to come (E06). Returns the ticket's id.

    :raises NotYourEmployer: the account does not act for the booth's employer
    :raises NotATalent: the student has not entered the fair
    :raises RejectedByYou: the booth rejected the student before (E05)
    :raises BoothClosed, OutsideApplicationHours, PositionNotHere, AlreadyInLine: as for applying
    """
    booth, _ = recruiter_at(booth_id, account_id)
    student = _talent(booth.fair_id, student_id)
    _refuse_closed(booth)
    _refuse_foreign_position(booth, position_id)
    with atomic():
        ticket = _insert(booth, student, position_id, invited_by=account_id, message=message)
        if ticket is None:
            raise _refusal(booth, student, RejectedByYou)
        audit.record(ticket, "invite", after={"status": ticket.status, "booth": booth.id})
        tell_change(ticket, booth, student_account_id=student.account_id)
        tell_student(
            ticket,
            booth,
            NotificationKind.INTERVIEW_INVITED,
            account_id=student.account_id,
            message=message,
        )
    return ticket.id


def accept_application(interview_id: int, account_id: int) -> None:
    """接受: the application keeps the place of its time (E05).

    :raises NotYourEmployer: another employer's ticket
    :raises InvalidTransition: not pending any more
    :raises QuotaReached: all the booth's interviews are taken
    """
    found = ticket_of_recruiter(interview_id, account_id)
    with atomic():
        refuse_over_quota(found.booth, interview_id)
        found.interview.accept(decided_by=account_id)
        tell_change(found.interview, found.booth, student_account_id=found.student_account_id)
        tell_student(
            found.interview,
            found.booth,
            NotificationKind.INTERVIEW_ACCEPTED,
            account_id=found.student_account_id,
        )


def agree_to_invitation(interview_id: int, account_id: int) -> None:
    """The invited student joins the line at this moment (E06, E12).

    :raises NotYourInterview: somebody else's
    :raises InvalidTransition: answered already, or lapsed
    :raises DeviceUntested: camera and microphone were not tested today (E08)
    :raises QuotaReached: all the booth's interviews are taken
    """
    _refuse_untested(ticket_of_student(interview_id, account_id).fair, account_id)
    _answer_invitation(interview_id, account_id, "agree", "同意")


def decline_invitation(interview_id: int, account_id: int) -> None:
    """The invited student says no; errors as for agreeing."""
    _answer_invitation(interview_id, account_id, "decline", "婉拒")


def withdraw_ticket(interview_id: int, account_id: int) -> None:
    """The student leaves the line.

    Whoever was rejected and is not told yet leaves as rejected: it opens no way back in (E05).

    :raises NotYourInterview: somebody else's
    :raises InvalidTransition: being rung, in call, or over
    """
    found = ticket_of_student(interview_id, account_id)
    with atomic():
        try:
            found.interview.withdraw()
        except InvalidTransition:
            if Interview.get_by_id(interview_id).status != Status.DISMISSED:
                raise
            found.interview.reject(reason=found.interview.reason_code)
        tell_change(found.interview, found.booth, student_account_id=account_id)


def _answer_invitation(interview_id: int, account_id: int, verb: str, word: str) -> None:
    found = ticket_of_student(interview_id, account_id)
    with atomic():
        if verb == "agree":
            refuse_over_quota(found.booth, interview_id)
        getattr(found.interview, verb)()
        if found.interview.status == Status.WAITING:
            promise_on_agreeing(found.interview, found.booth)
        tell_change(found.interview, found.booth, student_account_id=account_id)
        inviter = found.interview.decided_by
        if inviter is not None:
            tell_recruiter(found.interview, found.booth, account_id=inviter, answer=word)


def _insert(
    booth: Booth,
    student: Student,
    position_id: int | None,
    *,
    invited_by: int | None = None,
    message: str = "",
    slot_at: datetime | None = None,
) -> Interview | None:
    """A new ticket, or None where the database refuses a second one."""
    invited = invited_by is not None
    now = clock.now()
    row = {
        "fair": booth.fair_id,
        "booth": booth.id,
        "student": student.id,
        "position": position_id,
        "origin": Interview.Origin.INVITATION if invited else Interview.Origin.APPLICATION,
        "status": Status.INVITED if invited else Status.PENDING,
        "queued_at": now,
        "created_at": now,
        "message": message[:200],
        "decided_by": invited_by,
        "slot_at": slot_at,
    }
    made = _INSERT.write_returning(**row)
    return Interview(id=made[0][0], **row) if made else None


def _refusal(
    booth: Booth,
    student: Student,
    rejected: type[Exception],
    slot_at: datetime | None = None,
) -> Exception:
    ticket = find_standing(booth.id, student.id)
    if ticket is not None and ticket.status == Status.REJECTED:
        return rejected()
    if ticket is None and slot_at is not None:
        return SlotTaken()
    return AlreadyInLine(interview_id=ticket.id if ticket else None)


def _refuse_closed(booth: Booth) -> None:
    if booth.status != Booth.Status.OPEN:
        raise BoothClosed
    if not may_apply(booth.fair):
        raise OutsideApplicationHours(starts_at=booth.fair.starts_at, ends_at=booth.fair.ends_at)


def _refuse_untested(fair: Fair, account_id: int) -> None:
    if not fair.requires_device_check:
        return
    try:
        require_device_check(account_id)
    except DeviceUntested:
        # Who asked for typed talk needs neither camera nor microphone.
        if not read_needs(account_id)["typed_talk"]:
            raise


def _refuse_foreign_position(booth: Booth, position_id: int | None) -> None:
    if position_id is None:
        return
    if _OFFERED.first(booth_id=booth.id, position_id=position_id) is None:
        raise PositionNotHere


def _talent(fair_id: int, student_id: int) -> Student:
    taking_part = (
        Student.select()
        .join(Participation)
        .where(
            (Participation.fair == fair_id)
            & (Participation.student == student_id)
            & (Participation.status == Participation.Status.REGISTERED)
        )
        .first()
    )
    if taking_part is None:
        raise NotATalent
    return taking_part
