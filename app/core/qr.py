"""QR codes to print and to show."""

import io

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.pil import PilImage
from qrcode.image.svg import SvgPathImage


def _code(text: str, box: int) -> qrcode.QRCode:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=box, border=4)
    code.add_data(text)
    code.make(fit=True)
    return code


def svg(text: str, *, box: int = 10) -> str:
    """An SVG document of the code, sharp at any size."""
    image = _code(text, box).make_image(image_factory=SvgPathImage)
    return image.to_string(encoding="unicode")


def png(text: str, *, box: int = 12) -> bytes:
    """A PNG of the code; *box* pixels a module."""
    buffer = io.BytesIO()
    _code(text, box).make_image(image_factory=PilImage).save(buffer, "PNG")
    return buffer.getvalue()
