"""The conversation with one page: hello, pings, topics, questions, farewell."""

import json
import re
import time
from collections.abc import Mapping
from typing import Any

from simple_websocket import ConnectionClosed, Server

from app.core import clock, presence
from app.core.auth import TokenInvalid, read_token
from app.realtime import frames
from app.realtime.asks import Asks
from app.realtime.client import Client, Farewell, Wire, say_goodbye
from app.realtime.hub import Hub
from app.realtime.leases import Leases

HELLO_SECONDS = 10
PING_SECONDS = 15
LARGEST_MESSAGE = 16 * 1024
MOST_TOPICS = 20
TOPIC = re.compile(r"(booth|door|fair):[1-9][0-9]{0,17}")
LARGEST_NUMBER = 2**31
# A page says something four times a minute, and asks 15 times for each call that is on.
BURST_MESSAGES, BURST_SECONDS = 60, 10


class BadMessage(Exception):
    """The page said something that the protocol does not know."""


class Gateway:
    """Talks with pages on behalf of a hub."""

    def __init__(self, hub: Hub, leases: Leases, asks: Mapping[str, Asks]):
        self._hub, self._leases, self._asks = hub, leases, asks

    def serve(self, ws: Server) -> None:
        """Hold one connection from hello to farewell (runs in its own greenlet)."""
        ws.sock = Wire(ws.sock)
        if self._hub.closing:
            return say_goodbye(ws, Farewell.SHUTDOWN)
        try:
            client = self._greet(ws)
        except TokenInvalid:
            return say_goodbye(ws, Farewell.TOKEN)
        except BadMessage:
            return say_goodbye(ws, Farewell.PROTOCOL)
        try:
            self._converse(client)
        except BadMessage:
            client.part(Farewell.PROTOCOL)
        except (OSError, ConnectionClosed):
            return None
        finally:
            self._hub.leave(client)
        if client.farewell:
            client.say_farewell()
        return None

    def _greet(self, ws: Server) -> Client:
        text = ws.receive(timeout=HELLO_SECONDS)
        if text is None:
            raise BadMessage("no hello")
        hello = parse(text)
        if hello.get("t") != "hello" or not isinstance(hello.get("token"), str):
            raise BadMessage("hello comes first")
        caller = read_token(hello["token"])
        client = Client(ws, caller.account_id)
        self._hub.join(client, topics_of(hello))
        self._leases.renew(client.account_id)
        welcome = frames.message(
            "welcome",
            lease_seconds=presence.LEASE_SECONDS,
            ping_seconds=PING_SECONDS,
            catch_up_seconds=self._hub.crowd.turn(),
            now=clock.now().isoformat(),
        )
        client.offer(welcome)
        return client

    def _converse(self, client: Client) -> None:
        ws = client.ws
        began, count = time.monotonic(), 0
        while ws.connected and not client.farewell:
            client.flush()
            while ws.input_buffer and not client.farewell:
                self._take(client, parse(ws.input_buffer.pop(0)))
                count += 1
            if count > BURST_MESSAGES:
                if time.monotonic() - began < BURST_SECONDS:
                    raise BadMessage("too many messages")
                began, count = time.monotonic(), 0
            if ws.connected and not client.farewell:
                ws.event.wait()
                ws.event.clear()

    def _take(self, client: Client, said: dict[str, Any]) -> None:
        client.heard_at = time.monotonic()
        match said.get("t"):
            case "ping":
                if client.visible:
                    self._leases.renew(client.account_id)
                client.offer(frames.message("pong", now=clock.now().isoformat()))
            case "topics":
                self._hub.watch(client, topics_of(said))
            case "away":
                client.visible = False
                if not self._hub.is_visible(client.account_id):
                    self._leases.leave(client.account_id)
            case "here":
                client.visible = True
                self._leases.renew(client.account_id)
            case "ask":
                about, number = question_of(said)
                if about not in self._asks:
                    raise BadMessage("nobody answers that")
                self._asks[about].take(client, number, said.get("body"))
            case _:
                raise BadMessage("unknown message")


def parse(text: str | bytes) -> dict[str, Any]:
    """A message of the page.

    :raises BadMessage: it is not a JSON object
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadMessage("not JSON") from error
    if not isinstance(said, dict):
        raise BadMessage("not an object")
    return said


def topics_of(said: dict[str, Any]) -> list[str]:
    """The topics that a message names, at most 20.

    :raises BadMessage: there are more, or one that nobody publishes
    """
    topics = said.get("topics", [])
    if not isinstance(topics, list) or len(topics) > MOST_TOPICS:
        raise BadMessage("too many topics")
    if not all(isinstance(topic, str) and TOPIC.fullmatch(topic) for topic in topics):
        raise BadMessage("unknown topic")
    return topics


def question_of(said: dict[str, Any]) -> tuple[str, int]:
    """What a page asks about, and the number by which it knows the answer.

    :raises BadMessage: there is no such question
    """
    about, number = said.get("about"), said.get("id")
    if not isinstance(about, str) or type(number) is not int or not 0 <= number < LARGEST_NUMBER:
        raise BadMessage("not a question")
    return about, number
