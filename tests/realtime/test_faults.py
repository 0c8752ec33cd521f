"""The gateway with clients that do not read, without Redis, and at its end."""

import json
import socket
import threading
import time

import pytest
from redis import Redis

from scripts.stack.valkey import Valkey
from tests.realtime.stage import GatewayProcess, free_port, token_of, wait_until

pytestmark = pytest.mark.serial


@pytest.fixture
def valkey(tmp_path):
    server = Valkey(free_port(), tmp_path / "valkey")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def gateway(valkey, tmp_path):
    process = GatewayProcess(valkey.url, tmp_path / "gateway.log")
    process.start()
    yield process
    process.stop()


def deaf_page(gateway, *topics):
    """A page that says hello and then never reads."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.connect(("127.0.0.1", gateway.port))
    sock.sendall(
        b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    assert b"101" in sock.recv(2048)
    # Padded, since a frame may use the two-byte length only from 126 bytes on.
    hello = {"t": "hello", "token": token_of(900), "topics": list(topics), "page": "x" * 126}
    text = json.dumps(hello).encode()
    mask = b"\0\0\0\0"
    sock.sendall(bytes((0x81, 0x80 | 126)) + len(text).to_bytes(2, "big") + mask + text)
    return sock


def test_slow_client_is_dropped_while_the_others_get_everything(gateway, valkey):
    redis = Redis.from_url(valkey.url)
    readers = [gateway.page(account, "fair:1").welcomed() for account in range(1, 6)]
    deaf = deaf_page(gateway, "fair:1")
    wait_until(lambda: gateway.metric("realtime_sockets") == 6)
    heard: dict[int, list[int]] = {index: [] for index in range(len(readers))}
    events = 600

    def read(index: int) -> None:
        while len(heard[index]) < events:
            heard[index].append(readers[index].hear_kind("fair.changed", 20)["number"])

    threads = [threading.Thread(target=read, args=(index,)) for index in heard]
    for thread in threads:
        thread.start()
    padding = "双" * 3000
    for number in range(events):
        payload = {"number": number, "padding": padding}
        redis.publish("rt:topic:fair:1", json.dumps({"kind": "fair.changed", "payload": payload}))
        if number % 20 == 0:
            time.sleep(0.02)  # the readers are threads of one Python, as fast as they can
    for thread in threads:
        thread.join(40)
    assert all(numbers == list(range(events)) for numbers in heard.values())
    assert gateway.metric("realtime_dropped_total") == 1
    assert gateway.metric("realtime_sockets") == 5
    deaf.close()
    for page in readers:
        page.close()


def test_shutdown_says_goodbye_with_a_close_frame(gateway):
    pages = [gateway.page(account).welcomed() for account in range(1, 21)]
    began = time.monotonic()
    gateway.terminate()
    for page in pages:
        assert page.hear() == {"t": "bye", "reason": "shutdown"}
        assert page.end() == 1001
    assert gateway.process.wait(12) == 0
    assert time.monotonic() - began < 6, "it waited for the grace time to pass"


def test_pages_are_told_to_resync_when_redis_comes_back(gateway, valkey):
    page = gateway.page(7).welcomed()
    valkey.stop()
    wait_until(lambda: gateway.status("/readyz") == 503)
    assert gateway.status("/healthz") == 200
    page.say(t="ping")
    assert page.hear()["t"] == "pong", "the connection outlives Redis"
    late = gateway.page(8).welcomed()
    valkey.start()
    assert page.hear_kind("resync", 15) == {"catch_up_seconds": 0.0}
    assert late.hear_kind("resync", 15)["catch_up_seconds"] < 1
    redis = Redis.from_url(valkey.url)
    redis.publish("rt:account:7", json.dumps({"kind": "notification.new", "payload": {"id": 1}}))
    assert page.hear_kind("notification.new") == {"id": 1}
    page.say(t="ping")
    wait_until(lambda: redis.exists("presence:7"))
    page.close()
    late.close()


def test_killed_redis_is_noticed_too(gateway, valkey):
    page = gateway.page(9).welcomed()
    valkey._server.kill()
    valkey._server.wait()
    wait_until(lambda: gateway.status("/readyz") == 503)
    valkey.start()
    assert page.hear_kind("resync", 15) == {"catch_up_seconds": 0.0}
    page.close()
