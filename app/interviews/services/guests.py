"""Colleagues who sit in on a call beside the interviewer.

A video room has two chairs, so a guest meets every other person of the call in a room of its
own: the guest takes the recruiter's chair there and offers the connection. The talk clock is the
main room's alone.
"""

from datetime import timedelta
from typing import Any, NamedTuple

from app.core import audit, clock, presence
from app.core.database import atomic
from app.core.events import publish_to_accounts
from app.core.prepared import Prepared, bind
from app.employers.models import Recruiter
from app.employers.services import get_recruiter
from app.interviews.call_errors import (
    ColleagueAway,
    ColleagueBusy,
    DeskNotHere,
    GuestsFull,
    NotInvited,
)
from app.interviews.errors import NotOnCall, NotYourInterview
from app.interviews.models import Desk, Guest, Interview, Status
from app.interviews.services.desks import find_unfinished
from app.interviews.services.finding import (
    Found,
    desk_account_id,
    find_ticket,
    ticket_of_recruiter,
)
from app.interviews.services.reach import Reach, reach_of
from app.interviews.services.told import CALL_PAGE, tell_change
from app.notifications.models import NotificationKind
from app.notifications.services import notify
from app.rtc import services as rtc
from app.rtc.models import Room, Side

MOST_GUESTS = 2
INVITATION = timedelta(minutes=10)  # a message that is sent later finds no call any more
_GUESTS = Prepared(
    lambda: (
        Guest.select(Guest, Recruiter)
        .join(Recruiter)
        .where(
            (Guest.interview == bind("interview_id"))
            & Guest.left_at.is_null()
            & (Recruiter.status == Recruiter.Status.ACTIVE)
        )
        .order_by(Guest.id)
    )
)


class Parties(NamedTuple):
    """A ticket, which side of its call an account is, and everybody who takes part."""

    found: Found
    side: str  # student, recruiter or guest
    account_ids: list[int]


def parties_of(interview_id: int, account_id: int) -> Parties:
    """Who takes part in a call, for one of them: a party, or a guest who was invited.

    :raises InterviewNotFound: no such ticket
    :raises NotYourInterview: neither a party nor a guest
    """
    found = find_ticket(interview_id)
    interviewer = desk_account_id(found.interview)
    guests = [guest.recruiter.account_id for guest in list_guests(interview_id)]
    everybody = [found.student_account_id, *([interviewer] if interviewer else []), *guests]
    if account_id == found.student_account_id:
        return Parties(found, "student", everybody)
    if account_id == interviewer:
        return Parties(found, "recruiter", everybody)
    if account_id in guests:
        return Parties(found, "guest", everybody)
    raise NotYourInterview


def list_guests(interview_id: int) -> list[Guest]:
    """Who was invited to sit in and has not left, with the recruiter."""
    return _GUESTS.all(interview_id=interview_id)


def has_joined(interview_id: int, account_id: int) -> bool:
    """Whether a guest who was asked has come in."""
    guests = list_guests(interview_id)
    return any(guest.joined_at and guest.recruiter.account_id == account_id for guest in guests)


def invite_guest(interview_id: int, account_id: int, desk_id: int) -> Reach:
    """Ask a colleague of the same booth to sit in. Returns what the invitation reaches them by.

    It stands until the call ends, so that who has no page open now may come by the message.

    :raises NotYourEmployer: another employer's ticket
    :raises NotYourInterview: not the one who interviews
    :raises NotOnCall: no call is on
    :raises DeskNotHere, ColleagueBusy: which colleague cannot come, and why
    :raises GuestsFull: two sit in already
    """
    ticket_of_recruiter(interview_id, account_id)
    here = parties_of(interview_id, account_id)
    if here.side != "recruiter":
        raise NotYourInterview
    if here.found.interview.status != Status.IN_CALL:
        raise NotOnCall
    colleague = idle_colleague(here.found, desk_id)
    reach = reach_of([colleague.account_id], kind=NotificationKind.GUEST_INVITED)
    inviter = get_recruiter(account_id, here.found.booth.employer_id).name
    with atomic():
        present = list_guests(interview_id)
        if any(guest.recruiter_id == colleague.id for guest in present):
            return reach[colleague.account_id]
        if len(present) >= MOST_GUESTS:
            raise GuestsFull
        again = {"invited_at": clock.now(), "joined_at": None, "left_at": None}
        Guest.insert(interview=interview_id, recruiter=colleague.id, **again).on_conflict(
            conflict_target=[Guest.interview, Guest.recruiter], update=again
        ).execute()
        audit.record(here.found.interview, "invite_guest", after={"recruiter": colleague.id})
        publish_to_accounts([colleague.account_id], "guest.invited", interview_id=interview_id)
        _write_to(colleague.account_id, here.found, inviter=inviter)
        _tell(here.found)
    return reach[colleague.account_id]


def free_colleague(found: Found, desk_id: int) -> Recruiter:
    """The recruiter at another desk of the booth, who is there and has no call.

    :raises DeskNotHere, ColleagueBusy: as for an idle one
    :raises ColleagueAway: no page is open
    :raises PresenceUnknown: Redis does not answer
    """
    colleague = idle_colleague(found, desk_id)
    if not presence.online([colleague.account_id]):
        raise ColleagueAway
    return colleague


