"""What people would otherwise write: Flask and SQLAlchemy's ORM, with the same reads and writes.

It checks the token, the fair and the idempotency key, writes ticket, audit row and key in one
transaction, and answers with the same figures. It knows no Redis: no presence, no events.
"""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from hashlib import sha256
from typing import Any

from flask import Flask, g, request
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.orm import Session, aliased, sessionmaker

LIVE = ("pending", "invited", "waiting", "held", "ringing", "in_call", "concluding", "rejected")
IN_LINE = ("waiting", "held")
ON_CALL = ("ringing", "in_call")
PAGE = 20

app = Flask(__name__)
make_session: Callable[[], Session] = sessionmaker()
tables: Any = None


def create() -> Flask:
    """Connect, reflect the tables as ORM classes, and return the application."""
    global make_session, tables  # noqa: PLW0603 - one application per process
    url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url, pool_size=20)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _like_ours)
    base = automap_base()
    base.prepare(autoload_with=engine, generate_relationship=lambda *_: None)
    tables = base.classes
    engine.dispose()
    make_session = sessionmaker(engine, expire_on_commit=False)
    app.config["SIGNER"] = URLSafeTimedSerializer(os.environ["SECRET_KEY"], salt="access-token")
    return app


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
        kept = tables.idempotencyrecord if "idempotencyrecord" in tables else None
        kept = kept or tables.idempotency_record
        found = select(kept).where(kept.account_id == g.account, kept.key == key)
        if earlier := session.scalars(found).first():
            return app.response_class(earlier.body, earlier.status)
        answer = view(session, **words)
        mark = sha256(request.path.encode() + request.get_data()).hexdigest()
        body = json.dumps(answer, ensure_ascii=False)
        session.add(
            kept(account_id=g.account, key=key, fingerprint=mark, status=200, body=body, at=_now())
        )
        session.commit()
        return answer

    return call


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _audit(session: Session, subject: str, action: str, after: dict[str, Any]) -> None:
    entry = tables.audit_entry if "audit_entry" in tables else tables.auditentry
    session.add(
        entry(
            subject=subject,
            action=action,
            after=json.dumps(after),
            reason="",
            actor_id=g.account,
            actor_role="student",
            request_id="",
            at=_now(),
        )
    )


def _participant(session: Session, fair_id: int) -> Any:
    student, part = tables.student, tables.participation
    return session.scalars(
        select(student)
        .join(part, part.student_id == student.id)
        .where(part.fair_id == fair_id, student.account_id == g.account)
    ).one()


@app.post("/api/fairs/<int:fair_id>/enter")
@guarded
@once
def enter(session: Session, fair_id: int) -> Any:
    fair = session.get_one(tables.fair, fair_id)
    student = session.scalars(
        select(tables.student).where(tables.student.account_id == g.account)
    ).one()
    part = tables.participation
    session.scalars(
        select(part).where(part.fair_id == fair.id, part.student_id == student.id)
    ).first()
    resume = session.scalars(
        select(tables.resume).where(tables.resume.student_id == student.id)
    ).one()
    assert resume.completeness > fair.threshold
    entry = part(fair_id=fair.id, student_id=student.id, status="registered", registered_at=_now())
    session.add(entry)
    session.flush()
    return {"fair_id": fair.id, "registered_at": entry.registered_at.isoformat()}


@app.post("/api/booths/<int:booth_id>/interviews")
@guarded
@once
def apply(session: Session, booth_id: int) -> Any:
    booth, _employer, fair = session.execute(
        select(tables.booth, tables.employer, tables.fair)
        .join(tables.employer, tables.booth.employer_id == tables.employer.id)
        .join(tables.fair, tables.booth.fair_id == tables.fair.id)
        .where(tables.booth.id == booth_id)
    ).one()
    student = _participant(session, fair.id)
    wanted = request.get_json()["position_id"]
    offer = tables.boothposition if "boothposition" in tables else tables.booth_position
    offered = select(offer).where(offer.booth_id == booth_id, offer.position_id == wanted)
    assert session.scalars(offered).first() is not None
    interview = tables.interview
    mine = select(interview).where(
        interview.booth_id == booth_id,
        interview.student_id == student.id,
        interview.status.in_(LIVE),
    )
    assert session.scalars(mine).first() is None
    ticket = interview(
        fair_id=fair.id,
        booth_id=booth.id,
        student_id=student.id,
        position_id=wanted,
        origin="application",
        status="pending",
        queued_at=_now(),
        created_at=_now(),
        message="",
        reason="",
        notes="",
        remark="",
        room="",
        misses=0,
        talk_seconds=0,
    )
    session.add(ticket)
    session.flush()
    _audit(session, f"interview:{ticket.id}", "apply", {"status": "pending", "booth": booth.id})
    return _tickets(session, interview.id == ticket.id)[0]


