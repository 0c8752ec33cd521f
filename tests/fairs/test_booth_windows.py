"""When booths hold interviews, asked booth by booth or for a whole fair."""

from datetime import timedelta

from app.core.database import atomic
from app.fairs.services.windows import set_windows, windows_at, windows_of

HOUR = timedelta(hours=1)


def test_windows_of_a_fair_are_those_of_its_booths_in_order(factory):
    fair = factory.fair()
    opens = fair.starts_at
    spans = [(opens + HOUR, opens + 2 * HOUR), (opens, opens + HOUR / 2)]
    booth, all_day = factory.booth(fair), factory.booth(fair)
    elsewhere = factory.booth(factory.fair())
    with atomic():
        set_windows(booth, spans)
        set_windows(elsewhere, [(elsewhere.fair.starts_at, elsewhere.fair.ends_at)])
    assert windows_at(fair.id) == {booth.id: sorted(spans)}
    assert windows_of([booth.id, all_day.id]) == {booth.id: sorted(spans), all_day.id: []}
