"""What a post at a school lets its holder change, and where it ends."""

from collections.abc import Callable

import pytest

from app.accounts.models import StaffUser
from app.schools.models import Duty, School
from app.schools.services import appoint, create_school
from tests.admin.conftest import Browser, Ground, text_of

pytestmark = pytest.mark.spec("A21", "K02")


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


def test_a_person_whose_posts_have_ended_sees_an_empty_office(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, _ = grounds
    browser = at_school(here.school)
    page = text_of(browser.get("/admin/"))
    assert "暂无任职" in page and here.school.name not in page
    assert browser.get("/admin/fairs/").status_code == 403
