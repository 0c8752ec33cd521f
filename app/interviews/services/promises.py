"""What a student is told of the wait: promised at joining, renewed while waiting, scored after."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from peewee import JOIN, Case, Value, fn

from app.core import clock
from app.core.prepared import Prepared, bind, is_there
from app.fairs.models import Booth, Fair
from app.fairs.phases import is_live
from app.fairs.services.windows import windows_of
from app.forecasts.estimate import Outlook, Place
from app.forecasts.hours import booth_hours, fair_hours, pack, seconds_between, unpack
from app.forecasts.models import Forecast, Promise
from app.forecasts.pace import prior_cycle
from app.forecasts.services.forecasting import outlook_of
from app.forecasts.services.promises import (
    AT_APPLYING,
    WHILE_WAITING,
    Shown,
    promise,
    promise_many,
    score_left,
    score_turns,
    score_unseen,
)
from app.interviews.models import Interview, Status
from app.interviews.services.line import is_before_order, was_seen_today
from app.interviews.services.readings import BEFORE_A_NEWCOMER

FRESH_MINUTES = 10  # a promise stands for so long, unless it has become clearly wrong
MOVED_SECONDS, MOVED_PERCENT, WRONG_PERCENT = 120, 5, 20
RENEWED_AT_ONCE = 250  # the clock has more urgent things to do every second
RENEWED_EVERY, BOOTHS_AT_ONCE = 5, 25  # seconds; of 300 booths each has its turn in a minute
SETTLED_AT_ONCE = 2000
PROMISED = (
    Promise.low_at, Promise.high_at, Promise.seen_chance, Promise.made_at, Promise.ahead,
    Promise.closes_at,
)  # fmt: skip
Booked = tuple[datetime, tuple[datetime, int]]  # a slot, and the order of its ticket
UNSEEN = (Status.LAPSED,)  # still in line when the fair or the booth closed
GONE = (Status.REJECTED, Status.WITHDRAWN, Status.DECLINED, Status.FINISHED)


def read_forecast(booth: Booth, student_id: int) -> tuple[Forecast, Place]:
    """The booth's forecast, and where a newcomer would stand; one query.

    Before the clock has read the booth for the first time, its time box stands in.
    """
    values = {"booth_id": booth.id}
    if booth.fair.everyone_once:
        values |= {"fair_id": booth.fair_id, "student_id": student_id}
    query = _FORECAST_ONCE if booth.fair.everyone_once else _FORECAST
    forecast = query.first(**values)
    if forecast is None:
        return _unread(booth), Place(_before(booth))
    if not booth.fair.everyone_once:
        return forecast, Place(forecast.before)
    return forecast, Place(forecast.before, forecast.last, bool(forecast.was_seen))


def promise_place(ticket: Interview, outlook: Outlook) -> None:
    """Keep what the student was shown on joining; inside the joining's transaction."""
    promise(_shown(ticket, outlook, AT_APPLYING))


def promise_on_agreeing(ticket: Interview, booth: Booth) -> None:
    """An invited student who agrees joins at the end of the line and needs no other answer."""
    forecast, place = read_forecast(booth, ticket.student_id)  # the ticket stands in line already
    last = None if place.last is None else max(0, place.last - 1)
    place = replace(place, ahead=max(0, place.ahead - 1), last=last)
    outlook = outlook_of(forecast, place, is_accepted=True)
    promise(_shown(ticket, outlook, AT_APPLYING))


def newest_promise() -> Any:
    """The condition that joins Promise to a query over Interview: the one that is shown now."""
    other = Promise.alias()
    newest = other.select(fn.MAX(other.id)).where(other.ticket_id == Interview.id)
    return Promise.id == newest


def promise_card(shown: Promise | None) -> dict[str, Any] | None:
    """A promise as its student sees it."""
    if shown is None or shown.low_at is None:  # none yet: an outer join's empty row
        return None
    return {
        "low_at": shown.low_at,
        "high_at": shown.high_at,
        "seen_chance": shown.seen_chance,
        "made_at": shown.made_at,
        "ahead": shown.ahead,
        "closes_at": shown.closes_at,
    }


def outlook_card(outlook: Outlook) -> dict[str, Any]:
    """An outlook as somebody sees it who has not applied yet."""
    return {
        "low_at": outlook.low_at,
        "high_at": outlook.high_at,
        "seen_chance": outlook.seen_chance,
        "made_at": clock.now(),
        "ahead": outlook.ahead,
        "closes_at": outlook.closes_at,
    }


