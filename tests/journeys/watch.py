"""What a journey must not meet: console errors, page errors, requests to foreign hosts."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, WebSocket

LOCAL_SCHEMES = {"data", "blob", "about", "chrome-error"}


class Watch:
    """Collects a page's complaints. A journey that provokes one says so beforehand."""

    def __init__(self, name: str, own_hosts: frozenset[str]) -> None:
        self.name, self.own_hosts = name, own_hosts
        self.complaints: list[str] = []
        self._expected: list[re.Pattern[str]] = []

    def attach(self, page: Page) -> None:
        """Listen to *page* and everything it frames."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"page error: {error}"))
        page.on("request", self._request)
        page.on("websocket", self._socket)

    def expect(self, pattern: str) -> None:
        """Let complaints that match *pattern* pass: the journey provokes them, such as a 409."""
        self._expected.append(re.compile(pattern))

    def _note(self, complaint: str) -> None:
        if not any(pattern.search(complaint) for pattern in self._expected):
            self.complaints.append(f"{self.name}: {complaint}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            place = message.location.get("url", "")
            self._note(f"console error: {message.text} ({place})")

    def _request(self, request: Request) -> None:
        self._address(request.url)

    def _socket(self, socket: WebSocket) -> None:
        self._address(socket.url)

    def _address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc not in self.own_hosts:
            self._note(f"foreign request: {url[:200]}")
