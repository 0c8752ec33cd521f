"""Finding Chromium for the journeys, or installing it where that is allowed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.setup import console

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
PLACES = (
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
CACHES = (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright")
DEBIAN = ("chromium", "fonts-noto-cjk")  # without a CJK font every Chinese letter is a box
INSTALL_SECONDS = 600


def find() -> str | None:
    """Return the browser that ``CHROMIUM`` names, one on the PATH, or one in a well-known place."""
    if chosen := os.environ.get("CHROMIUM"):
        return shutil.which(chosen)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for place in PLACES:
        if os.access(place, os.X_OK):
            return place
    downloads = (path for cache in CACHES for path in cache.glob("chromium-*/chrome-*/[Cc]hrom*"))
    return next((str(path) for path in downloads if path.is_file()), None)


def find_or_install(python: Path) -> str | None:
    """Return a browser, installing Debian's as root or Playwright's own; None if neither works."""
    if found := find():
        return found
    if sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        with console.step("Installing Chromium with apt-get"):
            quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            _try(["apt-get", "update", "-qq"], quiet)
            _try(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN], quiet)
    else:
        with console.step("Downloading Chromium with Playwright"):
            _try([str(python), "-m", "playwright", "install", "chromium"], dict(os.environ))
    return find()


def _try(command: list[str], environment: dict[str, str]) -> None:
    """Run an installer; whether it worked shows in whether a browser can be found afterwards."""
    try:
        subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=INSTALL_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        console.say(console.paint(f"  {command[0]} did not work here", "yellow"))
