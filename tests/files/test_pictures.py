"""Pictures: by content, decoded whole, written anew."""

import io
import time

import pytest
from PIL import Image

from app.files.errors import (
    PictureMoves,
    PictureTooLarge,
    UploadBroken,
    UploadEmpty,
    UploadRenamed,
    UploadTooLarge,
    UploadTypeRefused,
)
from app.files.inspection import inspect, type_of_content
from app.files.purposes import ALLOWANCES, MediaType, Purpose
from tests import samples

PAPER, LOGO = ALLOWANCES[Purpose.PAPER], ALLOWANCES[Purpose.LOGO]
STATEMENT, PICTURE = ALLOWANCES[Purpose.APPEAL_STATEMENT], ALLOWANCES[Purpose.PICTURE]


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.spec("A10")
@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("营业执照.jpg", samples.jpeg(), MediaType.JPEG),
        ("营业执照.JPEG", samples.jpeg(), MediaType.JPEG),
        ("办学许可证.png", samples.png(), MediaType.PNG),
        ("授权书.pdf", samples.pdf(), MediaType.PDF),
    ],
)
def test_papers_are_pictures_or_pdf(name, content, kind):
    kept = inspect(name, content, PAPER)
    assert (kept.media_type, kept.name) == (kind, name[:-5] + ".jpeg" if "JPEG" in name else name)
    assert (kept.width, kept.height) == ((40, 20) if kind.is_image else (None, None))


@pytest.mark.spec("A16")
@pytest.mark.parametrize("content", [samples.png(), samples.webp(), samples.pdf()])
def test_statement_is_a_jpg_whatever_its_name_says(content):
    with pytest.raises(UploadTypeRefused) as refusal:
        inspect("盖章说明.jpg", content, STATEMENT)
    assert refusal.value.detail == "请上传 JPG 文件"
    assert inspect("盖章说明.jpg", samples.jpeg(), STATEMENT).media_type is MediaType.JPEG


@pytest.mark.spec("A16", "A19")
@pytest.mark.parametrize(
    ("allowance", "most", "word"),
    [(STATEMENT, 2_097_152, "2 MB"), (LOGO, 102_400, "100 KB"), (PAPER, 5_242_880, "5 MB")],
)
def test_size_is_counted_to_the_byte(allowance, most, word):
    assert inspect("a.jpg", samples.padded(samples.jpeg(), most), allowance)
    with pytest.raises(UploadTooLarge) as refusal:
        inspect("a.jpg", samples.padded(samples.jpeg(), most + 1), allowance)
    assert refusal.value.extensions == {"most_bytes": most}
    assert refusal.value.detail == f"文件不能超过 {word}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", samples.SVG),
        ("logo.png", samples.SVG),
        ("logo.jpg", samples.HTML),
        ("logo.png", b"\xef\xbb\xbf" + samples.HTML),
        ("logo.gif", samples.saved(samples.picture(), "GIF")),
        ("logo.png", samples.saved(samples.picture(), "BMP")),
        ("logo.png", samples.saved(samples.picture(), "TIFF")),
        ("logo.exe", b"MZ\x90\x00" + b"\0" * 200),
        ("logo.jpg", b"\0"),
    ],
)
def test_what_is_no_picture_is_refused_by_what_it_is(name, content):
    for allowance in (LOGO, PAPER, PICTURE, STATEMENT):
        with pytest.raises(UploadTypeRefused):
            inspect(name, content, allowance)


def test_nothing_is_no_file():
    with pytest.raises(UploadEmpty):
        inspect("a.jpg", b"", PAPER)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", samples.png()),
        ("a.png", samples.jpeg()),
        ("a.pdf", samples.jpeg()),
        ("a.jpg", samples.pdf()),
        ("a.html", samples.jpeg()),
        ("a.svg", samples.png()),
        ("a.DOCX", samples.pdf()),
    ],
)
def test_name_may_not_promise_another_type(name, content):
    with pytest.raises(UploadRenamed) as refusal:
        inspect(name, content, PAPER)
    assert "扩展名" in refusal.value.detail


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\扫描\\执照.jpg", "执照.jpg"),
        ("..", "未命名.jpg"),
        ("", "未命名.jpg"),
        (".jpg", "未命名.jpg"),
        ("/", "未命名.jpg"),
        ("江城智造2026.11", "江城智造2026.11.jpg"),
        ("执照\r\nSet-Cookie: a=b.jpg", "执照 Set-Cookie: a=b.jpg"),
        ("a\x00b\u202egpj.jpg", "a b gpj.jpg"),
        ("  多  空 格 .jpg", "多 空 格.jpg"),
        ("长" * 300 + ".jpeg", "长" * 115 + ".jpeg"),
        ("blob", "blob.jpg"),
        ("照片.JFIF", "照片.jfif"),
    ],
)
def test_name_is_one_visible_line_with_the_ending_of_its_type(sent, kept):
    assert inspect(sent, samples.jpeg(), PAPER).name == kept


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_picture_that_was_cut_off_is_refused(form, share):
    whole = samples.grain(form)
    with pytest.raises(UploadBroken):
        inspect("", whole[: int(len(whole) * share)], PICTURE)


