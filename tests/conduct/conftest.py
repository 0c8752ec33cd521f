"""A booth at noon of a fair from nine to six, on a clock that stands still until it is moved."""

from datetime import timedelta

import pytest

from app.core import clock
from app.fairs.models import Fair
from tests.factories import Factory
from tests.interviews.conftest import Stand

ANSWER_MINUTES = 30


@pytest.fixture
def stand(factory: Factory, travel) -> Stand:
    """A live booth with a recruiter, at noon."""
    noon = clock.local(clock.now()).replace(hour=12, minute=0, second=0, microsecond=0)
    travel(noon)
    fair = factory.fair(
        doors_open_at=noon - timedelta(hours=4),
        starts_at=noon - timedelta(hours=3),
        ends_at=noon + timedelta(hours=6),
        answer_minutes=ANSWER_MINUTES,
        sanction_after=2,
    )
    booth = factory.booth(fair)
    return Stand(factory, Fair.get_by_id(fair.id), booth, factory.recruiter(booth))
