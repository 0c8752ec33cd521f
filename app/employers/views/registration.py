"""Endpoints of registering an employer, and of belonging to one."""

from typing import Any

from flask import g, request

from app.accounts.errors import AccountDisabled, PasswordTooWeak, UsernameInvalid, UsernameTaken
from app.accounts.schemas import SessionSchema
from app.core import ratelimit
from app.core.auth import Role, public, requires
from app.core.captchas import CaptchaUnavailable, CaptchaWrong
from app.core.errors import InvalidTransition, TooMany
from app.core.idempotency import idempotent
from app.core.problems import Blueprint
from app.employers.errors import (
    AdministratorOnly,
    AlreadyMember,
    EmployerKnown,
    EmployerNotActive,
    EmployerNotFound,
    LetterNeeded,
    NoAdministrator,
    NotYourEmployer,
    RegistrationIncomplete,
    RegistrationLocked,
    RegistrationNotFound,
    RegistrationOpen,
    RequestNotFound,
    RequestPending,
    UsccInvalid,
)
from app.employers.models import EmployerPaper
from app.employers.schemas import registration as schemas
from app.employers.services import drafts, membership, papers, reading, registrants
from app.files.errors import UploadMisplaced, UploadNotFound
from app.schools.errors import SchoolNotFound

blp = Blueprint("registration", __name__, url_prefix="/api", description="单位注册")
ANYBODY = (Role.STUDENT, Role.RECRUITER)  # whoever registers becomes a recruiter on the way
LOOKUPS = 30  # of one address in ten minutes: a code is looked up, not guessed (A07)
ACCOUNTS = 30  # of one address in an hour, each behind a captcha
ASKS = 10  # of one account in a day
TO_EDIT = (RegistrationNotFound, RegistrationLocked)
OF_A_COMPANY = (UsccInvalid, SchoolNotFound, EmployerKnown)


@blp.post("/registration/lookup")
@public
@blp.arguments(schemas.UsccSchema)
@blp.shows(schemas.KnownSchema)
@blp.problems(UsccInvalid, TooMany)
def look_up_employer(body: dict) -> dict[str, Any]:
    """Whether a company with exactly this code is registered; its name is only hinted at."""
    ratelimit.limit(f"uscc-lookup:{request.remote_addr}", times=LOOKUPS, seconds=600)
    known = membership.look_up(body["code"])
    return {
        "code_fits": known.is_valid,
        "is_known": known.employer is not None,
        "is_active": known.is_active,
        "name_masked": known.name_masked,
        "has_admin": known.has_admin,
    }


@blp.post("/registration/accounts")
@public
@blp.arguments(schemas.RegistrantSchema)
@blp.shows(SessionSchema, 201)
@blp.problems(
    UsernameInvalid, UsernameTaken, PasswordTooWeak, CaptchaWrong, CaptchaUnavailable,
    AccountDisabled, TooMany,
)  # fmt: skip
def open_registrant(body: dict) -> dict[str, Any]:
    """Open an account with name and password, and sign it in (step ②)."""
    ratelimit.limit(f"registrant:{request.remote_addr}", times=ACCOUNTS, seconds=3600)
    return registrants.open_registrant(**body)


@blp.post("/registration")
@requires(*ANYBODY)
@idempotent
@blp.arguments(schemas.StartSchema)
@blp.shows(schemas.RegistrationSchema, 201)
@blp.problems(*OF_A_COMPANY, RegistrationOpen, TooMany)
def open_registration(body: dict) -> dict[str, Any] | None:
    """Begin to register a company; from now on the draft lies here and not in the browser."""
    ratelimit.limit(f"registration:{g.account_id}", times=ASKS, seconds=86_400)
    person, title = body.pop("person"), body.pop("title")
    drafts.open_draft(g.account_id, drafts.Company(**body), person=person, title=title)
    return reading.show_registration(g.account_id)


@blp.put("/registration/company")
@requires(*ANYBODY)
@blp.arguments(schemas.CompanySchema)
@blp.shows(schemas.RegistrationSchema)
@blp.problems(*TO_EDIT, *OF_A_COMPANY)
def save_company(body: dict) -> dict[str, Any] | None:
    """Correct the company's name, code, door or school (step ①)."""
    drafts.save_company(g.account_id, drafts.Company(**body))
    return reading.show_registration(g.account_id)


@blp.put("/registration/certification")
@requires(*ANYBODY)
@blp.arguments(schemas.CertificationChangeSchema)
@blp.shows(schemas.RegistrationSchema)
@blp.problems(*TO_EDIT)
def save_certification(body: dict) -> dict[str, Any] | None:
    """Keep what is typed of the certification so far (step ③); what is left out stays."""
    drafts.save_certification(g.account_id, body)
    return reading.show_registration(g.account_id)


