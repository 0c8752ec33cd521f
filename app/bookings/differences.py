"""What a change would make different: for the staff who confirm it (B09)."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Difference(NamedTuple):
    """Ids of positions and interviewers that come, and those that go."""

    positions_in: list[int]
    positions_out: list[int]
    people_in: list[dict[str, Any]]
    people_out: list[dict[str, Any]]


def difference(
    positions: Sequence[int],
    people: Sequence[dict[str, Any]],
    wanted_positions: Sequence[int],
    wanted_people: Sequence[dict[str, Any]],
) -> Difference:
    """From what is, to what is wanted; the order of interviewers means nothing."""
    return Difference(
        positions_in=[one for one in wanted_positions if one not in positions],
        positions_out=[one for one in positions if one not in wanted_positions],
        people_in=[one for one in wanted_people if one not in people],
        people_out=[one for one in people if one not in wanted_people],
    )
