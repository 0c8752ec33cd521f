"""Whether the process answers, whether it is ready, and what it counts."""

import pytest

from app.config import Config
from app.core import presence
from app.core.database import connect, db


def test_process_that_answers_is_healthy(anybody):
    answer = anybody.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_ready_when_database_and_redis_answer(anybody):
    answer = anybody.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"status": "ready", "database": "ok", "redis": "ok"}


def test_redis_away_is_degraded_but_ready(anybody, frail_redis):
    frail_redis.kill()
    answer = anybody.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["redis"] == "ConnectionError" and answer.json["database"] == "ok"


@pytest.fixture
def no_database(app, tmp_path):
    """The app's database handle leads to a server that is not there."""
    before = db.obj
    if not db.is_closed():
        db.close()
    db.initialize(connect("postgresql://nobody:x@127.0.0.1:1/none"))
    yield
    db.initialize(before)


def test_database_away_is_unavailable(anybody, no_database):
    answer = anybody.get("/readyz")
    assert answer.status_code == 503
    assert (answer.json["status"], answer.json["redis"]) == ("unavailable", "ok")


def test_request_meets_a_database_that_is_away_with_a_chinese_problem(anybody, no_database):
    answer = anybody.get("/api/scenes/f.abc")
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/overloaded")
    assert answer.json["title"] == "服务繁忙，请稍后再试"
    assert answer.headers["Retry-After"] == "2"


def test_connection_that_the_server_dropped_costs_at_most_one_answer(app, anybody, factory):
    if "Postgres" not in type(db.obj).__name__:
        pytest.skip("an embedded database drops nobody")
    fair = factory.fair()
    page = f"/api/screens/fairs/{fair.id}"
    assert anybody.get(page).status_code == 200
    killer = connect(app.extensions["config"].database_url)
    killer.execute_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    killer.close_all()
    codes = [anybody.get(page).status_code for _ in range(4)]
    assert codes[0] in (200, 503) and codes[1:] == [200, 200, 200]


def test_metrics_count_requests(anybody):
    anybody.get("/healthz")
    text = anybody.get("/metrics").get_data(as_text=True)
    assert 'web_requests_total{endpoint="healthz",status="200"}' in text
    assert "web_request_seconds_bucket" in text


def test_hall_page_is_served_without_redis_and_says_nobody_is_online(
    factory, login, frail_redis, config: Config
):
    fair = factory.fair()
    booth = factory.booth(fair)
    recruiter = factory.recruiter(booth)
    student = factory.participant(fair)
    presence.renew(recruiter.id)
    his, hers = login(recruiter), login(student.account)
    his.post(f"/api/booths/{booth.id}/desk")
    hall = f"/api/screens/fairs/{fair.id}/hall"
    assert hers.get(hall).json["items"][0]["desks_online"] == 1
    frail_redis.kill()
    assert hers.get(hall).json["items"][0]["desks_online"] == 0
    assert his.get(f"/api/screens/recruiter/booths/{booth.id}/hall").status_code == 200
    assert hers.post("/api/presence", json={"page": "hall"}).status_code == 204


@pytest.mark.spec("E07")
def test_nobody_is_rung_while_redis_cannot_say_who_is_there(factory, login, frail_redis):
    fair = factory.fair()
    booth = factory.booth(fair)
    recruiter = factory.recruiter(booth)
    ticket = factory.waiting(booth, recruiter)
    frail_redis.kill()
    answer = login(recruiter).post(f"/api/booths/{booth.id}/ring-next")
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/presence-unknown")
    assert type(ticket).get_by_id(ticket.id).status == "waiting"


def test_commands_are_kept_while_redis_is_away(factory, login, frail_redis, caplog):
    fair = factory.fair()
    booth = factory.booth(fair)
    recruiter, student = factory.recruiter(booth), factory.participant(fair)
    frail_redis.kill()
    applied = login(student.account).post(f"/api/booths/{booth.id}/interviews", json={})
    assert applied.status_code == 201, applied.json
    accepted = login(recruiter).post(f"/api/interviews/{applied.json['id']}/accept")
    assert (accepted.status_code, accepted.json["status"]) == (200, "waiting")
    assert "job not queued, the sweep will" in caplog.text
    assert "not sent, pages will poll" in caplog.text
