"""How a fair is shown in lists and heads of pages."""

from typing import Any

from app.fairs.models import Fair
from app.fairs.phases import phase_of


def fair_card(fair: Fair) -> dict[str, Any]:
    """The fair's name, host, times and phase."""
    return {
        "id": fair.id,
        "name": fair.name,
        "host": fair.school.name,
        "starts_at": fair.starts_at,
        "ends_at": fair.ends_at,
        "daily_opens": fair.daily_opens,
        "daily_closes": fair.daily_closes,
        "phase": phase_of(fair),
    }