def renew_promises() -> int:
    """Promise anew where what is shown has grown old or clearly wrong; how many. For the clock."""
    return sum(promise_many(_renewed(fair)) for fair in _fairs_on() if is_live(fair))


def score_promises() -> int:
    """Score the promises whose outcome is known; how many. For the clock; safe to run twice."""
    turns: dict[int, datetime] = {}
    left: list[int] = []
    unseen: list[int] = []
    for ticket_id, turn_at, status in _settled().tuples():
        if turn_at is not None:
            turns[ticket_id] = turn_at
        else:
            (unseen if status in UNSEEN else left).append(ticket_id)
    return score_turns(turns) + score_unseen(unseen) + score_left(left)


def _shown(ticket: Interview, outlook: Outlook, occasion: str) -> Shown:
    return Shown(ticket.fair_id, ticket.booth_id, ticket.id, occasion, outlook)


def _count_before(*which: Any) -> Any:
    other = Interview.alias()
    stands = (other.booth == Forecast.booth) & other.status.in_(BEFORE_A_NEWCOMER)
    for condition in which:
        stands &= condition(other)
    return other.select(fn.COUNT(other.id)).where(stands)


def _counts_for_once(other: Any) -> Any:
    """Where everyone is seen once first: somebody seen already does not stand before me.

    Unless a guaranteed slot or a desk of its own puts that ticket there.
    """
    return _was_i_seen() | ~was_seen_today(other) | is_before_order(other)


def _was_i_seen() -> Any:
    mine = Interview.alias()
    talks = (mine.student == bind("student_id")) & (mine.fair == bind("fair_id"))
    return is_there(mine, talks & mine.answered_at.is_null(False))


def _forecast() -> Any:
    query = Forecast.select(Forecast, _count_before().alias("before"))
    return query.where(Forecast.booth == bind("booth_id"))


def _forecast_once() -> Any:
    query = Forecast.select(
        Forecast,
        _count_before(_counts_for_once).alias("before"),
        _count_before().alias("last"),
        Case(None, [(_was_i_seen(), 1)], 0).alias("was_seen"),
    )
    return query.where(Forecast.booth == bind("booth_id"))


_FORECAST = Prepared(_forecast)
_FORECAST_ONCE = Prepared(_forecast_once)


def _unread(booth: Booth) -> Forecast:
    """A forecast from the time box alone."""
    cycle = prior_cycle(booth.talk_minutes or booth.fair.talk_minutes)
    hours = booth_hours(fair_hours(booth.fair), windows_of([booth.id])[booth.id])
    return Forecast(
        booth=booth.id,
        fair=booth.fair_id,
        cycle_seconds=cycle.mean,
        spread_seconds=cycle.spread,
        hours=pack(hours),
        late_until=booth.late_until,
    )


def _before(booth: Booth) -> int:
    stands = (Interview.booth == booth.id) & Interview.status.in_(BEFORE_A_NEWCOMER)
    return Interview.select().where(stands).count()


def _fairs_on() -> list[Fair]:
    now = clock.now()
    on = (Fair.starts_at <= now) & (Fair.ends_at > now)
    return list(Fair.select().where((Fair.status == Fair.Status.ANNOUNCED) & on))


def _renewed(fair: Fair) -> Iterator[Shown]:
    """The promises to make now."""
    forecasts = {row.booth_id: row for row in Forecast.select().where(Forecast.fair == fair.id)}
    booked = _booked_slots(fair)
    for row in _waiting(fair, _whose_turn_it_is(sorted(forecasts))):
        forecast = forecasts[row.booth_id]
        accepted = row.status != Status.PENDING
        slot_at = Interview.slot_at.python_value(row.slot_at)
        place = _place(row, forecast, booked.get(row.booth_id, []))
        if fair.everyone_once:
            place = replace(place, last=row.line_length - 1, was_seen=bool(row.was_seen))
        outlook = outlook_of(forecast, place, is_accepted=accepted, slot_at=slot_at)
        if row.made_at is None or has_changed(row, outlook):
            yield Shown(fair.id, row.booth_id, row.id, WHILE_WAITING, outlook)


