"""Where a scanned code leads: within WeChat's limits, and nowhere for a code that is not ours."""

import string
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.secrets import ALPHABET, new_token
from app.fairs.models import Fair, RecruiterCode
from app.fairs.services.booths import issue_recruiter_codes, revoke_recruiter_code
from app.fairs.services.entry import fair_scene, recruiter_scene
from app.fairs.services.staging import cancel_fair

WECHATS = set(string.ascii_letters + string.digits + "!#$&'()*+,/:;=?@-._~")


def read(client, scene):
    return client.get(f"/api/scenes/{scene}")


@pytest.mark.spec("A02")
@given(st.randoms(use_true_random=False), st.sampled_from([12, 20]))
def test_every_scene_fits_into_a_mini_program_code(random, length):
    token = "".join(random.choice(ALPHABET) for _ in range(length))
    for scene in (fair_scene(Fair(token=token)), recruiter_scene(RecruiterCode(token=token))):
        assert 1 <= len(scene) <= 32 and set(scene) <= WECHATS


@pytest.mark.spec("A02")
def test_real_codes_fit_into_a_mini_program_code(app, factory, wechat_sandbox):
    fair = factory.fair()
    code = issue_recruiter_codes(factory.booth(fair).id)[0]
    for scene in (fair_scene(fair), recruiter_scene(code)):
        assert app.extensions["wechat"].mini_code(scene, check_path=False)


def test_tokens_do_not_repeat():
    assert len({new_token(12) for _ in range(5000)}) == 5000


@pytest.mark.spec("A02")
def test_code_of_a_fair_leads_into_that_fair(anybody, factory):
    fairs = [factory.fair(), factory.fair()]
    for fair in fairs:
        answer = read(anybody, fair_scene(fair))
        assert answer.json["kind"] == "fair"
        assert answer.json["fair"]["id"] == fair.id
        assert (answer.json["fair"]["host"], answer.json["fair"]["phase"]) == ("江海大学", "live")


def test_code_of_a_cancelled_fair_says_so(anybody, factory):
    fair = factory.fair()
    cancel_fair(fair.id, "天气")
    assert read(anybody, fair_scene(fair)).json["fair"]["phase"] == "cancelled"


@pytest.mark.parametrize(
    "scene",
    [
        "f.doesnotexist",
        "r.doesnotexist",
        "l.doesnotexist",
        "x.token",
        "f.",
        "f",
        ".",
        "f." + "a" * 40,
        "f.%00",
        "f.%F0%9F%98%80",
        "f.双选会",
    ],
)
def test_code_that_is_not_ours_is_a_clear_chinese_problem(anybody, scene):
    answer = read(anybody, scene)
    assert (answer.status_code, answer.json["type"]) == (404, "/problems/scene-unknown")
    assert "二维码" in answer.json["title"]


def test_code_of_a_draft_is_not_known_yet(anybody, factory):
    draft = factory.fair(announced=False)
    assert read(anybody, fair_scene(draft)).status_code == 404


def test_token_of_one_kind_is_no_token_of_another(anybody, factory):
    fair = factory.fair()
    code = issue_recruiter_codes(factory.booth(fair).id)[0]
    assert read(anybody, f"r.{fair.token}").status_code == 404
    assert read(anybody, f"f.{code.token}").status_code == 404


@pytest.mark.spec("A05")
def test_recruiters_code_shows_employer_booth_and_state(anybody, factory, login, travel):
    booth = factory.booth()
    used, revoked, fresh = issue_recruiter_codes(booth.id, count=3, hours=2)
    recruiter = factory.account("周敏")
    hers = login(recruiter)
    hers.post(f"/api/recruiter-codes/{used.token}/redeem", json={"name": "周敏"})
    revoke_recruiter_code(revoked.id)
    shown = read(anybody, recruiter_scene(fresh)).json
    assert shown["employer_name"] == booth.employer.name
    assert (shown["booth_id"], shown["booth_number"]) == (booth.id, booth.number)
    states = [read(anybody, recruiter_scene(code)).json["state"] for code in (used, revoked, fresh)]
    assert states == ["used", "revoked", "usable"]
    assert read(hers, recruiter_scene(used)).json["state"] == "yours"
    travel(timedelta(hours=2))
    assert read(anybody, recruiter_scene(fresh)).json["state"] == "expired"
