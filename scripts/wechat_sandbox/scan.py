"""What a phone's scanner makes of a picture or a text."""

import io
import json
from urllib.parse import parse_qs, urlsplit

import zxingcpp
from PIL import Image, UnidentifiedImageError

from scripts.wechat_sandbox.play import Player, Unplayable

LARGEST_SIDE = 4_000
LARGEST_PICTURE = 10 * 2**20


def read_picture(raw: bytes) -> str:
    """The text of the first QR code in a picture."""
    if len(raw) > LARGEST_PICTURE:
        raise Unplayable("图片太大")
    try:
        opened = Image.open(io.BytesIO(raw))
        opened.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        picture = opened.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise Unplayable("这不是一张图片") from None
    found = zxingcpp.read_barcodes(picture)
    if not found:
        raise Unplayable("未识别到二维码")
    return found[0].text


def open_code(player: Player, text: str) -> dict[str, str]:
    """Where a scanned text leads: {"kind", "opens", "label"}."""
    text = text.strip()
    if mini := _mini_code(text):
        scene = str(mini.get("scene", ""))
        opens = player.login_address(str(mini.get("page", "")), scene=scene)
        return {"kind": "mini", "opens": opens, "label": f"小程序码 · scene={scene}"}
    link = player.world.links.get(text)
    if link:
        if link["expires_at"] <= player.world.clock.now():
            raise Unplayable("链接已失效")
        return {"kind": "mini", "opens": player.login_address(link["page"]), "label": "小程序链接"}
    parts = urlsplit(text)
    if parts.scheme in ("http", "https"):
        return {"kind": "web", "opens": _web(player, text), "label": text}
    if not text:
        raise Unplayable("没有内容")
    return {"kind": "text", "opens": "", "label": text}


def _mini_code(text: str) -> dict | None:
    if not text.startswith("{"):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "scene" in found else None


def _web(player: Player, address: str) -> str:
    """A page of ours is opened logged in; any other address as it is."""
    home = f"{player.world.public_url}/m/"
    if not address.startswith(home):
        return address
    parts = urlsplit(address)
    scene = parse_qs(parts.query).get("scene", [""])[0]
    page = parts.path.removeprefix("/m/")
    if scene and len(parse_qs(parts.query)) == 1:
        return player.login_address(page, scene=scene)
    return player.login_address(page + (f"?{parts.query}" if parts.query else ""))
