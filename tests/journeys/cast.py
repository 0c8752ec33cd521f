"""The people of a journey: each a page in a browser, on a phone or at a desktop."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from scripts.stack.stack import Stack
from tests.journeys import media
from tests.journeys.watch import Watch

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
)
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
# Keeps a picture of a page under a name, for people to look at.
TakePicture = Callable[[Page, str], None]
CHINA: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}

# Every connection a page opens is kept, so that a test can read how many frames were decoded.
KEEP_CONNECTIONS = """
(() => {
  if (!window.RTCPeerConnection || window.__connections) return;
  const kept = window.__connections = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...words) { super(...words); kept.push(this); }
  };
})()
"""
FRAMES_DECODED = """
async () => {
  let most = 0;
  for (const connection of window.__connections || []) {
    for (const report of (await connection.getStats()).values()) {
      if (report.type === 'inbound-rtp' && report.kind === 'video')
        most = Math.max(most, report.framesDecoded || 0);
    }
  }
  return most;
}
"""
CENTRE_COLOUR = """
(video) => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 8;
  const pen = canvas.getContext('2d');
  const [w, h] = [video.videoWidth, video.videoHeight];
  if (!w) return null;
  pen.drawImage(video, w * 0.4, h * 0.3, w * 0.2, h * 0.2, 0, 0, 8, 8);
  return Array.from(pen.getImageData(4, 4, 1, 1).data).slice(0, 3);
}
"""


@dataclass
class Person:
    """Somebody in front of a screen."""

    name: str
    page: Page
    watch: Watch

    def frames_decoded(self) -> int:
        """Return how many video frames have arrived from the other side."""
        return int(self.page.evaluate(FRAMES_DECODED))

    def sees_colour(self, video: str) -> str | None:
        """Return whose camera colour the *video* element shows; None while it shows nothing."""
        rgb = self.page.locator(video).evaluate(CENTRE_COLOUR)
        return media.nearest_colour(tuple(rgb)) if rgb else None

    def comes_to_see(self, video: str, colour: str, seconds: float = 20) -> bool:
        """Wait until the *video* element shows *colour*."""
        return self._until(lambda: self.sees_colour(video) == colour, seconds)

    def decodes_more_than(self, frames: int, seconds: float = 20) -> bool:
        """Wait until more than *frames* have arrived from the other side."""
        return self._until(lambda: self.frames_decoded() > frames, seconds)

    def _until(self, holds: Callable[[], bool], seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                return False
            self.page.wait_for_timeout(150)  # lets the page go on; no event tells of a new frame
        return True


class Browsers:
    """One browser for each camera, kept for the whole run; every journey has contexts of its own."""

    def __init__(self, playwright: Playwright, chromium: str, films: Path) -> None:
        self._playwright, self._chromium, self._films = playwright, chromium, films
        self._open: dict[str, Browser] = {}

    def with_camera(self, camera: str) -> Browser:
        """The browser that films *camera*; launched anew when it has crashed."""
        known = self._open.get(camera)
        if known is None or not known.is_connected():
            flags = list(FLAGS)
            if camera:
                film = media.camera(self._films, camera)
                tone = media.microphone(self._films, camera)
                flags += [f"--use-file-for-fake-video-capture={film}"]
                flags += [f"--use-file-for-fake-audio-capture={tone}"]
            known = self._open[camera] = self._playwright.chromium.launch(
                executable_path=self._chromium, args=flags
            )
        return known

    def close(self) -> None:
        """Close every browser."""
        for browser in self._open.values():
            browser.close()
        self._open.clear()


class Cast:
    """Brings people in front of browsers and listens to all their pages."""

    def __init__(self, browsers: Browsers, stack: Stack) -> None:
        self._browsers = browsers
        self._contexts: list[BrowserContext] = []
        self.people: list[Person] = []
        settings = stack.settings
        ports = (settings.web_port, settings.realtime_port, settings.sandbox_port)
        self._own_hosts = frozenset(f"127.0.0.1:{port}" for port in ports)

    def phone(self, name: str, *, camera: str = "", **options: Any) -> Person:
        """Bring somebody with a phone; with *camera* in a browser whose camera has that colour."""
        return self._bring(name, camera, PHONE | options)

    def desktop(self, name: str, *, camera: str = "", **options: Any) -> Person:
        """Bring somebody at a desktop."""
        return self._bring(name, camera, DESKTOP | options)

    def another_page(self, person: Person) -> Person:
        """Open one more page for *person*, with the same cookies and storage."""
        return self._open(f"{person.name} (2)", person.page.context)

    def complaints(self) -> list[str]:
        """Return what went wrong on any page."""
        return [complaint for person in self.people for complaint in person.watch.complaints]

    def close(self) -> None:
        """Close everybody's pages, with their cookies and storage."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def _bring(self, name: str, camera: str, options: dict[str, Any]) -> Person:
        context = self._browsers.with_camera(camera).new_context(**(CHINA | options))
        self._contexts.append(context)
        return self._open(name, context)

    def _open(self, name: str, context: BrowserContext) -> Person:
        context.add_init_script(KEEP_CONNECTIONS)
        watch = Watch(name, self._own_hosts)
        context.on("page", watch.attach)
        person = Person(name, context.new_page(), watch)
        self.people.append(person)
        return person


@contextmanager
def screenshots_on_failure(cast: Cast, folder: Path, failed: Any) -> Iterator[None]:
    """After a failed journey keep a picture of every page that is still open."""
    yield
    if not failed():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for number, person in enumerate(cast.people):
        if not person.page.is_closed():
            person.page.screenshot(path=folder / f"{number}-{person.name}.png")
