"""Choosing the new password, and telling the account of whatever happens to its old one."""

from datetime import timedelta

from app.core import clock
from app.core.database import atomic
from app.employers.errors import RecruiterNotFound
from app.employers.models import Recruiter
from app.notifications.models import Channel, NotificationKind
from app.notifications.services import urge
from app.recovery.models import PasswordRecovery
from app.recovery.services.codes import grant_reset, redeem_reset
from app.recovery.texts import Way

INBOX_PAGE = "pages/inbox/inbox"
TOLD_WITHIN = timedelta(hours=24)
CAME_BY = {Way.PHONE: Channel.SMS, Way.MAIL: Channel.MAIL}
HOW = {
    PasswordRecovery.Origin.ONLINE: "在线找回",
    PasswordRecovery.Origin.APPEAL: "申诉",
    PasswordRecovery.Origin.STAFF: "工作人员重设",
}
BEWARE = "如非本人操作，请立即联系会务人员。"


def choose_password(token: str, password: str) -> None:
    """The new password of whoever proved to be its owner; every device is signed out (A15-A17).

    The account is told by its other channels: whoever got hold of the one cannot hide it.

    :raises ResetTokenInvalid: unknown, used, void or too old
    :raises InvalidTransition: somebody else was faster with it
    :raises PasswordTooWeak: fewer than 10 characters, digits only, or the name itself
    """
    with atomic():
        recovery = redeem_reset(token, password)
        text = f"登录密码已通过{HOW[recovery.origin]}重设，所有设备已退出登录。{BEWARE}"
        tell_account(recovery.account_id, text, but=recovery)


def reset_by_staff(recruiter_id: int, reason: str) -> str:
    """Open a reset for a recruiter who asked the administrator (A17).

    Returns the code to read out: good once, for 24 hours, and shown nowhere again. The old
    password lets nobody in any more.

    :raises RecruiterNotFound: no such recruiter
    :raises PasswordNotSet: the account signs in by WeChat only
    """
    recruiter = Recruiter.get_or_none(Recruiter.id == recruiter_id)
    if recruiter is None:
        raise RecruiterNotFound
    with atomic():
        code = grant_reset(recruiter.account_id, reason)
        text = f"工作人员已为您发起密码重设，原密码已停用，所有设备已退出登录。{BEWARE}"
        tell_account(recruiter.account_id, text)
    return code


def tell_account(account_id: int, text: str, *, but: PasswordRecovery | None = None) -> None:
    """Tell an account of what concerns its safety, at once, by the channels that are left.

    Inside a command.
    """
    used = CAME_BY.get(Way(but.channel)) if but is not None and but.channel else None
    urge(
        account_id,
        NotificationKind.ACCOUNT_SECURITY,
        channels=[channel for channel in Channel if channel != used],
        params={"text": text},
        page=INBOX_PAGE,
        subject=f"account:{account_id}",
        fair_id=None,
        expires_at=clock.now() + TOLD_WITHIN,
    )
