"""Who is signed in at this browser: a signed cookie, good for twelve hours, ended by sign-out.

The cookie holds no secret. It carries a stamp of the password and the role, so that
changing either ends every session of the person, and an identifier that sign-out
puts on a list of ended sessions.
"""

import hmac
import secrets
from typing import Any

from flask import Flask, Request, current_app, request, session
from flask.sessions import SecureCookieSessionInterface
from redis.exceptions import RedisError

from app.accounts.models import StaffUser
from app.accounts.services.staff import find_staff
from app.core import clock
from app.core.redis import client
from app.core.secrets import digest

SESSION_SECONDS = 12 * 3600
ENDED_KEY = "staff-ended:{}"
STAFF, CSRF = "staff", "csrf"
KNOWN = "office.staff"  # in the request's environment
OFFICE = "/admin"


class OfficeSessions(SecureCookieSessionInterface):
    """Cookies are read and written for staff's pages only; the API knows nothing but tokens."""

    def open_session(self, app: Flask, request: Request) -> Any:
        return super().open_session(app, request) if request.path.startswith(OFFICE) else None


def open_session(staff: StaffUser) -> None:
    """Sign *staff* in at this browser; nothing of the earlier session is kept."""
    session.clear()
    request.environ.pop(KNOWN, None)
    session[STAFF] = {
        "id": staff.id,
        "session": secrets.token_urlsafe(16),
        "since": int(clock.now().timestamp()),
        "stamp": _stamp(staff),
    }


def close_session() -> None:
    """Sign out: the cookie is emptied, and a copy of it is worthless."""
    claim = session.get(STAFF)
    session.clear()
    if claim is None:
        return
    try:
        client().set(ENDED_KEY.format(claim["session"]), 1, ex=SESSION_SECONDS)
    except RedisError:
        # The cookie is gone from this browser; only a stolen copy would live on, 12 hours at most.
        current_app.logger.warning("sign-out could not be shared: Redis is away")


def current_staff() -> StaffUser | None:
    """The staff member of this request, read once."""
    if KNOWN not in request.environ:
        request.environ[KNOWN] = _find()
    return request.environ[KNOWN]


def csrf_token() -> str:
    """This session's token, a hidden field of every form."""
    if CSRF not in session:
        session[CSRF] = secrets.token_urlsafe(24)
    return session[CSRF]


def is_csrf_right(token: str) -> bool:
    """Whether a form carries this session's token."""
    return CSRF in session and hmac.compare_digest(session[CSRF].encode(), token.encode())


def _find() -> StaffUser | None:
    claim = session.get(STAFF)
    if (
        not claim
        or clock.now().timestamp() - claim["since"] > SESSION_SECONDS
        or _is_ended(claim["session"])
    ):
        return None
    staff = find_staff(claim["id"])
    if staff is None or not hmac.compare_digest(_stamp(staff), claim["stamp"]):
        return None
    return staff


def _is_ended(session_id: str) -> bool:
    try:
        return bool(client().exists(ENDED_KEY.format(session_id)))
    except RedisError:
        return False


def _stamp(staff: StaffUser) -> str:
    return digest(f"{staff.password_hash}:{staff.role}:{staff.is_platform}")[:16]
