"""Pictures are decoded and written anew: nothing but pixels gets through.

What rode along (place and time in EXIF, comments, colour profiles, bytes behind the end, a
second file inside) stays behind, and what cannot be decoded to its last line is refused.
"""

import io
from dataclasses import dataclass
from threading import BoundedSemaphore

from PIL import Image, ImageOps

from app.files.errors import PictureMoves, PictureTooLarge, UploadBroken
from app.files.purposes import MediaType

FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP"}
# What each format can hold as it is; every other mode becomes the last one named.
MODES = {
    MediaType.JPEG: ("L", "RGB"),
    MediaType.PNG: ("1", "L", "LA", "P", "I;16", "RGB", "RGBA"),
    MediaType.WEBP: ("RGB", "RGBA"),
}
QUALITY = 90  # of JPEG and WebP: letters and seals stay sharp
AT_ONCE = 2  # pictures that one process decodes at a time: each may fill 150 MB

_room = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Picture:
    """A picture written anew, upright."""

    content: bytes
    width: int
    height: int


def rewrite_picture(content: bytes, media_type: MediaType, *, most_pixels: int) -> Picture:
    """Decode a picture whole and write its pixels anew, turned as its EXIF says.

    :raises PictureTooLarge: more than *most_pixels*, told by its head before anything is decoded
    :raises PictureMoves: several frames
    :raises UploadBroken: it cannot be decoded to its end
    """
    with _room:
        try:
            return _rewritten(content, media_type, most_pixels)
        except (PictureTooLarge, PictureMoves):
            raise
        except Image.DecompressionBombError:
            raise _too_large(most_pixels) from None
        except Exception as fault:  # decoders fail on hostile bytes in every way there is
            raise UploadBroken from fault


def _rewritten(content: bytes, media_type: MediaType, most_pixels: int) -> Picture:
    with Image.open(io.BytesIO(content), formats=(FORMATS[media_type],)) as opened:
        if opened.width * opened.height > most_pixels:
            raise _too_large(most_pixels)
        # A phone's JPEG may carry a small second picture; its first one is the photo.
        if media_type is not MediaType.JPEG and getattr(opened, "n_frames", 1) > 1:
            raise PictureMoves
        ImageOps.exif_transpose(opened, in_place=True)
        modes = MODES[media_type]
        picture = opened if opened.mode in modes else opened.convert(modes[-1])
        picture.info = {
            name: value for name, value in picture.info.items() if name == "transparency"
        }
        written = io.BytesIO()
        picture.save(written, FORMATS[media_type], quality=QUALITY)
        return Picture(written.getvalue(), picture.width, picture.height)


def _too_large(most_pixels: int) -> PictureTooLarge:
    return PictureTooLarge(
        f"图片不能超过 {most_pixels // 10_000} 万像素，请缩小后再上传", most_pixels=most_pixels
    )
