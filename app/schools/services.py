"""What staff do with schools, their colleges, their switches and the posts held there."""

from typing import Any

from peewee import IntegrityError

from app.accounts.models import StaffUser
from app.accounts.services.staff import get_staff
from app.core import audit, clock
from app.core.database import atomic, locked
from app.schools.errors import (
    CentreUnfit,
    CollegeNameTaken,
    CollegeNotFound,
    LastAdministrator,
    PlatformNeedsNoPost,
    PostNeedsCollege,
    PostNotFound,
    PostTaken,
    SchoolNameTaken,
    SchoolNotFound,
)
from app.schools.models import College, Duty, School, SchoolSwitch, StaffPost
from app.schools.switches import SWITCHES


def create_school(
    name: str,
    short_name: str = "",
    *,
    kind: School.Kind = School.Kind.UNIVERSITY,
    centre_id: int | None = None,
    province: str = "",
) -> School:
    """Add a school, or a provincial centre.

    :raises SchoolNameTaken: one of this name is there
    :raises CentreUnfit: what is to stand above it is no centre, or it is one itself
    """
    _check_centre(kind, centre_id)
    with atomic():
        if School.get_or_none(School.name == name):
            raise SchoolNameTaken
        wanted = {"short_name": short_name, "kind": kind, "province": province}
        school = School.create(name=name, centre=centre_id, **wanted)
        audit.record(school, "create", after={"name": name, "centre": centre_id} | wanted)
    return school


def update_school(school_id: int, **changes: Any) -> School:
    """Change name, short name, province or the centre above; never the kind.

    :raises SchoolNotFound, SchoolNameTaken, CentreUnfit: see :func:`create_school`
    """
    school = get_school(school_id)
    known = {"name", "short_name", "province", "centre_id"} & changes.keys()
    moved = {k: changes[k] for k in known if changes[k] != getattr(school, k)}
    _check_centre(school.kind, changes.get("centre_id", school.centre_id))
    with atomic():
        if "name" in moved and School.get_or_none(School.name == moved["name"]):
            raise SchoolNameTaken
        if moved:
            before = {name: getattr(school, name) for name in moved}
            columns = {School._meta.combined[name]: value for name, value in moved.items()}
            School.update(columns).where(School.id == school_id).execute()
            audit.record(school, "update", before=before, after=moved)
    return get_school(school_id)


def get_school(school_id: int) -> School:
    """The school.

    :raises SchoolNotFound: no such school
    """
    school = School.get_or_none(School.id == school_id)
    if school is None:
        raise SchoolNotFound
    return school


def _check_centre(kind: School.Kind, centre_id: int | None) -> None:
    if centre_id is None:
        return
    above = School.get_or_none(School.id == centre_id)
    if kind == School.Kind.CENTRE or above is None or above.kind != School.Kind.CENTRE:
        raise CentreUnfit


# -- switches ---------------------------------------------------------------------------------
def is_open(school_id: int, switch: str) -> bool:
    """Whether the school opened a feature, or left it as it is by default (K02)."""
    return switches_of(school_id)[switch]


def switches_of(school_id: int) -> dict[str, bool]:
    """Every switch of a school, in one query."""
    rows: Any = SchoolSwitch.select(SchoolSwitch.name, SchoolSwitch.is_on)
    chosen = dict(rows.where(SchoolSwitch.school == school_id).tuples())
    return {name: chosen.get(name, switch.default) for name, switch in SWITCHES.items()}


def set_switches(school_id: int, wanted: dict[str, bool]) -> dict[str, bool]:
    """Open and close features of a school; what is not named stays.

    :raises SchoolNotFound: no such school
    """
    school = get_school(school_id)
    with atomic():
        before = switches_of(school_id)
        moved = {n: wanted[n] for n, was in before.items() if wanted.get(n, was) != was}
        for name, is_on in moved.items():
            row = SchoolSwitch.insert(school=school_id, name=name, is_on=is_on)
            row.on_conflict(
                conflict_target=[SchoolSwitch.school, SchoolSwitch.name],
                update={SchoolSwitch.is_on: is_on},
            ).execute()
        if moved:
            was = {name: before[name] for name in moved}
            audit.record(school, "set_switches", before=was, after=moved)
    return switches_of(school_id)


# -- colleges ---------------------------------------------------------------------------------
def add_college(school_id: int, name: str) -> College:
    """Add a college to a school.

    :raises SchoolNotFound: no such school
    :raises CollegeNameTaken: the school has one of this name
    """
    school = get_school(school_id)
    with atomic():
        _refuse_taken_name(school_id, name)
        college = College.create(school=school, name=name)
        audit.record(college, "create", after={"school": school_id, "name": name})
    return college


