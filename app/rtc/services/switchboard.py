"""The mailbox and the talk clock of a room, in Redis, shared by every web process."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from flask import current_app
from redis.commands.core import Script
from redis.exceptions import NoScriptError, RedisError

from app.core import clock
from app.core.redis import client
from app.rtc.errors import SignalsUnavailable
from app.rtc.models import Room, Side
from app.rtc.services.credentials import Seat
from app.rtc.services.scripts import ATTEND, CLOCK, EXCHANGE, PREPARE, REVIEW

# A side counts as having media this long after it said so; pages say so every 4 s.
MEDIA_WINDOW_MS = 7_000
CHECKPOINT_MS = 15_000
OVERDUE_MS = 3 * CHECKPOINT_MS  # nobody wrote the clock down: the clock's chore is not at work
MAILBOX_SIGNALS = 200
BATCH = 50
LIFE_SECONDS = 2 * 3600  # outlives every credential
Call = tuple[list[str], list[str | int]]  # the keys and the arguments of a script


class Outcome(StrEnum):
    """What an exchange met."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    TAKEN_OVER = "taken"


@dataclass(frozen=True)
class SyncReport:
    """What a page says when it syncs."""

    token: str = field(repr=False)
    client: str  # the page's own name; the newest page of a side has the seat
    after: int  # the last signal it has; older ones are forgotten
    signals: list[dict[str, Any]]
    flowing: bool  # media arrives at this side


@dataclass(frozen=True)
class Exchange:
    """What one sync brought back."""

    outcome: Outcome
    after: int = 0
    talk_ms: int = 0
    checkpoint_due: bool = False
    peer_seen_at: datetime | None = None
    signals: tuple[dict[str, Any], ...] = ()


def exchange(seat: Seat, report: SyncReport) -> Exchange:
    """Put signals into the peer's mailbox, take one's own, count the talk: one round trip.

    :raises SignalsUnavailable: Redis does not answer
    """
    keys, arguments = _exchange_of(seat, report, checkpoint=(CHECKPOINT_MS, 1))
    return _exchanged(_run("exchange", EXCHANGE, keys, arguments))


def exchange_all(asked: Sequence[tuple[Seat, SyncReport]]) -> list[Exchange]:
    """The same for many sides in one round trip, by somebody who cannot take a checkpoint.

    ``checkpoint_due`` then says that one is long overdue.

    :raises SignalsUnavailable: Redis does not answer
    """
    calls = [_exchange_of(seat, report, checkpoint=(OVERDUE_MS, 0)) for seat, report in asked]
    return [_exchanged(answer) for answer in _run_each("exchange", EXCHANGE, calls)]


def _exchange_of(seat: Seat, report: SyncReport, *, checkpoint: tuple[int, int]) -> Call:
    keys = _keys(seat.room_name, seat.side, seat.side.other)
    arguments: list[str | int] = [seat.side, seat.side.other, report.client, _now_ms()]
    arguments += [report.after, int(report.flowing), MEDIA_WINDOW_MS, *checkpoint]
    arguments += [MAILBOX_SIGNALS, BATCH, LIFE_SECONDS]
    arguments += [json.dumps(signal, ensure_ascii=False) for signal in report.signals]
    return keys, arguments


def _exchanged(answer: list[Any]) -> Exchange:
    outcome = Outcome(answer[0].decode())
    if outcome in (Outcome.UNKNOWN, Outcome.TAKEN_OVER):
        return Exchange(outcome)
    _, after, talk_ms, due, seen = answer[:5]
    signals = tuple(_signal(raw) for raw in answer[5:])
    return Exchange(outcome, int(after), int(talk_ms), bool(due), _instant(seen), signals)


def prepare(room_name: str, *, talk_ms: int, is_open: bool) -> None:
    """Let a room begin (again) from what its row knows.

    :raises SignalsUnavailable: Redis does not answer
    """
    arguments = [_now_ms(), talk_ms, int(is_open), LIFE_SECONDS]
    _run("prepare", PREPARE, [_state_key(room_name)], arguments)


def talk_ms(room_name: str) -> int | None:
    """Milliseconds counted so far; None for a room nobody entered.

    :raises SignalsUnavailable: Redis does not answer
    """
    counted = _run("clock", CLOCK, [_state_key(room_name)], [_now_ms()])
    return None if counted is None else int(counted)


