"""What the tests of outside services share: a Redis of their own, to stop at will."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from redis import Redis

from app.config import Config, WeChatApp
from app.core.redis import connect
from app.integrations.wechat import WeChat
from scripts.stack.valkey import Valkey
from tests.sandbox import SandboxControl, free_port


@pytest.fixture(scope="session")
def shared_valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    server = Valkey(free_port(), Path(tmp_path_factory.mktemp("valkey")))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_redis(shared_valkey: Valkey) -> Redis:
    """An empty Redis."""
    redis = connect(shared_valkey.url)
    redis.flushall()
    return redis


@pytest.fixture
def wechat_config(wechat_sandbox: SandboxControl) -> Config:
    """A configuration that points at the sandbox."""
    bare = Config.from_env({"SECRET_KEY": "s" * 32, "DATA_KEY": Fernet.generate_key().decode()})
    return replace(
        bare,
        wechat_api_root=wechat_sandbox.root,
        wechat_oauth_root=wechat_sandbox.root,
        wechat_mini=WeChatApp(wechat_sandbox.mini_appid, wechat_sandbox.mini_secret),
        wechat_service=WeChatApp(wechat_sandbox.service_appid, wechat_sandbox.service_secret),
        wechat_push_token=wechat_sandbox.push_token,
        wechat_push_aes_key=wechat_sandbox.push_aes_key,
    )


@pytest.fixture
def wechat(wechat_config: Config, own_redis: Redis) -> WeChat:
    """The gateway as one process has it."""
    return WeChat(wechat_config, own_redis)


@pytest.fixture
def event() -> dict:
    """A popup accepted by somebody."""
    return {
        "ToUserName": "gh_5d0f1a2b3c4d",
        "FromUserName": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
        "CreateTime": "1774573200",
        "MsgType": "event",
        "Event": "subscribe_msg_popup_event",
        "List": [{"TemplateId": "t1", "SubscribeStatusString": "accept", "PopupScene": "0"}],
    }
