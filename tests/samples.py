"""Files as people send them, good and bad, made for real."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

SVG = b"""<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">
<script>fetch('/api/me')</script><rect width="9" height="9"/></svg>"""
HTML = b"<!doctype html><title>x</title><script>fetch('/api/me')</script>"
GPS, ORIENTATION = 0x8825, 0x0112


def picture(width: int = 40, height: int = 20, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), (200, 20, 20))
    image.paste((20, 20, 200), (width // 2, 0, width, height))
    return image.convert(mode)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    """The picture's bytes."""
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def jpeg(width: int = 40, height: int = 20, **options: Any) -> bytes:
    return saved(picture(width, height), "JPEG", **options)


def png(width: int = 40, height: int = 20, **options: Any) -> bytes:
    return saved(picture(width, height), "PNG", **options)


def webp(width: int = 40, height: int = 20, **options: Any) -> bytes:
    return saved(picture(width, height), "WEBP", **options)


def grain(form: str) -> bytes:
    """A picture whose every byte counts."""
    return saved(Image.effect_noise((400, 300), 80).convert("RGB"), form)


def animation(form: str) -> bytes:
    """Three frames."""
    frames = [picture(), picture().rotate(180), picture()]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)


def photo_with_place(orientation: int = 6) -> bytes:
    """A phone's photo: it lies on its side, and tells where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Huawei"
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (120.0, 9.0, 0.0)})
    return jpeg(exif=exif.tobytes(), comment=b"taken at home")


def padded(content: bytes, size: int) -> bytes:
    """The same picture in exactly *size* bytes: what comes after its end does not matter to it."""
    assert len(content) <= size
    return content + b"\0" * (size - len(content))


def png_bomb(width: int, height: int) -> bytes:
    """A whole black PNG of that many pixels, in a few bytes."""
    row, packer = b"\0" * (1 + (width + 7) // 8), zlib.compressobj(9)
    packed = b"".join(packer.compress(row * 100) for _ in range(height // 100))
    packed += packer.compress(row * (height % 100)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def pdf(*changes: Callable[[PdfWriter], Any], pages: int = 1) -> bytes:
    """A PDF of blank pages, changed by *changes*."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    for change in changes:
        change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def action(kind: str, **more: str) -> DictionaryObject:
    """An action of a PDF."""
    words = {NameObject(f"/{key}"): TextStringObject(word) for key, word in more.items()}
    return DictionaryObject({NameObject("/S"): NameObject(f"/{kind}"), **words})


def on_opening(what: DictionaryObject) -> Callable[[PdfWriter], Any]:
    """Something that happens when the file is opened."""
    return lambda writer: writer.root_object.update({NameObject("/OpenAction"): what})


def on_click(what: DictionaryObject) -> Callable[[PdfWriter], Any]:
    """Something that happens when a reader clicks on the page."""

    def change(writer: PdfWriter) -> None:
        link = DictionaryObject(
            {NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): what}
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([link])

    return change


def named_script(writer: PdfWriter) -> None:
    """A script of the whole document's, by its name."""
    script = ArrayObject([TextStringObject("start"), action("JavaScript", JS="app.alert(1)")])
    names = DictionaryObject({NameObject("/Names"): script})
    by_kind = DictionaryObject({NameObject("/JavaScript"): names})
    writer.root_object.update({NameObject("/Names"): by_kind})


def pdf_with_packed(record: bytes) -> bytes:
    """A PDF of version 1.5: *record* lies in a compressed object stream, and nothing leads to it."""
    packed = zlib.compress(b"5 0 " + record)
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(packed), packed),
    )
    written, rows = bytearray(b"%PDF-1.5\n"), [(0, 0, 0)]
    for number, body in enumerate(bodies, 1):
        rows.append((1, len(written), 0))
        written += b"%d 0 obj%s\nendobj\n" % (number, body)
    rows += [(2, 4, 0), (1, len(written), 0)]
    table = zlib.compress(b"".join(struct.pack(">BHB", *row) for row in rows))
    head = b"<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>" % len(table)
    place = len(written)
    written += b"6 0 obj%sstream\n%s\nendstream\nendobj\n" % (head, table)
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % place)
