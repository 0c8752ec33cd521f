"""One access token for all threads and processes, and exactly one retry."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic

import pytest
from redis import Redis

from app.config import Config, WeChatApp
from app.core.errors import UpstreamFailed
from app.core.redis import connect
from app.integrations.wechat import (
    WeChat,
    WeChatMisconfigured,
    WeChatQuotaSpent,
    WeChatUnavailable,
)
from app.notifications.models import NotificationKind
from tests.sandbox import SandboxControl, free_port

STABLE = "/cgi-bin/stable_token"
LIST = "/wxaapi/newtmpl/gettemplate"


def test_many_threads_on_a_cold_cache_fetch_one_token(
    wechat: WeChat, wechat_sandbox: SandboxControl
) -> None:
    wechat_sandbox.switch(delay_ms=100)
    together = threading.Barrier(24)

    def ask(_: int) -> int:
        together.wait()
        return len(wechat.list_templates())

    with ThreadPoolExecutor(24) as pool:
        assert set(pool.map(ask, range(24))) == {len(NotificationKind)}
    assert wechat_sandbox.calls(STABLE) == 1
    assert wechat_sandbox.calls(LIST) == 24


def test_processes_share_one_token_through_redis(
    wechat_config: Config, own_redis: Redis, wechat_sandbox: SandboxControl
) -> None:
    wechat_sandbox.switch(delay_ms=50)
    gateways = [WeChat(wechat_config, own_redis) for _ in range(6)]  # as in six processes
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda gateway: gateway.list_templates(), gateways))
    assert wechat_sandbox.calls(STABLE) == 1


@pytest.mark.parametrize("redis_is", ["absent", "down"])
def test_without_redis_calls_still_work(
    wechat_config: Config, wechat_sandbox: SandboxControl, redis_is: str
) -> None:
    redis = None
    if redis_is == "down":
        redis = connect(f"redis://127.0.0.1:{free_port()}/0", timeout_seconds=0.2)
    wechat = WeChat(wechat_config, redis)
    assert wechat.list_templates()
    assert wechat.list_templates()
    assert wechat_sandbox.calls(STABLE) == 1  # this process keeps it


def test_a_revoked_token_is_renewed_once_and_the_call_repeated(
    wechat: WeChat, wechat_sandbox: SandboxControl
) -> None:
    wechat.list_templates()
    wechat_sandbox.revoke_tokens()
    wechat_sandbox.forget_calls()
    assert wechat.list_templates()
    assert (wechat_sandbox.calls(LIST), wechat_sandbox.calls(STABLE)) == (2, 1)


def test_after_a_revocation_many_threads_fetch_one_new_token(
    wechat: WeChat, wechat_sandbox: SandboxControl
) -> None:
    wechat.list_templates()
    wechat_sandbox.revoke_tokens()
    wechat_sandbox.forget_calls()
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: wechat.list_templates(), range(16)))
    assert wechat_sandbox.calls(STABLE) == 1
    assert wechat_sandbox.calls(LIST) <= 32


def test_a_token_another_process_renewed_is_taken_over(
    wechat_config: Config, own_redis: Redis, wechat_sandbox: SandboxControl
) -> None:
    one, other = WeChat(wechat_config, own_redis), WeChat(wechat_config, own_redis)
    one.list_templates()
    other.list_templates()
    wechat_sandbox.revoke_tokens()
    one.list_templates()
    wechat_sandbox.forget_calls()
    assert other.list_templates()
    assert wechat_sandbox.calls(STABLE) == 0


def test_an_expired_token_is_renewed(wechat: WeChat, wechat_sandbox: SandboxControl) -> None:
    wechat.list_templates()
    wechat_sandbox.advance(7_300)  # WeChat answers 42001, our cache does not know
    assert wechat.list_templates()


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
def test_a_token_refused_for_ever_ends_after_one_retry(
    wechat: WeChat, wechat_sandbox: SandboxControl, errcode: int
) -> None:
    wechat_sandbox.fault(LIST, errcode=errcode, times=1_000)
    with pytest.raises(WeChatUnavailable):
        wechat.list_templates()
    assert wechat_sandbox.calls(LIST) == 2


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"errcode": -1}, WeChatUnavailable),
        ({"errcode": 99999}, WeChatUnavailable),
        ({"http_status": 502}, WeChatUnavailable),
        ({"http_status": 500, "body": '{"errcode":0}'}, WeChatUnavailable),
        ({"body": "<html>blocked</html>"}, WeChatUnavailable),
        ({"body": "[]"}, WeChatUnavailable),
        ({"drop": True}, WeChatUnavailable),
        ({"errcode": 45009}, WeChatQuotaSpent),
        ({"errcode": 45011}, WeChatQuotaSpent),
        ({"errcode": 48001}, WeChatMisconfigured),
    ],
)
@pytest.mark.parametrize("path", [LIST, STABLE])
def test_every_fault_is_an_upstream_failure_in_our_words(
    wechat: WeChat, wechat_sandbox: SandboxControl, path: str, fault: dict, kind: type
) -> None:
    wechat_sandbox.fault(path, **fault)
    with pytest.raises(UpstreamFailed) as caught:
        wechat.list_templates()
    assert type(caught.value) is kind
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert wechat_sandbox.mini_secret not in str(caught.value)


def test_a_dead_server_is_an_upstream_failure(wechat_config: Config) -> None:
    dead = replace(wechat_config, wechat_api_root=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(WeChatUnavailable):
        WeChat(dead, None).list_templates()


def test_a_silent_server_is_given_up_after_the_timeout(
    wechat: WeChat, wechat_sandbox: SandboxControl
) -> None:
    wechat.list_templates()
    wechat.mini.timeout = (1.0, 0.4)
    wechat_sandbox.fault(LIST, hang_seconds=2)
    began = monotonic()
    with pytest.raises(WeChatUnavailable):
        wechat.list_templates()
    assert monotonic() - began < 1.5


def test_token_fetches_have_a_timeout_too(wechat: WeChat, wechat_sandbox: SandboxControl) -> None:
    wechat.mini.timeout = (1.0, 0.4)
    wechat_sandbox.fault(STABLE, hang_seconds=2)
    with pytest.raises(WeChatUnavailable):
        wechat.list_templates()


@pytest.mark.parametrize("weakness", ["secret", "frozen", "address"])
def test_wrong_credentials_are_a_matter_for_the_operator(
    wechat_config: Config, wechat_sandbox: SandboxControl, weakness: str
) -> None:
    account = wechat_config.wechat_mini
    if weakness == "secret":
        account = WeChatApp(account.appid, "0" * 32)
    if weakness == "frozen":
        wechat_sandbox.app(account.appid, frozen=True)
    if weakness == "address":
        wechat_sandbox.switch(ip_whitelist=["10.1.2.3"])
    wechat = WeChat(replace(wechat_config, wechat_mini=account), None)
    with pytest.raises(WeChatMisconfigured):
        wechat.list_templates()


def test_an_account_that_is_not_set_up_is_never_asked_for(
    wechat_config: Config, wechat_sandbox: SandboxControl
) -> None:
    bare = replace(wechat_config, wechat_mini=WeChatApp("", ""))
    with pytest.raises(WeChatMisconfigured):
        WeChat(bare, None).list_templates()
    assert wechat_sandbox.calls(STABLE) == 0


def test_connections_are_pooled_for_a_broadcast(
    wechat: WeChat, wechat_sandbox: SandboxControl
) -> None:
    wechat.list_templates()
    wechat_sandbox.switch(delay_ms=100)
    wechat_sandbox.forget_calls()
    began = monotonic()
    with ThreadPoolExecutor(40) as pool:
        list(pool.map(lambda _: wechat.list_templates(), range(200)))
    assert wechat_sandbox.most_at_once() >= 30
    assert monotonic() - began < 5  # one after the other it would be 20 s
