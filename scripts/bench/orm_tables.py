"""The frame of the SQLAlchemy candidate: ORM classes of our tables, token, key, audit row."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, wraps
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

from flask import Flask, g, request
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import MetaData, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Session, aliased, sessionmaker

app = Flask("alchemy")
make_session = sessionmaker(expire_on_commit=False)
tables: Any = SimpleNamespace()  # an ORM class for every table, by the table's name


class Base(DeclarativeBase):
    """Of every class that stands for a table."""


def connect() -> None:
    """Open the engine and make an ORM class of every table."""
    url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url, pool_size=20)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _like_ours)
    metadata = MetaData()
    metadata.reflect(engine)
    for name, table in metadata.tables.items():
        if table.primary_key.columns:
            setattr(tables, name, type(name, (Base,), {"__table__": table}))
    engine.dispose()
    make_session.configure(bind=engine)
    app.config["SIGNER"] = URLSafeTimedSerializer(os.environ["SECRET_KEY"], salt="access-token")


def _like_ours(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=wal", "synchronous=normal", "foreign_keys=1", "busy_timeout=8000"):
        connection.execute(f"PRAGMA {pragma}")


def guarded(view: Callable[..., Any]) -> Callable[..., Any]:
    """Read the token and give the view a session."""

    @wraps(view)
    def call(**words: Any) -> Any:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        g.account = app.config["SIGNER"].loads(token, max_age=7200)[0]
        with make_session() as session:
            return view(session, **words)

    return call


def once(view: Callable[..., Any]) -> Callable[..., Any]:
    """Keep the answer under the idempotency key, in the command's transaction."""

    @wraps(view)
    def call(session: Session, **words: Any) -> Any:
        key = request.headers["Idempotency-Key"]
        kept = tables.idempotency_record
        found = select(kept).where(kept.account_id == g.account, kept.key == key)
        if earlier := session.scalars(found).first():
            return app.response_class(earlier.body, earlier.status)
        answer = view(session, **words)
        mark = sha256(request.path.encode() + request.get_data()).hexdigest()
        body = json.dumps(answer, ensure_ascii=False)
        session.add(
            kept(account_id=g.account, key=key, fingerprint=mark, status=200, body=body, at=now())
        )
        session.commit()
        return app.response_class(body, mimetype="application/json")

    return call


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def audit(session: Session, subject: str, action: str, after: dict[str, Any]) -> None:
    entry = tables.audit_entry
    session.add(
        entry(
            subject=subject,
            action=action,
            after=json.dumps(after),
            reason="",
            actor_id=g.account,
            actor_role="student",
            request_id="",
            at=now(),
        )
    )


@cache
def another(name: str) -> Any:
    """A table under a second name, for a query inside a query over it; made once, as it is dear."""
    return aliased(getattr(tables, name))


def hosted(session: Session, fair_id: int) -> Any:
    """A fair and its school."""
    fair, school = tables.fair, tables.school
    query = select(fair, school).join(school, school.id == fair.school_id)
    return session.execute(query.where(fair.id == fair_id)).one()


def participant(session: Session, fair_id: int) -> Any:
    """The account's student, who has entered the fair."""
    student, part = tables.student, tables.participation
    return session.scalars(
        select(student)
        .join(part, part.student_id == student.id)
        .where(part.fair_id == fair_id, student.account_id == g.account)
    ).one()


def colleagues(session: Session, employer_id: int) -> list[int]:
    """The accounts that are to hear of a change at an employer's booth."""
    recruiter = tables.recruiter
    acting = select(recruiter.account_id).where(
        recruiter.employer_id == employer_id, recruiter.status == "active"
    )
    return [*session.scalars(acting)]


def stamp(at: datetime | None) -> str | None:
    """An instant as it goes over the wire."""
    return at.isoformat() if at else None


def fair_card(fair: Any, host: Any) -> dict[str, Any]:
    """A fair as every page shows it."""
    return {
        "id": fair.id,
        "name": fair.name,
        "host": host.name,
        "starts_at": stamp(fair.starts_at),
        "ends_at": stamp(fair.ends_at),
        "daily_opens": fair.daily_opens,
        "daily_closes": fair.daily_closes,
    }
