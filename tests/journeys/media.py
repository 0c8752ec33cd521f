"""Fake cameras and microphones: a coloured moving picture and a tone, written by hand.

All pages of one Chromium share one fake camera, so each person of a call gets a browser of
their own with a colour and a tone of their own; then the colour that arrives tells who is seen.
"""

import math
import struct
import wave
from pathlib import Path

WIDTH, HEIGHT, FRAMES = 320, 240, 30
BAR = 16  # pixels of the moving bar; a picture that never changes could be a frozen one
RATE = 48_000
COLOURS: dict[str, tuple[int, int, int]] = {
    "red": (200, 30, 30),
    "green": (30, 160, 40),
    "blue": (30, 50, 200),
    "yellow": (210, 190, 30),
}
TONES = {"red": 440, "green": 660, "blue": 880, "yellow": 550}  # Hz


def camera(folder: Path, colour: str) -> Path:
    """Write a camera film of *colour* (I420 in a .y4m file) and return it."""
    path = folder / f"camera-{colour}.y4m"
    if not path.exists():
        plane_y, plane_u, plane_v = _yuv(COLOURS[colour])
        with path.open("wb") as film:
            film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F15:1 Ip A1:1 C420jpeg\n".encode())
            for number in range(FRAMES):
                film.write(b"FRAME\n" + _luma(plane_y, number))
                film.write(bytes([plane_u]) * (WIDTH * HEIGHT // 4))
                film.write(bytes([plane_v]) * (WIDTH * HEIGHT // 4))
    return path


def microphone(folder: Path, colour: str) -> Path:
    """Write two seconds of *colour*'s tone and return the .wav file."""
    path = folder / f"tone-{colour}.wav"
    if not path.exists():
        step = 2 * math.pi * TONES[colour] / RATE
        samples = (int(8000 * math.sin(step * i)) for i in range(2 * RATE))
        with wave.open(str(path), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return path


def nearest_colour(rgb: tuple[int, int, int]) -> str:
    """Return the name of the camera colour that *rgb* is nearest to."""
    return min(COLOURS, key=lambda name: math.dist(COLOURS[name], rgb))


def _yuv(rgb: tuple[int, int, int]) -> tuple[int, int, int]:
    """Full-range BT.601, which is what Chromium reads from C420jpeg."""
    r, g, b = rgb
    y = 0.299 * r + 0.587 * g + 0.114 * b
    return round(y), round(128 + 0.564 * (b - y)), round(128 + 0.713 * (r - y))


def _luma(level: int, number: int) -> bytes:
    """One frame's brightness, with a bar at the lower edge that moves a little in every frame."""
    row = bytes([level]) * WIDTH
    start = (number * WIDTH // FRAMES) % (WIDTH - BAR)
    barred = row[:start] + bytes([235]) * BAR + row[start + BAR :]
    return row * (HEIGHT - BAR) + barred * BAR
