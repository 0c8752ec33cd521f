"""What pages ask and other parts of the product answer: many questions, few round trips.

The gateway knows no domain. What may be asked about, and who answers, is plugged in where it
is started (:mod:`app.gateway`).
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gevent.event import Event

from app.realtime import frames
from app.realtime.client import Client
from app.realtime.hub import Hub

log = logging.getLogger("realtime")

BATCH_SECONDS = 0.05
MOST_AT_ONCE = 200  # so that a full batch does not hold up the events
PATIENCE_SECONDS = 3.0  # by then the page has asked elsewhere


@dataclass(frozen=True)
class Asked:
    """One question, and whose page asks."""

    account_id: int
    body: Any  # JSON, not checked yet


class Refused(str):
    """Why a question gets no answer here, as a problem's code: ``room-taken-over``."""

    __slots__ = ()


Answer = dict[str, Any] | Refused
Answerer = Callable[[Sequence[Asked]], Sequence[Answer]]
UNAVAILABLE, TOO_LATE = Refused("unavailable"), Refused("too-late")


@dataclass(frozen=True)
class _Waiting:
    client: Client
    number: int  # the page's own, to know the answer by
    asked: Asked
    since: float


class Asks:
    """Collects what is asked about one thing for 50 ms and has it answered together."""

    def __init__(self, hub: Hub, answerer: Answerer):
        self._hub, self._answerer = hub, answerer
        self._waiting: list[_Waiting] = []
        self._news = Event()

    def take(self, client: Client, number: int, body: Any) -> None:
        """Answer soon, under the page's *number*."""
        asked = Asked(client.account_id, body)
        self._waiting.append(_Waiting(client, number, asked, time.monotonic()))
        self._news.set()

    def run(self, pause: Callable[[float], object]) -> None:
        """Answer forever; *pause* sleeps (gevent's)."""
        while True:
            self._news.wait()
            self._news.clear()
            pause(BATCH_SECONDS)
            while self._waiting:
                batch = self._waiting[:MOST_AT_ONCE]
                del self._waiting[:MOST_AT_ONCE]
                self._answer(batch)
                pause(0)  # the sockets' turn

    def _answer(self, batch: list[_Waiting]) -> None:
        """A question that waited too long is not answered: what it says is no longer true."""
        oldest = time.monotonic() - PATIENCE_SECONDS
        fresh = [one for one in batch if one.since >= oldest and one.client.is_there]
        answers = self._answers([one.asked for one in fresh])
        for one, answer in zip(fresh, answers, strict=True):
            self._reply(one, answer)
        for one in batch:
            if one.since < oldest:
                self._reply(one, TOO_LATE)

    def _answers(self, asked: list[Asked]) -> Sequence[Answer]:
        if not asked:
            return []
        try:
            return self._answerer(asked)
        except Exception:  # one fault must not silence the questions to come
            log.exception("%d questions not answered", len(asked))
            return [UNAVAILABLE] * len(asked)

    def _reply(self, one: _Waiting, answer: Answer) -> None:
        if not one.client.is_there:
            return
        if isinstance(answer, Refused):
            self._hub.tally.refused += 1
            frame = frames.message("answer", id=one.number, refused=str(answer))
        else:
            self._hub.tally.answered += 1
            frame = _frame_of(one.number, answer)
        self._hub.tell(one.client, frame)


def _frame_of(number: int, answer: dict[str, Any]) -> bytes:
    try:
        return frames.message("answer", id=number, body=answer)
    except TypeError:  # a number of 30 digits in somebody's signal
        log.exception("answer cannot be written")
        return frames.message("answer", id=number, refused=str(UNAVAILABLE))
