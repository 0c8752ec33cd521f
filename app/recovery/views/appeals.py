"""Recovery ②: an appeal with a stamped statement, by its number and the phone's end (A16)."""

from app.core.auth import public
from app.core.captchas import CaptchaUnavailable, CaptchaWrong
from app.core.errors import InvalidTransition, TooMany
from app.employers.errors import UsccInvalid
from app.files.errors import UploadMisplaced, UploadNotFound
from app.recovery import schemas
from app.recovery.errors import (
    AppealNotFound,
    AppealNotOpen,
    PaperReasonDiffers,
    SealNameDiffers,
    StatementMissing,
)
from app.recovery.services import appeals
from app.recovery.views.blueprint import blp, limit_address


def _limit() -> None:
    limit_address("appeal", times=40, seconds=900)


@blp.post("/password-appeals")
@public
@blp.arguments(schemas.AppealBodySchema)
@blp.shows(schemas.AppealSchema, 201)
@blp.problems(UsccInvalid, CaptchaWrong, CaptchaUnavailable, TooMany)
def open_password_appeal(body: dict) -> dict:
    """Begin an appeal; its number is to be written down."""
    limit_address("appeal-opened", times=10, seconds=3600)
    return appeals.state_of(appeals.open_appeal(**body))


@blp.post("/password-appeals/state")
@public
@blp.arguments(schemas.AppealKeySchema)
@blp.shows(schemas.AppealSchema)
@blp.problems(AppealNotFound, TooMany)
def find_password_appeal(body: dict) -> dict:
    """How an appeal stands; an unknown number and a wrong phone are told alike."""
    _limit()
    return appeals.state_of(appeals.find_appeal(**body))


@blp.put("/password-appeals")
@public
@blp.arguments(schemas.AppealChangeSchema)
@blp.shows(schemas.AppealSchema)
@blp.problems(AppealNotFound, AppealNotOpen, UsccInvalid, TooMany)
def change_password_appeal(body: dict) -> dict:
    """Change a draft, as after a rejection."""
    _limit()
    return appeals.state_of(appeals.update_appeal(**body))


@blp.post("/password-appeals/submit")
@public
@blp.arguments(schemas.AppealSubmissionSchema)
@blp.shows(schemas.AppealSchema)
@blp.problems(
    AppealNotFound,
    AppealNotOpen,
    SealNameDiffers,
    PaperReasonDiffers,
    StatementMissing,
    UploadNotFound,
    UploadMisplaced,
    InvalidTransition,
    TooMany,
)
def submit_password_appeal(body: dict) -> dict:
    """Hand the stamped statement in for review."""
    _limit()
    return appeals.state_of(appeals.submit_appeal(**body))
