"""How far the signed-in person reaches: all schools for platform staff, else the posts' schools.

What a person may read is every school of a post; what they may change needs the duty that the
page asks for, or an administrator's. A post at a provincial centre reaches the universities
under it as well: to read, and to review where the centre's post is a reviewer's or an
administrator's (A21). Their fairs, switches and posts stay their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from app.accounts.models import StaffUser
from app.admin.session import current_staff
from app.schools.models import Duty, School, StaffPost
from app.schools.services import posts_of, schools_under

Role = StaffUser.StaffRole
RANK = {Role.VIEWER: 0, Role.OPERATOR: 1, Role.ADMIN: 2}
FAIR_DUTIES = frozenset({Duty.FAIR_STAFF})  # who runs fairs
REVIEW_DUTIES = frozenset({Duty.REVIEWER})  # who decides on what employers ask for
KNOWN = "office.remit"  # in the request's environment


@dataclass(frozen=True)
class Remit:
    """What somebody may see and do."""

    role: Role | None = None  # on the platform; None for who holds posts at schools
    duties: Mapping[int, frozenset[Duty]] = field(default_factory=dict)  # by school

    @property
    def is_everywhere(self) -> bool:
        """Whether the person works for all schools."""
        return self.role is not None

    @property
    def schools(self) -> frozenset[int]:
        """The schools of the person's posts."""
        return frozenset(self.duties)

    def schools_with(self, duties: frozenset[Duty]) -> frozenset[int]:
        """The schools where one of *duties*, or an administrator's, is held."""
        wanted = duties | {Duty.ADMINISTRATOR}
        return frozenset(school for school, held in self.duties.items() if held & wanted)

    def has_rank(self, role: Role) -> bool:
        """Whether somebody of the platform reaches *role*."""
        return self.role is not None and RANK[self.role] >= RANK[role]


NOWHERE = Remit()
NONE: frozenset[Duty] = frozenset()


def remit() -> Remit:
    """Of whoever is signed in, read once a request."""
    if KNOWN not in request.environ:
        staff = current_staff()
        request.environ[KNOWN] = NOWHERE if staff is None else _remit_of(staff)
    return request.environ[KNOWN]


def posts_word(staff: StaffUser) -> list[tuple[str, Duty]]:
    """The posts of a person as the top of a page names them: school and duty."""
    return [(post.school.short_name or post.school.name, post.duty) for post in posts_of(staff.id)]


def _remit_of(staff: StaffUser) -> Remit:
    if staff.is_platform:
        return Remit(staff.role)
    posts = posts_of(staff.id)
    under = schools_under(
        {post.school_id for post in posts if post.school.kind == School.Kind.CENTRE}
    )
    duties: dict[int, frozenset[Duty]] = {}
    for post in posts:
        duties[post.school_id] = duties.get(post.school_id, NONE) | {post.duty}
        for school in under.get(post.school_id, ()):
            duties[school] = duties.get(school, NONE) | _passed_down(post)
    return Remit(duties=duties)


def _passed_down(post: StaffPost) -> frozenset[Duty]:
    """What a post at a centre is worth at the universities under it."""
    reviews = post.duty in (Duty.ADMINISTRATOR, Duty.REVIEWER)
    return frozenset({Duty.REVIEWER}) if reviews else NONE
