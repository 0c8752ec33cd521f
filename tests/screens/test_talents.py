"""人才大厅: found by what they can, reached only through an invitation (E06, N01)."""

import pytest

from app.core.audit import AuditEntry
from app.fairs.models import Participation
from app.fairs.services.entry import block_participant
from app.interviews.models import Interview
from app.interviews.services.closing import withdraw_booth
from app.interviews.services.queue import agree_to_invitation, decline_invitation, invite_student
from app.students.services import save_section

PHONE, MAIL = "13800006666", "student@example.com"  # of the factory's students


@pytest.fixture
def stand(factory, fair, stall, login):
    booth = stall()
    recruiter = factory.recruiter(booth)
    return booth, recruiter, login(recruiter)


def talents(stand, **query):
    booth, _, client = stand
    answer = client.get(f"/api/screens/recruiter/booths/{booth.id}/talents", query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json


def words(value):
    """Every key and every text inside."""
    if isinstance(value, dict):
        return [word for key, inner in value.items() for word in (key, *words(inner))]
    if isinstance(value, list):
        return [word for inner in value for word in words(inner)]
    return [str(value)]


@pytest.mark.spec("E06", "N01")
def test_talents_and_their_resumes_carry_no_contact_detail(stand, me):
    booth, _, client = stand
    listed = talents(stand)
    assert [item["name"] for item in listed["items"]] == ["林小满"]
    one = client.get(f"/api/screens/recruiter/booths/{booth.id}/talents/{me.id}").json
    assert one["content"]["education"][0]["school"] == "江海大学" and one["completeness"] > 70
    for page in (listed, one):
        told = words(page)
        assert not {"phone", "email", PHONE, MAIL} & set(told)
        assert not any(PHONE in word or MAIL in word for word in told)


@pytest.mark.spec("E06")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "小满"}, {"林小满"}),
        ({"q": "Python"}, {"林小满", "王一"}),
        ({"q": "python 临床"}, {"王一"}),
        ({"q": "数据分析"}, {"王一"}),
        ({"q": "江海"}, {"林小满", "王一"}),
        ({"q": "%"}, set()),
        ({"q": '"'}, set()),
        ({"degree": "master"}, {"王一"}),
        ({"degree": "doctor"}, set()),
        ({}, {"林小满", "王一"}),
    ],
)
def test_talents_are_found_by_name_school_major_skill_and_intention(
    factory, fair, stand, me, query, found
):
    other = factory.participant(fair, "王一")
    basics = {"name": "王一", "school": "江海大学", "major": "临床医学", "degree": "master"}
    save_section(other.account_id, "basics", basics, None)
    save_section(other.account_id, "intention", {"positions": ["数据分析"]}, None)
    assert {item["name"] for item in talents(stand, **query)["items"]} == found


def test_pages_show_every_talent_once_the_newest_first(factory, fair, stand):
    template = factory.student()
    ids = []
    for _ in range(65):
        student = type(template).create(account=factory.account(), name="某同学")
        Participation.create(fair=fair, student=student)
        ids.append(student.id)
    seen, cursor = [], ""
    while cursor is not None:
        page = talents(stand, cursor=cursor)
        seen += [item["student_id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ids[::-1]


def test_only_students_who_are_in_this_fair_are_shown(factory, fair, stand):
    factory.participant(factory.fair())
    removed = factory.participant(fair)
    block_participant(Participation.get(student=removed).id, "违规")
    booth, _, client = stand
    assert talents(stand)["items"] == []
    answer = client.get(f"/api/screens/recruiter/booths/{booth.id}/talents/{removed.id}")
    assert (answer.status_code, answer.json["type"]) == (404, "/problems/not-a-talent")


def test_unknown_degree_and_forged_cursor_are_refused(stand):
    booth, _, client = stand
    path = f"/api/screens/recruiter/booths/{booth.id}/talents"
    assert client.get(path, query_string={"degree": "小学"}).status_code == 422
    answer = client.get(path, query_string={"cursor": "WyJ4Il0"})
    assert (answer.status_code, answer.json["type"]) == (422, "/problems/cursor-invalid")


def contact(client, ticket):
    page = client.get(f"/api/screens/recruiter/interviews/{ticket}").json
    inside = {PHONE, MAIL} & set(words(page["resume"]))
    assert bool(inside) == bool(page["contact"]["phone"])
    return page["contact"]


@pytest.mark.spec("E06", "N01")
def test_contact_detail_shows_once_the_student_has_agreed(stand, me):
    booth, recruiter, client = stand
    ticket = invite_student(booth.id, recruiter.id, me.id)
    assert contact(client, ticket) == {"phone": None, "email": None}
    assert talents(stand)["items"][0]["ticket"] == {"id": ticket, "status": "invited"}
    agree_to_invitation(ticket, me.account_id)
    assert contact(client, ticket) == {"phone": PHONE, "email": MAIL}


@pytest.mark.spec("N01")
def test_declined_or_lapsed_invitation_never_shows_contact_detail(factory, fair, stand, me):
    booth, recruiter, client = stand
    declined = invite_student(booth.id, recruiter.id, me.id)
    decline_invitation(declined, me.account_id)
    lapsed = invite_student(booth.id, recruiter.id, factory.participant(fair).id)
    withdraw_booth(booth.id)
    assert Interview.get_by_id(lapsed).status == "lapsed"
    for ticket in (declined, lapsed):
        assert contact(client, ticket) == {"phone": None, "email": None}


def test_applicants_contact_is_shown_and_who_looked_is_written_down(factory, stand):
    booth, recruiter, client = stand
    ticket = factory.pending(booth)
    assert contact(client, ticket.id)["phone"] == PHONE
    seen = AuditEntry.get(AuditEntry.action == "view_resume")
    assert (seen.actor_id, seen.actor_role) == (recruiter.id, "recruiter")
    assert (seen.subject, seen.after) == (f"student:{ticket.student_id}", {"interview": ticket.id})