@blp.put("/registration/services")
@requires(*ANYBODY)
@blp.arguments(schemas.ServicesSchema)
@blp.shows(schemas.RegistrationSchema)
@blp.problems(*TO_EDIT)
def save_services(body: dict) -> dict[str, Any] | None:
    """Keep which services are wanted (step ④)."""
    drafts.save_services(g.account_id, body["services"])
    return reading.show_registration(g.account_id)


@blp.put("/registration/papers/<any({}):kind>".format(", ".join(EmployerPaper.Kind)))
@requires(*ANYBODY)
@blp.arguments(schemas.PaperChangeSchema)
@blp.shows(schemas.RegistrationSchema)
@blp.problems(*TO_EDIT, UploadNotFound, UploadMisplaced)
def put_paper(body: dict, kind: str) -> dict[str, Any] | None:
    """Put an uploaded paper into its slot; what was there before goes."""
    papers.put_paper(g.account_id, EmployerPaper.Kind(kind), body["upload_id"])
    return reading.show_registration(g.account_id)


@blp.delete("/registration/papers/<any({}):kind>".format(", ".join(EmployerPaper.Kind)))
@requires(*ANYBODY)
@blp.shows(schemas.RegistrationSchema)
@blp.problems(*TO_EDIT)
def remove_paper(kind: str) -> dict[str, Any] | None:
    """Clear a slot."""
    papers.remove_paper(g.account_id, EmployerPaper.Kind(kind))
    return reading.show_registration(g.account_id)


@blp.post("/registration/submit")
@requires(*ANYBODY)
@idempotent
@blp.shows(schemas.RegistrationSchema)
@blp.problems(*TO_EDIT, RegistrationIncomplete, EmployerKnown, InvalidTransition)
def submit_registration() -> dict[str, Any] | None:
    """Hand it in (完成申请)."""
    drafts.submit_registration(g.account_id)
    return reading.show_registration(g.account_id)


@blp.post("/registration/recall")
@requires(*ANYBODY)
@idempotent
@blp.shows(schemas.RegistrationSchema)
@blp.problems(RegistrationNotFound, InvalidTransition)
def recall_registration() -> dict[str, Any] | None:
    """Take it back from review to edit it."""
    drafts.recall_registration(g.account_id)
    return reading.show_registration(g.account_id)


@blp.post("/memberships")
@requires(*ANYBODY)
@idempotent
@blp.arguments(schemas.WishSchema)
@blp.shows(schemas.RequestSchema, 201)
@blp.problems(
    EmployerNotFound, EmployerNotActive, AlreadyMember, NoAdministrator, LetterNeeded,
    UploadNotFound, UploadMisplaced, RequestPending, TooMany,
)  # fmt: skip
def ask_to_join(body: dict) -> dict[str, Any] | None:
    """Ask to join a registered company, or to become its administrator (A07)."""
    ratelimit.limit(f"membership:{g.account_id}", times=ASKS, seconds=86_400)
    code = body.pop("code")
    membership.ask_to_join(g.account_id, code, membership.Wish(**body))
    return reading.show_request(g.account_id)


@blp.post("/memberships/<int:request_id>/recall")
@requires(*ANYBODY)
@idempotent
@blp.shows(schemas.DecidedSchema)
@blp.problems(RequestNotFound, InvalidTransition)
def recall_request(request_id: int) -> dict[str, Any]:
    """Take the own request back."""
    return _decided(membership.recall_request(request_id, g.account_id))


DECIDING = (
    RequestNotFound,
    NotYourEmployer,
    EmployerNotActive,
    AdministratorOnly,
    InvalidTransition,
)


@blp.post("/memberships/<int:request_id>/approve")
@requires(*ANYBODY)
@idempotent
@blp.shows(schemas.DecidedSchema)
@blp.problems(*DECIDING)
def approve_join(request_id: int) -> dict[str, Any]:
    """The company's administrator lets somebody join."""
    return _decided(membership.approve_join(request_id, g.account_id))


@blp.post("/memberships/<int:request_id>/decline")
@requires(*ANYBODY)
@idempotent
@blp.arguments(schemas.AnswerSchema)
@blp.shows(schemas.DecidedSchema)
@blp.problems(*DECIDING)
def decline_join(body: dict, request_id: int) -> dict[str, Any]:
    """The company's administrator turns somebody away."""
    return _decided(membership.decline_join(request_id, g.account_id, body["reason"]))


def _decided(record: membership.Membership) -> dict[str, Any]:
    return {"id": record.id, "status": record.status}
