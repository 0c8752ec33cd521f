"""What WeChat knows: its users, accounts (apps), templates, messages."""

from dataclasses import dataclass, field


@dataclass
class App:
    """A mini-program or a service account."""

    appid: str
    secret: str
    kind: str  # mini | service
    name: str
    original_id: str
    bound: bool = True  # bound to an open-platform account: unionid is given
    frozen: bool = False  # the secret is frozen: 40243
    banned: bool = False  # the message capability is banned: 43107
    pages: list[str] = field(default_factory=list)  # released pages; none = any page exists
    push_url: str = ""
    push_token: str = ""
    push_aes_key: str = ""
    push_mode: str = "secure"  # plain | secure
    push_format: str = "json"  # json | xml
    categories: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class SmsAccount:
    """Our account at the SMS provider."""

    secret_id: str
    secret_key: str
    app_id: str
    sign_name: str


@dataclass
class User:
    """A person with a phone."""

    id: str
    nickname: str
    phone: str = ""
    unionid: str = ""
    title: str = ""  # what the phone page says under the name
    colour: str = "#07c160"
    openids: dict[str, str] = field(default_factory=dict)  # appid → openid
    follows: list[str] = field(default_factory=list)  # service accounts, by appid
    followed_at: dict[str, int] = field(default_factory=dict)
    risky: bool = False  # 40226
    accepts: dict[str, int] = field(default_factory=dict)  # template → messages still allowed
    refused: list[str] = field(default_factory=list)  # templates switched to "reject"
    session_keys: dict[str, dict] = field(default_factory=dict)  # appid → {key, expires_at}
    active_at: dict[str, float] = field(default_factory=dict)  # appid → last login
    demo: bool = False


@dataclass
class Template:
    """A message template of one account."""

    id: str
    appid: str
    title: str
    content: str  # "会议时间:{{date2.DATA}}\n…"
    example: str = ""
    kind: int = 2  # 2 one-time, 3 long-term
    tid: str = ""
    kids: list[int] = field(default_factory=list)
    scene: str = ""
    enums: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Message:
    """A message lying in somebody's chats."""

    id: str
    channel: str  # subscribe | template | sms
    appid: str
    user_id: str
    template_id: str
    title: str
    rows: list[list[str]]  # [label, value]
    fields: dict[str, str]
    sent_at: float
    page: str = ""
    url: str = ""
    miniprogram: dict | None = None
    client_msg_id: str = ""
    read: bool = False
    tapped_at: float | None = None
    phone: str = ""  # of an SMS


@dataclass
class Code:
    """A code of one use: login, phone number or OAuth."""

    code: str
    kind: str  # login | phone | oauth
    appid: str
    user_id: str
    expires_at: float
    used: bool = False
    scope: str = ""


@dataclass
class Token:
    """An access token of an account, or of a user after OAuth."""

    token: str
    appid: str
    kind: str  # old | stable | user
    expires_at: float
    user_id: str = ""
    scope: str = ""


@dataclass
class Fault:
    """A weakness asked for by a test: the next *times* calls of *path* suffer it."""

    path: str  # "*" = every path
    times: int = 1
    errcode: int | None = None
    http_status: int | None = None
    body: str | None = None
    hang_seconds: float = 0.0
    drop: bool = False  # close the connection without an answer


@dataclass
class Switches:
    """How the sandbox behaves; tests change these one by one."""

    delay_ms: int = 0  # every answer takes at least this long
    busy_rate: float = 0.0  # share of calls answered -1
    ip_whitelist: list[str] = field(default_factory=list)  # none = off
    serial_sends: bool = True  # two sends to one person at once: 43108
    sent_events: bool = True  # push subscribe_msg_sent_event after a send
    push_retry_seconds: float = 1.0
    push_timeout_seconds: float = 5.0
    oauth_asks: bool = False  # the consent page of snsapi_userinfo waits for a tap
    risky_words: list[str] = field(default_factory=lambda: ["赌博", "裸聊", "代开发票"])
    doubtful_words: list[str] = field(default_factory=lambda: ["加我微信", "刷单"])
    sms_refusal: str = ""  # a code of Tencent Cloud's that every number is answered with
    sms_pause_seconds: int = 30  # between two SMS to one number
    sms_per_day: int = 10  # SMS to one number
