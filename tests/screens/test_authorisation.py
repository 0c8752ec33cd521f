"""Authorised by object: who may see and touch what, over every route that names one."""

import pytest

from app.bookings.models import Enrolment
from app.core.audit import AuditEntry
from app.interviews.models import Interview
from app.interviews.services import ringing
from app.interviews.services.desks import take_desk

RECRUITER_ROLE, STUDENT_ROLE = ("recruiter",), ("student",)
BODIES = {
    "invite": {"student_id": 1},
    "reject": {"reason": "专业不符"},
    "write_notes": {"notes": "思路清晰"},
    "conclude": {"verdict": "pass"},
    "invite_guest": {"desk_id": 1},
    "transfer": {"desk_id": 1},
    "set_line": {"closed": True},
    "rate_talk": {"stars": 5},
    "switch_mode": {"mode": "text"},
    "say": {"text": "您好"},
    "draft_position": {"title": "测试工程师"},
    "save_position": {"title": "测试工程师", "version": 1},
    "submit_position": {"version": 1},
    "retarget_position": {"school_ids": []},
    "withdraw_positions": {"ids": [1]},
    "start_enrolment": {"employer_id": 1},  # the booth's own
    "save_enrolment": {"place_id": None, "position_ids": [], "interviewers": []},
    "ask_change": {"position_ids": [1], "interviewers": [{"name": "周敏"}]},
    "withdraw_enrolment": {"reason": "行程冲突"},
}
OWN = {"show_booking"}  # shows whoever asks their own employer's form


def routes(app, roles):
    """Every API route that only *roles* may take, with its methods and its places."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            asked = getattr(view, "roles", None)
            if asked is None and hasattr(view, "view_class"):
                asked = getattr(getattr(view.view_class, method.lower()), "roles", None)
            if asked and tuple(asked) == roles and rule.rule.startswith("/api/"):
                yield rule, method


def path_of(app, rule, **values):
    places = {name: values[name] for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, places)


def places_at(booth, ticket):
    """What the routes of a booth, its tickets and its employer name."""
    return {
        "booth_id": booth.id,
        "interview_id": ticket.id,
        "student_id": ticket.student_id,
        "employer_id": booth.employer_id,
        "position_id": booth.employer.positions.get().id,
        "school_id": booth.fair.school_id,
        "fair_id": booth.fair_id,
        "enrolment_id": enrolment_at(booth),
    }


def enrolment_at(booth):
    """The id of an enrolment of the booth's employer."""
    made = {"fair": booth.fair_id, "employer": booth.employer_id, "booth": booth.id}
    row, _ = Enrolment.get_or_create(**made, defaults={"status": "approved"})
    return row.id


def row_of(ticket):
    return Interview.select().where(Interview.id == ticket.id).dicts().get()


@pytest.fixture
def scene(factory, fair, stall):
    """A booth with a ticket of each kind, and a recruiter of another employer at the same fair."""
    booth, other = stall("远航科技"), stall("百川医药")
    recruiter, stranger = factory.recruiter(booth), factory.recruiter(other)
    ticket = factory.waiting(booth, recruiter)
    return booth, ticket, stranger


@pytest.mark.spec("N01")
@pytest.mark.parametrize("stage", ["waiting", "ringing", "in_call"])
def test_recruiter_of_another_employer_is_refused_everywhere(app, scene, login, stage):
    booth, ticket, stranger = scene
    owner = booth.employer.recruiters.get().account_id
    if stage != "waiting":
        ringing.ring_next(booth.id, owner)
    if stage == "in_call":
        ringing.answer_ring(ticket.id, ticket.student.account_id)
    client, before = login(stranger), row_of(ticket)
    audited = AuditEntry.select().count()
    checked = set()
    for rule, method in routes(app, RECRUITER_ROLE):
        if not rule.arguments or rule.endpoint.rpartition(".")[2] in OWN:
            continue
        path = path_of(app, rule, **places_at(booth, ticket))
        body = BODIES.get(rule.endpoint.rpartition(".")[2])
        answer = (
            client.open(path, method=method, json=body)
            if body
            else client.open(path, method=method)
        )
        assert answer.status_code == 403, (method, path, answer.status_code, answer.json)
        assert answer.json["type"] == "/problems/not-your-employer", path
        checked.add(rule.endpoint)
    assert len(checked) >= 12, checked
    assert row_of(ticket) == before and AuditEntry.select().count() == audited