def test_damaged_picture_is_refused():
    content = bytearray(samples.grain("PNG"))
    content[600:680] = b"\xff" * 80
    with pytest.raises(UploadBroken):
        inspect("a.png", bytes(content), PICTURE)
    with pytest.raises(UploadBroken):
        inspect("a.jpg", b"\xff\xd8\xff" + b"\xe0" * 500, PICTURE)


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (10_000, 10_000), (25_001, 1_000)])
def test_pixel_bomb_is_refused_before_it_unfolds(width, height):
    bomb = samples.png_bomb(width, height)
    assert len(bomb) < 200_000
    began = time.perf_counter()
    with pytest.raises(PictureTooLarge) as refusal:
        inspect("a.png", bomb, PICTURE)
    assert time.perf_counter() - began < 0.5
    assert refusal.value.extensions == {"most_pixels": 25_000_000}


def test_as_many_pixels_as_a_phone_takes_are_fine():
    kept = inspect("a.png", samples.png_bomb(5_000, 5_000), PICTURE)
    assert (kept.width, kept.height) == (5_000, 5_000)
    with pytest.raises(PictureTooLarge):
        inspect("a.png", samples.png_bomb(2_001, 2_000), LOGO)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_animation_is_no_picture(form):
    with pytest.raises(PictureMoves):
        inspect("", samples.animation(form), PICTURE)


def test_second_picture_in_a_phones_jpeg_stays_behind():
    content = samples.animation("MPO")
    kept = inspect("a.jpg", content, PICTURE)
    assert len(kept.content) < len(content)
    assert opened(kept.content).format == "JPEG"


def test_place_time_and_comment_stay_behind_and_the_picture_stands_upright():
    photo = samples.photo_with_place(orientation=6)
    assert opened(photo).getexif().get_ifd(samples.GPS)
    kept = inspect("a.jpg", photo, PAPER)
    again = opened(kept.content)
    assert not dict(again.getexif()) and "comment" not in again.info
    for trace in (b"Exif", b"Huawei", b"taken at home"):
        assert trace in photo and trace not in kept.content
    assert (kept.width, kept.height) == again.size == (20, 40)  # it lay on its side
    red, _, blue = again.convert("RGB").getpixel((10, 4))
    assert red > 150 > blue  # what was left is on top now


def test_texts_and_profiles_of_other_pictures_stay_behind():
    exif = Image.Exif()
    exif[0x010E] = "at home"
    for make, name in ((samples.png, "a.png"), (samples.webp, "a.webp")):
        content = make(exif=exif.tobytes(), icc_profile=b"profile" * 40)
        kept = inspect(name, content, PICTURE)
        again = opened(kept.content)
        assert not dict(again.getexif()) and not again.info.get("icc_profile")
        assert b"at home" in content and b"at home" not in kept.content


@pytest.mark.parametrize("tail", [b"PK\x03\x04" + b"z" * 99, samples.HTML, samples.pdf()])
def test_second_file_behind_the_picture_stays_behind(tail):
    for make in (samples.jpeg, samples.png):
        kept = inspect("", make() + tail, PICTURE)
        assert tail not in kept.content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_kept(mode):
    image = samples.picture(mode="L").convert("I").convert(mode) if mode == "I;16" else None
    content = samples.saved(image or samples.picture(mode=mode), "PNG")
    assert opened(inspect("a.png", content, PICTURE).content).size == (40, 20)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_can_be_kept(mode):
    content = samples.saved(samples.picture(mode=mode), "JPEG")
    again = opened(inspect("a.jpg", content, PICTURE).content)
    assert again.mode in ("L", "RGB")


def test_what_is_transparent_stays_so():
    clear = samples.picture(mode="RGBA")
    clear.putalpha(0)
    for form in ("PNG", "WEBP"):
        kept = inspect("", samples.saved(clear, form), LOGO)
        assert opened(kept.content).convert("RGBA").getpixel((0, 0))[3] == 0
    palette = samples.saved(samples.picture(mode="P"), "PNG", transparency=0)
    assert "transparency" in opened(inspect("", palette, LOGO).content).info


def test_only_the_first_bytes_say_what_a_file_is():
    assert type_of_content(b"GIF89a" + samples.pdf()) is None
    assert type_of_content(samples.HTML + samples.pdf()) is None
    assert type_of_content(b" " + samples.jpeg()) is None
    assert type_of_content(b"RIFF\0\0\0\0AVI " + samples.webp()) is None