def _tickets(session: Session, which: Any) -> list[dict[str, Any]]:
    interview, other = tables.interview, aliased(tables.interview)
    line = select(func.count(other.id)).where(
        other.booth_id == interview.booth_id, other.status.in_(IN_LINE)
    )
    ahead = line.where(other.queued_at < interview.queued_at)
    rows = session.execute(
        select(
            interview,
            tables.booth,
            tables.employer,
            tables.fair,
            tables.position,
            ahead.scalar_subquery(),
            line.scalar_subquery(),
        )
        .join(tables.student, tables.student.id == interview.student_id)
        .join(tables.booth, tables.booth.id == interview.booth_id)
        .join(tables.employer, tables.employer.id == tables.booth.employer_id)
        .join(tables.fair, tables.fair.id == interview.fair_id)
        .outerjoin(tables.position, tables.position.id == interview.position_id)
        .where(which)
        .order_by(interview.queued_at.desc())
        .limit(200)
    ).all()
    desks = _desks(session, [row[0].booth_id for row in rows])
    return [
        {
            "id": ticket.id,
            "status": ticket.status,
            "origin": ticket.origin,
            "booth": {"id": booth.id, "number": booth.number},
            "employer": {"id": employer.id, "name": employer.name},
            "position": {"id": position.id, "title": position.title} if position else None,
            "fair_id": fair.id,
            "queued_at": ticket.queued_at.isoformat(),
            "ahead": ahead_count,
            "in_line": in_line,
            "desks_online": desks.get(booth.id, 0),
            "misses": ticket.misses,
            "message": ticket.message,
        }
        for ticket, booth, employer, fair, position, ahead_count, in_line in rows
    ]


def _desks(session: Session, booth_ids: list[int]) -> dict[int, int]:
    desk, recruiter = tables.desk, tables.recruiter
    rows = session.execute(
        select(desk.booth_id, recruiter.account_id)
        .join(recruiter, recruiter.id == desk.recruiter_id)
        .where(desk.booth_id.in_(booth_ids), recruiter.status == "active")
    )
    counts: dict[int, int] = {}
    for booth_id, _account in rows:
        counts[booth_id] = counts.get(booth_id, 0) + 1
    return counts


@app.get("/api/screens/my-interviews")
@guarded
def my_interviews(session: Session) -> Any:
    fair = session.get_one(tables.fair, int(request.args["fair_id"]))
    student = tables.student
    mine = select(student.id).where(student.account_id == g.account).scalar_subquery()
    tickets = _tickets(session, tables.interview.student_id == mine)
    return {"fair": {"id": fair.id, "name": fair.name}, "tickets": tickets}


@app.get("/api/screens/fairs/<int:fair_id>/hall")
@guarded
def hall(session: Session, fair_id: int) -> Any:
    fair = session.get_one(tables.fair, fair_id)
    student = _participant(session, fair_id)
    booth, employer, interview = tables.booth, tables.employer, tables.interview
    found = session.execute(
        select(booth, employer)
        .join(employer, employer.id == booth.employer_id)
        .where(booth.fair_id == fair_id, booth.status == "open")
        .order_by(booth.number)
        .limit(PAGE + 1)
    ).all()[:PAGE]
    ids = [row[0].id for row in found]
    offer = tables.boothposition if "boothposition" in tables else tables.booth_position
    position = tables.position
    offers: dict[int, list[Any]] = {}
    for booth_id, opening in session.execute(
        select(offer.booth_id, position)
        .join(position, position.id == offer.position_id)
        .where(offer.booth_id.in_(ids), position.status == "published")
    ):
        offers.setdefault(booth_id, []).append({"id": opening.id, "title": opening.title})
    standing = interview.booth_id.in_(ids) & interview.status.in_(IN_LINE)
    counted = select(interview.booth_id, func.count(interview.id)).where(standing)
    lines = {row[0]: row[1] for row in session.execute(counted.group_by(interview.booth_id))}
    own = (interview.student_id == student.id) & interview.booth_id.in_(ids)
    mine = {ticket.booth_id: ticket.id for ticket in session.scalars(select(interview).where(own))}
    desks = _desks(session, ids)
    trades = select(employer.industry).join(booth, booth.employer_id == employer.id)
    industries = session.scalars(trades.where(booth.fair_id == fair_id).distinct()).all()
    items = [
        {
            "booth_id": one.id,
            "number": one.number,
            "employer": {"id": owner.id, "name": owner.name, "industry": owner.industry},
            "positions": offers.get(one.id, []),
            "in_line": lines.get(one.id, 0),
            "desks_online": desks.get(one.id, 0),
            "mine": mine.get(one.id),
        }
        for one, owner in found
    ]
    return {"fair": {"id": fair.id, "name": fair.name}, "items": items, "industries": [*industries]}
