"""Logging in on a desktop by a code that the phone confirms (A01, A03)."""

import hmac
from datetime import timedelta

from app.accounts.errors import (
    LoginCodeExpired,
    LoginCodeNotFound,
    LoginCodeTaken,
    WeChatBound,
)
from app.accounts.models import QrLogin
from app.accounts.services.binding import has_wechat, move_wechat
from app.accounts.services.people import log_in
from app.core import clock
from app.core.database import atomic
from app.core.secrets import digest, new_token

CODE_SECONDS = 180
CLAIM_SECONDS = 60  # the desktop asks every other second
Status = QrLogin.Status


def open_login_code(device: str) -> tuple[QrLogin, str]:
    """A code for a desktop, good for three minutes, and the secret that only it holds."""
    return _open_code(device)


def open_binding_code(account_id: int, device: str) -> tuple[QrLogin, str]:
    """A code by which a phone gives its WeChat to the account that sits at a desktop (A06 ⑤).

    :raises WeChatBound: the account has one
    """
    if has_wechat(account_id):
        raise WeChatBound
    return _open_code(device, owner=account_id)


def scan_login_code(ticket: str, account_id: int) -> QrLogin:
    """The phone looks at a code: from now on only this account can confirm it.

    :raises LoginCodeNotFound: not a code of ours
    :raises LoginCodeExpired: older than three minutes, or done with
    :raises LoginCodeTaken: another account scanned it first
    """
    code = _fresh(ticket)
    with atomic():
        if code.status == Status.PENDING:
            code.scan(account=account_id)
        elif code.account_id != account_id:
            raise LoginCodeTaken
    return code


def confirm_login_code(ticket: str, account_id: int) -> QrLogin:
    """Let the desktop in, or give it the phone's WeChat.

    :raises LoginCodeExpired: too late
    :raises LoginCodeTaken: somebody else's
    :raises InvalidTransition: already answered
    :raises WeChatElsewhere: the WeChat belongs to an account that is in use
    :raises WeChatBound: the desktop's account got another one meanwhile
    """
    code = _mine(ticket, account_id)
    with atomic():
        code.confirm(expires_at=clock.now() + timedelta(seconds=CLAIM_SECONDS))
        if code.owner_id is not None:
            move_wechat(account_id, code.owner_id)
    return code


def refuse_login_code(ticket: str, account_id: int) -> QrLogin:
    """Keep the desktop out; same errors as :func:`confirm_login_code`."""
    code = _mine(ticket, account_id)
    with atomic():
        code.refuse()
    return code


def claim_login_code(ticket: str, secret: str) -> dict[str, object]:
    """What the desktop polls: the state, and the login once, when confirmed.

    :raises LoginCodeNotFound: wrong ticket or wrong secret
    :raises InvalidTransition: another page with the same secret was faster
    """
    code = QrLogin.get_or_none(ticket=ticket)
    if code is None or not hmac.compare_digest(code.secret_hash, digest(secret)):
        raise LoginCodeNotFound
    if code.account is not None and state_of(code) == Status.CONFIRMED:
        with atomic():
            code.claim()
            # A binding lets nobody in: the desktop is signed in already.
            login = log_in(code.account) if code.owner_id is None else None
        return {"status": Status.CLAIMED, "login": login}
    return {"status": state_of(code), "login": None}


def state_of(code: QrLogin) -> str:
    """The code's status, or ``expired``: not confirmed in time, or confirmed and not fetched."""
    open_still = code.status in (Status.PENDING, Status.SCANNED, Status.CONFIRMED)
    return "expired" if open_still and code.expires_at <= clock.now() else str(code.status)


def find_login_code(ticket: str) -> QrLogin | None:
    """The code of a ticket, if we made it."""
    return QrLogin.get_or_none(ticket=ticket)


def forget_expired_codes() -> int:
    """Drop desktop login codes that ended more than a day ago; how many. For the clock."""
    oldest = clock.now() - timedelta(days=1)
    with atomic():
        return QrLogin.delete().where(QrLogin.expires_at < oldest).execute()


def _open_code(device: str, **whose: int) -> tuple[QrLogin, str]:
    secret = new_token(32)
    with atomic():
        code = QrLogin.create(
            ticket=new_token(20),
            secret_hash=digest(secret),
            device=device[:80],
            expires_at=clock.now() + timedelta(seconds=CODE_SECONDS),
            **whose,
        )
    return code, secret


def _fresh(ticket: str) -> QrLogin:
    code = find_login_code(ticket)
    if code is None:
        raise LoginCodeNotFound
    if state_of(code) not in (Status.PENDING, Status.SCANNED):
        raise LoginCodeExpired(state=state_of(code))
    return code


def _mine(ticket: str, account_id: int) -> QrLogin:
    code = _fresh(ticket)
    if code.account_id != account_id:
        raise LoginCodeTaken
    return code
