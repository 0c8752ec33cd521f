"""Tables of interviews."""

from app.interviews.models.calls import (
    Guest,
    HandOver,
    Needs,
    Overtake,
    Rating,
    Ring,
    TalkMessage,
)
from app.interviews.models.tickets import (
    DESK_TAKEN,
    IN_LINE,
    LIVE,
    ON_CALL,
    OPEN_FOR_LAPSE,
    UNDECIDED,
    CalledBy,
    Desk,
    Interview,
    Status,
)

__all__ = [
    "DESK_TAKEN",
    "IN_LINE",
    "LIVE",
    "ON_CALL",
    "OPEN_FOR_LAPSE",
    "UNDECIDED",
    "CalledBy",
    "Desk",
    "Guest",
    "HandOver",
    "Interview",
    "Needs",
    "Overtake",
    "Rating",
    "Ring",
    "Status",
    "TalkMessage",
]
