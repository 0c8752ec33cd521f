"""What school staff see and change: their own schools' records, and nothing of another's."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.admin.resources import Resource
from app.bookings.models import Enrolment
from app.core import clock
from app.core.audit import AuditEntry
from app.employers.models import Settlement
from app.fairs.models import Booth, Participation, RecruiterCode
from app.interviews.models import Interview
from app.schools.models import Duty
from app.schools.services import appoint
from tests.admin.conftest import Browser, Ground, text_of, views_of
from tests.factories import Factory

pytestmark = pytest.mark.spec("A21", "K02")


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


def test_a_list_of_ticks_reaches_no_further_than_a_click(
    grounds: tuple[Ground, Ground], at_school: Callable[..., Browser]
) -> None:
    here, _ = grounds
    asked = [ground.records["office_settlements"] for ground in grounds]
    wanted = [ground.records["office_enrolments"] for ground in grounds]
    fair_staff = at_school(here.school, Duty.FAIR_STAFF, username="fair-person")
    for browser, ended in (
        (fair_staff, ("awaiting", "awaiting")),
        (at_school(here.school, Duty.REVIEWER), ("settled", "awaiting")),
    ):
        browser.post("/admin/settlements/approve-picked", picked=[str(one.id) for one in asked])
        again = [Settlement.get_by_id(one.id).status for one in asked]
        assert tuple(again) == ended
        browser.post("/admin/enrolments/approve-many", enrolment=[str(one.id) for one in wanted])
        assert Enrolment.get_by_id(wanted[1].id).status == Enrolment.Status.PENDING


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
