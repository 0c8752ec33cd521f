"""WeChat's look at a text: it adds to what the reviewer sees and stops nothing."""

from datetime import timedelta

import pytest

from app.accounts.models import WeChatIdentity
from app.positions import jobs
from app.positions.models import Position
from app.positions.services.review import approve_position, chase_text_checks
from app.positions.services.writing import save_position
from app.positions.wechat_check import LONGEST_PIECE

Check = Position.TextCheck
PATH = "/wxa/msg_sec_check"


@pytest.fixture
def writer(app, hr, wechat_sandbox):
    """The recruiter as somebody who has just used the mini-program."""
    user, wechat = wechat_sandbox.create_user(nickname="周敏"), app.extensions["wechat"]
    wechat.code_to_session(wechat_sandbox.login_code(user))
    wechat.list_templates()  # fetches the access token
    WeChatIdentity.create(account=hr, appid=wechat_sandbox.mini_appid, openid=user.openid)
    return hr


def again(position):
    return Position.get_by_id(position.id)


@pytest.mark.spec("C10")
def test_what_wechat_finds_is_added_to_the_flags(factory, employer, writer, wechat_sandbox):
    wechat_sandbox.switch(risky_words=["跑腿代办"])
    position = factory.submitted(employer, writer, duties="负责跑腿代办业务的推广与客户维护。")
    assert position.text_check == Check.WAITING and position.flags == []
    jobs.check_text(position.id)
    checked = again(position)
    assert (checked.status, checked.text_check) == ("pending", Check.DONE)
    (flag,) = checked.flags
    assert (flag["screen"], flag["field"], flag["phrase"]) == ("wechat", "duties", "跑腿代办")
    assert checked.duties[flag["start"] : flag["end"]] == "跑腿代办"
    jobs.check_text(position.id)
    assert again(position).flags == checked.flags


@pytest.mark.spec("C10")
def test_nothing_found_is_noted(factory, employer, writer, wechat_sandbox):
    position = factory.submitted(employer, writer)
    jobs.check_text(position.id)
    assert (again(position).text_check, again(position).flags) == (Check.DONE, [])
    assert wechat_sandbox.calls(PATH) == 4  # title, duties, requirements, address


@pytest.mark.spec("C10")
def test_long_text_is_looked_over_in_pieces_and_places_stay_right(
    factory, employer, writer, wechat_sandbox
):
    wechat_sandbox.switch(doubtful_words=["跑腿代办"])
    text = "编" * LONGEST_PIECE + "负责跑腿代办"
    position = factory.submitted(employer, writer, duties=text)
    jobs.check_text(position.id)
    (flag,) = again(position).flags
    assert flag["level"] == "warn"
    assert text[flag["start"] : flag["end"]] == "跑腿代办"


@pytest.mark.spec("C10")
def test_recruiter_whom_wechat_does_not_know_is_not_checked_and_not_held_up(factory, employer, hr):
    position = factory.submitted(employer, hr)
    jobs.check_text(position.id)
    assert again(position).text_check == Check.SKIPPED
    assert approve_position(position.id).status == Position.Status.PUBLISHED


@pytest.mark.spec("C10")
def test_recruiter_who_was_long_away_from_the_mini_program_is_not_checked(
    factory, employer, writer, wechat_sandbox
):
    wechat_sandbox.advance(3 * 3600)
    position = factory.submitted(employer, writer)
    jobs.check_text(position.id)
    assert again(position).text_check == Check.SKIPPED


@pytest.mark.spec("C10")
def test_failing_wechat_leaves_a_note_and_the_review_goes_on(
    factory, employer, writer, wechat_sandbox
):
    wechat_sandbox.fault(PATH, errcode=-1, times=9)
    position = factory.submitted(employer, writer)
    jobs.check_text(position.id)
    assert (again(position).status, again(position).text_check) == ("pending", Check.FAILED)
    assert approve_position(position.id).status == Position.Status.PUBLISHED


@pytest.mark.spec("C10")
def test_late_answer_does_not_touch_what_was_decided_or_changed(factory, employer, writer):
    position = factory.submitted(employer, writer)
    approve_position(position.id)
    jobs.check_text(position.id)
    assert again(position).text_check == Check.WAITING
    jobs.check_text(10**6)
    saved = save_position(
        position.id, employer.id, writer.id, version=1, school_ids=[], title="前端工程师"
    )
    assert saved.text_check == Check.WAITING and saved.version == 2


@pytest.mark.spec("C10")
def test_lost_check_is_queued_again(factory, employer, hr, travel):
    position = factory.submitted(employer, hr)
    assert chase_text_checks() == 0
    travel(timedelta(minutes=6))
    assert chase_text_checks() == 1
    jobs.check_text(position.id)
    assert chase_text_checks() == 0
