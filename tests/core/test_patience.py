"""What has waited too long for a worker is refused at once, with a moment to ask again."""

import time

import pytest

from app.core.patience import COMMAND_SECONDS, READ_SECONDS


def stamped(seconds: float) -> dict[str, str]:
    """The header of a request that the proxy took so long ago."""
    return {"X-Request-Start": f"t={time.time() - seconds:.3f}"}


@pytest.fixture
def client(app):
    return app.test_client()


def test_a_read_that_waited_too_long_is_refused_early(client):
    answer = client.get("/healthz", headers=stamped(READ_SECONDS + 1))
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    problem = answer.get_json(force=True)
    assert (
        problem["type"] == "/problems/overloaded" and problem["title"] == "现在人太多，请稍候片刻"
    )
    assert 2 <= problem["retry_after"] <= 8
    assert answer.headers["Retry-After"] == str(problem["retry_after"])


def test_a_command_is_given_more_time_than_a_read(client):
    waited = stamped((READ_SECONDS + COMMAND_SECONDS) / 2)
    assert client.get("/api/client-config", headers=waited).status_code == 503
    assert client.post("/api/login/renew", json={}, headers=waited).status_code == 422
    late = stamped(COMMAND_SECONDS + 1)
    assert client.post("/api/login/renew", json={}, headers=late).status_code == 503


@pytest.mark.parametrize("stamp", ["t=", "soon", "t=nan", "t=0", "t=9999999999"])  # or to come
def test_a_stamp_that_says_nothing_refuses_nobody(client, stamp):
    assert client.get("/healthz", headers={"X-Request-Start": stamp}).status_code == 200


def test_without_a_proxy_nobody_is_refused(client):
    assert client.get("/healthz").status_code == 200
