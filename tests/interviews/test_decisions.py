"""A rejection: taken back until it is delivered, final afterwards."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from app.core import clock
from app.core.errors import InvalidTransition
from app.core.redis import client
from app.employers.errors import NotYourEmployer
from app.fairs.models import Fair
from app.forecasts.models import Forecast
from app.interviews.errors import AlreadyInLine, RejectedHere, RejectionDelivered
from app.interviews.models import Interview, Status
from app.interviews.services import closing, decisions, holds, queue
from app.interviews.services.readings import renew_forecasts
from app.interviews.services.rows import get_row
from app.interviews.services.tickets import get_ticket
from app.notifications.models import Notification, NotificationKind
from app.notifications.texts import OTHER_EMPLOYERS, render
from tests.interviews.conftest import Stand

UNDO = timedelta(seconds=60)


def status(ticket_id: int) -> str:
    return Interview.get_by_id(ticket_id).status


def rules(stand: Stand, **changes: object) -> None:
    """Change the rules of the stand's fair."""
    Fair.update(changes).where(Fair.id == stand.fair.id).execute()


def told(kind: NotificationKind) -> list[int]:
    return [row.account_id for row in Notification.select().where(Notification.kind == kind)]


@contextmanager
def heard_by(account_id: int) -> Iterator[list[dict]]:
    """The events that an account's own pages, or its booth's, hear inside the block."""
    pubsub, events = client().pubsub(), []
    pubsub.psubscribe("rt:*")
    pubsub.get_message(timeout=2)
    yield events
    while message := pubsub.get_message(timeout=0.2):
        accounts = message["channel"].decode().removeprefix("rt:account:").split(",")
        if str(account_id) in accounts or b"rt:topic:booth" in message["channel"]:
            events.append(json.loads(message["data"]))
    pubsub.close()


@pytest.mark.spec("E05", "E12")
def test_rejected_student_notices_nothing_until_it_is_delivered(stand, travel):
    ticket = stand.factory.pending(stand.booth)
    before = get_ticket(ticket.id)
    with heard_by(ticket.student.account_id) as events:
        decisions.reject_application(ticket.id, stand.recruiter.id, "不合适", reason_code="other")
        assert get_ticket(ticket.id) == before
        decisions.take_back(ticket.id, stand.recruiter.id)
        decisions.reject_application(ticket.id, stand.recruiter.id)
        travel(UNDO - timedelta(seconds=1))
        assert decisions.deliver_rejections() == 0
    assert events == []
    assert told(NotificationKind.INTERVIEW_REJECTED) == []
    with pytest.raises(AlreadyInLine):  # and not that a rejection stands
        queue.apply_for_interview(stand.booth.id, ticket.student.account_id)
    with pytest.raises(InvalidTransition) as refusal:
        holds.return_to_line(ticket.id, ticket.student.account_id)
    assert refusal.value.extensions["current"] == Status.PENDING


@pytest.mark.spec("E05", "G02")
def test_rejection_is_delivered_once_when_the_undo_time_is_over(stand, travel):
    tickets = [stand.factory.pending(stand.booth) for _ in range(3)]
    for ticket in tickets[:2]:
        decisions.reject_application(ticket.id, stand.recruiter.id)
    travel(UNDO)
    with heard_by(tickets[0].student.account_id) as events:
        assert decisions.deliver_rejections() == 2
    assert decisions.deliver_rejections() == 0
    assert [status(ticket.id) for ticket in tickets] == [
        Status.REJECTED, Status.REJECTED, Status.PENDING,
    ]  # fmt: skip
    accounts = [ticket.student.account_id for ticket in tickets[:2]]
    assert sorted(told(NotificationKind.INTERVIEW_REJECTED)) == sorted(accounts)
    mine = {"interview_id": tickets[0].id, "status": "rejected", "booth_id": stand.booth.id}
    assert {"kind": "interview.changed", "payload": mine} in events


@pytest.mark.spec("E05", "E12", "G02")
def test_student_reads_the_reason_and_never_the_employers_own_note(stand, travel):
    filled, other = stand.factory.pending(stand.booth), stand.factory.pending(stand.booth)
    decisions.reject_application(
        filled.id, stand.recruiter.id, "笔试太差", reason_code="position_filled"
    )
    decisions.reject_application(other.id, stand.recruiter.id, "态度不好")
    before = get_ticket(filled.id)
    assert (before["reason_code"], before["rejected_at"]) == ("", None)
    travel(UNDO)
    delivered = clock.now()
    decisions.deliver_rejections()
    ticket = get_ticket(filled.id)
    assert (ticket["reason_code"], ticket["reason_label"]) == ("position_filled", "岗位已满")
    assert delivered <= ticket["rejected_at"] <= clock.now()
    words = {
        row.account_id: render(row.kind, row.params)[1]
        for row in Notification.select().where(
            Notification.kind == NotificationKind.INTERVIEW_REJECTED
        )
    }
    assert "原因：岗位已满。" in words[filled.student.account_id]
    assert "原因" not in words[other.student.account_id]
    for told_to_student in (*words.values(), str(ticket), str(get_ticket(other.id))):
        assert "笔试" not in told_to_student and "态度" not in told_to_student


