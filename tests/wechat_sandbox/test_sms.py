"""The SMS side of the sandbox: it answers as Tencent Cloud would, also when it refuses."""

from collections.abc import Callable

import pytest
import requests

from app.config import SmsSettings
from app.core.errors import UpstreamFailed
from app.integrations.sms import (
    PhoneRefused,
    SmsMisconfigured,
    SmsRefused,
    SmsUnavailable,
    TencentSms,
    authorization,
)
from scripts.wechat_sandbox import demo
from tests.sandbox import SandboxControl

NUMBER = "13800010001"
WORDS = ("远航科技", "A001")
PUBLISHED = (
    rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
)


@pytest.fixture
def sms(wechat_sandbox: SandboxControl) -> Callable[..., TencentSms]:
    """Our client against the sandbox; settings may be wrong."""

    def build(**wrong: str) -> TencentSms:
        account = demo.SMS_ACCOUNT
        settings = {
            "provider": "tencent",
            "root": wechat_sandbox.root,
            "secret_id": account.secret_id,
            "secret_key": account.secret_key,
            "app_id": account.app_id,
            "sign_name": account.sign_name,
        }
        return TencentSms(SmsSettings(**(settings | wrong)))

    return build


def test_signature_is_the_one_that_tencent_cloud_publishes() -> None:
    told = authorization(
        "AKID" + "*" * 32,
        "*" * 32,
        service="cvm",
        host="cvm.tencentcloudapi.com",
        action="DescribeInstances",
        timestamp=1551113065,
        payload=PUBLISHED,
    )
    assert told == (
        "TC3-HMAC-SHA256 Credential=AKID********************************/2019-02-25/cvm/"
        "tc3_request, SignedHeaders=content-type;host;x-tc-action, "
        "Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"
    )


@pytest.mark.parametrize("number", [NUMBER, "+8613800010001", "138 0001 0001"])
def test_an_sms_arrives_on_the_phone_of_its_number(
    sms: Callable[..., TencentSms], wechat_sandbox: SandboxControl, number: str
) -> None:
    serial = sms().send(number, "2400001", WORDS, tag="7")
    (arrived,) = wechat_sandbox.sms(NUMBER)
    assert arrived["id"] == serial
    assert arrived["text"].startswith("远航科技（展位 A001）的面试官正在呼叫您")
    (shown,) = wechat_sandbox.messages(wechat_sandbox.user("lin-xiaoman"))
    assert (shown["channel"], shown["title"]) == ("sms", "【双选会】")
    assert "/api/login/oauth?next=" in wechat_sandbox.tap(shown)["opens"]


@pytest.mark.parametrize("wrong", [{"secret_key": "x"}, {"secret_id": "x"}, {"app_id": "1"}])
def test_wrong_keys_are_refused_and_an_operator_is_called_for(
    sms: Callable[..., TencentSms], wechat_sandbox: SandboxControl, wrong: dict[str, str]
) -> None:
    with pytest.raises(SmsMisconfigured):
        sms(**wrong).send(NUMBER, "2400001", WORDS)
    assert wechat_sandbox.sms() == []


def test_a_changed_body_breaks_the_signature(
    sms: Callable[..., TencentSms], wechat_sandbox: SandboxControl
) -> None:
    sms().send(NUMBER, "2400001", WORDS)
    heads = {
        "Authorization": authorization(
            demo.SMS_ACCOUNT.secret_id,
            demo.SMS_ACCOUNT.secret_key,
            service="sms",
            host=wechat_sandbox.root.partition("://")[2],
            action="SendSms",
            timestamp=int(wechat_sandbox.advance(0)),
            payload=b'{"a": 1}',
        ),
        "Content-Type": "application/json; charset=utf-8",
        "X-TC-Action": "SendSms",
        "X-TC-Timestamp": str(int(wechat_sandbox.advance(0))),
        "X-TC-Version": "2021-01-11",
        "X-TC-Region": "ap-guangzhou",
    }
    answer = requests.post(f"{wechat_sandbox.root}/", data=b'{"a": 2}', headers=heads, timeout=5)
    assert answer.json()["Response"]["Error"]["Code"] == "AuthFailure.SignatureFailure"


def test_a_signature_of_ten_minutes_ago_is_late(
    sms: Callable[..., TencentSms], wechat_sandbox: SandboxControl
) -> None:
    wechat_sandbox.advance(600)
    with pytest.raises(SmsMisconfigured) as late:
        sms().send(NUMBER, "2400001", WORDS)
    assert late.value.extensions["errcode"] == "SignatureExpire"


@pytest.mark.parametrize(
    ("template", "words", "code"),
    [
        ("1", WORDS, "TemplateIncorrectOrUnapproved"),
        ("2400001", ("远航科技",), "TemplateParamSetNotMatchApproved"),
        ("2400001", ("远航科技有限公司", "A001"), "TemplateParameterLengthLimit"),
    ],
)
def test_a_template_that_does_not_fit_is_our_fault(
    sms: Callable[..., TencentSms], template: str, words: tuple[str, ...], code: str
) -> None:
    with pytest.raises(SmsMisconfigured) as fault:
        sms().send(NUMBER, template, words)
    assert fault.value.extensions["errcode"] == code


def test_numbers_have_limits_of_their_own(
    sms: Callable[..., TencentSms], wechat_sandbox: SandboxControl
) -> None:
    sms().send(NUMBER, "2400001", WORDS)
    with pytest.raises(SmsRefused) as early:
        sms().send(NUMBER, "2400001", WORDS)
    assert early.value.extensions["errcode"] == "PhoneNumberThirtySecondLimit"
    wechat_sandbox.switch(sms_pause_seconds=0, sms_per_day=1)
    with pytest.raises(SmsRefused):
        sms().send(NUMBER, "2400001", WORDS)
    sms().send("13800010002", "2400001", WORDS)
    wechat_sandbox.opt_out("13800010003")
    with pytest.raises(SmsRefused):
        sms().send("13800010003", "2400001", WORDS)


@pytest.mark.parametrize("number", ["", "12345", "010-88886666", "23800010001", "+86"])
def test_what_is_no_mobile_number_is_not_sent_to(
    sms: Callable[..., TencentSms], wechat_sandbox: SandboxControl, number: str
) -> None:
    with pytest.raises(PhoneRefused):
        sms().send(number, "2400001", WORDS)
    assert wechat_sandbox.calls("/") == 0


@pytest.mark.parametrize("fault", [{"http_status": 502}, {"drop": True}, {"errcode": -1}])
def test_an_outage_may_be_tried_again_and_says_nothing_of_the_number(
    sms: Callable[..., TencentSms],
    wechat_sandbox: SandboxControl,
    fault: dict,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    wechat_sandbox.fault("/", **fault)
    with pytest.raises(SmsUnavailable) as away:
        sms().send(NUMBER, "2400001", WORDS)
    assert isinstance(away.value, UpstreamFailed)
    wechat_sandbox.switch(sms_refusal="LimitExceeded.PhoneNumberDailyLimit")
    with pytest.raises(SmsRefused):
        sms().send(NUMBER, "2400001", WORDS)
    assert NUMBER not in caplog.text and "138****0001" in caplog.text


def test_a_spent_quota_may_be_tried_again(
    sms: Callable[..., TencentSms], wechat_sandbox: SandboxControl
) -> None:
    wechat_sandbox.quota("/", minute=1)
    sms().send(NUMBER, "2400001", WORDS)
    with pytest.raises(SmsUnavailable):
        sms().send("13800010002", "2400001", WORDS)
