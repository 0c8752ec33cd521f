"""The environment is read once; what is missing or unsafe is named together."""

import pytest
from cryptography.fernet import Fernet

from app.config import PRODUCTION_MUST_SET, Config, ConfigInvalid

KEY = Fernet.generate_key().decode()
LEAST = {"SECRET_KEY": "x" * 40, "DATA_KEY": KEY}
PRODUCTION = LEAST | {
    "APP_ENV": "production",
    "DATABASE_URL": "postgresql://db.example/fairs",
    "REDIS_URL": "rediss://redis.example/0",
    "PUBLIC_URL": "https://fair.example.edu.cn/",
    "REALTIME_URL": "wss://fair.example.edu.cn/ws",
    "WECHAT_MINI_APPID": "wx0000000000000001",
    "WECHAT_MINI_SECRET": "0" * 32,
}


def faults(env):
    with pytest.raises(ConfigInvalid) as refusal:
        Config.from_env(env)
    return str(refusal.value)


def test_two_secrets_are_enough_for_development():
    config = Config.from_env(LEAST)
    assert (config.env, config.rtc_provider, config.pool_size) == ("development", "webrtc", 20)
    assert config.database_url.startswith("sqlite:///") and not config.is_production


def test_whole_production_environment_is_taken():
    config = Config.from_env(PRODUCTION)
    assert config.is_production and config.public_url == "https://fair.example.edu.cn"


def test_every_fault_is_named_at_once():
    told = faults(
        {
            "APP_ENV": "staging",
            "DATABASE_URL": "mysql://x",
            "REDIS_URL": "http://x",
            "RTC_PROVIDER": "zoom",
            "AGORA_TOKEN_KIND": "008",
            "TURN_URLS": "turn:turn.example",
            "DATABASE_POOL": "many",
            "WECHAT_TEMPLATES": "[",
            "LOG_LEVEL": "LOUD",
            "STORAGE_URL": "ftp://x",
        }
    )
    for name in (
        "SECRET_KEY", "DATA_KEY", "APP_ENV", "DATABASE_URL", "REDIS_URL", "RTC_PROVIDER",
        "AGORA_TOKEN_KIND", "TURN_SECRET", "DATABASE_POOL", "WECHAT_TEMPLATES", "LOG_LEVEL",
        "STORAGE_URL",
    ):  # fmt: skip
        assert name in told, name


@pytest.mark.parametrize(
    "key", ["secret", ",", "a" * 44, KEY + ",short"], ids=lambda key: f"{len(key)} characters"
)
def test_data_key_must_be_one_that_encrypts(key):
    assert "DATA_KEY must be Fernet keys" in faults(LEAST | {"DATA_KEY": key})


@pytest.mark.parametrize("templates", ["[]", '"x"', '{"interview_result": "id"}', "{"])
def test_templates_must_be_an_object_of_objects(templates):
    assert "WECHAT_TEMPLATES" in faults(LEAST | {"WECHAT_TEMPLATES": templates})


@pytest.mark.parametrize("pool", ["0", "-1", "1.5", "٣"])
def test_pool_must_be_a_positive_whole_number(pool):
    assert "DATABASE_POOL" in faults(LEAST | {"DATABASE_POOL": pool})


def test_files_lie_in_a_folder_until_told_otherwise():
    assert Config.from_env(LEAST).storage_url == "file://var/files"
    bucket = "s3://key:secret@s3.example/fair-files"
    assert Config.from_env(PRODUCTION | {"STORAGE_URL": bucket}).storage_url == bucket
    assert "STORAGE_URL s3:// needs a bucket" in faults(LEAST | {"STORAGE_URL": bucket[:-11]})


def test_agora_needs_its_two_keys():
    assert "AGORA_APP_ID" in faults(LEAST | {"RTC_PROVIDER": "agora"})
    keys = {"AGORA_APP_ID": "a" * 32, "AGORA_APP_CERTIFICATE": "b" * 32}
    assert Config.from_env(LEAST | {"RTC_PROVIDER": "agora"} | keys).rtc_provider == "agora"


SMS = {
    "SMS_PROVIDER": "tencent",
    "SMS_SECRET_ID": "AKIDx",
    "SMS_SECRET_KEY": "sms-key-value",
    "SMS_APP_ID": "1400006666",
    "SMS_SIGN_NAME": "双选会",
    "SMS_TEMPLATES": '{"interview_ringing": {"id": "1", "words": ["employer"]}}',
}


@pytest.mark.parametrize("name", [name for name in SMS if name != "SMS_PROVIDER"])
def test_sms_has_no_default_secrets(name):
    assert Config.from_env(PRODUCTION | SMS).sms.per_day == 5
    assert name in faults(LEAST | {key: value for key, value in SMS.items() if key != name})
    assert "SMS_PROVIDER" in faults(LEAST | SMS | {"SMS_PROVIDER": "pigeon"})
    assert Config.from_env(LEAST).sms.provider == ""


@pytest.mark.parametrize(
    "root",
    [
        "http://127.0.0.1:8002",
        "http://sms.tencentcloudapi.com",
        "https://sms.tencentcloudapi.com.evil.example",
        "https://eviltencentcloudapi.com",
    ],
)
def test_production_sends_sms_to_the_provider_only(root):
    assert "SMS_ROOT" in faults(PRODUCTION | SMS | {"SMS_ROOT": root})
    assert Config.from_env(LEAST | SMS | {"SMS_ROOT": root})
    near = "https://sms.ap-beijing.tencentcloudapi.com"
    assert Config.from_env(PRODUCTION | SMS | {"SMS_ROOT": near}).sms.root == near


@pytest.mark.parametrize("name", [*PRODUCTION_MUST_SET, "SECRET_KEY", "DATA_KEY"])
def test_production_starts_with_nothing_left_to_defaults(name):
    env = {key: value for key, value in PRODUCTION.items() if key != name}
    assert name in faults(env)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WECHAT_API_ROOT", "http://127.0.0.1:8002"),
        ("WECHAT_OAUTH_ROOT", "http://127.0.0.1:8002"),
        ("WECHAT_API_ROOT", "https://api.weixin.qq.com.evil.example"),
        ("PUBLIC_URL", "http://fair.example.edu.cn"),
        ("REALTIME_URL", "ws://fair.example.edu.cn/ws"),
        ("SECRET_KEY", "short"),
    ],
)
def test_production_refuses_the_sandbox_plain_http_and_short_secrets(name, value):
    assert name in faults(PRODUCTION | {name: value})
    assert Config.from_env(PRODUCTION | {"APP_ENV": "development", name: value})


def test_no_secret_shows_when_the_settings_are_printed():
    secrets = {
        "SECRET_KEY": "s" * 40,
        "WECHAT_MINI_SECRET": "mini-secret-value",
        "WECHAT_SERVICE_SECRET": "service-secret-value",
        "WECHAT_PUSH_TOKEN": "push-token-value",
        "WECHAT_PUSH_AES_KEY": "push-aes-value",
        "TURN_SECRET": "turn-secret-value",
        "AGORA_APP_CERTIFICATE": "certificate-value",
        "AGORA_WEBHOOK_SECRET": "webhook-value",
        "DATABASE_URL": "postgresql://u:database-password@db/x",
        "REDIS_URL": "redis://:redis-password@r/0",
        "MAIL_URL": "smtp://u:mail-password@m",
        "SMS_SECRET_KEY": "sms-key-value",
        "STORAGE_URL": "s3://key:storage-secret@s3.example/fair-files",
    }
    shown = repr(Config.from_env(LEAST | secrets))
    assert KEY not in shown
    for value in secrets.values():
        assert value not in shown
