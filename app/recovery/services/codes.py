"""A code to a known address, and the token that it is traded for: lets choose a new password.

Whose account it is, is found elsewhere: this part knows accounts, not employers.
"""

import hmac
import secrets
from datetime import datetime, timedelta

from flask import current_app

from app.accounts.models import PasswordLogin
from app.accounts.services.passwords import (
    find_password_login,
    replace_password,
    suspend_password,
)
from app.config import current
from app.core import audit, clock, ratelimit
from app.core.database import atomic, locked
from app.core.lifecycle import move_each
from app.core.secrets import digest, new_token
from app.recovery.errors import (
    RecoveryChannelUnavailable,
    RecoveryCodeWrong,
    RecoveryExpired,
    RecoveryNotFound,
    ResetTokenInvalid,
)
from app.recovery.jobs import code_hash, send_code
from app.recovery.models import PasswordRecovery
from app.recovery.texts import Way, masked, sms_text_of

ONLINE = timedelta(minutes=30)  # from the company's name to the code, choosing included
CHOOSING = timedelta(minutes=15)  # from the code to the new password
GRANTED = timedelta(hours=24)  # what staff have granted: ② and ③
CODE_TRIES = 5
RESEND_SECONDS = 60
CODES = 10  # to one company or person in a day
DAY_SECONDS = 86_400
KEPT = timedelta(days=30)
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # of what is read out on the phone
SPOKEN = 12  # signs: 60 bits, and one address has few tries
MISHEARD = str.maketrans("OIL", "011")
Status, Origin = PasswordRecovery.Status, PasswordRecovery.Origin


def open_recovery(
    account_id: int | None, *, target: str, phone: str | None, email: str | None
) -> PasswordRecovery:
    """Begin ①: addresses to choose from, for half an hour. Without an account it is a decoy."""
    with atomic():
        return PasswordRecovery.create(
            ticket=new_token(24),
            account=account_id,
            origin=Origin.ONLINE,
            target=target,
            phone=phone,
            email=email,
            expires_at=clock.now() + ONLINE,
        )


def grant_recovery(account_id: int, *, target: str, phone: str) -> PasswordRecovery:
    """An appeal was approved: a code to the phone that it names, for 24 hours (A16).

    What was opened for the account before is void. Inside a command.
    """
    _void_open(account_id)
    recovery = PasswordRecovery.create(
        ticket=new_token(24),
        account=account_id,
        origin=Origin.APPEAL,
        target=target,
        phone=phone,
        channel=Way.PHONE,
        status=Status.ASKED,
        expires_at=clock.now() + GRANTED,
    )
    send_code.enqueue(recovery.id)
    return recovery


def grant_reset(account_id: int, reason: str) -> str:
    """Staff open a reset: the code that lets choose a new password, once, for 24 hours (A17).

    The old password lets nobody in any more and every device is signed out. Inside a command.

    :raises PasswordNotSet: the account has no password
    """
    suspend_password(account_id)
    _void_open(account_id)
    token = spoken_token(SPOKEN)
    PasswordRecovery.create(
        ticket=new_token(24),
        account=account_id,
        origin=Origin.STAFF,
        target="",
        reset_hash=digest(token),
        status=Status.PROVED,
        expires_at=clock.now() + GRANTED,
    )
    audit.record(f"account:{account_id}", "grant_reset", reason=reason)
    return "-".join(token[place : place + 4] for place in range(0, SPOKEN, 4))


def ways_of(recovery: PasswordRecovery) -> list[dict[str, object]]:
    """The addresses of a recovery, masked, and which of them we can send to."""
    sendable = {Way.PHONE: sends_sms(), Way.MAIL: current_app.extensions["mail"].is_available}
    return [
        {"kind": way.value, "masked": text, "is_available": bool(sendable[way])}
        for way, text in masked(recovery).items()
    ]


def sends_sms() -> bool:
    """Whether this deployment can send codes by SMS."""
    return current_app.extensions["sms"].is_available and sms_text_of(current().sms) is not None


def ask_code(ticket: str, way: str) -> PasswordRecovery:
    """Have a code sent to one of the addresses; at most one a minute. An earlier token is void.

    :raises RecoveryNotFound: not a recovery of ours
    :raises RecoveryExpired: too old, or done with
    :raises RecoveryChannelUnavailable: there is no such address, or we cannot send there
    :raises TooMany: a code a minute, ten a day
    """
    recovery = _open_one(ticket)
    if not any(one["kind"] == way and one["is_available"] for one in ways_of(recovery)):
        raise RecoveryChannelUnavailable
    ratelimit.limit(f"recovery-code:{ticket}", times=1, seconds=RESEND_SECONDS)
    ratelimit.limit(f"recovery-codes:{recovery.target}", times=CODES, seconds=DAY_SECONDS)
    with atomic():
        recovery.ask(channel=way, code_hash="", code_expires_at=None, reset_hash=None)
        send_code.enqueue(recovery.id)
    return recovery


