"""Staff and the gates of a registration (A11, A12), and employers that broke the rules (N03)."""

from datetime import datetime, timedelta
from typing import Any

from peewee import JOIN

from app.accounts.models import StaffUser
from app.core import audit
from app.core.database import atomic
from app.employers import uscc
from app.employers.errors import (
    GateNotYours,
    NotThisGate,
    ReasonNeeded,
    UsccUnverified,
    UsccVerified,
)
from app.employers.gates import OVERDUE_HOURS, Gate, gates_of
from app.employers.models import Employer, GatePass
from app.employers.services.registry import get_employer
from app.employers.services.telling import tell_administrators, tell_everybody
from app.notifications.models import NotificationKind
from app.schools.models import Duty, School
from app.schools.services import posts_of, schools_under

GATE_WORDS = {Gate.CENTRE: "省级中心审核", Gate.PLATFORM: "平台审核", Gate.SCHOOL: "学校审核"}
REVIEWING = (Duty.ADMINISTRATOR, Duty.REVIEWER)
Status = Employer.Status


def may_pass(gate: Gate, staff: StaffUser, employer: Employer) -> bool:
    """Whether somebody of staff decides on *employer* at *gate*: the one place that says so.

    Platform staff do at every gate. At a school's gate so do its own reviewers and those of
    the centre above it, at the centre's gate only the centre's (A11, A21).
    """
    if staff.is_platform:
        return staff.role != StaffUser.StaffRole.VIEWER
    posts = [post for post in posts_of(staff.id) if post.duty in REVIEWING]
    centres = {post.school_id for post in posts if post.school.kind == School.Kind.CENTRE}
    reach = centres.union(*schools_under(centres).values())
    if gate == Gate.SCHOOL:
        reach |= {post.school_id for post in posts}
    return gate != Gate.PLATFORM and employer.school_id in reach


def gate_of(employer: Employer) -> Gate | None:
    """The gate at which a registration waits; None when it is not under review."""
    gates = gates_of(employer.entry)
    waits = employer.status == Status.SUBMITTED and employer.gate < len(gates)
    return gates[employer.gate] if waits else None


def pass_gate(employer_id: int, gate: Gate, staff: StaffUser) -> Employer:
    """Let a registration through *gate*; behind the last one the employer is active (SM1 6).

    :raises EmployerNotFound: no such employer
    :raises NotThisGate: it waits at another one, or not at all
    :raises GateNotYours: somebody else decides there
    :raises UsccUnverified: the code's check digit fails and nobody vouched for it
    :raises InvalidTransition: a colleague was faster
    """
    employer = _waiting_at(employer_id, gate, staff)
    if not (uscc.is_valid(employer.uscc) or employer.uscc_override):
        raise UsccUnverified
    passed = employer.gate + 1
    is_last = passed == len(gates_of(employer.entry))
    move = employer.admit if is_last else employer.pass_gate
    with atomic():
        move(reason=GATE_WORDS[gate], gate=passed, only_if=_still_here(employer))
        GatePass.create(employer=employer, gate=gate, staff=staff)
        if is_last:
            tell_administrators(employer, NotificationKind.EMPLOYER_ADMITTED)
    return employer


def send_back(employer_id: int, gate: Gate, staff: StaffUser, reason: str) -> Employer:
    """Return a registration with what has to be put right; the gates begin anew (SM1 6).

    :raises ReasonNeeded: nothing said
    :raises EmployerNotFound, NotThisGate, GateNotYours, InvalidTransition: see :func:`pass_gate`
    """
    reason = _reason(reason)
    employer = _waiting_at(employer_id, gate, staff)
    with atomic():
        employer.send_back(
            reason=reason, gate=0, returned_reason=reason, only_if=_still_here(employer)
        )
        tell_administrators(employer, NotificationKind.EMPLOYER_RETURNED, reason=reason)
    return employer


def vouch_for_code(employer_id: int, reason: str) -> Employer:
    """Accept a code whose check digit fails: real ones exist. Audited with what was checked.

    :raises ReasonNeeded: nothing said
    :raises EmployerNotFound: no such employer
    :raises UsccVerified: the check digit fits, or somebody vouched already
    """
    reason = _reason(reason)
    employer = get_employer(employer_id)
    if uscc.is_valid(employer.uscc):
        raise UsccVerified
    # Of the very code that was looked at: the applicant may correct it meanwhile.
    open_still = (Employer.id == employer_id) & (Employer.uscc == employer.uscc)
    with atomic():
        changed = Employer.update(uscc_override=True).where(open_still & ~Employer.uscc_override)
        if not changed.execute():
            raise UsccVerified
        audit.record(employer, "vouch", after={"uscc": employer.uscc}, reason=reason)
    return get_employer(employer_id)


def suspend_employer(employer_id: int, reason: str) -> Employer:
    """Stop an employer for a violation: nobody can act for it any more (SM1 8, N03).

    :raises ReasonNeeded: nothing said
    :raises EmployerNotFound: no such employer
    :raises InvalidTransition: not active
    """
    reason = _reason(reason)
    employer = get_employer(employer_id)
    with atomic():
        employer.suspend(reason=reason, returned_reason=reason)
        tell_everybody(employer, NotificationKind.EMPLOYER_SUSPENDED, reason=reason)
    return employer


def restore_employer(employer_id: int, reason: str = "") -> Employer:
    """Let a suspended employer act again.

    :raises EmployerNotFound: no such employer
    :raises InvalidTransition: not suspended
    """
    employer = get_employer(employer_id)
    with atomic():
        employer.restore(reason=reason, returned_reason="")
        tell_everybody(employer, NotificationKind.EMPLOYER_RESTORED)
    return employer


def is_overdue(employer: Employer, now: datetime) -> bool:
    """Whether a review has taken 24 hours (A12)."""
    submitted_at = employer.submitted_at
    waits = employer.status == Status.SUBMITTED and submitted_at is not None
    return waits and submitted_at <= _oldest(now)


def waits_too_long(now: datetime) -> Any:
    """The condition of :func:`is_overdue`, for lists and counts."""
    return (Employer.status == Status.SUBMITTED) & (Employer.submitted_at <= _oldest(now))


def list_passes(employer_id: int) -> list[GatePass]:
    """The gates that were passed and by whom, of all rounds, the latest first."""
    rows = GatePass.select(GatePass, StaffUser).join(StaffUser, JOIN.LEFT_OUTER)
    return list(rows.where(GatePass.employer == employer_id).order_by(GatePass.id.desc()))


def _oldest(now: datetime) -> datetime:
    return now - timedelta(hours=OVERDUE_HOURS)


def _still_here(employer: Employer) -> Any:
    return Employer.gate == employer.gate


def _waiting_at(employer_id: int, gate: Gate, staff: StaffUser) -> Employer:
    employer = get_employer(employer_id)
    if gate_of(employer) != gate:
        raise NotThisGate
    if not may_pass(gate, staff, employer):
        raise GateNotYours
    return employer


def _reason(text: str) -> str:
    if not text.strip():
        raise ReasonNeeded
    return text.strip()[:500]
