"""Captchas: a picture or a sum, answered once (A13)."""

import base64
import hashlib
import io
import re

import pytest
from PIL import Image

from app.core import captchas
from app.core.captchas import CaptchaUnavailable, CaptchaWrong, check_captcha
from app.core.errors import TooMany
from app.core.redis import client
from tests.accounts.conftest import answered, opened


@pytest.fixture
def known(app):
    """A captcha whose answer is AB3D."""
    client().set(captchas._name("known"), captchas._hash("known", "AB3D"), ex=captchas.SECONDS)
    return "known"


@pytest.mark.spec("A13")
def test_captcha_is_a_picture_that_a_page_can_show(anybody):
    shown = anybody.get("/api/captcha").json
    head, _, content = shown["image"].partition(",")
    picture = Image.open(io.BytesIO(base64.b64decode(content)))
    assert (head, picture.format) == ("data:image/png;base64", "PNG")
    assert picture.size == (captchas.WIDTH, captchas.HEIGHT)
    assert shown["kind"] == "image" and shown["question"] is None


def test_whoever_does_not_see_pictures_gets_a_sum(anybody):
    shown = anybody.get("/api/captcha?kind=text").json
    assert shown["image"] is None and " + " in shown["question"]
    with_answer = answered()
    check_captcha(with_answer["captcha_id"], with_answer["captcha_answer"])


@pytest.mark.parametrize("typed", ["AB3D", "ab3d", " aB3d ", "a b 3 d"])
def test_answer_is_taken_without_case_and_blanks(known, typed):
    check_captcha(known, typed)


@pytest.mark.parametrize("typed", ["AB3E", "AB3", "", "AB3D1"])
def test_another_answer_is_wrong(known, typed):
    with pytest.raises(CaptchaWrong):
        check_captcha(known, typed)


def test_captcha_is_good_for_one_answer_right_or_wrong(known):
    check_captcha(known, "AB3D")
    with pytest.raises(CaptchaWrong):
        check_captcha(known, "AB3D")
    spoilt = answered()
    with pytest.raises(CaptchaWrong):
        check_captcha(spoilt["captcha_id"], "0")
    with pytest.raises(CaptchaWrong):
        check_captcha(spoilt["captcha_id"], spoilt["captcha_answer"])


def test_answer_of_one_captcha_does_not_fit_another(known):
    other = answered()
    with pytest.raises(CaptchaWrong):
        check_captcha(known, other["captcha_answer"])


def test_only_a_keyed_hash_is_kept_and_for_five_minutes(app):
    one = answered()
    name = captchas._name(one["captcha_id"])
    kept = client().get(name).decode()
    assert re.fullmatch("[0-9a-f]{64}", kept)
    answer = one["captcha_answer"]
    for plain in (answer, f"captcha:{one['captcha_id']}:{answer}"):
        assert hashlib.sha256(plain.encode()).hexdigest() != kept  # few sums: the key keeps them
    assert 290 <= client().ttl(name) <= 300


def test_one_address_gets_fewer_sums_than_pictures(anybody):
    sums = [anybody.get("/api/captcha?kind=text").status_code for _ in range(21)]
    assert sums == [200] * 20 + [429]
    assert anybody.get("/api/captcha").status_code == 200


def test_unknown_kind_of_captcha_is_refused(anybody):
    assert anybody.get("/api/captcha?kind=audio").status_code == 422


def test_without_redis_captchas_are_refused_and_signing_in_goes_on(anybody, sign_in, frail_redis):
    opened()
    frail_redis.kill()
    refused = anybody.get("/api/captcha")
    assert (refused.status_code, refused.json["type"]) == (503, "/problems/captcha-unavailable")
    with pytest.raises(CaptchaUnavailable):
        check_captcha("any", "AB3D")
    for _ in range(4):
        assert sign_in(password="wrong horse 42").json["type"].endswith("sign-in-refused")
    assert sign_in().status_code == 200


def test_limits_of_pictures_hold_too(anybody):
    for _ in range(100):
        anybody.get("/api/captcha")
    assert anybody.get("/api/captcha").json["type"] == "/problems/" + TooMany.code()
