"""Commands that a phone may repeat: one key, one effect, one answer."""

from datetime import timedelta

import pytest

from app.core.audit import AuditEntry
from app.core.idempotency import IdempotencyRecord, forget_old_answers
from app.interviews.models import Interview
from tests.racing import at_once

KEY = {"Idempotency-Key": "5f0c6a9e-2f7b-4c26-9a55-0d8f6f3b1c11"}


@pytest.fixture
def stall(factory):
    """A booth, and a student who entered its fair."""
    booth = factory.booth()
    return booth, factory.participant(booth.fair)


def apply(client, booth, headers=KEY, **body):
    return client.post(f"/api/booths/{booth.id}/interviews", json=body, headers=headers)


def test_repeat_gets_the_same_answer_and_no_second_effect(login, stall):
    booth, student = stall
    client = login(student.account)
    first, second = apply(client, booth), apply(client, booth)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    assert "Idempotent-Replay" not in first.headers
    assert second.headers["Idempotent-Replay"] == "true"
    assert Interview.select().count() == 1
    assert AuditEntry.select().where(AuditEntry.action == "apply").count() == 1


def test_without_a_key_the_repeat_is_a_new_command(login, stall):
    booth, student = stall
    client = login(student.account)
    apply(client, booth, headers={})
    assert apply(client, booth, headers={}).json["type"] == "/problems/already-in-line"


def test_key_for_another_command_or_body_is_refused(factory, login, stall):
    booth, student = stall
    client = login(student.account)
    position = booth.offers.get().position_id
    apply(client, booth)
    other = factory.booth(booth.fair)
    for answer in (apply(client, booth, position_id=position), apply(client, other)):
        assert answer.status_code == 422
        assert answer.json["type"] == "/problems/idempotency-key-reused"
    assert Interview.select().count() == 1


def test_same_key_of_another_account_is_another_command(factory, login, stall):
    booth, student = stall
    other = factory.participant(booth.fair)
    ids = {apply(login(one.account), booth).json["id"] for one in (student, other)}
    assert len(ids) == 2


def test_refused_command_is_tried_anew_under_its_key(factory, login, stall):
    booth, student = stall
    client = login(student.account)
    foreign = factory.position(factory.employer())
    assert apply(client, booth, position_id=foreign.id).status_code == 422
    assert IdempotencyRecord.select().count() == 0
    assert apply(client, booth).status_code == 201


def test_answer_without_content_is_repeated_too(factory, login, stall):
    booth, student = stall
    recruiter = factory.recruiter(booth)
    ticket = factory.waiting(booth, recruiter, student)
    his, hers = login(recruiter), login(student.account)
    his.post(f"/api/booths/{booth.id}/ring-next")
    hers.post(f"/api/interviews/{ticket.id}/answer")
    ends = [his.post(f"/api/interviews/{ticket.id}/hang-up", headers=KEY) for _ in range(2)]
    assert [answer.status_code for answer in ends] == [204, 204]
    assert ends[1].headers["Idempotent-Replay"] == "true"


@pytest.mark.parametrize("key", ["short", "x" * 65, "ключ-ключ-ключ", "with\ttab-inside"])
def test_key_of_a_wrong_form_is_refused(login, stall, key):
    booth, student = stall
    header = {"Idempotency-Key": key.encode().decode("latin-1")}
    answer = apply(login(student.account), booth, headers=header)
    assert (answer.status_code, answer.json["type"]) == (422, "/problems/idempotency-key-invalid")


@pytest.mark.serial
def test_simultaneous_repeats_have_one_effect_and_one_answer(app, login, stall):
    booth, student = stall
    answers = at_once(app, *[lambda: apply(login(student.account), booth)] * 8)
    assert [answer.status_code for answer in answers] == [201] * 8, [a.json for a in answers]
    assert len({answer.json["id"] for answer in answers}) == 1
    assert sum("Idempotent-Replay" not in answer.headers for answer in answers) == 1
    assert Interview.select().count() == 1
    assert AuditEntry.select().where(AuditEntry.action == "apply").count() == 1


@pytest.mark.serial
def test_simultaneous_commands_under_one_key_with_other_bodies_have_one_effect(app, login, stall):
    booth, student = stall
    position = booth.offers.get().position_id
    bodies = [{}, {"position_id": position}] * 3
    answers = at_once(app, *[lambda b=b: apply(login(student.account), booth, **b) for b in bodies])
    assert {answer.status_code for answer in answers} <= {201, 409, 422}
    assert Interview.select().count() == 1


def test_answers_are_forgotten_after_two_days(login, stall, travel):
    booth, student = stall
    apply(login(student.account), booth)
    travel(timedelta(hours=47, minutes=59))
    assert forget_old_answers() == 0
    travel(timedelta(minutes=2))
    assert forget_old_answers() == 1
