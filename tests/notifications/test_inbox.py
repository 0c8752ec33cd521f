"""A person's own notifications."""

import pytest

from app.notifications.models import Notification
from app.notifications.services.inbox import PAGE as PAGE_SIZE
from tests.notifications.conftest import PAGE, Cast, Kind


@pytest.mark.spec("G02")
def test_the_newest_comes_first_in_whole_sentences(cast: Cast, login) -> None:
    person = cast.person()
    cast.tell(person)
    newest = cast.tell(person, Kind.INTERVIEW_RESULT, verdict="合适", position="")
    inbox = login(person.account).get("/api/notifications").json
    assert inbox["unread"] == 2
    assert inbox["next_cursor"] is None
    first = inbox["items"][0]
    assert (first["id"], first["page"], first["read_at"]) == (newest, PAGE, None)
    assert first["title"] == "面试结果已出"
    assert first["body"] == "远航科技有限公司 填写了你的面试结果：合适。"


@pytest.mark.parametrize("kind", list(Kind))
def test_no_kind_shows_a_gap(cast: Cast, login, kind: Kind) -> None:
    person = cast.person()
    words = {"text": "展位调整至 B 区", "student": "林小满", "colleague": "何川", "answer": "同意"}
    cast.tell(person, kind, position="", **words)
    (item,) = login(person.account).get("/api/notifications").json["items"]
    assert item["title"]
    assert "{" not in item["body"]
    assert "None" not in item["body"]
    assert "（）" not in item["body"]
    assert "：。" not in item["body"]


def test_pages_meet_without_gap_or_double(cast: Cast, login) -> None:
    person, other = cast.person(), cast.person()
    mine = [cast.tell(person) for _ in range(PAGE_SIZE * 2 + 3)]
    cast.tell(other)
    client, seen, cursor = login(person.account), [], None
    for _ in range(3):
        page = client.get("/api/notifications", query_string={"cursor": cursor} if cursor else {})
        assert page.status_code == 200, page.json
        seen += [item["id"] for item in page.json["items"]]
        cursor = page.json["next_cursor"]
    assert cursor is None
    assert seen == mine[::-1]


def test_a_foreign_cursor_is_refused(cast: Cast, login) -> None:
    client = login(cast.person().account)
    for cursor in ("xyz", "WyJhIl0", "WzEsMl0"):
        answer = client.get("/api/notifications", query_string={"cursor": cursor})
        assert answer.status_code == 422
        assert answer.json["type"] == "/problems/cursor-invalid"


def test_reading_counts_once_and_only_for_oneself(cast: Cast, login) -> None:
    person, other = cast.person(), cast.person()
    told = cast.tell(person)
    foreign = login(other.account).post(f"/api/notifications/{told}/read")
    assert foreign.status_code == 404
    assert foreign.json["type"] == "/problems/notification-not-found"
    client = login(person.account)
    assert client.post(f"/api/notifications/{told}/read").status_code == 204
    read_at = Notification.get_by_id(told).read_at
    assert client.post(f"/api/notifications/{told}/read").status_code == 204
    assert Notification.get_by_id(told).read_at == read_at
    assert client.get("/api/notifications").json["unread"] == 0


def test_nobody_reads_without_a_login(cast: Cast, anybody) -> None:
    assert anybody.get("/api/notifications").status_code == 401
    assert anybody.post("/api/notifications/1/read").status_code == 401
    assert anybody.post("/api/subscriptions", json={"results": {}}).status_code == 401
