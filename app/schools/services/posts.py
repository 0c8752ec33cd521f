"""Who does what at which school (A21)."""

from typing import Any

from peewee import IntegrityError

from app.accounts.models import StaffUser
from app.accounts.services.staff import create_staff, get_staff
from app.core import audit
from app.core.database import atomic, locked
from app.schools.errors import (
    LastAdministrator,
    PlatformNeedsNoPost,
    PostNeedsCollege,
    PostNotFound,
    PostTaken,
)
from app.schools.models import College, Duty, School, StaffPost
from app.schools.services.tenants import get_school


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


def appoint_by_name(
    username: str,
    school_id: int,
    duty: Duty,
    *,
    college_id: int | None = None,
    name: str = "",
    password: str = "",
) -> StaffPost:
    """Give a duty to whoever has the user name; where nobody has, the account is opened as well.

    :raises PasswordTooWeak: the person is new and the first password is not good enough
    :raises SchoolNotFound, PlatformNeedsNoPost, PostNeedsCollege, PostTaken: see :func:`appoint`
    """
    with atomic():
        staff = StaffUser.get_or_none(StaffUser.username == username)
        if staff is None:
            staff = create_staff(username, password, name=name, is_platform=False)
        return appoint(staff.id, school_id, duty, college_id=college_id)


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
