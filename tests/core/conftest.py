"""A Redis of a test's own, to be taken away."""

from collections.abc import Iterator

import pytest
from flask import Flask
from rq import Queue
from rq.serializers import JSONSerializer

from app.core import redis as redis_store
from app.core.jobs import QueueName
from scripts.stack.valkey import Valkey
from tests.sandbox import free_port


@pytest.fixture
def frail_redis(app: Flask, tmp_path) -> Iterator[Valkey]:
    """The app stands on a Redis that the test may kill; the run's own comes back afterwards."""
    server = Valkey(free_port(), tmp_path)
    server.start()
    before = {name: app.extensions[name] for name in ("redis", "queues")}
    redis = redis_store.connect(server.url)
    app.extensions["redis"] = redis
    app.extensions["queues"] = {
        name: Queue(name, connection=redis, serializer=JSONSerializer) for name in QueueName
    }
    yield server
    app.extensions.update(before)
    server.stop()
