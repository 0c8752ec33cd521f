"""Who is connected and what they watch; delivery never waits for anybody."""

import logging
import time
from collections import defaultdict
from collections.abc import Collection, Iterable

from app.core.auth import ACCESS_TOKEN_SECONDS
from app.realtime import frames
from app.realtime.client import Client, Farewell
from app.realtime.crowd import Crowd
from app.realtime.metrics import Tally

log = logging.getLogger("realtime")

SOCKETS_PER_ACCOUNT = 8
SILENT_SECONDS = 60  # pages ping every 15 s
ACCOUNT_PREFIX = b"rt:account:"
TOPIC_PREFIX = b"rt:topic:"


class Hub:
    """The registry of one gateway process."""

    def __init__(self, tally: Tally):
        self.tally = tally
        self.closing = False
        self.crowd = Crowd()
        self._accounts: dict[int, dict[Client, None]] = {}  # insertion order: oldest first
        self._topics: dict[str, set[Client]] = defaultdict(set)

    def __len__(self) -> int:
        return sum(map(len, self._accounts.values()))

    @property
    def clients(self) -> list[Client]:
        return [client for clients in self._accounts.values() for client in clients]

    def join(self, client: Client, topics: Collection[str]) -> None:
        """Register a page; the oldest of more than eight pages of one account has to go."""
        mine = self._accounts.setdefault(client.account_id, {})
        mine[client] = None
        self.watch(client, topics)
        staying = [one for one in mine if not one.farewell]
        for oldest in staying[: max(0, len(staying) - SOCKETS_PER_ACCOUNT)]:
            oldest.part(Farewell.REPLACED)

    def watch(self, client: Client, topics: Collection[str]) -> None:
        """Let a page hear of exactly these topics."""
        wanted = frozenset(topics)
        self._unwatch(client, client.topics - wanted)
        for topic in wanted:
            self._topics[topic].add(client)
        client.topics = wanted

    def leave(self, client: Client) -> None:
        """Forget a page."""
        mine = self._accounts.get(client.account_id, {})
        mine.pop(client, None)
        if not mine:
            self._accounts.pop(client.account_id, None)
        self._unwatch(client, client.topics)
        client.topics = frozenset()

    def is_visible(self, account_id: int) -> bool:
        """Whether any page of the account is in front of its person."""
        return any(client.visible for client in self._accounts.get(account_id, ()))

    def deliver(self, channel: bytes, published: bytes) -> None:
        """Hand an event from Redis to the pages it is for."""
        began = time.perf_counter()
        self.tally.published += 1
        if channel.startswith(ACCOUNT_PREFIX):
            clients = self._pages_of(channel[len(ACCOUNT_PREFIX) :].split(b","))
        else:
            clients = list(self._topics.get(channel[len(TOPIC_PREFIX) :].decode(), ()))
        if clients and published.startswith(b"{"):
            self._send(frames.event(published), clients)
            self.tally.fan_out(time.perf_counter() - began)

    def tell(self, client: Client, frame: bytes) -> None:
        """Hand one page what is meant for it alone."""
        self._send(frame, [client])

    def resync(self) -> None:
        """Events were missed: every page reads its screen again when its turn comes."""
        for client in self.clients:
            self.tell(client, frames.resync(self.crowd.turn()))

    def sweep(self) -> None:
        """Part with pages that fell silent or whose token has worn out."""
        now = time.monotonic()
        for client in self.clients:
            if now - client.heard_at > SILENT_SECONDS:
                client.part(Farewell.SLOW)
            elif now - client.greeted_at > ACCESS_TOKEN_SECONDS:
                client.part(Farewell.TOKEN)

    def shut_down(self) -> None:
        """Say goodbye to everybody; new pages are refused from now on."""
        self.closing = True
        log.info("closing %d sockets", len(self))
        for client in self.clients:
            client.part(Farewell.SHUTDOWN)

    def _pages_of(self, accounts: list[bytes]) -> list[Client]:
        numbers = (int(account) for account in accounts if account.isdigit())
        return [client for number in numbers for client in self._accounts.get(number, ())]

    def _send(self, frame: bytes, clients: list[Client]) -> None:
        for client in clients:
            if client.offer(frame):
                self.tally.sent += 1
            else:
                self.tally.dropped += 1
                client.part(Farewell.SLOW)

    def _unwatch(self, client: Client, topics: Iterable[str]) -> None:
        for topic in topics:
            watchers = self._topics[topic]
            watchers.discard(client)
            if not watchers:
                del self._topics[topic]
