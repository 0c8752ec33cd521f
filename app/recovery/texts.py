"""What a code to a forgotten password says, and where it can be sent. 找回密码"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.config import SmsSettings
from app.core.crypto import mask_phone
from app.recovery.models import PasswordRecovery

SMS_KIND = (
    "recovery_code"  # its template in SMS_TEMPLATES: {"id": "…", "words": ["code", "minutes"]}
)
SUBJECT = "【双选会】找回密码验证码"
LETTER = """您正在找回双选会招聘工作台的登录密码，验证码：

{code}

{minutes} 分钟内有效。工作人员不会向您索要验证码；如非本人操作，请忽略本邮件，密码不会改变。

本邮件由双选会平台自动发送，请勿回复。"""


class Way(StrEnum):
    """Where a code can be sent."""

    PHONE = "phone"  # 预留手机
    MAIL = "mail"  # 单位邮箱


@dataclass(frozen=True)
class SmsText:
    """The deployment's approved text for a code."""

    template_id: str
    names: tuple[str, ...]

    def words(self, *, code: str, minutes: int) -> Sequence[str]:
        """Its words in order."""
        values = {"code": code, "minutes": str(minutes)}
        return [values.get(name, "") for name in self.names]


def sms_text_of(settings: SmsSettings) -> SmsText | None:
    """The text of an SMS with a code, where the deployment has one."""
    found = settings.templates.get(SMS_KIND, {})
    if not settings.provider or not found.get("id"):
        return None
    names = found.get("words") or ["code"]
    return SmsText(str(found["id"]), tuple(str(name) for name in names))  # type: ignore[attr-defined]


def mask_mail(mail: str | None) -> str | None:
    """``z***@c***.cn``: a whole domain would tell a guessed company's real mailbox from a decoy."""
    name, at, domain = (mail or "").partition("@")
    return f"{name[:1]}***@{domain[:1]}***.{domain.rpartition('.')[2]}" if at else None


def masked(recovery: PasswordRecovery) -> dict[Way, str]:
    """The addresses of a recovery as they may be shown."""
    found = {Way.PHONE: mask_phone(recovery.phone), Way.MAIL: mask_mail(recovery.email)}
    return {way: text for way, text in found.items() if text}