@pytest.mark.spec("E05", "G02")
def test_rejection_names_the_next_best_booth(stand, travel):
    better, full = stand.factory.booth(stand.fair), stand.factory.booth(stand.fair)
    here = {"fair": stand.fair, "desks": 1, "high_seconds": 890}
    Forecast.create(booth=better, seen_chance=95, low_seconds=300, **here)
    Forecast.create(booth=full, seen_chance=5, low_seconds=9000, **here)
    ticket, late = (stand.factory.pending(stand.booth) for _ in range(2))
    decisions.reject_application(ticket.id, stand.recruiter.id)
    travel(UNDO)
    decisions.deliver_rejections()
    note = Notification.get(kind=NotificationKind.INTERVIEW_REJECTED)
    words = render(note.kind, note.params)[1]
    assert f"可以看看 {better.number} 展位的{better.employer.name}：在招后端工程师" in words
    assert "约 5–15 分钟轮到" in words and full.number not in words
    stand.factory.pending(better, late.student)  # stands there already
    stand.reject(late.id)
    later = Notification.get(Notification.account == late.student.account_id)
    assert render(later.kind, later.params)[1].endswith(OTHER_EMPLOYERS)


def test_recruiter_sees_the_rejection_at_once_and_until_when_it_can_be_taken_back(stand):
    ticket = stand.factory.pending(stand.booth)
    decisions.reject_application(
        ticket.id, stand.recruiter.id, "方向不符", reason_code="major_mismatch"
    )
    row = get_row(ticket.id)
    decided_at = Interview.get_by_id(ticket.id).decided_at
    assert (row["status"], row["undo_until"]) == (Status.DISMISSED, decided_at + UNDO)
    assert (row["reason"], row["reason_code"]) == ("方向不符", "major_mismatch")
    assert stand.listed("pending") == [ticket.id]
    assert stand.listed("done") == []


def test_what_was_taken_back_waits_at_its_place_as_if_nothing_had_happened(stand, travel):
    ticket = stand.factory.pending(stand.booth)
    later = stand.factory.waiting(stand.booth, stand.recruiter)
    decisions.reject_application(ticket.id, stand.recruiter.id, "手滑", reason_code="other")
    travel(UNDO - timedelta(seconds=1))
    decisions.take_back(ticket.id, stand.recruiter.id)
    row = get_row(ticket.id)
    assert (row["status"], row["reason"], row["undo_until"]) == (Status.PENDING, "", None)
    travel(2 * UNDO)
    assert decisions.deliver_rejections() == 0
    queue.accept_application(ticket.id, stand.recruiter.id)
    assert stand.listed("waiting") == [ticket.id, later.id]


def test_second_rejection_has_an_undo_time_of_its_own(stand, travel):
    ticket = stand.factory.pending(stand.booth)
    decisions.reject_application(ticket.id, stand.recruiter.id)
    travel(UNDO - timedelta(seconds=10))
    decisions.take_back(ticket.id, stand.recruiter.id)
    decisions.reject_application(ticket.id, stand.recruiter.id)
    travel(timedelta(seconds=30))
    assert decisions.deliver_rejections() == 0
    travel(timedelta(seconds=30))
    assert decisions.deliver_rejections() == 1


@pytest.mark.spec("E05")
def test_rejection_cannot_be_taken_back_after_its_time(stand, travel):
    ticket = stand.factory.pending(stand.booth)
    with pytest.raises(InvalidTransition):
        decisions.take_back(ticket.id, stand.recruiter.id)
    decisions.reject_application(ticket.id, stand.recruiter.id)
    travel(UNDO)
    with pytest.raises(RejectionDelivered):  # though the clock has not delivered it yet
        decisions.take_back(ticket.id, stand.recruiter.id)
    decisions.deliver_rejections()
    with pytest.raises(RejectionDelivered):
        decisions.take_back(ticket.id, stand.recruiter.id)
    assert status(ticket.id) == Status.REJECTED


def test_fair_without_undo_time_delivers_at_once(stand):
    rules(stand, undo_seconds=0)
    ticket = stand.factory.pending(stand.booth)
    decisions.reject_application(ticket.id, stand.recruiter.id)
    assert status(ticket.id) == Status.REJECTED
    assert told(NotificationKind.INTERVIEW_REJECTED) == [ticket.student.account_id]
    with pytest.raises(RejectionDelivered):
        decisions.take_back(ticket.id, stand.recruiter.id)


