"""Recovery ②: an appeal with a stamped statement, which staff hold against the licence (A16)."""

import hmac
from datetime import timedelta
from typing import Any

from peewee import JOIN

from app.core import audit, clock, crypto, ratelimit
from app.core.captchas import check_captcha
from app.core.database import atomic
from app.employers import uscc
from app.employers.errors import UsccInvalid
from app.employers.models import Employer
from app.employers.services.registry import find_known
from app.files.models import Upload
from app.files.purposes import Purpose
from app.files.services import attach_visitor_upload, delete_upload
from app.recovery.errors import (
    AppealCannotBeTold,
    AppealNotFound,
    AppealNotOpen,
    AppealUnanswerable,
    PaperReasonDiffers,
    SealNameDiffers,
    StatementMissing,
)
from app.recovery.models import PasswordAppeal
from app.recovery.names import same_text
from app.recovery.services.codes import (
    as_spoken,
    grant_recovery,
    is_over,
    sends_sms,
    spoken_token,
)
from app.recovery.services.companies import find_administrator
from app.recovery.services.resets import BEWARE, tell_account

NUMBER_LENGTH = 10  # signs: 50 bits, for whoever wrote it down and nobody else
TAIL = 4
TAIL_TRIES = 10  # of one number
TAIL_SECONDS = 900
KEPT = timedelta(days=30)  # a draft that nobody hands in
MOST_AT_ONCE = 100
Status = PasswordAppeal.Status


def open_appeal(*, captcha_id: str, captcha_answer: str, **form: str) -> PasswordAppeal:
    """Begin an appeal: company, code, applicant, phone and reason; a draft with a number (A16).

    :raises UsccInvalid: the check digit of the code does not fit
    :raises CaptchaWrong: the captcha's answer is another, or used
    :raises CaptchaUnavailable: nobody can tell
    """
    filled = _checked(form)
    check_captcha(captcha_id, captcha_answer)
    with atomic():
        appeal = PasswordAppeal.create(number=spoken_token(NUMBER_LENGTH), **filled)
        audit.record(appeal, "create", after={"name": appeal.company_name, "uscc": appeal.uscc})
    return appeal


def update_appeal(number: str, phone_tail: str, **form: str) -> PasswordAppeal:
    """Change a draft, as after a rejection; the phone stays, as it is the key.

    :raises AppealNotFound: no such number, or another phone
    :raises AppealNotOpen: it is being reviewed or was approved
    :raises UsccInvalid: the check digit of the code does not fit
    """
    appeal = find_appeal(number, phone_tail)
    filled = _checked(form)
    with atomic():
        is_draft = (PasswordAppeal.id == appeal.id) & (PasswordAppeal.status == Status.DRAFT)
        if not PasswordAppeal.update(filled).where(is_draft).execute():
            raise AppealNotOpen
        before = {name: getattr(appeal, name) for name in filled}
        audit.record(appeal, "update", before=before, after=filled)
    return PasswordAppeal.get_by_id(appeal.id)


def submit_appeal(
    number: str, phone_tail: str, *, claim: str, seal_name: str, paper_reason: str
) -> PasswordAppeal:
    """Hand the stamped statement in, with what can be read on it (A16).

    *claim* is a visitor's upload; empty keeps the statement of an earlier try.

    :raises AppealNotFound: no such number, or another phone
    :raises AppealNotOpen: it was handed in already
    :raises SealNameDiffers: the seal's name is not the licence's
    :raises PaperReasonDiffers: the paper's reason is not the form's
    :raises StatementMissing: there is no statement yet
    :raises UploadNotFound: the file is gone or used
    :raises UploadMisplaced: the file is something else
    """
    appeal = find_appeal(number, phone_tail)
    if appeal.status != Status.DRAFT:
        raise AppealNotOpen
    if not same_text(seal_name, licence_name_of(appeal)):
        raise SealNameDiffers
    if not same_text(paper_reason, appeal.reason):
        raise PaperReasonDiffers
    if not claim and appeal.statement_id is None:
        raise StatementMissing
    as_read: dict[str, Any] = {
        "seal_name": seal_name,
        "paper_reason": paper_reason,
        "rejected_reason": "",
    }
    with atomic():
        earlier = appeal.statement
        if claim:
            as_read["statement"] = attach_visitor_upload(claim, Purpose.APPEAL_STATEMENT).id
        # What was checked must be what is handed in, whatever another page does meanwhile.
        unchanged = (PasswordAppeal.reason == appeal.reason) & (PasswordAppeal.uscc == appeal.uscc)
        appeal.submit(only_if=unchanged, **as_read)
        if claim and earlier is not None:
            delete_upload(earlier)
    return appeal