@pytest.mark.spec("N01")
@pytest.mark.parametrize("stage", ["waiting", "ringing", "in_call"])
def test_student_is_refused_on_every_ticket_of_another(app, factory, scene, login, stage):
    booth, ticket, _ = scene
    owner = booth.employer.recruiters.get().account_id
    if stage != "waiting":
        ringing.ring_next(booth.id, owner)
    if stage == "in_call":
        ringing.answer_ring(ticket.id, ticket.student.account_id)
    client, before = login(factory.participant(booth.fair).account), row_of(ticket)
    checked = set()
    for roles in (STUDENT_ROLE, ("student", "recruiter")):
        for rule, method in routes(app, roles):
            if "interview_id" not in rule.arguments:
                continue
            path = path_of(app, rule, interview_id=ticket.id)
            body = BODIES.get(rule.endpoint.rpartition(".")[2], {})
            sent = {} if method == "GET" else {"json": body}
            answer = client.open(path, method=method, **sent)
            assert answer.status_code == 403, (method, rule.rule, answer.json)
            assert answer.json["type"] == "/problems/not-your-interview"
            checked.add(rule.endpoint)
    assert len(checked) >= 9, checked
    assert row_of(ticket) == before


def test_student_cannot_take_a_recruiters_route_of_the_own_ticket(app, scene, login):
    booth, ticket, _ = scene
    client = login(ticket.student.account)
    for rule, method in routes(app, RECRUITER_ROLE):
        path = path_of(app, rule, **places_at(booth, ticket))
        answer = client.open(path, method=method)
        assert (answer.status_code, answer.json["type"]) == (403, "/problems/role-required"), path


def test_colleague_reads_the_ticket_but_is_no_party_of_the_call(factory, scene, login):
    booth, ticket, _ = scene
    owner = booth.employer.recruiters.get().account_id
    colleague = factory.recruiter(booth, "同事")
    ringing.ring_next(booth.id, owner)
    client = login(colleague)
    assert client.get(f"/api/screens/recruiter/interviews/{ticket.id}").status_code == 200
    for answer in (
        client.get(f"/api/screens/calls/{ticket.id}"),
        client.post(f"/api/interviews/{ticket.id}/credentials"),
        client.post(f"/api/interviews/{ticket.id}/hang-up"),
    ):
        assert (answer.status_code, answer.json["type"]) == (403, "/problems/not-your-interview")


def test_what_does_not_exist_is_not_found(app, scene, login, factory):
    _booth, _ticket, stranger = scene
    gone = dict.fromkeys(places_at(_booth, _ticket), 10**6)
    for rule, method in routes(app, RECRUITER_ROLE):
        if rule.arguments:
            body = BODIES.get(rule.endpoint.rpartition(".")[2])
            answer = login(stranger).open(
                path_of(app, rule, **gone), method=method, json=body or {}
            )
            nobodys = "employer_id" in rule.arguments  # whose it is is asked first
            assert answer.status_code == (403 if nobodys else 404), (rule.rule, answer.json)


def test_revoked_recruiter_is_refused_on_the_own_booth(app, factory, scene, login):
    booth, ticket, _ = scene
    account = booth.employer.recruiters.get().account
    take_desk(booth.id, account.id)
    client = login(account)
    factory.revoke(account)
    for rule, method in routes(app, RECRUITER_ROLE):
        if rule.arguments:
            path = path_of(app, rule, **places_at(booth, ticket))
            body = BODIES.get(rule.endpoint.rpartition(".")[2])
            answer = client.open(path, method=method, json=body or {})
            assert (answer.status_code, answer.json["type"]) == (403, "/problems/not-your-employer")