def test_each_fair_waits_its_own_undo_time(stand, travel):
    slow = stand.factory.booth(stand.factory.fair())
    slow_recruiter = stand.factory.recruiter(slow)
    Fair.update(undo_seconds=300).where(Fair.id == slow.fair_id).execute()
    kept, quick = stand.factory.pending(slow), stand.factory.pending(stand.booth)
    decisions.reject_application(kept.id, slow_recruiter.id)
    decisions.reject_application(quick.id, stand.recruiter.id)
    travel(UNDO)
    assert decisions.deliver_rejections() == 1
    assert (status(quick.id), status(kept.id)) == (Status.REJECTED, Status.DISMISSED)


@pytest.mark.spec("E05")
def test_student_who_leaves_before_the_delivery_is_not_told_of_it_and_stays_out(stand, travel):
    ticket = stand.factory.pending(stand.booth)
    decisions.reject_application(ticket.id, stand.recruiter.id)
    queue.withdraw_ticket(ticket.id, ticket.student.account_id)
    travel(UNDO)
    assert decisions.deliver_rejections() == 0
    assert status(ticket.id) == Status.REJECTED
    assert told(NotificationKind.INTERVIEW_REJECTED) == []
    with pytest.raises(RejectedHere):
        queue.apply_for_interview(stand.booth.id, ticket.student.account_id)


@pytest.mark.spec("E05", "E14")
def test_fair_that_ends_delivers_instead_of_forgetting(stand):
    ticket = stand.factory.pending(stand.booth)
    decisions.reject_application(ticket.id, stand.recruiter.id)
    closing.close_fair(stand.fair.id, "提前结束")
    assert status(ticket.id) == Status.REJECTED
    assert told(NotificationKind.INTERVIEW_REJECTED) == [ticket.student.account_id]


def test_another_employers_recruiter_neither_rejects_nor_takes_back(stand):
    stranger = stand.factory.recruiter(stand.factory.booth(stand.fair))
    ticket = stand.factory.pending(stand.booth)
    with pytest.raises(NotYourEmployer):
        decisions.reject_application(ticket.id, stranger.id)
    decisions.reject_application(ticket.id, stand.recruiter.id)
    with pytest.raises(NotYourEmployer):
        decisions.take_back(ticket.id, stranger.id)


@pytest.mark.spec("E05", "E12")
def test_no_page_of_the_student_betrays_a_rejection_that_is_not_delivered(stand, login):
    """Promise, place, line and actions as well: every answer is the same as before."""
    renew_forecasts()
    ticket = stand.factory.pending(stand.booth)
    student, booth = login(ticket.student.account), stand.booth.id
    pages = (
        "my-interviews",
        f"booths/{booth}",
        f"fairs/{stand.fair.id}/hall",
        f"calls/{ticket.id}",
        f"interviews/{ticket.id}/receipt",
    )

    def seen() -> list[dict]:
        answers = [student.get(f"/api/screens/{page}") for page in pages]
        assert {answer.status_code for answer in answers} == {200}
        return [{k: v for k, v in a.json.items() if k != "server_now"} for a in answers]

    before = seen()
    assert before[0]["tickets"][0]["promise"] is not None
    decisions.reject_application(ticket.id, stand.recruiter.id)
    assert seen() == before
    refused = student.post(f"/api/interviews/{ticket.id}/agree").json
    again = student.post(f"/api/booths/{booth}/interviews", json={}).json
    assert (refused["current"], again["type"]) == ("pending", "/problems/already-in-line")
    assert "dismissed" not in str((refused, again, before))


@pytest.mark.spec("E05")
def test_api_rejects_with_a_code_and_takes_back(stand, login):
    ticket = stand.factory.pending(stand.booth)
    desk, me = login(stand.recruiter), login(ticket.student.account)
    path = f"/api/interviews/{ticket.id}"
    assert desk.post(f"{path}/reject", json={"reason_code": "nonsense"}).status_code == 422
    row = desk.post(f"{path}/reject", json={"reason_code": "place_mismatch"}).json
    assert (row["status"], row["reason_code"]) == ("dismissed", "place_mismatch")
    assert row["undo_until"] is not None
    assert me.post(f"{path}/take-back").status_code == 403
    assert me.get("/api/screens/my-interviews").json["tickets"][0]["status"] == "pending"
    booth = me.get(f"/api/screens/booths/{stand.booth.id}").json
    assert booth["mine"]["status"] == "pending"
    assert desk.post(f"{path}/take-back").json["status"] == "pending"
    clock.travel(UNDO)
    desk.post(f"{path}/reject", json={})
    clock.travel(UNDO)
    decisions.deliver_rejections()
    late = desk.post(f"{path}/take-back")
    assert (late.status_code, late.json["type"]) == (409, "/problems/rejection-delivered")
    assert me.get("/api/screens/my-interviews").json["tickets"][0]["status"] == "rejected"
