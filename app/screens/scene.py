"""Where a scanned code leads."""

from collections.abc import Callable
from typing import Any

from flask import request

from app.accounts.services import qr
from app.core.auth import TokenInvalid, public, read_token
from app.core.problems import Blueprint
from app.fairs.cards import fair_card
from app.fairs.errors import CodeExpired, CodeRevoked, CodeUsed, SceneUnknown
from app.fairs.models import Fair, RecruiterCode
from app.fairs.schemas import SceneSchema
from app.fairs.services.booths import get_booth, refuse_unusable
from app.fairs.services.entry import find_scene

blp = Blueprint("scenes", __name__, url_prefix="/api", description="扫码进入")
STATES = {CodeUsed: "used", CodeRevoked: "revoked", CodeExpired: "expired"}


@blp.get("/scenes/<scene>")
@public
@blp.shows(SceneSchema)
@blp.problems(SceneUnknown)
def read_scene(scene: str) -> dict[str, Any]:
    """What a scanned code is: a fair, a recruiter's code, or a desktop's login."""
    if scene.startswith("l."):
        return _login(scene.removeprefix("l."))
    kind, record = find_scene(scene)
    if record is None:
        raise SceneUnknown
    shown: dict[str, Callable[[Any], dict[str, Any]]] = {"fair": _fair, "recruiter": _recruiter}
    return {"kind": kind} | shown[kind](record)


def _fair(fair: Fair) -> dict[str, Any]:
    return {"fair": fair_card(fair)}


def _recruiter(code: RecruiterCode) -> dict[str, Any]:
    booth = get_booth(code.booth_id)
    return {
        "state": _state(code),
        "employer_name": booth.employer.name,
        "booth_number": booth.number,
        "booth_id": booth.id,
        "fair": fair_card(booth.fair),
    }


def _state(code: RecruiterCode) -> str:
    try:
        refuse_unusable(code)
    except (CodeUsed, CodeRevoked, CodeExpired) as refusal:
        yours = code.used_by_id is not None and code.used_by_id == _caller()
        return "yours" if yours else STATES[type(refusal)]
    return "usable"


def _caller() -> int | None:
    try:
        return read_token(
            request.headers.get("Authorization", "").removeprefix("Bearer ")
        ).account_id
    except TokenInvalid:
        return None


def _login(ticket: str) -> dict[str, Any]:
    code = qr.find_login_code(ticket)
    if code is None:
        raise SceneUnknown
    return {"kind": "login", "ticket": ticket, "state": qr.state_of(code), "device": code.device}
