"""What can be done with a video room."""

from app.rtc.services.checkpoints import write_talk_down
from app.rtc.services.notices import record_notice
from app.rtc.services.pulses import Pulse, take_pulses
from app.rtc.services.rooms import (
    close_room,
    create_room,
    find_open_room,
    get_room,
    issue,
    open_rooms,
    talk_seconds,
)
from app.rtc.services.switchboard import SyncReport, last_signs
from app.rtc.services.sync import sync

__all__ = [
    "Pulse",
    "SyncReport",
    "close_room",
    "create_room",
    "find_open_room",
    "get_room",
    "issue",
    "last_signs",
    "open_rooms",
    "record_notice",
    "sync",
    "take_pulses",
    "talk_seconds",
    "write_talk_down",
]
