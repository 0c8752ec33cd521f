"""What a person reads for a refusal, in the reader's language: the clients know every code."""

import re
from pathlib import Path

import pytest
from flask import Flask

from app.core.auth import Role, RoleRequired, TokenInvalid
from app.core.idempotency import IdempotencyKeyInvalid, IdempotencyKeyReused
from app.core.problems import BodyInvalid
from app.screens.booth import WHY_NOT

ROOT = Path(__file__).resolve().parents[2]
PHONE = ROOT / "miniprogram/src/shared/i18n"
DESK = ROOT / "app/workbench/client/src/texts"
NOT_FOR_PEOPLE = ("/api/wechat/push", "/api/rtc/agora/webhook")  # servers talk to us there
AT_THE_DESK = (
    "/api/booths", "/api/interviews", "/api/rooms", "/api/screens/recruiter", "/api/uploads",
    "/api/me/password", "/api/registration", "/api/memberships", "/api/me/wechat",
    "/api/employers", "/api/fairs", "/api/enrolments",
)  # fmt: skip
AT_THE_DOOR = (  # of the desk, before anybody is signed in
    "/api/login/password", "/api/captcha", "/api/recoveries", "/api/password-", "/api/uploads/visitor",
    "/api/registration",
)  # fmt: skip
EVERYWHERE = {
    *(error.code() for error in (RoleRequired, TokenInvalid, BodyInvalid)),
    *(error.code() for error in (IdempotencyKeyInvalid, IdempotencyKeyReused)),
    "overloaded",
}
KEY = re.compile(r"""(?:^|[{,])\s*'?([a-z][a-z0-9-]*)'?: ['"]""", re.MULTILINE)


def refusals(app: Flask, *roles: str, under: tuple[str, ...] = ("/api",)) -> set[str]:
    """The codes of all refusals that the routes promise to people of one of these roles."""
    found = set(EVERYWHERE)
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if not rule.rule.startswith(under) or rule.rule.startswith(NOT_FOR_PEOPLE):
            continue
        if set(roles) & set(getattr(view, "roles", ())):
            found |= {error.code() for error in getattr(view, "problem_errors", ())}
    return found


def texts(path: Path) -> set[str]:
    """The codes that a client has words for."""
    text = path.read_text(encoding="utf-8")
    block = re.search(r"^  problem: \{\n(.*?)^  \},$", text, re.DOTALL | re.MULTILINE)
    return set(KEY.findall(block.group(1) if block else text))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_phone_has_words_for_every_refusal_that_a_person_can_meet(shared_app: Flask, language):
    known = texts(PHONE / language / "problem.ts")
    met = refusals(shared_app, Role.STUDENT, Role.RECRUITER, "public")
    assert {"hold-not-allowed", "invalid-transition", "verdict-not-allowed"} <= met
    assert met - known == set()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_phone_has_words_for_every_reason_not_to_apply(language):
    assert set(WHY_NOT) - texts(PHONE / language / "problem.ts") == set()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_desk_has_words_for_every_refusal_that_a_recruiter_can_meet(shared_app: Flask, language):
    met = refusals(shared_app, Role.RECRUITER, under=AT_THE_DESK)
    assert {"guests-full", "notice-too-soon", "room-taken-over", "old-password-wrong"} <= met
    met |= refusals(shared_app, "public", under=AT_THE_DOOR)
    assert {"captcha-needed", "recovery-code-wrong", "seal-name-differs", "too-many"} <= met
    assert met - texts(DESK / f"{language}.ts") == set()
