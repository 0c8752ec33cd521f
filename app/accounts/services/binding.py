"""Giving a WeChat to an account that was opened with name and password (A06 step ⑤)."""

from typing import Any

from app.accounts.errors import WeChatBound, WeChatElsewhere
from app.accounts.models import Account, LoginSession, QrLogin, WeChatIdentity
from app.core import audit, clock
from app.core.database import locked

# What every first login leaves behind; whoever has more than this is somebody already.
TRACES = (WeChatIdentity, LoginSession, QrLogin)


def has_wechat(account_id: int) -> bool:
    """Whether a WeChat leads to the account."""
    return WeChatIdentity.select().where(WeChatIdentity.account == account_id).exists()


def move_wechat(from_id: int, to_id: int) -> None:
    """Let a WeChat lead to another account. Inside a command.

    Scanning signs a phone in, so its WeChat has an account of its own by then. One that has
    been used for anything is not emptied; of an unused one nothing is left but the row.

    :raises WeChatElsewhere: the account that has it is in use
    :raises WeChatBound: the other one has a WeChat
    """
    if from_id == to_id:
        return
    both = Account.select(Account.id).where(Account.id.in_((from_id, to_id)))
    list(locked(both.order_by(Account.id)))
    if has_wechat(to_id):
        raise WeChatBound
    if _is_in_use(from_id):
        raise WeChatElsewhere
    WeChatIdentity.update(account=to_id).where(WeChatIdentity.account == from_id).execute()
    # The phone signs in again and is the other account from then on.
    open_still = (LoginSession.account == from_id) & LoginSession.ended_at.is_null()
    LoginSession.update(ended_at=clock.now()).where(open_still).execute()
    audit.record(f"account:{to_id}", "bind_wechat", after={"account": from_id})


def _is_in_use(account_id: int) -> bool:
    """Whether any record of any domain belongs to the account."""
    keys: Any = Account._meta.backrefs.items()
    return any(
        model.select().where(key == account_id).exists()
        for key, model in keys
        if model not in TRACES
    )
