"""What people would otherwise write: Flask and SQLAlchemy's ORM, with the same reads and writes.

It checks the token, the fair and the idempotency key, writes ticket, audit row and key in one
transaction, and answers with the same figures. It knows no Redis: no presence, no events.
"""

from typing import Any

from flask import Flask, g, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from scripts.bench import orm_ring
from scripts.bench.orm_tables import app, audit, connect, guarded, now, once, tables

LIVE = ("pending", "invited", "waiting", "held", "ringing", "in_call", "concluding", "rejected")
IN_LINE = ("waiting", "held")
PAGE = 20


def create() -> Flask:
    """Connect and return the application with all its routes."""
    connect()
    app.register_blueprint(orm_ring.blueprint)
    return app


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
    entry = part(fair_id=fair.id, student_id=student.id, status="registered", registered_at=now())
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
    offer = tables.booth_position
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
        queued_at=now(),
        created_at=now(),
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
    audit(session, f"interview:{ticket.id}", "apply", {"status": "pending", "booth": booth.id})
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
    offer = tables.booth_position
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
