"""A built single-page client on disk: the file for a path, its caching, what it may load."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

CONTENT_TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
ENCODINGS = {"br": ".br", "gzip": ".gz"}  # in order of preference
HASHED = re.compile(r"[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
IMMUTABLE = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

# Where Agora's web client connects to: signalling, edges, statistics.
AGORA_SOURCES = (
    "https://*.agora.io",
    "https://*.agora.io:*",
    "wss://*.agora.io:*",
    "https://*.sd-rtn.com",
    "https://*.sd-rtn.com:*",
    "wss://*.sd-rtn.com:*",
)


@dataclass(frozen=True)
class Asset:
    """One file as it goes over the wire."""

    path: Path
    content_type: str
    cache_control: str
    etag: str
    encoding: str | None = None


@dataclass(frozen=True)
class BuiltClient:
    """A client's build folder. *name* is what the page shown before the first build calls it."""

    name: str
    root: Path
    build_command: str
    index: str = field(default="index.html")

    @property
    def is_built(self) -> bool:
        return (self.root / self.index).is_file()

    def find(self, path: str, accepts: Callable[[str], bool]) -> Asset | None:
        """The file for *path*; an address of the client's own router gets the index page.

        A path that names a file (it has a suffix) and does not exist is None, so that
        a stale script address is a clear 404 and never an HTML page.
        """
        if not path or path.endswith("/"):
            return self._asset(self.root / self.index, accepts)
        wanted = self._inside(path)
        if wanted is not None and wanted.is_file():
            return self._asset(wanted, accepts)
        if wanted is None or "." in path.rsplit("/", 1)[-1]:
            return None
        return self._asset(self.root / self.index, accepts)

    def _inside(self, path: str) -> Path | None:
        if "\x00" in path:
            return None
        root = self.root.resolve()
        wanted = (root / path).resolve()
        hidden = any(part.startswith(".") for part in Path(path).parts)
        return wanted if wanted.is_relative_to(root) and not hidden else None

    def _asset(self, path: Path, accepts: Callable[[str], bool]) -> Asset | None:
        suffix = path.suffix.lower()
        if suffix not in CONTENT_TYPES:
            return None
        encoding, file = next(
            ((name, packed) for name, packed in packed_versions(path) if accepts(name)),
            (None, path),
        )
        stat = file.stat()
        hashed = "assets" in path.parts and HASHED.search(path.name) is not None
        return Asset(
            path=file,
            content_type=CONTENT_TYPES[suffix],
            cache_control=IMMUTABLE if hashed else ASK_AGAIN,
            etag=digest(file, stat.st_mtime_ns, stat.st_size)
            + (f"-{encoding}" if encoding else ""),
            encoding=encoding,
        )


def packed_versions(path: Path) -> list[tuple[str, Path]]:
    """The compressed siblings the build wrote, the smallest first."""
    siblings = ((name, path.with_name(path.name + suffix)) for name, suffix in ENCODINGS.items())
    return [(name, file) for name, file in siblings if file.is_file()]


@lru_cache(maxsize=2048)
def digest(file: Path, mtime_ns: int, size: int) -> str:
    """A strong validator of the content; by time and size a new build is read anew."""
    return blake2b(file.read_bytes(), digest_size=12).hexdigest()


def origin_of(url: str) -> str:
    """``wss://host:port`` of an address, or nothing for a relative one."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def content_security_policy(
    *, realtime_url: str, agora: bool, framed_by: tuple[str, ...] = ()
) -> str:
    """What a page may load: itself, the realtime origin, and Agora only as the provider."""
    connect = ["'self'", origin_of(realtime_url), *(AGORA_SOURCES if agora else ())]
    directives = {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "media-src": ["'self'", "blob:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": connect,
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": list(framed_by) or ["'none'"],
    }
    return "; ".join(
        f"{name} {' '.join(filter(None, values))}" for name, values in directives.items()
    )


def security_headers(policy: str) -> dict[str, str]:
    """Headers of every answer; camera and microphone belong to our own pages only."""
    return {
        "Content-Security-Policy": policy,
        "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    }