def unwritten(rooms: Iterable[Room]) -> dict[int, int]:
    """Rooms (by id) whose talk clock is 15 s past their row, and its milliseconds; one round trip.

    The rooms' rows were just read, and are open: their next checkpoint is due 15 s from now.

    :raises SignalsUnavailable: Redis does not answer
    """
    reviewed = list(rooms)
    counted = _run_each(
        "review",
        REVIEW,
        [([_state_key(room.name)], [_now_ms(), room.talk_ms, CHECKPOINT_MS]) for room in reviewed],
    )
    pairs = zip(reviewed, counted, strict=True)
    return {room.id: int(talk) for room, talk in pairs if talk is not None}


def last_signs(leased: Mapping[str, Mapping[Side, bool]]) -> dict[str, dict[Side, datetime]]:
    """When each side of the named rooms was last there, in one round trip.

    A side that has synced is judged by its syncs; one that never has (its client cannot carry
    the media, or has not come yet) by whether it is online, as *leased* says, and else by when
    the room was first looked at: a Redis that lost its memory gives everybody the time anew.

    :raises SignalsUnavailable: Redis does not answer
    """
    answers = _run_each(
        "attend",
        ATTEND,
        [
            (
                [_state_key(name)],
                [_now_ms(), *(int(sides[side]) for side in Side), LIFE_SECONDS],
            )
            for name, sides in leased.items()
        ],
    )
    return {
        name: {side: _moment(raw) for side, raw in zip(Side, answer, strict=True)}
        for name, answer in zip(leased, answers, strict=True)
    }


def announce_closed(room_name: str) -> None:
    """Let both sides learn at their next sync that the room is closed."""
    pipeline = client().pipeline()
    pipeline.hset(_state_key(room_name), mapping={"closed": 1})
    pipeline.hsetnx(_state_key(room_name), "seq", str(_now_ms()))
    pipeline.expire(_state_key(room_name), LIFE_SECONDS)
    pipeline.delete(*_keys(room_name, "student", "recruiter")[1:])
    try:
        pipeline.execute()
    except RedisError:
        # The next checkpoint reads the row and finds out.
        current_app.logger.warning("closed room not announced: %s", room_name)


def _script(name: str, source: str) -> Script:
    scripts: dict[str, Script]
    scripts = current_app.extensions.setdefault("rtc_scripts", {})
    if name not in scripts:
        scripts[name] = client().register_script(source)
    return scripts[name]


def _run(name: str, source: str, keys: list[str], arguments: list[Any]) -> Any:
    try:
        return _script(name, source)(keys=keys, args=arguments)
    except RedisError as error:
        raise SignalsUnavailable from error


def _run_each(name: str, source: str, calls: Sequence[Call]) -> list[Any]:
    """Run a script for each pair of keys and arguments in one round trip.

    The library would ask before each such round trip whether the server knows the script.
    """
    answers: list[Any] = [NoScriptError()] * len(calls)
    try:
        for _ in range(2):
            missing = [n for n, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
            pipeline = client().pipeline(transaction=False)
            for number in missing:
                keys, arguments = calls[number]
                pipeline.evalsha(_script(name, source).sha, len(keys), *keys, *arguments)
            for number, answer in zip(missing, pipeline.execute(False), strict=True):
                answers[number] = answer
            if not any(isinstance(answer, NoScriptError) for answer in answers):
                break
            client().script_load(source)
    except RedisError as error:
        raise SignalsUnavailable from error
    for answer in answers:
        if isinstance(answer, Exception):
            raise SignalsUnavailable from answer
    return answers


def _state_key(room_name: str) -> str:
    return f"rtc:{{{room_name}}}"


def _keys(room_name: str, inbox: str, outbox: str) -> list[str]:
    state = _state_key(room_name)
    return [state, f"{state}:{inbox}", f"{state}:{outbox}"]


def _now_ms() -> int:
    return int(clock.now().timestamp() * 1000)


def _instant(milliseconds: bytes | None) -> datetime | None:
    return _moment(milliseconds) if milliseconds else None


def _moment(milliseconds: bytes) -> datetime:
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)


def _signal(raw: bytes) -> dict[str, Any]:
    seq, content = raw.split(b":", 1)
    return {"seq": int(seq), **json.loads(content)}
