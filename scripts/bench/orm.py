"""What people would otherwise write: Flask and SQLAlchemy's ORM, with the same reads and writes.

It checks the token, the fair, the device test and the idempotency key, reads the forecast, writes
ticket, promise, audit row and key in one transaction, and answers with the same figures. It knows
no Redis: it reads whom to tell of a change, but publishes no event and asks for no presence.
"""

from typing import Any

from flask import Flask, g, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from scripts.bench import orm_hall, orm_ring
from scripts.bench.orm_promise import has_tested_devices, keep_promise, outlook_of
from scripts.bench.orm_tables import (
    app,
    audit,
    colleagues,
    connect,
    fair_card,
    guarded,
    hosted,
    now,
    once,
    participant,
    tables,
)
from scripts.bench.orm_tickets import list_tickets


def create() -> Flask:
    """Connect and return the application with all its routes."""
    connect()
    app.register_blueprint(orm_hall.blueprint)
    app.register_blueprint(orm_ring.blueprint)
    return app


@app.post("/api/fairs/<int:fair_id>/enter")
@guarded
@once
def enter(session: Session, fair_id: int) -> Any:
    fair, _host = hosted(session, fair_id)
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
    assert booth.line_closed_at is None and booth.paused_at is None
    student = participant(session, fair.id)
    assert not fair.requires_device_check or has_tested_devices(session)
    wanted = request.get_json()["position_id"]
    offer, position = tables.booth_position, tables.position
    offered = (
        select(offer.id)
        .join(position, position.id == offer.position_id)
        .where(offer.booth_id == booth_id, position.id == wanted, position.status == "published")
    )
    assert session.scalars(offered).first() is not None
    outlook = outlook_of(session, booth.id)
    ticket = tables.interview(
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
        reason_code="",
        misses=0,
        talk_seconds=0,
        round=1,
        hold_used=False,
        ring_step=0,
        mode="video",
        called_by="recruiter",
    )
    session.add(ticket)
    session.flush()  # the unique index refuses a second place in this line
    keep_promise(session, ticket, outlook)
    audit(session, f"interview:{ticket.id}", "apply", {"status": "pending", "booth": booth.id})
    colleagues(session, booth.employer_id)
    return list_tickets(session, tables.interview.id == ticket.id)[0]


@app.get("/api/screens/my-interviews")
@guarded
def my_interviews(session: Session) -> Any:
    fair, host = hosted(session, int(request.args["fair_id"]))
    mine = (tables.student.account_id == g.account) & (tables.interview.fair_id == fair.id)
    return {"fair": fair_card(fair, host), "tickets": list_tickets(session, mine)}
