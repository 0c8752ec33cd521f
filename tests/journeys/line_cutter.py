"""A hand on somebody's WebSocket: cuts it, mends it, and reads what comes through."""

import json
import re

from playwright.sync_api import BrowserContext, Page, WebSocketRoute

SOCKET = re.compile(r"^ws://[^/]+/ws$")


class LineCutter:
    """Sits between a browser and the realtime server. Install it before a page opens."""

    def __init__(self, context: BrowserContext) -> None:
        self.is_cut = False
        self.events: list[str] = []  # kinds, in the order in which they came through
        self.answers = 0  # to what the pages asked
        self.welcomes = 0  # lines that the server has taken
        self._lines: list[WebSocketRoute] = []
        context.route_web_socket(SOCKET, self._opened)

    def cut(self) -> None:
        """End every line; none can be opened until it is mended."""
        self.is_cut = True
        for line in self._lines:
            line.close(code=1001)
        self._lines.clear()

    def wait_until_taken(self, page: Page) -> None:
        """Until the server has taken a line, and so knows that somebody is there."""
        for _ in range(100):
            if self.welcomes:
                return
            page.wait_for_timeout(100)
        raise AssertionError("no line was taken within ten seconds")

    def mend(self) -> None:
        """From now on a page that tries again gets through."""
        self.is_cut = False

    def _opened(self, line: WebSocketRoute) -> None:
        if self.is_cut:
            line.close(code=1001)
            return
        server = line.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            spoken = json.loads(message)
            if spoken.get("t") == "event":
                self.events.append(spoken["kind"])
            self.answers += spoken.get("t") == "answer"
            self.welcomes += spoken.get("t") == "welcome"
            line.send(message)

        server.on_message(pass_on)
        self._lines.append(line)
