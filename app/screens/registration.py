"""The registration wizard, and the people of one's companies."""

from typing import Any

import marshmallow as ma
from flask import g

from app.accounts.services.binding import has_wechat
from app.accounts.services.passwords import find_password_login
from app.accounts.services.people import get_account
from app.config import current
from app.core import crypto
from app.core.auth import Role, public, requires
from app.core.problems import Blueprint
from app.employers import choices
from app.employers.gates import GATES, OVERDUE_HOURS, wants_school
from app.employers.schemas.registration import RegistrationSchema, RequestSchema
from app.employers.services import reading
from app.schools.models import School

blp = Blueprint(
    "registration_screen", __name__, url_prefix="/api/screens", description="单位注册页面"
)


class SchoolChoiceSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)


class OptionSchema(ma.Schema):
    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)


class EntrySchema(ma.Schema):
    """A door: which gates stand behind it, and whether a school has to be chosen."""

    entry = ma.fields.String(required=True)
    gates = ma.fields.List(ma.fields.String(), required=True)
    wants_school = ma.fields.Boolean(required=True)


class RegistrationStartSchema(ma.Schema):
    """What the wizard offers to choose from, for everybody."""

    entries = ma.fields.List(ma.fields.Nested(EntrySchema), required=True)
    schools = ma.fields.List(ma.fields.Nested(SchoolChoiceSchema), required=True)
    provinces = ma.fields.List(ma.fields.String(), required=True)
    natures = ma.fields.List(ma.fields.String(), required=True)
    educational = ma.fields.List(ma.fields.String(), required=True)
    industries = ma.fields.List(ma.fields.String(), required=True)
    sizes = ma.fields.List(ma.fields.String(), required=True)
    services = ma.fields.List(ma.fields.Nested(OptionSchema), required=True)
    most_tags = ma.fields.Integer(required=True)
    review_hours = ma.fields.Integer(required=True)
    support = ma.fields.String(required=True)


class RegistrantAccountSchema(ma.Schema):
    name = ma.fields.String(required=True)
    username = ma.fields.String(required=True, allow_none=True)
    phone_masked = ma.fields.String(required=True, allow_none=True)
    has_wechat = ma.fields.Boolean(required=True)


class RegistrationScreenSchema(ma.Schema):
    """Where the account's registration stands; null: it has none."""

    account = ma.fields.Nested(RegistrantAccountSchema, required=True)
    registration = ma.fields.Nested(RegistrationSchema, required=True, allow_none=True)
    request = ma.fields.Nested(RequestSchema, required=True, allow_none=True)


class MemberSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    is_admin = ma.fields.Boolean(required=True)
    is_me = ma.fields.Boolean(required=True)
    since = ma.fields.DateTime(required=True)


class JoinRequestSchema(ma.Schema):
    """Somebody who wants to join, as the company's administrator sees it."""

    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    note = ma.fields.String(required=True)
    phone_masked = ma.fields.String(required=True)
    created_at = ma.fields.DateTime(required=True)


class MyCompanySchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    is_admin = ma.fields.Boolean(required=True)
    members = ma.fields.List(ma.fields.Nested(MemberSchema), required=True)
    requests = ma.fields.List(ma.fields.Nested(JoinRequestSchema), required=True)


class MembersScreenSchema(ma.Schema):
    companies = ma.fields.List(ma.fields.Nested(MyCompanySchema), required=True)


@blp.get("/registration/start")
@public
@blp.shows(RegistrationStartSchema)
def show_registration_start() -> dict[str, Any]:
    """Doors, schools and lists for the wizard."""
    schools = School.select(School.id, School.name).order_by(School.name).limit(500)
    return {
        "entries": [
            {"entry": entry, "gates": gates, "wants_school": wants_school(entry)}
            for entry, gates in GATES.items()
        ],
        "schools": [{"id": school.id, "name": school.name} for school in schools],
        "provinces": choices.PROVINCES,
        "natures": choices.NATURES,
        "educational": choices.EDUCATIONAL,
        "industries": choices.INDUSTRIES,
        "sizes": choices.SIZES,
        "services": [{"code": code, "name": name} for code, name in choices.SERVICES.items()],
        "most_tags": choices.MOST_TAGS,
        "review_hours": OVERDUE_HOURS,
        "support": current().support_contact,
    }


@blp.get("/registration")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.shows(RegistrationScreenSchema)
def show_registration() -> dict[str, Any]:
    """The wizard as it was left, wherever it was left."""
    account = get_account(g.account_id)
    login = find_password_login(account.id)
    return {
        "account": {
            "name": account.name,
            "username": login.username if login else None,
            "phone_masked": crypto.mask_phone(account.phone),
            "has_wechat": has_wechat(account.id),
        },
        "registration": reading.show_registration(account.id),
        "request": reading.show_request(account.id),
    }


@blp.get("/members")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.shows(MembersScreenSchema)
def show_members() -> dict[str, Any]:
    """Who acts for the companies that I act for; to administrators also who wants to."""
    return {"companies": reading.show_companies(g.account_id)}