def prove_code(ticket: str, code: str) -> str:
    """Trade the code for the token that lets choose a new password, once.

    :raises RecoveryNotFound: not a recovery of ours
    :raises RecoveryExpired: too old, done with, or the code was tried five times
    :raises RecoveryCodeWrong: another code
    :raises InvalidTransition: somebody else was faster with it
    """
    recovery = _open_one(ticket)
    token = new_token(32)
    with atomic():
        if not _count_try(recovery):
            raise RecoveryExpired
        recovery = PasswordRecovery.get_by_id(recovery.id)
        is_right = hmac.compare_digest(recovery.code_hash, code_hash(ticket, code))
        if is_right:
            until = _chosen_until(recovery)
            recovery.prove(reset_hash=digest(token), code_hash="", expires_at=until)
    if not is_right:  # said outside, else the count would be taken back
        raise RecoveryCodeWrong(tries_left=CODE_TRIES - recovery.tries)
    return token


def find_reset(token: str) -> tuple[PasswordRecovery, PasswordLogin]:
    """What a reset token is good for: whose password may be chosen, and until when.

    :raises ResetTokenInvalid: unknown, used, void or too old
    """
    recovery = PasswordRecovery.get_or_none(reset_hash=digest(_as_made(token)))
    if recovery is None or recovery.status != Status.PROVED or recovery.account_id is None:
        raise ResetTokenInvalid
    login = find_password_login(recovery.account_id)
    if recovery.expires_at <= clock.now() or login is None or login.account.disabled_at:
        raise ResetTokenInvalid
    return recovery, login


def redeem_reset(token: str, password: str) -> PasswordRecovery:
    """Choose the new password: of two at once one wins. All devices are signed out.

    Inside a command, which tells the account.

    :raises ResetTokenInvalid: unknown, used, void or too old
    :raises InvalidTransition: somebody else was faster with it
    :raises PasswordTooWeak: fewer than 10 characters, digits only, or the name itself
    """
    recovery, login = find_reset(token)
    recovery.finish(reset_hash=None)
    replace_password(login.account_id, password)
    _void_open(login.account_id)
    return recovery


def forget_old_recoveries() -> int:
    """Drop recoveries that ended a month ago, with their addresses; how many. For the clock."""
    oldest = clock.now() - KEPT
    with atomic():
        return PasswordRecovery.delete().where(PasswordRecovery.expires_at < oldest).execute()


def is_over(recovery: PasswordRecovery) -> bool:
    """Whether a recovery leads nowhere any more; a code may still be sent until then."""
    return recovery.status in (Status.DONE, Status.VOID) or recovery.expires_at <= clock.now()


def spoken_token(length: int) -> str:
    """Signs that survive being read out: capitals and digits that no ear confuses (5 bits each)."""
    return "".join(secrets.choice(SIGNS) for _ in range(length))


def as_spoken(text: str) -> str:
    """What somebody typed from hearing or from paper, as :func:`spoken_token` made it."""
    return "".join(text.replace("-", "").split()).upper().translate(MISHEARD)


def _as_made(token: str) -> str:
    """The staff's short token may come with hyphens or in small letters; ours are left alone."""
    spoken = as_spoken(token)
    return spoken if len(spoken) == SPOKEN else token


def _open_one(ticket: str) -> PasswordRecovery:
    recovery = PasswordRecovery.get_or_none(ticket=ticket)
    if recovery is None:
        raise RecoveryNotFound
    if is_over(recovery):
        raise RecoveryExpired
    return recovery


def _count_try(recovery: PasswordRecovery) -> int:
    """One more try of the present code, unless it is worn out; whether it counted."""
    here = (PasswordRecovery.id == recovery.id) & (PasswordRecovery.status == Status.SENT)
    fresh = (PasswordRecovery.tries < CODE_TRIES) & (PasswordRecovery.code_expires_at > clock.now())
    counted = PasswordRecovery.update(tries=PasswordRecovery.tries + 1)
    return counted.where(here & fresh).execute()


def _chosen_until(recovery: PasswordRecovery) -> datetime:
    return clock.now() + CHOOSING if recovery.origin == Origin.ONLINE else recovery.expires_at


def _void_open(account_id: int) -> None:
    """Whatever else was opened for the account leads nowhere any more."""
    theirs = PasswordRecovery.account == account_id
    still = PasswordRecovery.status.not_in((Status.DONE, Status.VOID))
    rows = PasswordRecovery.select(PasswordRecovery.id, PasswordRecovery.status)
    seen = {
        row.id: row.status
        for row in locked(rows.where(theirs & still).order_by(PasswordRecovery.id))
    }
    move_each(PasswordRecovery, "void", seen)
