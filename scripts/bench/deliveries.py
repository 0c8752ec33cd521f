"""Notifications from the commit to WeChat's answer, through RQ, with one worker process."""

from typing import Protocol


class Place(Protocol):
    """What a measurement needs to know of the bench: where it lives."""

    environment: dict[str, str]
