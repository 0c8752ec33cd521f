"""When a booth holds interviews: its windows, or else whenever the fair is live."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from app.core import clock
from app.core.prepared import Prepared, PreparedList, bind
from app.fairs.errors import BoothWindowsInvalid
from app.fairs.models import Booth, BoothWindow

MOST_WINDOWS = 40
Span = tuple[datetime, datetime]  # opens, closes; the end excluded


def _rows(which: Any) -> Any:
    columns = (BoothWindow.booth, BoothWindow.opens_at, BoothWindow.closes_at)
    query: Any = BoothWindow.select(*columns)
    return query.where(which).order_by(BoothWindow.opens_at).tuples()


def _is_at_fair() -> Any:
    return BoothWindow.booth.in_(Booth.select(Booth.id).where(Booth.fair == bind("fair_id")))


_WINDOWS = PreparedList(lambda booth_ids: _rows(BoothWindow.booth.in_(booth_ids)))
_OF_FAIR = Prepared(lambda: _rows(_is_at_fair()))


def windows_of(booth_ids: Iterable[int]) -> dict[int, list[Span]]:
    """The windows of each booth in order; none for a booth that is there all day."""
    ids = list(booth_ids)
    found: dict[int, list[Span]] = {booth_id: [] for booth_id in ids}
    for booth_id, opens_at, closes_at in _WINDOWS.all(ids):
        found[booth_id].append((opens_at, closes_at))
    return found


def windows_at(fair_id: int) -> dict[int, list[Span]]:
    """The windows at a fair, of those booths that have any; one query for all its booths."""
    found: dict[int, list[Span]] = {}
    for booth_id, opens_at, closes_at in _OF_FAIR.all(fair_id=fair_id):
        found.setdefault(booth_id, []).append((opens_at, closes_at))
    return found


def is_inside(windows: Sequence[Span], at: datetime | None = None) -> bool:
    """Whether an instant (now) lies in one of a booth's windows; without windows every one does."""
    at = at or clock.now()
    return not windows or any(opens <= at < closes for opens, closes in windows)


def next_opening(windows: Sequence[Span], at: datetime | None = None) -> datetime | None:
    """When the next window opens, or None."""
    at = at or clock.now()
    return min((opens for opens, _ in windows if opens > at), default=None)


def closing_of(booth: Booth, windows: Sequence[Span]) -> datetime:
    """When nobody is called any more: the end of the last window, or of the fair."""
    ends_at = booth.fair.ends_at
    return min(ends_at, max((closes for _, closes in windows), default=ends_at))


def set_windows(booth: Booth, windows: Iterable[Span]) -> list[Span]:
    """Put these in the place of the booth's windows; inside the command that changes the booth.

    :raises BoothWindowsInvalid: out of the fair, overlapping, or ending before they begin
    """
    wanted = sorted(windows)
    _check(booth, wanted)
    BoothWindow.delete().where(BoothWindow.booth == booth.id).execute()
    if wanted:
        rows = [{"booth": booth.id, "opens_at": a, "closes_at": b} for a, b in wanted]
        BoothWindow.insert_many(rows).execute()
    return wanted


def stretch_windows(fair_id: int, ends_at: datetime, until: datetime) -> int:
    """Let the windows that end with a fair end later with it; how many."""
    here = BoothWindow.booth.in_(Booth.select(Booth.id).where(Booth.fair == fair_id))
    last = here & (BoothWindow.closes_at == ends_at)
    return BoothWindow.update(closes_at=until).where(last).execute()


def _check(booth: Booth, windows: list[Span]) -> None:
    fair = booth.fair
    if len(windows) > MOST_WINDOWS:
        raise BoothWindowsInvalid(f"最多可设置 {MOST_WINDOWS} 个时段")
    for opens, closes in windows:
        if opens >= closes:
            raise BoothWindowsInvalid("时段的开始应早于结束")
        if opens < fair.starts_at or closes > fair.ends_at:
            raise BoothWindowsInvalid("时段应在双选会的开始与结束之间")
    for (_, closes), (opens, _) in pairwise(windows):
        if opens < closes:
            raise BoothWindowsInvalid("时段之间不能重叠")
