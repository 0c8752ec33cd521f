"""A booth that is live, its recruiter, and who stands there."""

from dataclasses import dataclass

import pytest

from app.accounts.models import Account
from app.fairs.models import Booth, Fair
from tests.factories import Factory


@dataclass
class Stand:
    """One live booth with one recruiter."""

    factory: Factory
    fair: Fair
    booth: Booth
    recruiter: Account


@pytest.fixture
def stand(factory: Factory) -> Stand:
    """A live booth with a recruiter."""
    fair = factory.fair()
    booth = factory.booth(fair)
    return Stand(factory, fair, booth, factory.recruiter(booth))
