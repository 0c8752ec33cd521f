"""What a student is promised on applying, as the SQLAlchemy candidate reads and keeps it.

The arithmetic of a promise is ours: it is the database work around it that is compared.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import g
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.forecasts import hours as opening
from app.forecasts.estimate import Outlook, estimate
from app.forecasts.services.forecasting import pace_of
from scripts.bench.orm_tables import now, tables

BEFORE = ("pending", "waiting", "held")


def has_tested_devices(session: Session) -> bool:
    """Whether the account has a passed device test of today."""
    check = tables.device_check
    midnight = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    today = check.checked_at >= midnight.astimezone(UTC).replace(tzinfo=None)
    mine = select(check.id).where(check.account_id == g.account, check.is_passed, today)
    return session.scalars(mine.limit(1)).first() is not None


def outlook_of(session: Session, booth_id: int) -> Outlook:
    """What a newcomer is promised at a booth, within its hours and its quota."""
    forecast, ticket = tables.forecast, tables.interview
    before = select(func.count(ticket.id)).where(
        ticket.booth_id == forecast.booth_id, ticket.status.in_(BEFORE)
    )
    query = select(forecast, before.scalar_subquery()).where(forecast.booth_id == booth_id)
    known, ahead = session.execute(query).one()
    at = datetime.now(UTC)
    left = opening.left(opening.unpack(json.loads(known.hours)), at)
    return estimate(pace_of(known), left, ahead, at, is_accepted=False)


def keep_promise(session: Session, ticket: Any, outlook: Outlook) -> None:
    """Write down what is shown, with its ends to the minute."""
    session.add(
        tables.promise(
            fair_id=ticket.fair_id,
            booth_id=ticket.booth_id,
            ticket_id=ticket.id,
            occasion="apply",
            ahead=outlook.ahead,
            desks=outlook.desks,
            made_at=now(),
            low_at=_minute(outlook.low_at),
            high_at=_minute(outlook.high_at) + timedelta(minutes=1),
            seen_chance=outlook.seen_chance,
            closes_at=outlook.closes_at.astimezone(UTC).replace(tzinfo=None),
            raw_low_seconds=outlook.raw_low_seconds,
            raw_high_seconds=outlook.raw_high_seconds,
        )
    )


def _minute(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0, tzinfo=None)
