"""Drawn people before fake cameras, as films that Chromium can play."""

from pathlib import Path

from PIL import Image, ImageDraw

FILM_SIZE, FILM_FRAMES = (640, 480), 30
# wall, lamp, clothes, hair of whoever sits before the camera
PORTRAITS = {
    "green": ((214, 226, 220), (236, 243, 238), (62, 124, 104), (52, 40, 36)),
    "blue": ((208, 217, 232), (232, 238, 248), (54, 78, 134), (38, 36, 44)),
}
SKIN = (240, 205, 180)


def write_films(folder: Path) -> None:
    """Put a drawn person before each fake camera, in place of the journeys' plain colours."""
    for colour, (wall, lamp, clothes, hair) in PORTRAITS.items():
        width, height = FILM_SIZE
        with (folder / f"camera-{colour}.y4m").open("wb") as film:
            film.write(f"YUV4MPEG2 W{width} H{height} F15:1 Ip A1:1 C420jpeg\n".encode())
            for number in range(FILM_FRAMES):
                sway = abs(number - FILM_FRAMES // 2) // 3
                film.write(b"FRAME\n" + _frame(wall, lamp, clothes, hair, sway))


def _frame(wall: tuple, lamp: tuple, clothes: tuple, hair: tuple, sway: int) -> bytes:
    scene = Image.new("RGB", FILM_SIZE, wall)
    pen = ImageDraw.Draw(scene)
    pen.ellipse((420, -160, 780, 200), fill=lamp)
    pen.rectangle((60, 60, 170, 300), fill=lamp)  # a window
    x = 320 + sway
    pen.ellipse((x - 76, 150, x + 76, 336), fill=hair)
    pen.rectangle((x - 26, 300, x + 26, 380), fill=SKIN)
    pen.rounded_rectangle((x - 132, 352, x + 132, 620), 84, fill=clothes)
    pen.pieslice((x - 26, 330, x + 26, 374), 0, 180, fill=SKIN)
    pen.ellipse((x - 59, 176, x + 59, 322), fill=SKIN)
    pen.pieslice((x - 66, 160, x + 66, 290), 180, 360, fill=hair)
    for eye in (x - 25, x + 25):
        pen.ellipse((eye - 5, 246, eye + 5, 257), fill=hair)
    pen.arc((x - 21, 262, x + 21, 294), 20, 160, fill=(180, 96, 88), width=4)
    y, u, v = scene.convert("YCbCr").split()
    half = (FILM_SIZE[0] // 2, FILM_SIZE[1] // 2)
    return y.tobytes() + u.resize(half).tobytes() + v.resize(half).tobytes()
