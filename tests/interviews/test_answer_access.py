"""Who may answer, take back, invite again and rate: by the ticket, not by the page."""

import pytest

from app.core.audit import AuditEntry
from app.interviews.models import Interview, Status
from app.interviews.services import calls, decisions

ANSWERS = ("reject", "take-back", "second-round", "ratings")
BODIES = {"ratings": {"stars": 5}}


def post(client, ticket: Interview, act: str):
    return client.post(f"/api/interviews/{ticket.id}/{act}", json=BODIES.get(act, {}))


@pytest.mark.parametrize("act", ANSWERS)
def test_strangers_cannot_act_on_a_ticket(stand, login, anybody, act):
    ticket = stand.factory.pending(stand.booth)
    foreign = stand.factory.recruiter(stand.factory.booth(stand.fair))
    other = stand.factory.participant(stand.fair)
    assert post(anybody, ticket, act).status_code == 401
    assert post(login(foreign), ticket, act).status_code == 403
    assert post(login(other.account), ticket, act).status_code == 403
    assert Interview.get_by_id(ticket.id).status == Status.PENDING


@pytest.mark.parametrize("act", ("reject", "take-back", "second-round"))
def test_student_cannot_answer_the_own_application(stand, login, act):
    ticket = stand.factory.pending(stand.booth)
    assert post(login(ticket.student.account), ticket, act).status_code == 403


def test_recruiter_who_was_revoked_cannot_take_back_any_more(stand, login):
    ticket = stand.factory.pending(stand.booth)
    desk = login(stand.recruiter)
    assert post(desk, ticket, "reject").status_code == 200
    stand.factory.revoke(stand.recruiter)
    assert post(desk, ticket, "take-back").status_code == 403


def test_colleague_may_take_back_and_invite_again(stand, talking, login):
    """An answer is the employer's, not one person's."""
    colleague = login(stand.factory.recruiter(stand.booth, "李强"))
    calls.hang_up(talking.id, stand.recruiter.id)
    calls.conclude(talking.id, stand.recruiter.id, "pass")
    assert post(colleague, talking, "second-round").status_code == 201
    ticket = stand.factory.pending(stand.booth)
    decisions.reject_application(ticket.id, stand.recruiter.id)
    assert post(colleague, ticket, "take-back").status_code == 200


@pytest.mark.spec("E05")
def test_every_step_of_a_rejection_names_who_did_it(stand, login, travel):
    ticket = stand.factory.pending(stand.booth)
    desk = login(stand.recruiter)
    desk.post(f"/api/interviews/{ticket.id}/reject", json={"reason": "误点"})
    post(desk, ticket, "take-back")
    stand.reject(ticket.id, "专业不符")
    rows = AuditEntry.select().where(AuditEntry.subject == f"interview:{ticket.id}")
    steps = [(row.action, row.actor_role, row.actor_id) for row in rows.order_by(AuditEntry.id)]
    assert steps[1:3] == [
        ("dismiss", "recruiter", stand.recruiter.id),
        ("take_back", "recruiter", stand.recruiter.id),
    ]
    assert steps[-1] == ("reject", "clock", None)
