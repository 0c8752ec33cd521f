"""Logging in on a desktop by a code that the phone confirms."""

import string
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image

from app.accounts.models import LoginSession, QrLogin
from app.accounts.services.qr import forget_expired_codes
from app.core.qr import png
from tests.racing import at_once


@pytest.fixture
def desktop(anybody):
    """A code shown on a desktop."""
    answer = anybody.post("/api/login/codes", json={"device": "Chrome · Windows"})
    assert answer.status_code == 201, answer.json
    return answer.json


@pytest.fixture
def phone(factory, login):
    """The phone of somebody who is logged in."""
    return login(factory.account("周敏"))


def claim(client, code, secret=None):
    return client.post(
        f"/api/login/codes/{code['ticket']}/claim", json={"secret": secret or code["secret"]}
    )


def touch(phone, code, verb):
    return phone.post(f"/api/login/codes/{code['ticket']}/{verb}")


@pytest.mark.spec("A01", "A03")
def test_desktop_is_let_in_once_the_phone_confirms(anybody, phone, desktop):
    assert claim(anybody, desktop).json == {"status": "pending", "session": None}
    scanned = touch(phone, desktop, "scan")
    assert (scanned.json["status"], scanned.json["device"]) == ("scanned", "Chrome · Windows")
    assert claim(anybody, desktop).json["status"] == "scanned"
    assert touch(phone, desktop, "confirm").json["status"] == "confirmed"
    claimed = claim(anybody, desktop).json
    assert claimed["status"] == "claimed"
    assert claimed["session"]["account"]["name"] == "周敏"
    assert claim(anybody, desktop).json == {"status": "claimed", "session": None}


def test_printed_code_carries_the_scene_within_wechats_limits(desktop, config, tmp_path):
    allowed = set(string.ascii_letters + string.digits + "!#$&'()*+,/:;=?@-._~")
    assert len(desktop["scene"]) <= 32 and set(desktop["scene"]) <= allowed
    assert desktop["url"] == f"{config.public_url}/m/s?scene={desktop['scene']}"
    picture = tmp_path / "code.png"
    picture.write_bytes(png(desktop["url"]))
    assert zxingcpp.read_barcode(Image.open(picture)).text == desktop["url"]
    assert desktop["qr_svg"].startswith("<")


def test_secret_never_shows_on_the_phone_or_in_the_scene(anybody, phone, desktop):
    shown = [touch(phone, desktop, "scan"), anybody.get(f"/api/scenes/{desktop['scene']}")]
    assert all(desktop["secret"] not in answer.get_data(as_text=True) for answer in shown)
    assert QrLogin.get().secret_hash != desktop["secret"]


def test_wrong_secret_or_ticket_is_not_found(anybody, phone, desktop):
    touch(phone, desktop, "scan")
    touch(phone, desktop, "confirm")
    for code, secret in ((desktop, "x" * 32), ({"ticket": "none"}, desktop["secret"])):
        answer = claim(anybody, code, secret)
        assert (answer.status_code, answer.json["type"]) == (404, "/problems/login-code-not-found")
    assert claim(anybody, desktop).json["status"] == "claimed"


def test_refused_code_never_lets_in(anybody, phone, desktop):
    touch(phone, desktop, "scan")
    assert touch(phone, desktop, "refuse").json["status"] == "refused"
    assert claim(anybody, desktop).json == {"status": "refused", "session": None}
    assert touch(phone, desktop, "confirm").json["type"] == "/problems/login-code-expired"


def test_code_scanned_by_another_cannot_be_scanned_or_confirmed(factory, login, phone, desktop):
    touch(phone, desktop, "scan")
    other = login(factory.account())
    for verb in ("scan", "confirm", "refuse"):
        answer = touch(other, desktop, verb)
        assert (answer.status_code, answer.json["type"]) == (409, "/problems/login-code-taken")
    assert touch(phone, desktop, "scan").status_code == 200


def test_code_must_be_looked_at_before_it_is_confirmed(anybody, phone, desktop):
    assert touch(phone, desktop, "confirm").status_code == 409
    assert claim(anybody, desktop).json["status"] == "pending"


@pytest.mark.parametrize("scanned", [False, True])
def test_code_expires_after_three_minutes(anybody, phone, desktop, travel, scanned):
    if scanned:
        touch(phone, desktop, "scan")
    travel(timedelta(seconds=178))
    assert claim(anybody, desktop).json["status"] == ("scanned" if scanned else "pending")
    travel(timedelta(seconds=3))
    assert claim(anybody, desktop).json == {"status": "expired", "session": None}
    verb = "confirm" if scanned else "scan"
    assert touch(phone, desktop, verb).json["type"] == "/problems/login-code-expired"


def test_confirmed_code_that_nobody_fetches_is_worthless_after_a_minute(
    anybody, phone, desktop, travel
):
    touch(phone, desktop, "scan")
    travel(timedelta(seconds=175))
    touch(phone, desktop, "confirm")
    travel(timedelta(seconds=58))
    assert anybody.get(f"/api/scenes/{desktop['scene']}").json["state"] == "confirmed"
    travel(timedelta(seconds=3))
    assert claim(anybody, desktop).json == {"status": "expired", "session": None}
    assert LoginSession.select().count() == 0


@pytest.mark.serial
def test_of_simultaneous_claims_one_gets_the_login(app, phone, desktop):
    touch(phone, desktop, "scan")
    touch(phone, desktop, "confirm")

    def one():
        return claim(app.test_client(), desktop)

    answers = at_once(app, *[one] * 6)
    sessions = [a.json for a in answers if a.status_code == 200 and a.json["session"]]
    assert len(sessions) == 1
    assert all(answer.status_code in (200, 409) for answer in answers)
    assert LoginSession.select().count() == 1


@pytest.mark.serial
def test_of_two_phones_that_scan_at_once_one_has_the_code(app, factory, login, desktop):
    phones = [login(factory.account()) for _ in range(4)]
    answers = at_once(app, *[lambda p=p: touch(p, desktop, "scan") for p in phones])
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    winner = phones[[answer.status_code for answer in answers].index(200)]
    assert touch(winner, desktop, "confirm").status_code == 200


@pytest.mark.serial
def test_confirmed_and_refused_at_once_one_word_counts(app, phone, desktop):
    touch(phone, desktop, "scan")
    verbs = ("confirm", "refuse")
    answers = at_once(app, *[lambda v=v: touch(phone, desktop, v) for v in verbs])
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    won = verbs[[answer.status_code for answer in answers].index(200)]
    assert QrLogin.get().status == {"confirm": "confirmed", "refuse": "refused"}[won]


def test_codes_are_forgotten_a_day_after_they_expired(desktop, travel):
    travel(timedelta(hours=23))
    assert forget_expired_codes() == 0
    travel(timedelta(hours=2))
    assert forget_expired_codes() == 1


def test_one_address_cannot_ask_for_codes_without_end(anybody):
    codes = [anybody.post("/api/login/codes", json={}).status_code for _ in range(121)]
    assert codes[:120] == [201] * 120 and codes[120] == 429
    answer = anybody.post("/api/login/codes", json={})
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.json["title"] == "操作过于频繁，请稍后再试"
