"""What a page or a command may ask the database: a fixed number, however long the lists are."""

import pytest

from app.core import presence
from app.core.audit import Actor, enter
from app.core.database import atomic
from app.fairs.models import Participation
from app.interviews.models import Interview
from app.interviews.services.queue import apply_for_interview
from app.interviews.services.readings import renew_forecasts
from app.interviews.services.rows import HEAD
from app.students.models import Student
from tests.counting import queries


@pytest.fixture
def ask(app):
    """What a call asks, after a first one has warmed up what is written once."""

    def counted(call):
        with queries() as asked:
            answer = call()
        assert answer.status_code in (200, 201), answer.json
        return asked

    return counted


def crowd(factory, fair, booth, size, status="waiting"):
    """Tickets of *size* students at a booth."""
    template = factory.participant(fair)
    with atomic():
        accounts = [factory.account() for _ in range(size)]
        for account in accounts:
            student = Student.create(account=account, name=account.name, major="软件工程")
            Participation.create(fair=fair, student=student)
            Interview.create(fair=fair, booth=booth, student=student, status=status)
    for account in accounts[:5]:
        presence.renew(account.id)
    return template


def test_entering_a_fair(ask, factory, login, fair):
    first, second = factory.student(), factory.student()
    ask(lambda: login(first.account).post(f"/api/fairs/{fair.id}/enter"))
    client = login(second.account)
    asked = ask(lambda: client.post(f"/api/fairs/{fair.id}/enter"))
    assert len(asked) <= 8, str(asked)


def test_applying(ask, factory, login, fair, stall):
    booth = stall()
    factory.recruiter(booth)
    crowd(factory, fair, booth, 30)
    client = login(factory.participant(fair).account)
    renew_forecasts()
    asked = ask(lambda: client.post(f"/api/booths/{booth.id}/interviews", json={}))
    assert len(asked) <= 10, str(asked)


@pytest.mark.parametrize("size", [5, 300, 2000])
def test_ringing_the_next_does_not_grow_with_the_line(ask, factory, login, fair, stall, size):
    booth = stall()
    recruiter = factory.recruiter(booth)
    crowd(factory, fair, booth, size)
    client = login(recruiter)
    client.post(f"/api/booths/{booth.id}/desk")
    asked = ask(lambda: client.post(f"/api/booths/{booth.id}/ring-next"))
    assert len(asked) <= 19, str(asked)


def growth(ask, page, grow):
    """How many more statements a page asks after *grow*."""
    ask(page)
    before = len(ask(page))
    grow()
    ask(page)
    after = ask(page)
    return len(after) - before, after


def test_queue_page_with_ten_tickets_asks_as_often_as_with_one(ask, login, me, stall, fair):
    client = login(me.account)
    apply_for_interview(stall().id, me.account_id)

    def more():
        for _ in range(9):
            apply_for_interview(stall().id, me.account_id)

    grown, asked = growth(
        ask, lambda: client.get(f"/api/screens/my-interviews?fair_id={fair.id}"), more
    )
    assert grown == 0 and len(asked) <= 5, str(asked)


def test_hall_with_twenty_booths_asks_as_often_as_with_one(ask, login, me, stall, fair):
    client = login(me.account)
    stall()
    page = lambda: client.get(f"/api/screens/fairs/{fair.id}/hall")  # noqa: E731
    grown, asked = growth(ask, page, lambda: [stall() for _ in range(19)])
    assert grown == 0 and len(asked) <= 9, str(asked)


def test_recruiters_hall_with_three_hundred_rows_asks_as_often_as_with_one(
    ask, factory, login, fair, stall
):
    booth = stall()
    client = login(factory.recruiter(booth))
    crowd(factory, fair, booth, 1)
    page = lambda: client.get(f"/api/screens/recruiter/booths/{booth.id}/hall")  # noqa: E731
    grown, asked = growth(ask, page, lambda: crowd(factory, fair, booth, 300))
    shown = page().json
    assert [row["ahead"] for row in shown["waiting"]] == list(range(HEAD))
    assert shown["counts"]["waiting"] == 301
    assert grown <= 1 and len(asked) <= 10, str(asked)  # how those offline could be reached
    whole = client.get(f"/api/screens/recruiter/booths/{booth.id}/hall?whole=true").json["waiting"]
    assert [row["ahead"] for row in whole] == list(range(301))


def test_head_of_a_long_line_holds_who_is_next_and_who_is_on_call(factory, login, fair, stall):
    booth = stall()
    recruiter = factory.recruiter(booth)
    client = login(recruiter)
    crowd(factory, fair, booth, 3 * HEAD)
    Interview.update(status="held").execute()
    late = [factory.waiting(booth, recruiter) for _ in range(2)]
    page = lambda: client.get(f"/api/screens/recruiter/booths/{booth.id}/hall").json  # noqa: E731
    shown = page()
    assert [row["id"] for row in shown["waiting"][2 * HEAD :]] == [late[0].id]
    assert shown["next_id"] == late[0].id and shown["waiting"][-1]["ahead"] == 3 * HEAD
    client.post(f"/api/booths/{booth.id}/ring-next")
    on_call = [row for row in page()["waiting"] if row["status"] == "ringing"]
    assert [row["id"] for row in on_call] == [late[0].id]


@pytest.mark.spec("E05")
def test_head_of_many_applications_holds_rejections_that_can_be_taken_back(
    factory, login, fair, stall
):
    booth = stall()
    recruiter = factory.recruiter(booth)
    client = login(recruiter)
    crowd(factory, fair, booth, 2 * HEAD, status="pending")
    slip = factory.pending(booth)
    client.post(f"/api/interviews/{slip.id}/reject", json={"reason": "手滑"})
    shown = client.get(f"/api/screens/recruiter/booths/{booth.id}/hall").json
    assert [row["id"] for row in shown["pending"][HEAD:]] == [slip.id]
    assert shown["counts"]["pending"] == 2 * HEAD


def test_recruiters_home_with_many_booths_asks_as_often_as_with_one(ask, factory, login):
    booth = factory.booth()
    client = login(factory.recruiter(booth))

    def more():
        for _ in range(5):
            factory.booth(factory.fair(), booth.employer)

    grown, asked = growth(ask, lambda: client.get("/api/screens/recruiter"), more)
    assert grown == 0 and len(asked) <= 3, str(asked)


def test_lists_of_fairs_and_talents_ask_a_fixed_number(ask, factory, login, fair, stall, me):
    hers, booth = login(me.account), stall()
    his = login(factory.recruiter(booth))
    fairs = lambda: hers.get("/api/screens/my-fairs")  # noqa: E731
    grown, asked = growth(ask, fairs, lambda: [factory.fair() for _ in range(5)])
    assert grown == 0 and len(asked) <= 2, str(asked)
    talents = lambda: his.get(f"/api/screens/recruiter/booths/{booth.id}/talents")  # noqa: E731
    grown, asked = growth(ask, talents, lambda: crowd(factory, fair, booth, 25))
    assert grown == 0 and len(asked) <= 5, str(asked)


def test_counter_sees_every_statement(app):
    enter(Actor())
    with queries() as asked:
        list(Interview.select())
        Interview.select().count()
    assert len(asked) == 2
