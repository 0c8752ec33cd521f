"""Name and password at the desk, and the captcha in front of them (A13, A18)."""

from flask import g, request

from app.accounts import password_schemas as schemas
from app.accounts.errors import (
    CaptchaNeeded,
    OldPasswordWrong,
    PasswordNotSet,
    PasswordOutdated,
    PasswordSet,
    PasswordSignInRefused,
    PasswordTooWeak,
    SignInNotFresh,
    UsernameInvalid,
    UsernameTaken,
)
from app.accounts.schemas import SessionSchema
from app.accounts.services import passwords
from app.accounts.views.blueprint import blp
from app.core import captchas, ratelimit
from app.core.auth import Role, public, requires
from app.core.captchas import CaptchaUnavailable, CaptchaWrong
from app.core.errors import TooMany

SECONDS = 300
CAPTCHAS = {captchas.Kind.IMAGE: 100, captchas.Kind.TEXT: 20}  # of one address in five minutes


@blp.get("/captcha")
@public
@blp.arguments(schemas.CaptchaQuerySchema, location="query")
@blp.shows(schemas.CaptchaSchema)
@blp.problems(CaptchaUnavailable, TooMany)
def get_captcha(query: dict) -> dict:
    """A captcha: a picture of signs, or a sum for those who do not see it. Good for one answer.

    A sum is easily read by a machine, so one address gets fewer of them.
    """
    kind = captchas.Kind(query["kind"])
    key = f"captcha-{kind}:{request.remote_addr}"
    ratelimit.limit(key, times=CAPTCHAS[kind], seconds=SECONDS)
    return captchas.open_captcha(kind)


@blp.post("/login/password")
@public
@blp.arguments(schemas.PasswordLoginSchema)
@blp.shows(SessionSchema)
@blp.problems(
    PasswordSignInRefused,
    PasswordOutdated,
    CaptchaNeeded,
    CaptchaWrong,
    CaptchaUnavailable,
    TooMany,
)
def log_in_by_password(body: dict) -> dict:
    """Sign in with a name and a password; after three failures with a captcha too."""
    return passwords.sign_in_with_password(**body, address=request.remote_addr or "")


@blp.get("/me/password")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.shows(schemas.PasswordStateSchema)
def get_password_state() -> dict:
    """Whether one's account signs in by password, and under which name."""
    login = passwords.find_password_login(g.account_id)
    return {
        "username": login.username if login else None,
        "changed_at": login.changed_at if login else None,
    }


@blp.put("/me/password")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.arguments(schemas.PasswordChangeSchema)
@blp.done
@blp.problems(PasswordNotSet, OldPasswordWrong, PasswordTooWeak, TooMany)
def change_password(body: dict) -> None:
    """Change one's password; every device but this one is signed out."""
    passwords.change_password(
        g.account_id, body["old"], body["new"], refresh_token=body["refresh_token"]
    )


@blp.post("/me/password")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.arguments(schemas.PasswordSettingSchema)
@blp.done
@blp.problems(SignInNotFresh, PasswordSet, UsernameInvalid, UsernameTaken, PasswordTooWeak)
def set_password(body: dict) -> None:
    """Give one's WeChat account a name and a password, within ten minutes of signing in."""
    passwords.set_password(
        g.account_id, body["username"], body["password"], refresh_token=body["refresh_token"]
    )
