"""Recovery ①, and the new password with which every way ends (A15-A17)."""

from app.accounts.errors import PasswordTooWeak
from app.core.auth import public
from app.core.captchas import CaptchaUnavailable, CaptchaWrong
from app.core.errors import InvalidTransition, TooMany
from app.recovery import schemas
from app.recovery.errors import (
    RecoveryChannelUnavailable,
    RecoveryCodeWrong,
    RecoveryExpired,
    RecoveryNotFound,
    ResetTokenInvalid,
)
from app.recovery.jobs import minutes_of
from app.recovery.services import codes, companies, resets
from app.recovery.views.blueprint import blp, limit_address


@blp.post("/recoveries")
@public
@blp.arguments(schemas.RecoveryBodySchema)
@blp.shows(schemas.RecoverySchema, 201)
@blp.problems(CaptchaWrong, CaptchaUnavailable, TooMany)
def open_recovery(body: dict) -> dict:
    """The addresses that a company's administrator left, masked, to choose one.

    Every name gets an answer of the same shape, whether it has an account here or not.
    """
    limit_address("recovery", times=20, seconds=900)
    recovery = companies.begin_recovery(**body)
    return {
        "ticket": recovery.ticket,
        "ways": codes.ways_of(recovery),
        "expires_at": recovery.expires_at,
    }


@blp.post("/recoveries/<ticket>/code")
@public
@blp.arguments(schemas.CodeBodySchema)
@blp.shows(schemas.CodeSchema)
@blp.problems(
    RecoveryNotFound, RecoveryExpired, RecoveryChannelUnavailable, InvalidTransition, TooMany
)
def send_recovery_code(body: dict, ticket: str) -> dict:
    """Have a code of six digits sent to one of the addresses."""
    limit_address("recovery-code-from", times=30, seconds=900)
    recovery = codes.ask_code(ticket, body["way"])
    return {"minutes": minutes_of(recovery), "resend_seconds": codes.RESEND_SECONDS}


@blp.post("/recoveries/<ticket>/proof")
@public
@blp.arguments(schemas.ProofBodySchema)
@blp.shows(schemas.ResetSchema)
@blp.problems(
    RecoveryNotFound,
    RecoveryExpired,
    RecoveryCodeWrong,
    ResetTokenInvalid,
    InvalidTransition,
    TooMany,
)
def prove_recovery_code(body: dict, ticket: str) -> dict:
    """Trade the code for a token that lets choose a new password, once."""
    limit_address("recovery-proof", times=60, seconds=900)
    return _shown(codes.prove_code(ticket, body["code"]))


@blp.post("/password-resets/look")
@public
@blp.arguments(schemas.ResetTokenBodySchema)
@blp.shows(schemas.ResetSchema)
@blp.problems(ResetTokenInvalid, TooMany)
def look_at_reset(body: dict) -> dict:
    """Whose password a reset token lets choose anew."""
    limit_address("password-reset", times=30, seconds=900)
    return _shown(body["reset_token"])


@blp.post("/password-resets")
@public
@blp.arguments(schemas.ResetBodySchema)
@blp.done
@blp.problems(ResetTokenInvalid, PasswordTooWeak, InvalidTransition, TooMany)
def reset_password(body: dict) -> None:
    """Choose a new password; every device is signed out."""
    limit_address("password-reset", times=30, seconds=900)
    resets.choose_password(body["reset_token"], body["password"])


def _shown(token: str) -> dict:
    recovery, login = codes.find_reset(token)
    return {
        "reset_token": token,
        "username": login.username,
        "expires_at": recovery.expires_at,
    }
