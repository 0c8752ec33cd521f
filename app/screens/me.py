"""Who I am, and that my page is open."""

import marshmallow as ma
from flask import g

from app.accounts.services.people import get_account
from app.core import crypto, presence
from app.core.auth import Role, requires
from app.core.problems import Blueprint
from app.fairs.services.booths import booths_of
from app.students.services import find_student

blp = Blueprint("me", __name__, url_prefix="/api", description="我")


class MyBoothSchema(ma.Schema):
    booth_id = ma.fields.Integer(required=True)
    fair_id = ma.fields.Integer(required=True)
    fair_name = ma.fields.String(required=True)
    employer_name = ma.fields.String(required=True)


class MeSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    roles = ma.fields.List(ma.fields.String(), required=True)
    phone_masked = ma.fields.String(required=True, allow_none=True)
    student_id = ma.fields.Integer(required=True, allow_none=True)
    booths = ma.fields.List(ma.fields.Nested(MyBoothSchema), required=True)


class PageSchema(ma.Schema):
    page = ma.fields.String(load_default="")


@blp.get("/me")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.shows(MeSchema)
def get_me() -> dict:
    """My account, and the booths I may act at."""
    account = get_account(g.account_id)
    student = find_student(g.account_id)
    booths = booths_of(g.account_id) if account.is_recruiter else []
    return {
        "id": account.id,
        "name": account.name,
        "roles": list(account.roles),
        "phone_masked": crypto.mask_phone(account.phone),
        "student_id": student.id if student else None,
        "booths": [
            {
                "booth_id": booth.id,
                "fair_id": booth.fair_id,
                "fair_name": booth.fair.name,
                "employer_name": booth.employer.name,
            }
            for booth in booths
        ],
    }


@blp.post("/presence")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.arguments(PageSchema)
@blp.done
def renew_presence(_body: dict) -> None:
    """My page is open: used while the socket is cut (E13)."""
    presence.renew(g.account_id)


@blp.delete("/presence")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.done
def leave_presence() -> None:
    """My page was hidden or closed."""
    presence.leave(g.account_id)