def rename_college(college_id: int, name: str) -> College:
    """Give a college another name.

    :raises CollegeNotFound, CollegeNameTaken: see :func:`add_college`
    """
    college = get_college(college_id)
    if name == college.name:
        return college
    with atomic():
        _refuse_taken_name(college.school_id, name)
        College.update(name=name).where(College.id == college_id).execute()
        audit.record(college, "update", before={"name": college.name}, after={"name": name})
    return get_college(college_id)


def close_college(college_id: int, reason: str = "") -> College:
    """Take a college out of use: nothing new names it, what names it stays."""
    college = get_college(college_id)
    with atomic():
        still = (College.id == college_id) & College.closed_at.is_null()
        if College.update(closed_at=clock.now()).where(still).execute():
            audit.record(college, "close_college", reason=reason)
    return get_college(college_id)


def reopen_college(college_id: int) -> College:
    """Use a college again."""
    college = get_college(college_id)
    with atomic():
        closed = (College.id == college_id) & College.closed_at.is_null(False)
        if College.update(closed_at=None).where(closed).execute():
            audit.record(college, "reopen_college")
    return get_college(college_id)


def get_college(college_id: int) -> College:
    """:raises CollegeNotFound: no such college"""
    college = College.get_or_none(College.id == college_id)
    if college is None:
        raise CollegeNotFound
    return college


def _refuse_taken_name(school_id: int, name: str) -> None:
    if College.get_or_none((College.school == school_id) & (College.name == name)):
        raise CollegeNameTaken


# -- posts ------------------------------------------------------------------------------------
def appoint(
    staff_id: int, school_id: int, duty: Duty, *, college_id: int | None = None
) -> StaffPost:
    """Give a person a duty at a school (A21); one person may hold several.

    :raises StaffNotFound, SchoolNotFound: no such person or school
    :raises PlatformNeedsNoPost: the person works for all schools already
    :raises PostNeedsCollege: a college reviewer without a college of this school, or another
        duty with one
    :raises PostTaken: the person holds this very post
    """
    staff, school = get_staff(staff_id), get_school(school_id)
    if staff.is_platform:
        raise PlatformNeedsNoPost
    _check_college(school_id, duty, college_id)
    try:
        with atomic():
            post = StaffPost.create(staff=staff, school=school, duty=duty, college=college_id)
            after = {"school": school_id, "duty": duty, "college": college_id}
            audit.record(staff, "appoint", after=after)
    except IntegrityError as error:  # also of two who appoint at once
        raise PostTaken from error
    return post


def end_post(post_id: int, reason: str = "") -> None:
    """Take a duty from a person; the next click of theirs meets it.

    :raises PostNotFound: no such post
    :raises LastAdministrator: nobody would be left to manage the school
    """
    with atomic():
        post = StaffPost.get_or_none(StaffPost.id == post_id)
        if post is None:
            raise PostNotFound
        if post.duty == Duty.ADMINISTRATOR:
            _keep_an_administrator(post)
        if StaffPost.delete().where(StaffPost.id == post_id).execute():
            before = {"school": post.school_id, "duty": post.duty, "college": post.college_id}
            audit.record(f"staffuser:{post.staff_id}", "end_post", before=before, reason=reason)


def posts_of(staff_id: int) -> list[StaffPost]:
    """A person's posts with their schools, in one query."""
    query = StaffPost.select(StaffPost, School).join(School)
    return list(query.where(StaffPost.staff == staff_id).order_by(StaffPost.id))


def schools_under(centre_ids: set[int]) -> dict[int, set[int]]:
    """The universities under each of some centres, in one query."""
    found: dict[int, set[int]] = {centre_id: set() for centre_id in centre_ids}
    rows: Any = School.select(School.centre, School.id).where(School.centre.in_(centre_ids))
    for centre_id, school_id in rows.tuples() if centre_ids else ():
        found[centre_id].add(school_id)
    return found


def _check_college(school_id: int, duty: Duty, college_id: int | None) -> None:
    if (duty == Duty.COLLEGE_REVIEWER) != (college_id is not None):
        raise PostNeedsCollege
    if college_id is not None:
        college = College.get_or_none(College.id == college_id)
        if college is None or college.school_id != school_id or college.closed_at:
            raise PostNeedsCollege


def _keep_an_administrator(post: StaffPost) -> None:
    """:raises LastAdministrator: *post* is the school's only one of a person who may sign in"""
    managing = (StaffPost.school == post.school_id) & (StaffPost.duty == Duty.ADMINISTRATOR)
    rows = StaffPost.select(StaffPost.id, StaffPost.staff).where(managing).order_by(StaffPost.id)
    # Of two administrators who end each other's post at once the second sees the first's work.
    others = [one.staff_id for one in locked(rows) if one.id != post.id]
    open_still = StaffUser.id.in_(others) & StaffUser.disabled_at.is_null()
    if not StaffUser.select().where(open_still).exists():
        raise LastAdministrator
