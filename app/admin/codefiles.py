"""Codes as files and on paper: plain QR codes of our address, and the mini-program's own."""

from urllib.parse import quote

from flask import Response, abort
from markupsafe import Markup

from app import config
from app.core import qr
from app.fairs.models import Fair, RecruiterCode
from app.fairs.services.entry import fair_scene, recruiter_scene
from app.integrations.wechat import WeChat

SCAN_PAGE = "pages/scan/scan"


def scan_url(scene: str) -> str:
    """What a plain code says: opens the H5 page, and in WeChat the mini-program."""
    return f"{config.current().public_url}/m/s?scene={scene}"


def fair_url(fair: Fair) -> str:
    """The address in the fair's code."""
    return scan_url(fair_scene(fair))


def code_url(code: RecruiterCode) -> str:
    """The address in a recruiter's code."""
    return scan_url(recruiter_scene(code))


def has_miniprogram() -> bool:
    """Whether WeChat can make codes for us."""
    return bool(config.current().wechat_mini.appid)


def inline(text: str) -> Markup:
    """A QR code to stand inside a page."""
    document = qr.svg(text)
    return Markup(document[document.index("<svg") :])  # noqa: S704 - drawn by us, holds no text


def plain_code(text: str, kind: str, name: str) -> Response:
    """A QR code as PNG or SVG to download."""
    if kind == "png":
        return download(qr.png(text, box=20), "image/png", f"{name}.png")
    if kind == "svg":
        return download(qr.svg(text).encode(), "image/svg+xml", f"{name}.svg")
    return abort(404)


def miniprogram_code(wechat: WeChat, scene: str) -> bytes:
    """WeChat's round code for *scene* as JPEG.

    :raises UpstreamFailed: WeChat did not answer, or refused the scene
    """
    return wechat.mini_code(scene, SCAN_PAGE, width=860, check_path=False)


def download(content: bytes, media_type: str, name: str) -> Response:
    """A file to keep, under its Chinese name."""
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


__all__ = ["code_url", "fair_scene", "fair_url", "recruiter_scene"]
