"""The hall of a fair: employers and positions, searched and paged."""

from datetime import timedelta

import pytest

from app.core import clock, presence
from app.core.pagination import encode_cursor
from app.employers.services import update_employer
from app.fairs.models import Booth, Participation
from app.fairs.services.staging import cancel_fair, postpone_fair, update_fair
from app.forecasts.models import Forecast
from app.interviews.services.closing import withdraw_booth
from app.interviews.services.decisions import deliver_rejections, reject_application
from app.interviews.services.queue import (
    accept_application,
    apply_for_interview,
    withdraw_ticket,
)
from app.positions.services import withdraw_position


@pytest.fixture
def hall(login, me, fair):
    client = login(me.account)

    def show(**query):
        answer = client.get(f"/api/screens/fairs/{fair.id}/hall", query_string=query)
        assert answer.status_code == 200, answer.json
        return answer.json

    return show


def names(page):
    return [item["employer"]["name"] for item in page["items"]]


@pytest.mark.spec("C12")
def test_hall_shows_every_open_booth_with_its_published_positions(hall, stall):
    shown, gone = stall("远航科技", number="A1"), stall("走了的公司", number="A2")
    withdraw_booth(gone.id)
    page = hall()
    assert names(page) == ["远航科技"]
    card = page["items"][0]
    assert (card["number"], card["in_line"], card["mine"]) == ("A1", 0, None)
    position = card["positions"][0]
    assert (position["title"], position["salary_min"]) == ("后端工程师", 8000)
    withdraw_position(position["id"])
    assert hall()["items"][0]["positions"] == [] and shown


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("远航", {"远航科技"}),
        ("后端", {"远航科技", "百川医药"}),
        ("后端 上海", {"百川医药"}),
        ("临床", {"百川医药"}),
        ("杭州", {"远航科技"}),
        ("％", set()),
        ("%", set()),
        ("_", set()),
        ("'; DROP TABLE booth; --", set()),
        ("没有这个词", set()),
        ("", {"远航科技", "百川医药"}),
    ],
)
def test_search_looks_at_names_positions_majors_and_cities(hall, stall, words, found):
    stall("远航科技", title="后端工程师", city="杭州", majors="计算机类")
    stall("百川医药", title="后端数据", city="上海", majors="临床医学", industry="医药")
    assert set(names(hall(q=words))) == found


def test_industries_are_those_of_the_fair_and_filter_it(factory, hall, stall):
    stall("远航科技", industry="软件")
    stall("百川医药", industry="医药")
    stall("无名", industry="")
    other = factory.booth(factory.fair())
    update_employer(other.employer_id, industry="航天")
    page = hall(industry="医药")
    assert names(page) == ["百川医药"]
    assert page["industries"] == sorted(["医药", "软件"]) and len(hall()["items"]) == 3


def test_pages_together_show_every_booth_once_even_when_some_come_and_go(hall, stall):
    made = [stall(f"单位{n:02}", number=f"C{n:02}") for n in range(45)]
    first = hall()
    assert len(first["items"]) == 20 and first["next_cursor"]
    stall("插队的", number="C00A")  # on a page already seen
    withdraw_booth(made[20].id)  # the very next one
    second = hall(cursor=first["next_cursor"])
    third = hall(cursor=second["next_cursor"])
    assert third["next_cursor"] is None
    seen = names(first) + names(second) + names(third)
    assert len(seen) == len(set(seen)) == 44
    assert set(seen) == {f"单位{n:02}" for n in range(45)} - {"单位20"}


def test_last_page_that_is_full_has_no_next(hall, stall):
    for n in range(20):
        stall(f"单位{n}")
    assert hall()["next_cursor"] is None


@pytest.mark.parametrize(
    "cursor",
    ["x", "!!!", encode_cursor(1), encode_cursor(1, "A1"), encode_cursor("A1", 2**80), "双选"],
)
def test_forged_cursor_is_refused(login, me, fair, cursor):
    answer = login(me.account).get(
        f"/api/screens/fairs/{fair.id}/hall", query_string={"cursor": cursor}
    )
    assert (answer.status_code, answer.json["type"]) == (422, "/problems/cursor-invalid")
    assert answer.json["title"] == "翻页位置无效，请重新加载列表"


def test_my_ticket_the_line_and_who_is_there_are_on_the_card(factory, hall, stall, login, me):
    booth = stall()
    recruiter = factory.recruiter(booth)
    login(recruiter).post(f"/api/booths/{booth.id}/desk")
    presence.renew(recruiter.id)
    ticket = apply_for_interview(booth.id, me.account_id)
    card = hall()["items"][0]
    assert card["mine"] == {"interview_id": ticket, "status": "pending"}
    assert (card["in_line"], card["desks_online"]) == (0, 1)
    accept_application(ticket, recruiter.id)
    assert hall()["items"][0]["in_line"] == 1
    withdraw_ticket(ticket, me.account_id)
    assert hall()["items"][0]["mine"] is None


def booth_page(client, booth):
    return client.get(f"/api/screens/booths/{booth.id}").json


@pytest.mark.spec("C12")
def test_booth_page_has_the_whole_of_employer_and_positions(stall, login, me):
    booth = stall()
    update_employer(booth.employer_id, introduction="做航运软件的公司")
    page = booth_page(login(me.account), booth)
    assert page["employer"]["introduction"] == "做航运软件的公司"
    assert {"duties", "requirements", "majors"} <= page["positions"][0].keys()
    assert (page["can_apply"], page["why_not"]) == (True, "")