def _whose_turn_it_is(booth_ids: list[int]) -> list[int]:
    """Some of these booths, others five seconds later: a place costs the counting of its line."""
    turns = -(-len(booth_ids) // BOOTHS_AT_ONCE) or 1
    return booth_ids[int(clock.now().timestamp() / RENEWED_EVERY) % turns :: turns]


def _booked_slots(fair: Fair) -> dict[int, list[Booked]]:
    """Guaranteed slots still to come, by booth: when, and their tickets' order."""
    mine = (Interview.fair == fair.id) & (Interview.slot_at > clock.now())
    query = Interview.select(Interview.booth, Interview.slot_at, Interview.queued_at, Interview.id)
    query = query.where(mine & Interview.status.in_(BEFORE_A_NEWCOMER))
    booked: dict[int, list[Booked]] = {}
    for booth_id, slot_at, *order in query.order_by(Interview.slot_at).tuples():
        booked.setdefault(booth_id, []).append((slot_at, tuple(order)))
    return booked


def _place(row: Any, forecast: Forecast, booked: list[Booked]) -> Place:
    """Where a ticket stands; slots booked by later tickets step in before it when they come."""
    mine, now = (Interview.queued_at.python_value(row.queued_at), row.id), clock.now()
    later = [slot_at for slot_at, order in booked if order > mine]
    hours = unpack(forecast.hours) if later else []
    return Place(row.before, slots=tuple(seconds_between(hours, now, at) for at in later))


def has_changed(row: Any, outlook: Outlook) -> bool:
    """Whether the promise shown is clearly wrong, or old and no longer what we would say."""
    now, chance = clock.now(), abs(outlook.seen_chance - row.seen_chance)
    middle = outlook.low_at + (outlook.high_at - outlook.low_at) / 2
    if now > row.high_at or chance >= WRONG_PERCENT or not row.low_at <= middle <= row.high_at:
        return True
    moved = max(
        abs((outlook.low_at - row.low_at).total_seconds()),
        abs((outlook.high_at - row.high_at).total_seconds()),
    )
    is_old = now - row.made_at >= timedelta(minutes=FRESH_MINUTES)
    return is_old and (moved > MOVED_SECONDS or chance >= MOVED_PERCENT)


def _waiting(fair: Fair, booth_ids: list[int]) -> Any:
    """Some tickets whose turn has not come, with their place and what they are shown.

    First those without a promise or with an overdue one, then any: nobody is always left out.
    """
    seen = Case(None, [(was_seen_today(Interview), 1)], 0) if fair.everyone_once else Value(0)
    order = [*([seen] if fair.everyone_once else []), Interview.queued_at, Interview.id]
    length = fn.COUNT(Interview.id).over(partition_by=[Interview.booth])
    place = fn.ROW_NUMBER().over(partition_by=[Interview.booth], order_by=order)
    line = Interview.select(
        Interview.id, Interview.booth, Interview.status, Interview.slot_at, Interview.turn_at,
        Interview.queued_at, (place - 1).alias("before"), length.alias("line_length"),
        seen.alias("was_seen"),
    )  # fmt: skip
    stands = Interview.booth.in_(booth_ids) & Interview.status.in_(BEFORE_A_NEWCOMER)
    line = line.where(stands).alias("line")
    other = Promise.alias()
    newest = other.select(fn.MAX(other.id)).where(other.ticket_id == line.c.id)
    shown = (Promise.low_at, Promise.high_at, Promise.seen_chance, Promise.made_at)
    columns = (
        line.c.id, line.c.booth_id, line.c.status, line.c.before, line.c.line_length,
        line.c.was_seen, line.c.queued_at,
    )  # fmt: skip
    is_due = Promise.id.is_null() | (Promise.high_at < clock.now())
    return (
        Interview.select(*columns, line.c.slot_at, *shown)
        .from_(line)
        .join(Promise, JOIN.LEFT_OUTER, on=(Promise.id == newest))
        .where(line.c.turn_at.is_null())
        .order_by(Case(None, [(is_due, 0)], 1), fn.RANDOM())
        .limit(RENEWED_AT_ONCE)
        .namedtuples()
    )


def _settled() -> Any:
    """Tickets with open promises whose turn has come or never will."""
    is_over = Interview.turn_at.is_null(False) | Interview.status.in_((*UNSEEN, *GONE))
    return (
        Interview.select(Interview.id, Interview.turn_at, Interview.status)
        .join(Promise, on=(Promise.ticket_id == Interview.id))
        .where(Promise.scored_at.is_null() & is_over)
        .distinct()
        .limit(SETTLED_AT_ONCE)
    )
