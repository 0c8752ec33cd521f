"""Endpoints of entering fairs and booths."""

from flask import g

from app.core.auth import Role, requires
from app.core.idempotency import idempotent
from app.core.problems import Blueprint
from app.employers.errors import EmployerNotActive, NotYourEmployer
from app.fairs import schemas
from app.fairs.errors import (
    BlockedFromFair,
    CodeExpired,
    CodeRevoked,
    CodeUnknown,
    CodeUsed,
    FairNotFound,
    FairNotOpen,
    ResumeIncomplete,
)
from app.fairs.services import booths, entry

blp = Blueprint("fairs", __name__, url_prefix="/api", description="双选会")


@blp.post("/fairs/<int:fair_id>/enter")
@requires(Role.STUDENT)
@idempotent
@blp.shows(schemas.ParticipationSchema)
@blp.problems(FairNotFound, FairNotOpen, ResumeIncomplete, BlockedFromFair)
def enter_fair(fair_id: int) -> dict:
    """Enter a fair; the résumé must be above its bar."""
    participation = entry.enter_fair(fair_id, g.account_id)
    return {"fair_id": fair_id, "registered_at": participation.registered_at}


@blp.post("/recruiter-codes/<token>/redeem")
@requires(Role.STUDENT, Role.RECRUITER)
@idempotent
@blp.arguments(schemas.RedeemBodySchema)
@blp.shows(schemas.RedeemedSchema)
@blp.problems(CodeUnknown, CodeUsed, CodeRevoked, CodeExpired, EmployerNotActive, NotYourEmployer)
def redeem_recruiter_code(body: dict, token: str) -> dict:
    """Become a recruiter of the booth's employer; renew the token afterwards."""
    booth = booths.redeem_recruiter_code(token, g.account_id, **body)
    return {
        "booth_id": booth.id,
        "fair_id": booth.fair_id,
        "employer_name": booth.employer.name,
    }
