"""What school staff see and change: their own schools' records, and nothing of another's."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from app.accounts.models import StaffUser
from app.admin.resources import Resource
from app.conduct.models import Meter
from app.core import clock
from app.core.audit import AuditEntry
from app.fairs.models import Booth, Fair, Participation, RecruiterCode
from app.fairs.services.booths import issue_recruiter_codes
from app.interviews.models import Interview, Rating
from app.schools.models import Duty, School
from app.schools.services import add_college, appoint, create_school
from tests.admin.conftest import QUICK_HASH, Browser, Role, text_of
from tests.factories import Factory

pytestmark = pytest.mark.spec("A21", "K02")


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


def test_every_kind_of_record_has_a_wall_or_is_the_platforms_own(app: Flask) -> None:
    walled = {name for name, view in views_of(app).items() if view.is_of_schools}
    for name in walled:
        assert type(views_of(app)[name]).within is not Resource.within, name
    platforms_own = {"office_notices", "office_staff", "office_memberships", "office_appeals"}
    assert views_of(app).keys() - walled == platforms_own


def test_lists_show_ones_own_school_only(
    app: Flask, grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, there = grounds
    browser = at_school(here.school, Duty.ADMINISTRATOR)
    for endpoint, record in here.records.items():
        page = text_of(browser.get(f"/admin/{views_of(app)[endpoint].url.split('/')[-1]}/"))
        numbers = set(re.findall(r"/details/\?id=(\d+)", page))
        assert str(record.id) in numbers, endpoint
        assert "滨海大学" not in page, endpoint
        assert there.school.name not in page, endpoint


def test_another_schools_records_are_not_there_at_all(
    app: Flask, grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, there = grounds
    browser = at_school(here.school, *(set(Duty) - {Duty.COLLEGE_REVIEWER}))
    before = AuditEntry.select().count()
    for endpoint, record in there.records.items():
        view = views_of(app)[endpoint]
        assert browser.get(f"{view.url}/details/?id={record.id}").status_code == 404, endpoint
        assert browser.get(f"{view.url}/edit/?id={record.id}").status_code in (302, 403, 404)
        answer = browser.post(f"{view.url}/edit/?id={record.id}", name="夺取", number="Z9")
        assert answer.status_code in (302, 403, 404), endpoint
        for act in view.acts:
            answer = browser.post(f"{view.url}/{record.id}/{act.verb}", reason="试一试")
            assert answer.status_code in (403, 404), (endpoint, act.verb)
    assert AuditEntry.select().count() == before


def test_pages_that_hang_on_a_record_have_the_same_wall(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, there = grounds
    browser = at_school(here.school, Duty.FAIR_STAFF)

    def addresses(ground: Ground) -> list[str]:
        fair, booth = ground.records["office_fairs"], ground.records["office_booths"]
        code = ground.records["office_codes"]
        return [
            f"/admin/fairs/{fair.id}/board", f"/admin/fairs/{fair.id}/board.json",
            f"/admin/fairs/{fair.id}/charts.json", f"/admin/fairs/{fair.id}/poster",
            f"/admin/fairs/{fair.id}/code.png", f"/admin/booths/{booth.id}/sheet",
            f"/admin/codes/{code.id}/code.svg",
        ]  # fmt: skip

    assert {browser.get(path).status_code for path in addresses(here)} == {200}
    assert {browser.get(path).status_code for path in addresses(there)} == {404}
    booth = there.records["office_booths"]
    assert browser.post(f"/admin/booths/{booth.id}/codes", count=1, hours=1).status_code == 404
    assert RecruiterCode.select().where(RecruiterCode.booth == booth.id).count() == 1


def test_forms_offer_and_take_ones_own_school_only(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, there = grounds
    browser = at_school(here.school, Duty.FAIR_STAFF)
    page = text_of(browser.get("/admin/fairs/new/"))
    assert here.school.name in page and there.school.name not in page
    their_fair, employer = there.records["office_fairs"], here.records["office_employers"]
    assert their_fair.name not in text_of(browser.get("/admin/booths/new/"))
    before = Booth.select().count()
    form = {"fair_id": their_fair.id, "employer_id": employer.id, "number": "Z9"}
    assert browser.post("/admin/booths/new/", **form).status_code == 200
    assert Booth.select().count() == before


def test_asking_for_anothers_fair_in_the_address_shows_nothing_of_it(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, there = grounds
    browser = at_school(here.school, Duty.FAIR_STAFF)
    fair = there.records["office_fairs"]
    for place in ("booths", "participations", "interviews", "meters", "ratings"):
        page = text_of(browser.get(f"/admin/{place}/?fair={fair.id}"))
        assert there.school.name not in page, place


def test_history_is_that_of_ones_own_records(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, there = grounds
    browser = at_school(here.school, Duty.FAIR_STAFF)
    own, foreign = here.records["office_fairs"], there.records["office_fairs"]
    assert "发布" in text_of(browser.get(f"/admin/records/?subject=fair:{own.id}"))
    page = text_of(browser.get(f"/admin/records/?subject=fair:{foreign.id}"))
    assert "没有符合条件的记录" in page
    assert "没有符合条件的记录" in text_of(browser.get("/admin/records/"))
    staff = browser.staff
    assert staff
    hidden = text_of(browser.get(f"/admin/records/?subject=staffuser:{staff.id}"))
    assert "没有符合条件的记录" in hidden


def test_a_student_of_both_schools_shows_each_what_happened_there(
    grounds: tuple[Ground, Ground], factory: Factory, at_school: Callable[..., Browser]
) -> None:
    here, there = grounds
    student = here.records["office_students"]
    Participation.create(fair=there.records["office_fairs"], student=student)
    Interview.create(
        fair=there.records["office_fairs"], booth=there.records["office_booths"], student=student,
        queued_at=clock.now(),
    )  # fmt: skip
    page = text_of(
        at_school(here.school, Duty.FAIR_STAFF).get(f"/admin/students/details/?id={student.id}")
    )
    assert "江海大学的单位" in page
    assert "滨海大学" not in page


@pytest.mark.parametrize(
    ("duty", "may_steer", "may_manage"),
    [
        (Duty.ADMINISTRATOR, True, True),
        (Duty.FAIR_STAFF, True, False),
        (Duty.REVIEWER, False, False),
    ],
)
def test_a_duty_reaches_as_far_as_its_name_says(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser],
    duty: Duty, may_steer: bool, may_manage: bool,
) -> None:  # fmt: skip
    here, _ = grounds
    browser = at_school(here.school, duty)
    booth = here.records["office_booths"]
    steered = browser.post(f"/admin/booths/{booth.id}/close_line", reason="面试官午休")
    assert steered.status_code == (302 if may_steer else 403)
    page = text_of(browser.get(f"/admin/booths/details/?id={booth.id}"))
    assert ("取消参会资格" in page) == may_steer
    assert (browser.get("/admin/posts/").status_code == 200) == may_manage
    assert (browser.get("/admin/colleges/new/").status_code == 200) == may_manage
    assert browser.get("/admin/staff/").status_code == 403
    assert browser.get("/admin/notices/").status_code == 403
    employer = here.records["office_employers"]
    assert browser.get(f"/admin/employers/edit/?id={employer.id}").status_code == 403


def test_a_duty_at_one_school_is_worth_nothing_at_the_other(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, there = grounds
    browser = at_school(here.school, Duty.FAIR_STAFF)
    assert browser.staff
    appoint(browser.staff.id, there.school.id, Duty.REVIEWER)
    booth = there.records["office_booths"]
    assert browser.get(f"/admin/booths/details/?id={booth.id}").status_code == 200
    answer = browser.post(f"/admin/booths/{booth.id}/close_line", reason="试一试")
    assert answer.status_code == 403
    assert browser.get(f"/admin/booths/edit/?id={booth.id}").status_code == 403
    assert there.school.name not in text_of(browser.get("/admin/fairs/new/"))


def test_a_centre_sees_its_universities_and_runs_none_of_their_fairs(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, there = grounds
    centre = create_school("省就业中心", kind=School.Kind.CENTRE)
    School.update(centre=centre).where(School.id == here.school.id).execute()
    browser = at_school(centre, Duty.ADMINISTRATOR)
    own, foreign = here.records["office_booths"], there.records["office_booths"]
    assert browser.get(f"/admin/booths/details/?id={own.id}").status_code == 200
    assert browser.get(f"/admin/booths/details/?id={foreign.id}").status_code == 404
    assert browser.post(f"/admin/booths/{own.id}/close_line", reason="试一试").status_code == 403
    assert browser.get(f"/admin/schools/edit/?id={here.school.id}").status_code == 403
    assert browser.get(f"/admin/schools/edit/?id={centre.id}").status_code == 200


def test_a_schools_administrator_appoints_people_at_the_own_school(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, there = grounds
    browser = at_school(here.school, Duty.ADMINISTRATOR)
    form = {
        "school_id": here.school.id, "username": "new.person", "name": "孙新",
        "password": "correct horse 43", "duty": "fair_staff", "college_id": 0,
    }  # fmt: skip
    browser.get("/admin/posts/new/")
    assert browser.post("/admin/posts/new/", **form).status_code == 302
    made = StaffUser.get(StaffUser.username == "new.person")
    assert not made.is_platform
    assert browser.post("/admin/posts/new/", **form).status_code == 200  # holds it already
    refused = browser.post("/admin/posts/new/", **form | {"school_id": there.school.id})
    assert refused.status_code == 200
    assert made.posts.count() == 1
    post = made.posts[0]
    assert browser.post(f"/admin/posts/{post.id}/end_post").status_code == 302
    assert made.posts.count() == 0


def test_a_schools_administrator_sets_the_switches_and_not_the_name(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, _ = grounds
    browser = at_school(here.school, Duty.ADMINISTRATOR)
    page = text_of(browser.get(f"/admin/schools/edit/?id={here.school.id}"))
    assert "接受单位预定展位" in page and 'name="name"' not in page
    form = {"short_name": "江海", "name": "改名大学", "settlements": "y"}
    path = f"/admin/schools/edit/?id={here.school.id}"
    assert browser.post(path, **form).status_code == 302
    assert School.get_by_id(here.school.id).name == here.school.name
    record = text_of(browser.get(f"/admin/schools/details/?id={here.school.id}"))
    assert "接受单位预定展位：关" in record and "接受单位入驻申请：开" in record


def test_platform_staff_see_every_school(
    app: Flask, grounds: tuple[Ground, Ground], signed_in: Callable[..., Browser]
) -> None:
    browser = signed_in(Role.ADMIN)
    for ground in grounds:
        for endpoint, record in ground.records.items():
            path = f"{views_of(app)[endpoint].url}/details/?id={record.id}"
            assert browser.get(path).status_code == 200, endpoint


def test_a_person_whose_posts_have_ended_sees_an_empty_office(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, _ = grounds
    browser = at_school(here.school)
    page = text_of(browser.get("/admin/"))
    assert "暂无任职" in page and here.school.name not in page
    assert browser.get("/admin/fairs/").status_code == 403


def test_the_first_page_counts_what_lies_inside(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, there = grounds
    page = text_of(at_school(here.school, Duty.FAIR_STAFF).get("/admin/"))
    assert "江海大学双选会" in page
    assert there.school.name not in page
