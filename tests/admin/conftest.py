"""Staff at a browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

from app.accounts.models import StaffUser
from app.admin.resources import Resource
from app.bookings.models import Enrolment
from app.conduct.models import Meter
from app.core import clock
from app.core.audit import AuditEntry
from app.employers.models import Settlement
from app.fairs.models import Fair, Participation
from app.fairs.services.booths import issue_recruiter_codes
from app.interviews.models import Rating
from app.schools.models import Duty, School
from app.schools.services import add_college, appoint, create_school
from tests.factories import Factory

PASSWORD = "correct horse 42"
# Signing in reads the cost out of the hash. What a password costs in the product is paid where
# passwords are the matter, in test_sign_in; two thirds of a page's test went into it elsewhere.
QUICK_HASH = generate_password_hash(PASSWORD, method="scrypt:1024:8:1")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
Role = StaffUser.StaffRole


@dataclass
class Browser:
    """A browser that sends what a person's would: the form's token with every form."""

    client: FlaskClient
    staff: StaffUser | None = None
    token: str = field(default="")

    def get(self, path: str) -> TestResponse:
        """Open a page and remember its token."""
        response = self.client.get(path)
        if found := TOKEN.search(text_of(response)):
            self.token = found[1]
        return response

    def post(self, path: str, **form: Any) -> TestResponse:
        """Send a form with the token of the last page."""
        return self.client.post(path, data={"csrf_token": self.token} | form)

    def sign_in(self, username: str, password: str = PASSWORD, **more: Any) -> TestResponse:
        """The sign-in page's form."""
        self.get("/admin/sign-in")
        return self.post("/admin/sign-in", username=username, password=password, **more)


def text_of(response: TestResponse) -> str:
    """A page's text, without escapes; nothing for a picture."""
    if not response.content_type or "html" not in response.content_type:
        return ""
    return unescape(response.get_data(as_text=True))


def audit_of(subject: str, action: str) -> list[AuditEntry]:
    """The audit rows of one act on one record."""
    chosen = (AuditEntry.subject == subject) & (AuditEntry.action == action)
    return list(AuditEntry.select().where(chosen))


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser nobody has signed in at."""
    return Browser(app.test_client())


@pytest.fixture
def signed_in(app: Flask) -> Callable[..., Browser]:
    """A browser at which somebody of a role is signed in."""

    def make(role: Role = Role.OPERATOR, username: str = "") -> Browser:
        name = username or f"{role}-person"
        words = {"username": name, "name": f"{role} 甲", "role": role}
        staff = StaffUser.create(password_hash=QUICK_HASH, **words)
        browser = Browser(app.test_client(), staff)
        assert browser.sign_in(name).status_code == 302
        browser.get("/admin/")
        return browser

    return make


@dataclass
class Ground:
    """A school with one of everything."""

    school: School
    records: dict[str, Any]  # by the view's endpoint


@pytest.fixture
def grounds(factory: Factory) -> tuple[Ground, Ground]:
    """Two schools that have nothing in common."""
    return _ground(factory, "江海大学"), _ground(factory, "滨海大学")


def _ground(factory: Factory, name: str) -> Ground:
    school = create_school(name, name[:2])
    fair = factory.fair(name=f"{name}双选会")
    Fair.update(school=school).where(Fair.id == fair.id).execute()
    employer = factory.employer(f"{name}的单位")
    booth = factory.booth(fair, employer)
    recruiter = factory.recruiter(booth, f"{name}招聘")
    student = factory.participant(fair, f"{name}学生")
    ticket = factory.waiting(booth, recruiter, student)
    said = {"side": "student", "stars": 4, "tags": [], "comment": f"{name}留言"}
    rating = Rating.create(interview=ticket, account=student.account_id, **said)
    meter = Meter.create(booth=booth, fair=fair, at=clock.now())
    college = add_college(school.id, f"{name}学院")
    now = clock.now()
    settlement = Settlement.create(
        employer=employer, school=school, status=Settlement.Status.AWAITING, applied_at=now
    )
    enrolment = Enrolment.create(
        fair=fair, employer=employer, status=Enrolment.Status.PENDING, submitted_at=now,
        pending_since=now,
    )  # fmt: skip
    return Ground(
        school,
        {
            "office_fairs": fair,
            "office_booths": booth,
            "office_participations": Participation.get(Participation.student == student),
            "office_interviews": ticket,
            "office_meters": meter,
            "office_ratings": rating,
            "office_codes": issue_recruiter_codes(booth.id, label=name)[0],
            "office_employers": employer,
            "office_positions": booth.offers[0].position,
            "office_recruiters": employer.recruiters[0],
            "office_students": student,
            "office_schools": school,
            "office_colleges": college,
            "office_settlements": settlement,
            "office_enrolments": enrolment,
        },
    )


@pytest.fixture
def at_school(app: Flask) -> Callable[..., Browser]:
    """A browser at which somebody with duties at a school is signed in."""

    def make(school: School, *duties: Duty, username: str = "school-person") -> Browser:
        staff = StaffUser.create(
            username=username, name="钱进", password_hash=QUICK_HASH, role=Role.VIEWER,
            is_platform=False,
        )  # fmt: skip
        for duty in duties:
            appoint(staff.id, school.id, duty)
        browser = Browser(app.test_client(), staff)
        assert browser.sign_in(username).status_code == 302
        browser.get("/admin/")
        return browser

    return make


def views_of(app: Flask) -> dict[str, Resource]:
    """Every kind of record in the back office, by endpoint."""
    views = app.extensions["admin"][0]._views
    return {view.endpoint: view for view in views if isinstance(view, Resource)}
