"""Codes as pictures: what a phone reads in them is the address that opens the right page."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from app.config import Config
from app.core import clock
from app.fairs.models import Fair
from app.fairs.services.booths import issue_recruiter_codes
from tests.admin.conftest import Browser, text_of
from tests.factories import Factory
from tests.sandbox import SandboxControl


def read(picture: bytes) -> str:
    """What a phone's camera reads."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    return found.text


def drawn(svg: str, cell: int = 8) -> bytes:
    """Draw the path of our SVG codes: squares given as ``M x,y H … V … H … z``."""
    size = float(svg.split('viewBox="0 0 ')[1].split(" ", maxsplit=1)[0])
    image = Image.new("L", (int(size * cell), int(size * cell)), 255)
    pen = ImageDraw.Draw(image)
    for square in svg.split(' d="')[1].split('"', maxsplit=1)[0].split("z")[:-1]:
        x, rest = square.strip().removeprefix("M").split(",", 1)
        y, rest = rest.split("H", 1)
        right, rest = rest.split("V", 1)
        down = rest.split("H", 1)[0]
        box = [float(value) * cell for value in (x, y, right, down)]
        pen.rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=0)
    picture = io.BytesIO()
    image.save(picture, "PNG")
    return picture.getvalue()


@pytest.mark.spec("A02")
def test_fairs_code_opens_the_fair_as_png_and_svg(
    signed_in: Callable[..., Browser], factory: Factory, config: Config
) -> None:
    fair = factory.fair()
    browser = signed_in()
    address = f"{config.public_url}/m/s?scene=f.{fair.token}"
    png = browser.client.get(f"/admin/fairs/{fair.id}/code.png")
    svg = browser.client.get(f"/admin/fairs/{fair.id}/code.svg")
    assert (png.content_type, svg.content_type) == ("image/png", "image/svg+xml")
    assert "attachment" in png.headers["Content-Disposition"]
    assert read(png.data) == address
    assert read(drawn(svg.get_data(as_text=True))) == address
    assert browser.client.get(f"/admin/fairs/{fair.id}/code.exe").status_code == 404


@pytest.mark.spec("A02")
def test_miniprogram_code_comes_from_wechat(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    fair = factory.fair()
    answer = signed_in().client.get(f"/admin/fairs/{fair.id}/code.jpg")
    assert answer.content_type == "image/jpeg"
    assert f"f.{fair.token}" in read(answer.data)


def test_silent_wechat_is_told_on_a_page(
    signed_in: Callable[..., Browser], factory: Factory, wechat_sandbox: SandboxControl
) -> None:
    fair = factory.fair()
    wechat_sandbox.fault("/wxa/getwxacodeunlimit", http_status=502, times=5)
    answer = signed_in().get(f"/admin/fairs/{fair.id}/code.jpg")
    assert answer.status_code == 503
    assert "微信" in text_of(answer)


def test_recruiters_code_binds_at_its_booth(
    signed_in: Callable[..., Browser], factory: Factory, config: Config
) -> None:
    (code,) = issue_recruiter_codes(factory.booth().id)
    browser = signed_in()
    address = f"{config.public_url}/m/s?scene=r.{code.token}"
    assert read(browser.client.get(f"/admin/codes/{code.id}/code.png").data) == address
    svg = browser.client.get(f"/admin/codes/{code.id}/code.svg").get_data(as_text=True)
    assert read(drawn(svg)) == address


def test_sheet_holds_a_card_for_every_code_that_still_works(
    signed_in: Callable[..., Browser], factory: Factory, travel: Callable[[timedelta], None]
) -> None:
    booth = factory.booth()
    issue_recruiter_codes(booth.id, hours=1, label="过期")
    good = issue_recruiter_codes(booth.id, count=2, hours=48, label="周敏")
    revoked = issue_recruiter_codes(booth.id, hours=48, label="作废")[0]
    revoked.revoke()
    travel(timedelta(hours=2))
    page = text_of(signed_in().get(f"/admin/booths/{booth.id}/sheet"))
    assert page.count('class="pass"') == len(good)
    assert "周敏" in page
    assert "作废" not in page


def test_poster_names_the_fair_and_its_times(
    signed_in: Callable[..., Browser], factory: Factory
) -> None:
    fair = factory.fair(contact_student="0571-8888")
    page = text_of(signed_in().get(f"/admin/fairs/{fair.id}/poster"))
    start = clock.local(Fair.get_by_id(fair.id).starts_at)
    for words in (fair.name, "江海大学", start.strftime("%Y-%m-%d %H:%M"), "高于 70%", "0571-8888"):
        assert words in page
    svg = page[page.index("<svg") : page.index("</svg>")]
    assert read(drawn(svg)).endswith(f"scene=f.{fair.token}")


def test_draft_has_no_poster(signed_in: Callable[..., Browser], factory: Factory) -> None:
    fair = factory.fair(announced=False)
    assert signed_in().get(f"/admin/fairs/{fair.id}/poster").status_code == 404
