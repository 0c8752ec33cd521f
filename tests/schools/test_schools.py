"""Schools as tenants: centres, colleges, switches and the posts that people hold."""

from functools import partial

import pytest

from app.accounts.models import StaffUser
from app.accounts.services.staff import close_staff, create_staff
from app.core.audit import AuditEntry
from app.schools import services
from app.schools.errors import (
    CentreUnfit,
    CollegeNameTaken,
    LastAdministrator,
    PlatformNeedsNoPost,
    PostNeedsCollege,
    PostTaken,
    SchoolNameTaken,
)
from app.schools.models import Duty, School, StaffPost
from app.schools.switches import SWITCHES
from tests.racing import at_once


@pytest.fixture
def person(app):
    def make(username="zhang.san"):
        return create_staff(username, "correct horse 42", name="张三", is_platform=False)

    return make


def test_only_a_centre_stands_above_and_only_above_a_university(app):
    centre = services.create_school("省就业中心", kind=School.Kind.CENTRE)
    school = services.create_school("江海大学", centre_id=centre.id)
    assert school.centre_id == centre.id
    with pytest.raises(CentreUnfit):
        services.create_school("滨海大学", centre_id=school.id)
    with pytest.raises(CentreUnfit):
        services.create_school("市就业中心", kind=School.Kind.CENTRE, centre_id=centre.id)
    with pytest.raises(CentreUnfit):
        services.update_school(centre.id, centre_id=centre.id)


def test_a_school_and_its_switches_are_taken_in_and_changed_together_or_not_at_all(app):
    school = services.create_school("江海大学", switches={"bookings": False})
    assert not services.is_open(school.id, "bookings")
    services.create_school("滨海大学")
    with pytest.raises(SchoolNameTaken):
        services.update_school(school.id, name="滨海大学", switches={"bookings": True})
    assert not services.is_open(school.id, "bookings")
    services.update_school(school.id, name="临海大学", switches={"bookings": True})
    assert services.get_school(school.id).name == "临海大学"
    assert services.is_open(school.id, "bookings")


def test_two_schools_do_not_share_a_name(app):
    services.create_school("江海大学")
    other = services.create_school("滨海大学")
    with pytest.raises(SchoolNameTaken):
        services.create_school("江海大学")
    with pytest.raises(SchoolNameTaken):
        services.update_school(other.id, name="江海大学")


def test_a_change_of_a_school_is_written_down(app):
    school = services.create_school("江海大学")
    services.update_school(school.id, short_name="江海", province="湖北省")
    entry = AuditEntry.get(AuditEntry.action == "update")
    assert entry.subject == f"school:{school.id}"
    assert entry.after == {"short_name": "江海", "province": "湖北省"}


@pytest.mark.spec("K02")
def test_a_school_opens_and_closes_features_for_itself_alone(app):
    here, there = services.create_school("江海大学"), services.create_school("滨海大学")
    assert services.switches_of(here.id) == {n: s.default for n, s in SWITCHES.items()}
    services.set_switches(here.id, {"bookings": False, "unheard_of": True})
    assert not services.is_open(here.id, "bookings")
    assert services.is_open(there.id, "bookings")
    services.set_switches(here.id, {"bookings": True})
    assert services.is_open(here.id, "bookings")
    entries = AuditEntry.select().where(AuditEntry.action == "set_switches")
    assert [entry.after for entry in entries.order_by(AuditEntry.id)] == [
        {"bookings": False},
        {"bookings": True},
    ]


def test_a_switch_that_stays_is_no_change(app):
    school = services.create_school("江海大学")
    services.set_switches(school.id, {name: switch.default for name, switch in SWITCHES.items()})
    assert not AuditEntry.select().where(AuditEntry.action == "set_switches").exists()


def test_colleges_of_one_school_have_names_of_their_own(app):
    here, there = services.create_school("江海大学"), services.create_school("滨海大学")
    college = services.add_college(here.id, "计算机学院")
    services.add_college(there.id, "计算机学院")
    with pytest.raises(CollegeNameTaken):
        services.add_college(here.id, "计算机学院")
    other = services.add_college(here.id, "机械学院")
    with pytest.raises(CollegeNameTaken):
        services.rename_college(other.id, college.name)
    assert services.rename_college(other.id, "机电学院").name == "机电学院"


