"""One Valkey and one gateway for the quiet tests; those that break things bring their own."""

from collections.abc import Iterator

import pytest
from redis import Redis

from scripts.stack.valkey import Valkey
from tests.realtime.stage import GatewayProcess, free_port


@pytest.fixture(scope="module")
def own_valkey(tmp_path_factory) -> Iterator[Valkey]:
    server = Valkey(free_port(), tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def gateway(own_valkey, tmp_path_factory) -> Iterator[GatewayProcess]:
    process = GatewayProcess(own_valkey.url, tmp_path_factory.mktemp("gateway") / "log")
    process.start()
    yield process
    process.stop()


@pytest.fixture
def redis(own_valkey) -> Iterator[Redis]:
    connection = Redis.from_url(own_valkey.url)
    yield connection
    connection.close()
