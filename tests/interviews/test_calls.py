"""Notes, results and reminders."""

from datetime import timedelta

import pytest

from app.core import presence
from app.core.errors import InvalidTransition
from app.fairs.services.staging import update_fair
from app.interviews.errors import (
    NotNeeded,
    NotYourInterview,
    NudgedRecently,
    VerdictNotAllowed,
)
from app.interviews.models import Interview, Status
from app.interviews.services import calls, closing, ringing
from app.interviews.services.tickets import get_ticket
from app.notifications.models import Notification, NotificationKind


@pytest.mark.spec("E09", "E17")
def test_notes_and_remark_are_kept_for_the_employer_and_not_shown_to_the_student(
    stand, talking, login
):
    calls.write_notes(talking.id, stand.recruiter.id, "项目经验扎实")
    calls.hang_up(talking.id, stand.recruiter.id)
    calls.conclude(talking.id, stand.recruiter.id, "pass", "安排复试，薪资可谈")
    recruiter, student = login(stand.recruiter), login(talking.student.account)
    shown = recruiter.get(f"/api/screens/recruiter/interviews/{talking.id}").json["interview"]
    assert (shown["notes"], shown["remark"]) == ("项目经验扎实", "安排复试，薪资可谈")
    page = student.get("/api/screens/my-interviews").get_data(as_text=True)
    assert "安排复试" not in page and "项目经验扎实" not in page


@pytest.mark.spec("E10", "E14", "G02")
def test_result_in_the_fairs_own_words_reaches_the_student(stand, talking):
    update_fair(stand.fair.id, verdict_labels={"pass": "合格", "fail": "不合格", "hold": "待定"})
    calls.hang_up(talking.id, talking.student.account_id)
    assert get_ticket(talking.id)["result"] is None
    calls.conclude(talking.id, stand.recruiter.id, "pass")
    assert get_ticket(talking.id)["result"]["label"] == "合格"
    told = Notification.get(kind=NotificationKind.INTERVIEW_RESULT)
    assert told.account_id == talking.student.account_id


@pytest.mark.spec("E10")
def test_phone_offers_the_verdicts_that_the_fair_allows_in_its_words(stand, talking, login):
    recruiter = login(stand.recruiter)

    def offered() -> dict[str, str]:
        return recruiter.get(f"/api/screens/recruiter/interviews/{talking.id}").json["verdicts"]

    assert offered() == {"pass": "合适", "fail": "不合适"}
    update_fair(stand.fair.id, allows_hold=True, verdict_labels={"pass": "进入二面"})
    assert offered() == {"pass": "进入二面", "fail": "不合适", "hold": "待定"}


@pytest.mark.spec("E10")
def test_third_verdict_only_where_the_fair_allows_it(stand, talking):
    calls.hang_up(talking.id, stand.recruiter.id)
    with pytest.raises(VerdictNotAllowed):
        calls.conclude(talking.id, stand.recruiter.id, "hold")
    update_fair(stand.fair.id, allows_hold=True)
    calls.conclude(talking.id, stand.recruiter.id, "hold")
    assert get_ticket(talking.id)["result"]["label"] == "待定"


@pytest.mark.spec("E10")
def test_result_can_be_given_once_and_only_after_the_call(stand, talking):
    with pytest.raises(InvalidTransition):
        calls.conclude(talking.id, stand.recruiter.id, "pass")
    calls.hang_up(talking.id, stand.recruiter.id)
    calls.conclude(talking.id, stand.recruiter.id, "pass")
    with pytest.raises(InvalidTransition):
        calls.conclude(talking.id, stand.recruiter.id, "fail")


@pytest.mark.spec("E11")
def test_offline_student_is_reminded_once_in_five_minutes_with_a_link_to_the_line(stand, travel):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    with pytest.raises(NotNeeded):
        calls.nudge(ticket.id, stand.recruiter.id)
    presence.leave(ticket.student.account_id)
    calls.nudge(ticket.id, stand.recruiter.id)
    with pytest.raises(NudgedRecently) as refusal:
        calls.nudge(ticket.id, stand.recruiter.id)
    assert 290 <= refusal.value.extensions["retry_after"] <= 300
    travel(timedelta(seconds=301))
    calls.nudge(ticket.id, stand.recruiter.id)
    nudges = list(Notification.select().where(Notification.kind == "interview_nudge"))
    assert len(nudges) == 2
    assert nudges[0].page == f"pages-interview/queue/queue?fair_id={stand.fair.id}&id={ticket.id}"


def test_hanging_up_while_it_rings_is_a_miss_or_a_cancelled_ring(stand):
    ticket = stand.factory.waiting(stand.booth, stand.recruiter)
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    calls.hang_up(ticket.id, stand.recruiter.id)
    assert Interview.get_by_id(ticket.id).status == Status.WAITING
    ringing.ring_next(stand.booth.id, stand.recruiter.id)
    calls.hang_up(ticket.id, ticket.student.account_id)
    assert Interview.get_by_id(ticket.id).status == Status.HELD


def test_recruiter_whose_binding_was_revoked_gets_no_credentials_any_more(stand, talking):
    stand.factory.revoke(stand.recruiter)
    with pytest.raises(NotYourInterview):
        calls.issue_credentials(talking.id, stand.recruiter.id)


def test_end_of_the_fair_does_not_cut_a_call(stand, talking, travel):
    travel(stand.fair.ends_at + timedelta(seconds=1))
    closing.close_ended_fairs()
    assert Interview.get_by_id(talking.id).status == Status.IN_CALL
    calls.hang_up(talking.id, stand.recruiter.id)
    calls.conclude(talking.id, stand.recruiter.id, "pass")
    assert Interview.get_by_id(talking.id).status == Status.FINISHED
