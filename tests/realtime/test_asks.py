"""What a call page asks its room over the socket that is open anyway."""

from datetime import datetime
from itertools import count

import pytest

from app.core.redis import client
from app.rtc import services
from scripts.stack.valkey import Valkey
from tests.realtime.stage import GatewayProcess, free_port, wait_until
from tests.rtc.stage import Caller, open_room, signal

pytestmark = pytest.mark.serial


@pytest.fixture(scope="module")
def gateway(valkey, config, tmp_path_factory):
    """A gateway beside the application: the same Redis, the same secret."""
    folder = tmp_path_factory.mktemp("gateway")
    process = GatewayProcess(valkey.url, folder / "log", secret=config.secret_key)
    process.start()
    yield process
    process.stop()


class CallPage:
    """One side's page: the first sync over HTTP, then its socket."""

    def __init__(self, app, gateway, room, account_id):
        self.caller = Caller(app, room, account_id)
        self.caller.sync()
        self.page = gateway.page(account_id, token=self.caller.bearer).welcomed()
        self._numbers = count(1)

    def body(self, **changes):
        body = {
            "room": self.caller.room.name,
            "after": self.caller.after,
            "client": self.caller.name,
            "token": self.caller.token,
            "media": {"flowing": True},
        } | changes
        return {name: value for name, value in body.items() if value is not ...}

    def ask(self, **changes):
        number = next(self._numbers)
        self.page.say(t="ask", id=number, about="room", body=self.body(**changes))
        return number

    def answer(self, number):
        while (said := self.page.hear())["t"] == "event":
            pass
        assert (said["t"], said["id"]) == ("answer", number)
        return said.get("refused") or said["body"]


@pytest.fixture
def room(app):
    return open_room()


@pytest.fixture
def student(app, gateway, room):
    page = CallPage(app, gateway, room, room.student_account_id)
    yield page
    page.page.close()


@pytest.fixture
def recruiter(app, gateway, room):
    page = CallPage(app, gateway, room, room.recruiter_account_id)
    yield page
    page.page.close()


def test_socket_answers_as_http_does(student, recruiter):
    recruiter.caller.sync(signal("mute", audio=True))
    answer = student.answer(student.ask())
    over_http = student.caller.post(flowing=True).get_json()
    assert answer["signals"] == over_http["signals"] != []
    assert answer["after"] == over_http["after"]
    assert set(answer) == set(over_http)
    assert answer["open"] is True
    seen = datetime.fromisoformat(answer["peer_seen_at"])
    assert 0 <= (datetime.fromisoformat(answer["server_now"]) - seen).total_seconds() < 5


def test_peer_is_seen_and_the_talk_counted_by_sockets_alone(student, recruiter, room):
    student.answer(student.ask())
    recruiter.answer(recruiter.ask())
    wait_until(lambda: student.answer(student.ask())["talk_seconds"] >= 1, 5)
    before = services.talk_seconds(room)
    assert before >= 1
    recruiter.answer(recruiter.ask(media={"flowing": False}))
    stood = services.talk_seconds(room)
    assert services.talk_seconds(room) == stood


def test_closed_room_is_told(student, room):
    services.close_room(room)
    assert student.answer(student.ask())["open"] is False


def test_seat_is_proved_for_the_sockets_own_account(student, recruiter):
    assert student.answer(student.ask(token=recruiter.caller.token)) == "not-in-room"
    assert student.answer(student.ask(token="forged")) == "room-credential-expired"
    assert student.answer(student.ask(room="iv_ELSEWHERE")) == "room-credential-expired"
    assert student.answer(student.ask(client="another-page")) == "room-taken-over"
    assert student.answer(student.ask())["open"] is True


def test_room_that_redis_forgot_is_read_over_http(app, student):
    client(app).flushdb()
    assert student.answer(student.ask()) == "row-needed"
    student.caller.sync()
    assert student.answer(student.ask())["open"] is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"after": -1},
        {"after": "1"},
        {"after": True},
        {"client": "short"},
        {"token": "x" * 513},
        {"media": {}},
        {"media": None},
        {"room": ...},
        {"room": 7},
        {"signals": []},
    ],
)
def test_malformed_question_is_refused_and_the_socket_stays(student, wrong):
    assert student.answer(student.ask(**wrong)) == "body-invalid"
    assert student.answer(student.ask())["open"] is True


@pytest.mark.parametrize("body", [None, [], "room", 3])
def test_question_without_an_object_is_refused(student, body):
    student.page.say(t="ask", id=1, about="room", body=body)
    assert student.answer(1) == "body-invalid"


@pytest.mark.parametrize(
    "said",
    [
        {"id": 1, "about": "weather", "body": {}},
        {"id": 1, "body": {}},
        {"id": 1, "about": ["room"], "body": {}},
        {"id": "1", "about": "room", "body": {}},
        {"id": True, "about": "room", "body": {}},
        {"id": -1, "about": "room", "body": {}},
        {"id": 2**31, "about": "room", "body": {}},
        {"about": "room", "body": {}},
    ],
)
def test_what_is_no_question_ends_the_connection(gateway, said):
    page = gateway.page(5).welcomed()
    page.say(t="ask", **said)
    assert page.hear() == {"t": "bye", "reason": "protocol"}
    assert page.end() == 1008


def test_questions_of_many_pages_are_answered_to_whom_they_belong(app, gateway):
    rooms = [open_room(f"interview:{number}") for number in range(15)]
    pages = [CallPage(app, gateway, room, room.student_account_id) for room in rooms]
    before = gateway.metric("realtime_answered_total")
    numbers = [page.ask() for page in pages for _ in range(3)]
    for index, page in enumerate(pages):
        for number in numbers[index * 3 : index * 3 + 3]:
            assert page.answer(number)["after"] >= page.caller.after
        page.page.close()
    assert gateway.metric("realtime_answered_total") - before == 45


def test_calls_of_one_page_stay_below_the_flood_limit(student):
    for _ in range(30):  # a recruiter with two colleagues asks 7 times in 10 s
        assert student.answer(student.ask())["open"] is True


def test_page_that_left_is_not_answered(app, gateway, room):
    gone = CallPage(app, gateway, room, room.student_account_id)
    gone.ask()
    gone.page.ws.sock.close()
    page = CallPage(app, gateway, room, room.recruiter_account_id)
    assert page.answer(page.ask())["open"] is True
    page.page.close()


def test_away_redis_refuses_and_the_socket_stays(app, config, room, tmp_path):
    own = Valkey(free_port(), tmp_path / "valkey")
    own.start()
    gateway = GatewayProcess(own.url, tmp_path / "log", secret=config.secret_key)
    gateway.start()
    try:
        page = CallPage(app, gateway, room, room.student_account_id)
        own.stop()
        assert page.answer(page.ask()) == "signals-unavailable"
        page.page.say(t="ping")
        assert page.page.hear()["t"] == "pong"
        page.page.close()
    finally:
        gateway.stop()
        own.stop()