@pytest.mark.spec("E02", "E05")
def test_booth_page_says_why_i_cannot_apply(factory, stall, login, me, fair, travel):
    client, booth = login(me.account), stall()
    recruiter = factory.recruiter(booth)
    ticket = apply_for_interview(booth.id, me.account_id)
    assert booth_page(client, booth)["why_not"] == "您已在该单位的面试队列中"
    reject_application(ticket, recruiter.id)
    assert booth_page(client, booth)["mine"]["status"] == "pending"  # until it is delivered
    travel(timedelta(seconds=fair.undo_seconds))
    assert deliver_rejections() == 1
    page = booth_page(client, booth)
    assert (page["can_apply"], page["mine"]["status"]) == (False, "rejected")
    assert "婉拒" in page["why_not"]
    closed = stall()
    withdraw_booth(closed.id)
    assert booth_page(client, closed)["why_not"] == "该展位已关闭"
    free = stall()
    tomorrow = clock.now() + timedelta(days=1)
    update_fair(fair.id, starts_at=tomorrow, doors_open_at=tomorrow)
    page = booth_page(client, free)
    assert page["why_not"] == "仅双选会当天可以申请面试"
    assert page["why_code"] == "outside-application-hours"
    postpone_fair(fair.id)
    page = booth_page(client, free)
    assert "延期" in page["why_not"] and page["why_code"] == "fair-postponed"
    cancel_fair(fair.id)
    page = booth_page(client, free)
    assert "取消" in page["why_not"] and page["why_code"] == "fair-cancelled"


def test_what_the_page_promises_the_command_keeps(factory, stall, login, me, travel, fair):
    client, booth = login(me.account), stall()
    for instant in (fair.ends_at - timedelta(minutes=1), fair.ends_at):
        travel(instant)
        factory.device_check(me)
        may = booth_page(client, booth)["can_apply"]
        done = client.post(f"/api/booths/{booth.id}/interviews", json={}).status_code == 201
        assert may is done
        if done:
            ticket = client.get("/api/screens/my-interviews").json["tickets"][0]["id"]
            withdraw_ticket(ticket, me.account_id)
    assert booth_page(client, booth)["why_not"] == "双选会已结束"


def test_hall_and_booth_of_a_fair_i_have_not_entered_are_closed(factory, login, stall, fair):
    stranger, booth = login(factory.student().account), stall()
    for path in (f"fairs/{fair.id}/hall", f"booths/{booth.id}"):
        answer = stranger.get(f"/api/screens/{path}")
        assert (answer.status_code, answer.json["type"]) == (403, "/problems/not-in-fair")
    assert Participation.select().count() == 0


def test_home_page_counts_what_can_be_seen(anybody, stall, fair):
    stall("远航科技")
    gone = stall("走了的公司")
    withdraw_booth(gone.id)
    withdrawn = stall("没有岗位的公司")
    withdraw_position(withdrawn.offers.get().position_id)
    shown = anybody.get(f"/api/screens/fairs/{fair.id}").json["fair"]
    assert (shown["employers"], shown["positions"]) == (2, 1)


def test_client_is_told_its_addresses_and_no_secret(anybody, environment):
    answer = anybody.get("/api/client-config")
    assert answer.json["mini_appid"] == environment["WECHAT_MINI_APPID"]
    assert answer.json["poll_seconds"] == 10
    text = answer.get_data(as_text=True)
    for name in ("SECRET_KEY", "DATA_KEY", "WECHAT_MINI_SECRET", "WECHAT_SERVICE_SECRET"):
        assert environment[name] not in text


def forecast(booth, desks=1, high_seconds=600):
    Forecast.insert(
        booth=booth, fair=booth.fair, desks=desks, low_seconds=60, high_seconds=high_seconds
    ).on_conflict(
        conflict_target=[Forecast.booth],
        update={Forecast.desks: desks, Forecast.high_seconds: high_seconds},
    ).execute()


def test_hall_by_wait_lists_the_shortest_first_and_who_calls_nobody_last(hall, stall):
    forecast(stall("人多", number="A1"), high_seconds=5400)
    forecast(stall("没人", number="A2"), desks=0, high_seconds=0)
    stall("未知", number="A3")
    forecast(stall("快", number="A4"), high_seconds=300)
    assert names(hall(sort="wait")) == ["快", "人多", "没人", "未知"]
    assert names(hall()) == ["人多", "没人", "未知", "快"]


def test_hall_by_wait_pages_through_every_booth_once(hall, stall):
    for number in range(23):
        forecast(stall(number=f"B{number:02}"), high_seconds=300 * (number % 3))
    first = hall(sort="wait")
    second = hall(sort="wait", cursor=first["next_cursor"])
    shown = [item["number"] for item in first["items"] + second["items"]]
    assert len(shown) == len(set(shown)) == 23 and second["next_cursor"] is None
    assert shown == sorted(shown, key=lambda number: (int(number[1:]) % 3, number))


def test_hall_shows_only_open_lines_when_asked(hall, stall):
    stall("开放", number="A1")
    Booth.update(line_closed_at=clock.now()).where(Booth.id == stall("截止").id).execute()
    Booth.update(paused_at=clock.now()).where(Booth.id == stall("暂停").id).execute()
    assert names(hall(open="true")) == ["开放"] and len(hall()["items"]) == 3
    assert names(hall(open="true", sort="wait", q="开放")) == ["开放"]


def test_cursor_of_one_order_is_refused_by_the_other(login, me, fair):
    client = login(me.account)
    cursor = encode_cursor("A1", 5)
    answer = client.get(f"/api/screens/fairs/{fair.id}/hall?sort=wait&cursor={cursor}")
    assert answer.status_code == 422
