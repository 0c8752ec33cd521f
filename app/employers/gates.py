"""The doors by which employers come, and the gates behind each: who admits them, in order.

A05 names the doors, A11 the gates. The seed documents disagree on who admits (settings, row 9),
so a door's gates are data: another order is another line here.
"""

from enum import StrEnum

OVERDUE_HOURS = 24  # a review normally takes less (A12)


class Entry(StrEnum):
    """Where an employer began to register."""

    PLATFORM = "platform"  # 双选会频道
    CENTRE = "centre"  # 省级就业网站
    SCHOOL = "school"  # 学校就业网站


class Gate(StrEnum):
    """Who looks at a registration before the employer may act."""

    CENTRE = "centre"  # 省级中心审核
    PLATFORM = "platform"  # 平台审核
    SCHOOL = "school"  # 学校审核


GATES: dict[Entry, tuple[Gate, ...]] = {
    Entry.PLATFORM: (Gate.PLATFORM, Gate.SCHOOL),
    Entry.CENTRE: (Gate.CENTRE,),
    Entry.SCHOOL: (Gate.PLATFORM, Gate.SCHOOL),
}


def gates_of(entry: Entry) -> tuple[Gate, ...]:
    """The gates behind a door, in their order."""
    return GATES[entry]


def wants_school(entry: Entry) -> bool:
    """Whether a school has to be chosen: it is one of the gates."""
    return Gate.SCHOOL in GATES[entry]
