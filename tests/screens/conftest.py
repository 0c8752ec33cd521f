"""A fair with a hall of booths, as pages show it."""

from collections.abc import Callable
from itertools import count

import pytest

from app.employers.services import create_employer
from app.fairs.models import Booth, Fair
from app.fairs.services.booths import open_booth
from app.positions.services import create_position
from tests.factories import valid_uscc

NUMBERS = count(500)


@pytest.fixture
def fair(factory) -> Fair:
    return factory.fair()


@pytest.fixture
def stall(fair) -> Callable[..., Booth]:
    """A booth whose employer and position have the words that a search looks for."""

    def make(
        name="远航科技", *, number="", industry="软件", city="杭州", title="后端工程师", majors=""
    ) -> Booth:
        serial = next(NUMBERS)
        employer = create_employer(
            name=name, code=valid_uscc(serial), industry=industry, city="总部" + city
        )
        position = create_position(
            employer_id=employer.id,
            publish=True,
            title=title,
            city=city,
            majors=majors,
            salary_min=8000,
            salary_max=12000,
        )
        return open_booth(
            fair_id=fair.id,
            employer_id=employer.id,
            number=number or f"B{serial}",
            position_ids=[position.id],
        )

    return make


@pytest.fixture
def me(factory, fair):
    """A student who entered the fair."""
    return factory.participant(fair, "林小满")
