"""Endpoints of an employer's places at schools."""

from typing import Any

from flask import g

from app.core.auth import Role, requires
from app.core.errors import InvalidTransition
from app.core.idempotency import idempotent
from app.core.problems import Blueprint
from app.employers.errors import (
    EmployerNotActive,
    NotYourEmployer,
    SettlementNotFound,
    SettlementsClosed,
)
from app.employers.models import Settlement
from app.employers.schemas.settlements import SettlementSchema
from app.employers.services import settlements
from app.schools.errors import SchoolNotFound

blp = Blueprint("employers", __name__, url_prefix="/api/employers", description="用人单位")


@blp.post("/<int:employer_id>/schools/<int:school_id>/settlement")
@requires(Role.RECRUITER)
@idempotent
@blp.shows(SettlementSchema)
@blp.problems(
    NotYourEmployer, EmployerNotActive, SchoolNotFound, SettlementsClosed, InvalidTransition
)
def apply_for_settlement(employer_id: int, school_id: int) -> dict:
    """Ask a school to take my employer in."""
    return _shown(settlements.apply_for_settlement(employer_id, school_id, g.account_id))


@blp.delete("/<int:employer_id>/schools/<int:school_id>/settlement")
@requires(Role.RECRUITER)
@idempotent
@blp.shows(SettlementSchema)
@blp.problems(NotYourEmployer, SettlementNotFound, InvalidTransition)
def withdraw_settlement(employer_id: int, school_id: int) -> dict:
    """Call the application off before the school has answered."""
    return _shown(settlements.withdraw_settlement(employer_id, school_id, g.account_id))


def _shown(settlement: Settlement) -> dict[str, Any]:
    return {
        "school_id": settlement.school_id,
        "status": settlement.status,
        "return_reason": settlement.return_reason,
        "applied_at": settlement.applied_at,
        "settled_since": settlement.settled_since,
    }