def find_appeal(number: str, phone_tail: str) -> PasswordAppeal:
    """An appeal by its number and the last four digits of its phone; no login needed.

    :raises AppealNotFound: no such number, or another phone: nobody learns which
    :raises TooMany: ten wrong ends of one number in 15 minutes
    """
    number = as_spoken(number)[:NUMBER_LENGTH]
    tries = f"appeal-tail:{number}"
    ratelimit.limit(tries, times=TAIL_TRIES, seconds=TAIL_SECONDS)
    appeal = PasswordAppeal.get_or_none(PasswordAppeal.number == number)
    known = appeal.phone[-TAIL:] if appeal else ""
    if not hmac.compare_digest(known.encode(), phone_tail.encode()) or appeal is None:
        raise AppealNotFound
    ratelimit.forget(tries)
    return appeal


def state_of(appeal: PasswordAppeal) -> dict[str, Any]:
    """What the applicant may read of an appeal."""
    granted = appeal.recovery if appeal.status == Status.APPROVED else None
    recovery = None if granted is None or is_over(granted) else granted
    return {
        "number": appeal.number,
        "status": appeal.status,
        "company_name": appeal.company_name,
        "uscc": appeal.uscc,
        "applicant": appeal.applicant,
        "phone_masked": crypto.mask_phone(appeal.phone),
        "reason": appeal.reason,
        "seal_name": appeal.seal_name,
        "paper_reason": appeal.paper_reason,
        "has_statement": appeal.statement_id is not None,
        "rejected_reason": appeal.rejected_reason,
        "submitted_at": appeal.submitted_at,
        "decided_at": appeal.decided_at,
        "ticket": recovery.ticket if recovery else None,
        "expires_at": recovery.expires_at if recovery else None,
    }


def licence_name_of(appeal: PasswordAppeal) -> str:
    """The name on the licence: as recorded with the code, else as the applicant wrote it.

    A code that nobody has recorded is the reviewer's to refuse: to say so here would tell
    strangers which companies have an account.
    """
    employer = find_employer(appeal)
    return employer.name if employer else appeal.company_name


def find_employer(appeal: PasswordAppeal) -> Employer | None:
    """The employer recorded under the appeal's code; a draft, which anybody may begin, is none."""
    return find_known(appeal.uscc)


def approve_appeal(appeal_id: int) -> PasswordAppeal:
    """The statement holds: a code goes to the phone that it names, good for 24 hours (A16).

    The account is told by its own channels, in case it was not its owner who appealed.

    :raises AppealNotFound: no such appeal
    :raises AppealUnanswerable: the company has no account that signs in by password
    :raises AppealCannotBeTold: no SMS can be sent here
    :raises InvalidTransition: somebody else has decided
    """
    appeal = _get(appeal_id)
    account = find_administrator(Employer.uscc == appeal.uscc, reachable=False)
    if account is None:
        raise AppealUnanswerable
    if not sends_sms():
        raise AppealCannotBeTold
    with atomic():
        target = crypto.lookup_hash(f"appeal:{appeal.number}")
        recovery = grant_recovery(account.id, target=target, phone=appeal.phone)
        appeal.approve(recovery=recovery.id)
        tell_account(account.id, f"您单位的密码申诉已通过审核，申诉人将重设登录密码。{BEWARE}")
    return appeal


def reject_appeal(appeal_id: int, reason: str) -> PasswordAppeal:
    """The statement does not hold; the applicant reads why and may hand in another.

    :raises AppealNotFound: no such appeal
    :raises InvalidTransition: somebody else has decided
    """
    appeal = _get(appeal_id)
    with atomic():
        appeal.reject(rejected_reason=reason, reason=reason)
    return appeal


def forget_old_drafts() -> int:
    """Drop drafts that nobody has touched for a month, with their statements; how many.

    For the clock.
    """
    oldest = clock.now() - KEPT
    rested = (PasswordAppeal.status == Status.DRAFT) & (PasswordAppeal.created_at < oldest)
    rested &= PasswordAppeal.decided_at.is_null() | (PasswordAppeal.decided_at < oldest)
    drafts = PasswordAppeal.select(PasswordAppeal, Upload).join(Upload, JOIN.LEFT_OUTER)
    with atomic():
        over = list(drafts.where(rested).order_by(PasswordAppeal.id).limit(MOST_AT_ONCE))
        for appeal in over:
            if appeal.statement is not None:
                delete_upload(appeal.statement)
        ids = [appeal.id for appeal in over]
        still = PasswordAppeal.id.in_(ids) & (PasswordAppeal.status == Status.DRAFT)
        return PasswordAppeal.delete().where(still).execute() if ids else 0


def _checked(form: dict[str, str]) -> dict[str, str]:
    code = uscc.normalise(form["uscc"])
    if not uscc.is_valid(code):
        raise UsccInvalid
    return {**form, "uscc": code}


def _get(appeal_id: int) -> PasswordAppeal:
    appeal = PasswordAppeal.get_or_none(PasswordAppeal.id == appeal_id)
    if appeal is None:
        raise AppealNotFound
    return appeal
