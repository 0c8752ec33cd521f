"""Endpoints of résumés and device tests."""

from flask import g

from app.core.auth import Role, requires
from app.core.problems import Blueprint
from app.students import schemas, services
from app.students.errors import ResumeChanged, SectionInvalid, SectionUnknown

blp = Blueprint("students", __name__, url_prefix="/api", description="简历与设备")


@blp.get("/resume")
@requires(Role.STUDENT)
@blp.shows(schemas.ResumeSchema)
def get_resume() -> dict:
    """My résumé, with its completeness explained section by section."""
    return services.get_resume(g.account_id)


@blp.put("/resume/sections/<key>")
@requires(Role.STUDENT)
@blp.arguments(schemas.SectionBodySchema)
@blp.shows(schemas.ResumeSchema)
@blp.problems(SectionUnknown, SectionInvalid, ResumeChanged)
def save_resume_section(body: dict, key: str) -> dict:
    """Save one section of my résumé."""
    return services.save_section(g.account_id, key, body["content"], body["version"])


@blp.post("/device-checks")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.arguments(schemas.DeviceCheckBodySchema)
@blp.shows(schemas.DeviceCheckSchema, 201)
def record_device_check(body: dict) -> dict:
    """Keep the outcome of a device test."""
    check = services.record_device_check(g.account_id, **body)
    return {"id": check.id, "passed": check.is_passed, "checked_at": check.checked_at}
