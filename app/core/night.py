"""When nobody is at a fair: chores that can wait run then."""

from app.core import clock

FROM_HOUR, UNTIL_HOUR = 2, 5


def is_night() -> bool:
    """Whether it is between two and five in the morning, where the people of the fair are."""
    return FROM_HOUR <= clock.local(clock.now()).hour < UNTIL_HOUR
