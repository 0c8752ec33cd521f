"""An employer that writes its own positions."""

import pytest

from app.employers.models import Employer
from app.schools.models import School


@pytest.fixture
def employer(factory) -> Employer:
    return factory.employer()


@pytest.fixture
def hr(factory, employer):
    """A recruiter of the employer."""
    return factory.acting(employer)


@pytest.fixture
def school(factory, employer, hr) -> School:
    """A school that took the employer in."""
    school = factory.school()
    factory.settled(employer, school, hr)
    return school
