"""What staff do with schools and centres, and what schools open and close for themselves."""

from typing import Any

from app.core import audit
from app.core.database import atomic
from app.schools.errors import CentreUnfit, SchoolNameTaken, SchoolNotFound
from app.schools.models import School, SchoolSwitch
from app.schools.switches import SWITCHES


def create_school(
    name: str,
    short_name: str = "",
    *,
    kind: School.Kind = School.Kind.UNIVERSITY,
    centre_id: int | None = None,
    province: str = "",
    switches: dict[str, bool] | None = None,
) -> School:
    """Add a school, or a provincial centre, with what it opens and closes.

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
        set_switches(school.id, switches or {})
    return school


def update_school(
    school_id: int, *, switches: dict[str, bool] | None = None, **changes: Any
) -> School:
    """Change name, short name, province, the centre above or the switches; never the kind.

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
        set_switches(school_id, switches or {})
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


def is_open(school_id: int, switch: str) -> bool:
    """Whether the school opened a feature, or left it as it is by default (K02)."""
    return switches_of(school_id)[switch]


def switches_of(school_id: int) -> dict[str, bool]:
    """Every switch of a school, in one query."""
    rows: Any = SchoolSwitch.select(SchoolSwitch.name, SchoolSwitch.is_on)
    chosen = dict(rows.where(SchoolSwitch.school == school_id).tuples())
    return {name: chosen.get(name, switch.default) for name, switch in SWITCHES.items()}


def schools_that_closed(switch: str) -> frozenset[int]:
    """The schools that switched off what is on by default, in one query (K02)."""
    off = (SchoolSwitch.name == switch) & ~SchoolSwitch.is_on
    rows: Any = SchoolSwitch.select(SchoolSwitch.school).where(off).tuples()
    return frozenset(school_id for (school_id,) in rows)


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
