"""Promise-aware admission: below the fair's bar a line offers what can be kept."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock, presence
from app.core.database import atomic
from app.interviews.admission_errors import UnlikelyToBeSeen
from app.interviews.errors import AlreadyInLine
from app.interviews.models import Interview
from app.interviews.services import admission, queue
from app.interviews.services.booth_line import change_line
from app.interviews.services.desks import take_desk
from app.interviews.services.readings import renew_forecasts
from app.students.models import Student

AFTERNOON = datetime(2026, 11, 24, 7, tzinfo=UTC)  # 15:00 at the fair
HOUR = timedelta(hours=1)


@pytest.fixture
def fair(factory, travel):
    """Two hours before its end."""
    travel(AFTERNOON)
    return factory.fair(starts_at=AFTERNOON - 6 * HOUR, ends_at=AFTERNOON + 2 * HOUR)


@pytest.fixture
def hopeless(factory, fair):
    """A booth with one desk and thirty in line."""
    return stand_in_line(factory, factory.booth(fair), 30)


def stand_in_line(factory, booth, count):
    recruiter = factory.recruiter(booth)
    presence.renew(recruiter.id)
    take_desk(booth.id, recruiter.id)
    with atomic():
        for _ in range(count):
            student = Student.create(account=factory.account(), name="学生")
            Interview.create(fair=booth.fair, booth=booth, student=student, status="waiting")
    renew_forecasts()
    return booth


def apply(login, booth, student, **body):
    return login(student.account).post(f"/api/booths/{booth.id}/interviews", json=body)


@pytest.mark.spec("E04")
def test_hopeless_line_says_so_and_offers_what_can_be_kept(factory, login, fair, hopeless):
    quiet = stand_in_line(factory, factory.booth(fair), 1)
    student = factory.participant(fair)
    answer = apply(login, hopeless, student)
    assert answer.status_code == 409 and answer.json["type"] == "/problems/unlikely-to-be-seen"
    body = answer.json
    assert body["seen_chance"] < fair.seen_bar
    assert datetime.fromisoformat(body["low_at"]) < datetime.fromisoformat(body["high_at"])
    assert datetime.fromisoformat(body["closes_at"]) == fair.ends_at
    slots = [one for one in body["offers"] if one["kind"] == "slot"]
    (similar,) = [one for one in body["offers"] if one["kind"] == "similar"]
    assert len(slots) == 3 and similar["booth_id"] == quiet.id
    assert similar["seen_chance"] >= 80 and similar["titles"] == ["后端工程师"]
    assert similar["wait"]["low_minutes"] <= similar["wait"]["high_minutes"]
    assert not Interview.select().where(Interview.student == student).exists()


def test_student_who_knows_may_wait_anyway_and_is_told_the_truth(factory, login, fair, hopeless):
    answer = apply(login, hopeless, factory.participant(fair), anyway=True)
    assert answer.status_code == 201 and answer.json["promise"]["seen_chance"] < fair.seen_bar


@pytest.mark.spec("E04")
def test_slot_is_booked_with_the_application_and_promised(factory, login, fair, hopeless):
    student = factory.participant(fair)
    offers = apply(login, hopeless, student).json["offers"]
    slot_at = next(one["slot_at"] for one in offers if one["kind"] == "slot")
    booked = apply(login, hopeless, student, slot_at=slot_at)
    assert booked.status_code == 201, booked.json
    assert booked.json["slot_at"] == slot_at and booked.json["promise"]["seen_chance"] >= 90
    assert booked.json["promise"]["low_at"] == slot_at


def test_short_line_admits_without_a_word(factory, login, fair):
    booth = stand_in_line(factory, factory.booth(fair), 2)
    assert apply(login, booth, factory.participant(fair)).status_code == 201


def test_bar_of_zero_switches_it_off(factory, login, travel):
    travel(AFTERNOON)
    fair = factory.fair(starts_at=AFTERNOON - HOUR, ends_at=AFTERNOON + HOUR, seen_bar=0)
    booth = stand_in_line(factory, factory.booth(fair), 30)
    assert apply(login, booth, factory.participant(fair)).status_code == 201


def test_nobody_is_turned_away_before_the_fair_begins(factory, login, travel):
    travel(AFTERNOON)
    fair = factory.fair(
        starts_at=AFTERNOON + HOUR, ends_at=AFTERNOON + 2 * HOUR, can_apply_ahead=True
    )
    booth = stand_in_line(factory, factory.booth(fair), 30)
    assert apply(login, booth, factory.participant(fair)).status_code == 201


def test_empty_line_admits_in_the_last_minute(factory, login, fair, travel):
    booth = stand_in_line(factory, factory.booth(fair), 0)
    travel(fair.ends_at - timedelta(minutes=1))
    assert apply(login, booth, factory.participant(fair)).status_code == 201


def test_spent_quota_turns_away_from_its_line(factory, login, fair):
    booth = stand_in_line(factory, factory.booth(fair), 3)
    change_line(booth.id, booth.employer.recruiters[0].account_id, {"quota": 3})
    renew_forecasts()
    assert apply(login, booth, factory.participant(fair)).status_code == 409


def test_who_stands_there_already_hears_that_instead(factory, fair, hopeless):
    student = factory.participant(fair)
    queue.apply_for_interview(hopeless.id, student.account_id, anyway=True)
    with pytest.raises(AlreadyInLine):
        queue.apply_for_interview(hopeless.id, student.account_id)


def test_domain_above_may_offer_more(factory, fair, hopeless):
    @admission.offer_from("recorded")
    def offer_recorded(case):
        return [{"booth_id": case.booth.id}]

    try:
        with pytest.raises(UnlikelyToBeSeen) as refused:
            queue.apply_for_interview(hopeless.id, factory.participant(fair).account_id)
    finally:
        del admission._SOURCES["recorded"]
    assert refused.value.extensions["offers"][-1] == {"kind": "recorded", "booth_id": hopeless.id}


def test_booth_page_shows_the_promise_and_the_slots_before_applying(factory, login, fair, hopeless):
    her = login(factory.participant(fair).account)
    line = her.get(f"/api/screens/booths/{hopeless.id}").json["line"]
    assert line["promise"]["seen_chance"] < fair.seen_bar and line["promise"]["ahead"] == 30
    assert len(line["slots"]) >= 3
    quiet = stand_in_line(factory, factory.booth(fair), 1)
    line = her.get(f"/api/screens/booths/{quiet.id}").json["line"]
    assert line["promise"]["seen_chance"] >= 80 and line["slots"] == []


def test_hall_shows_every_booths_chance_and_wait(factory, login, fair, hopeless):
    quiet = stand_in_line(factory, factory.booth(fair), 1)
    never_read = factory.booth(fair)
    items = login(factory.participant(fair).account).get(f"/api/screens/fairs/{fair.id}/hall").json
    by_id = {item["booth_id"]: item for item in items["items"]}
    assert by_id[hopeless.id]["seen_chance"] < fair.seen_bar
    assert by_id[quiet.id]["seen_chance"] >= 80
    assert by_id[hopeless.id]["wait"]["low_minutes"] > by_id[quiet.id]["wait"]["high_minutes"]
    assert by_id[never_read.id]["seen_chance"] is None and by_id[never_read.id]["wait"] is None


def test_alternatives_are_likelier_and_leave_out_where_i_stand(factory, login, fair, hopeless):
    student = factory.participant(fair)
    near, mine, closed, full = (stand_in_line(factory, factory.booth(fair), 1) for _ in range(4))
    queue.apply_for_interview(mine.id, student.account_id)
    change_line(closed.id, closed.employer.recruiters[0].account_id, {"closed": True})
    change_line(full.id, full.employer.recruiters[0].account_id, {"quota": 1})
    change_line(near.id, near.employer.recruiters[0].account_id, {"quota": 2})
    found = login(student.account).get(f"/api/screens/booths/{hopeless.id}/alternatives").json
    assert [item["booth_id"] for item in found["items"]] == [near.id]
    assert found["items"][0]["in_line"] == 1
    assert clock.now() == AFTERNOON
