"""Puts the back office together."""

from flask import Blueprint, Flask
from flask_admin import Admin
from flask_babel import Babel

from app.admin.appeals import AppealView
from app.admin.booths import BoothView
from app.admin.cells import badge, minute, second
from app.admin.codes import RecruiterCodeView
from app.admin.commands import staff_commands
from app.admin.conduct import MeterView, RatingView
from app.admin.employers import EmployerView, RecruiterView
from app.admin.enrolments import EnrolmentView
from app.admin.fairs import FairView
from app.admin.interviews import InterviewView
from app.admin.memberships import MembershipView
from app.admin.notices import NoticeView
from app.admin.people import ParticipationView, StudentView
from app.admin.positions import PositionView
from app.admin.posts import PostView
from app.admin.records import RecordView, subject_link
from app.admin.registrations import RegistrationView
from app.admin.schools import CollegeView, SchoolView
from app.admin.session import OFFICE, SESSION_SECONDS, OfficeSessions
from app.admin.settlements import SettlementView
from app.admin.staff import StaffView
from app.admin.start import StartView
from app.admin.words import action_word
from app.config import Config

VIEWS = (  # in the order of the menu
    FairView,
    EnrolmentView,
    BoothView,
    ParticipationView,
    InterviewView,
    MeterView,
    RatingView,
    RecruiterCodeView,
    RegistrationView,
    MembershipView,
    AppealView,
    EmployerView,
    PositionView,
    SettlementView,
    RecruiterView,
    StudentView,
    SchoolView,
    CollegeView,
    NoticeView,
    RecordView,
    StaffView,
    PostView,
)
FILTERS = {
    "badge": badge,
    "minute": minute,
    "second": second,
    "subject": subject_link,
    "verb": action_word,
}


def init_admin(app: Flask) -> None:
    """Serve the back office of *app* under ``/admin`` and add the ``staff`` command."""
    settings: Config = app.extensions["config"]
    app.config.from_mapping(
        SESSION_COOKIE_NAME="office",
        SESSION_COOKIE_PATH=OFFICE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_production,
        PERMANENT_SESSION_LIFETIME=SESSION_SECONDS,
    )
    app.session_interface = OfficeSessions()
    Babel(app, default_locale="zh_Hans_CN", default_timezone="Asia/Shanghai")
    app.jinja_env.filters |= FILTERS
    app.register_blueprint(_own_pages())
    admin = Admin(app, name="双选后台", index_view=StartView())
    for view in VIEWS:
        admin.add_view(view())
    app.cli.add_command(staff_commands)


def _own_pages() -> Blueprint:
    """Our templates and style sheets; of Flask-Admin's own none is used."""
    return Blueprint(
        "office",
        __name__,
        url_prefix=OFFICE,
        template_folder="templates",
        static_folder="assets",
        static_url_path="/assets",
    )
