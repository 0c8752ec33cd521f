"""The realtime gateway's composition root: what pages may ask over their socket, and who answers.

``gunicorn -c app/realtime/gunicorn_conf.py app.gateway:app``
"""

from collections.abc import Sequence
from typing import Any

import marshmallow as ma

from app.config import Config
from app.core.errors import DomainError
from app.realtime.asks import Answer, Asked, Refused
from app.realtime.server import create_gateway
from app.rtc import services as rtc
from app.rtc.schemas import RoomPulseSchema

_PULSE = RoomPulseSchema()
_UNREADABLE = Refused("body-invalid")


def answer_rooms(asked: Sequence[Asked]) -> list[Answer]:
    """Calls whose media flows: the same answer as ``POST /api/rooms/{room}/sync``, all at once."""
    pulses = [_pulse_of(one) for one in asked]
    answers = iter(rtc.take_pulses([pulse for pulse in pulses if pulse is not None]))
    return [_UNREADABLE if pulse is None else _said(next(answers)) for pulse in pulses]


def _pulse_of(asked: Asked) -> rtc.Pulse | None:
    try:
        body = _PULSE.load(asked.body)
    except ma.ValidationError:
        return None
    report = rtc.SyncReport(
        token=body["token"],
        client=body["client"],
        after=body["after"],
        signals=[],
        flowing=body["media"]["flowing"],
    )
    return rtc.Pulse(body["room"], asked.account_id, report)


def _said(answer: dict[str, Any] | DomainError) -> Answer:
    return Refused(answer.code()) if isinstance(answer, DomainError) else answer


app = create_gateway(Config.from_env(), {"room": answer_rooms})
