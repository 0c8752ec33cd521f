"""Content safety of texts, over HTTP against the sandbox."""

import pytest

from app.integrations.wechat import TextRefused, WeChat, WeChatUnavailable, WriterInactive
from tests.sandbox import SandboxControl

PATH = "/wxa/msg_sec_check"


@pytest.fixture
def openid(wechat: WeChat, wechat_sandbox: SandboxControl) -> str:
    """Somebody who has just used the mini-program."""
    user = wechat_sandbox.create_user()
    return wechat.code_to_session(wechat_sandbox.login_code(user)).openid


@pytest.mark.spec("C10")
def test_text_passes_or_is_doubtful_or_risky(
    wechat: WeChat, wechat_sandbox: SandboxControl, openid: str
) -> None:
    assert wechat.check_text(openid, "负责后端开发").suggest == "pass"
    doubtful = wechat.check_text(openid, "有意请加我微信")
    assert (doubtful.suggest, doubtful.keywords) == ("review", ("加我微信",))
    risky = wechat.check_text(openid, "提供代开发票服务")
    assert (risky.suggest, risky.label, risky.keywords) == ("risky", 20006, ("代开发票",))


@pytest.mark.spec("C10")
def test_who_was_not_at_the_mini_program_lately_cannot_be_checked(
    wechat: WeChat, wechat_sandbox: SandboxControl, openid: str
) -> None:
    wechat_sandbox.advance(2 * 3600 + 1)
    with pytest.raises(WriterInactive):
        wechat.check_text(openid, "负责后端开发")
    with pytest.raises(WriterInactive):
        wechat.check_text("nobody", "负责后端开发")


@pytest.mark.spec("C10")
def test_text_that_cannot_be_checked_and_a_silent_wechat_are_told_apart(
    wechat: WeChat, wechat_sandbox: SandboxControl, openid: str
) -> None:
    with pytest.raises(TextRefused):
        wechat.check_text(openid, "长" * 2501)
    wechat_sandbox.fault(PATH, errcode=-1, times=1)
    with pytest.raises(WeChatUnavailable):
        wechat.check_text(openid, "负责后端开发")
    wechat_sandbox.fault(PATH, body="{}", times=1)
    with pytest.raises(WeChatUnavailable):
        wechat.check_text(openid, "负责后端开发")
