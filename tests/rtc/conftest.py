"""A room, its two sides, and a clock that stands still."""

from datetime import timedelta

import pytest

from app.core import clock
from tests.rtc.stage import Caller, open_room


@pytest.fixture
def room(app):
    return open_room()


@pytest.fixture
def student(app, room):
    return Caller(app, room, room.student_account_id)


@pytest.fixture
def recruiter(app, room):
    return Caller(app, room, room.recruiter_account_id)


@pytest.fixture
def later():
    """A clock that stands unless it is moved on; back to the present at the end."""
    clock.travel(clock.now())
    yield lambda seconds: clock.travel(timedelta(seconds=seconds))
    clock.travel(None)
