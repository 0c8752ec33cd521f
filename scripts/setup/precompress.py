"""Writes .gz and .br beside the files of a build: Flask sends them as they are."""

import gzip
import sys
from pathlib import Path

import brotli

TEXT = {
    ".html",
    ".js",
    ".mjs",
    ".css",
    ".json",
    ".svg",
    ".map",
    ".txt",
    ".webmanifest",
    ".wasm",
    ".ttf",
}
SMALLEST_BYTES = 1024  # below this the headers weigh more than what is saved
WORTH_IT = 0.95  # a copy that saves less than 5 % only costs disk and cache


def precompress(folder: Path) -> int:
    """Compress every text file below *folder* and return how many got at least one copy."""
    packed = 0
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in TEXT and path.stat().st_size >= SMALLEST_BYTES:
            packed += pack(path)
    return packed


def pack(path: Path) -> bool:
    """Write the smaller copies of one file; a copy that is not worth it is removed."""
    content = path.read_bytes()
    copies = {
        ".gz": gzip.compress(content, compresslevel=9, mtime=0),
        ".br": brotli.compress(content, quality=10),
    }
    written = False
    for suffix, smaller in copies.items():
        beside = path.with_name(path.name + suffix)
        if len(smaller) < WORTH_IT * len(content):
            beside.write_bytes(smaller)
            written = True
        else:
            beside.unlink(missing_ok=True)
    return written


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        precompress(Path(argument))