def idle_colleague(found: Found, desk_id: int) -> Recruiter:
    """The recruiter at another desk of the booth that has no call, there or not.

    :raises DeskNotHere: not a desk of this booth, or the present one
    :raises ColleagueBusy: a ring, a call or an owed result
    """
    desk = (
        Desk.select(Desk, Recruiter)
        .join(Recruiter)
        .where((Desk.id == desk_id) & (Recruiter.status == Recruiter.Status.ACTIVE))
        .first()
    )
    if desk is None or desk.booth_id != found.booth.id or desk.id == found.interview.desk_id:
        raise DeskNotHere
    if find_unfinished(desk.id) is not None:
        raise ColleagueBusy
    return desk.recruiter


def join_call(interview_id: int, account_id: int) -> None:
    """The guest comes in: a room with everybody who is there. Coming again is harmless.

    :raises NotYourEmployer: another employer's ticket
    :raises NotInvited: not a guest of this call
    :raises NotOnCall: the call is over
    """
    found, guest = _invited(interview_id, account_id)
    if found.interview.status != Status.IN_CALL:
        raise NotOnCall
    main = rtc.get_room(found.interview.room)
    with atomic():
        Guest.update(joined_at=guest.joined_at or clock.now()).where(Guest.id == guest.id).execute()
        others = [main.student_account_id, main.recruiter_account_id]
        joined = [one for one in list_guests(interview_id) if one.joined_at and one.id != guest.id]
        others += [one.recruiter.account_id for one in joined]
        met = {frozenset(_accounts(room)) for room in rtc.open_rooms(rooms_subject(interview_id))}
        for other in others:
            if frozenset((other, account_id)) not in met:
                rtc.create_room(
                    subject=rooms_subject(interview_id),
                    student_account_id=other,
                    recruiter_account_id=account_id,
                    carries_on=main,
                )
        audit.record(found.interview, "join_guest", after={"recruiter": guest.recruiter_id})
        _tell(found)


def leave_call(interview_id: int, account_id: int) -> None:
    """The guest leaves; the call goes on. Leaving twice is harmless.

    :raises NotYourEmployer: another employer's ticket
    :raises NotInvited: not a guest of this call
    """
    found, guest = _invited(interview_id, account_id)
    with atomic():
        Guest.update(left_at=clock.now()).where(Guest.id == guest.id).execute()
        for room in rtc.open_rooms(rooms_subject(interview_id)):
            if account_id in _accounts(room):
                rtc.close_room(room)
        audit.record(found.interview, "leave_guest", after={"recruiter": guest.recruiter_id})
        _tell(found)


def dismiss_guests(interview_id: int) -> None:
    """The call is over, or goes to another interviewer: nobody sits in any more. In a command."""
    mine = (Guest.interview == interview_id) & Guest.left_at.is_null()
    if Guest.update(left_at=clock.now()).where(mine).execute():
        for room in rtc.open_rooms(rooms_subject(interview_id)):
            rtc.close_room(room)


def links_of(interview_id: int, account_id: int, main_room: str) -> list[dict[str, Any]]:
    """The further rooms through which an account meets the others of a call, by seat."""
    guests = {guest.recruiter.account_id: guest for guest in list_guests(interview_id)}
    if not any(guest.joined_at for guest in guests.values()):
        return []
    main = rtc.get_room(main_room)
    links = []
    for room in rtc.open_rooms(rooms_subject(interview_id)):
        first, second = _accounts(room)
        if account_id not in (first, second):
            continue
        other = second if account_id == first else first
        guest, side = guests.get(other), main.side_of(other)
        if guest is not None:
            seat, name = f"guest:{guest.id}", guest.recruiter.name
        elif side is not None:
            person = main.student_account if side is Side.STUDENT else main.recruiter_account
            seat, name = side.value, person.name
        else:
            continue  # the one who met the guest there is not of this call any more
        links.append({"seat": seat, "name": name, "room": room.name})
    return links


def rooms_subject(interview_id: int) -> str:
    """Under which name a call's further rooms are kept."""
    return f"interview:{interview_id}:guests"


def _accounts(room: Room) -> tuple[int, int]:
    return room.student_account_id, room.recruiter_account_id


def _invited(interview_id: int, account_id: int) -> tuple[Found, Guest]:
    found = ticket_of_recruiter(interview_id, account_id)
    for guest in list_guests(interview_id):
        if guest.recruiter.account_id == account_id:
            return found, guest
    raise NotInvited


def _write_to(account_id: int, found: Found, *, inviter: str) -> None:
    """The event may find no page that listens: the inbox and WeChat lead to the call as well."""
    interview = found.interview
    notify(
        account_id,
        NotificationKind.GUEST_INVITED,
        params={
            "employer": found.booth.employer.name,
            "booth": found.booth.number,
            "position": interview.position.title if interview.position else "",
            "colleague": inviter,
        },
        page=f"{CALL_PAGE}?id={interview.id}",
        subject=f"interview:{interview.id}",
        fair_id=found.fair.id,
        expires_at=clock.now() + INVITATION,
    )


def _tell(found: Found) -> None:
    interview: Interview = found.interview
    tell_change(interview, found.booth, student_account_id=found.student_account_id)