@pytest.mark.spec("A21")
def test_one_person_holds_several_duties_at_several_schools(person):
    staff = person()
    here, there = services.create_school("江海大学"), services.create_school("滨海大学")
    college = services.add_college(here.id, "计算机学院")
    services.appoint(staff.id, here.id, Duty.REVIEWER)
    services.appoint(staff.id, here.id, Duty.FAIR_STAFF)
    services.appoint(staff.id, here.id, Duty.COLLEGE_REVIEWER, college_id=college.id)
    services.appoint(staff.id, there.id, Duty.REVIEWER)
    assert [(post.school_id, post.duty) for post in services.posts_of(staff.id)] == [
        (here.id, Duty.REVIEWER),
        (here.id, Duty.FAIR_STAFF),
        (here.id, Duty.COLLEGE_REVIEWER),
        (there.id, Duty.REVIEWER),
    ]
    with pytest.raises(PostTaken):
        services.appoint(staff.id, here.id, Duty.REVIEWER)
    with pytest.raises(PostTaken):
        services.appoint(staff.id, here.id, Duty.COLLEGE_REVIEWER, college_id=college.id)


@pytest.mark.spec("A21")
def test_appointing_by_name_opens_an_account_only_with_the_post(app, person):
    known, school = person(), services.create_school("江海大学")
    post = services.appoint_by_name(known.username, school.id, Duty.REVIEWER)
    assert post.staff_id == known.id
    with pytest.raises(PostNeedsCollege):
        services.appoint_by_name(
            "li.si", school.id, Duty.COLLEGE_REVIEWER, name="李四", password="correct horse 42"
        )
    assert not StaffUser.select().where(StaffUser.username == "li.si").exists()
    post = services.appoint_by_name(
        "li.si", school.id, Duty.REVIEWER, name="李四", password="correct horse 42"
    )
    assert (post.staff.name, post.staff.is_platform) == ("李四", False)


@pytest.mark.spec("A21")
def test_a_college_reviewer_needs_a_college_of_the_school_and_nobody_else_has_one(person):
    staff = person()
    here, there = services.create_school("江海大学"), services.create_school("滨海大学")
    theirs = services.add_college(there.id, "计算机学院")
    closed = services.add_college(here.id, "旧学院")
    services.close_college(closed.id)
    for duty, college_id in (
        (Duty.COLLEGE_REVIEWER, None),
        (Duty.COLLEGE_REVIEWER, theirs.id),
        (Duty.COLLEGE_REVIEWER, closed.id),
        (Duty.REVIEWER, theirs.id),
    ):
        with pytest.raises(PostNeedsCollege):
            services.appoint(staff.id, here.id, duty, college_id=college_id)
    services.reopen_college(closed.id)
    assert services.appoint(staff.id, here.id, Duty.COLLEGE_REVIEWER, college_id=closed.id)


def test_platform_staff_hold_no_posts(app):
    staff = create_staff("li.hui", "correct horse 42", role=StaffUser.StaffRole.OPERATOR)
    school = services.create_school("江海大学")
    with pytest.raises(PlatformNeedsNoPost):
        services.appoint(staff.id, school.id, Duty.REVIEWER)


def test_a_school_keeps_an_administrator_who_can_sign_in(person):
    school = services.create_school("江海大学")
    first = services.appoint(person("one").id, school.id, Duty.ADMINISTRATOR)
    second = services.appoint(person("two").id, school.id, Duty.ADMINISTRATOR)
    close_staff(second.staff_id)
    with pytest.raises(LastAdministrator):
        services.end_post(first.id)
    services.end_post(second.id)
    with pytest.raises(LastAdministrator):
        services.end_post(first.id)


@pytest.mark.serial
def test_two_administrators_who_end_each_other_at_once_leave_one(app, person):
    school = services.create_school("江海大学")
    posts = [
        services.appoint(person(name).id, school.id, Duty.ADMINISTRATOR).id
        for name in ("one", "two")
    ]

    ended = at_once(app, *(partial(services.end_post, post_id) for post_id in posts))
    assert [type(one) for one in ended].count(LastAdministrator) == 1
    assert StaffPost.select().count() == 1
