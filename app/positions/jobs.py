"""Deferred work of positions: WeChat's look at a text that waits for review."""

import logging

from flask import current_app

from app.accounts.models import WeChatIdentity
from app.core.database import atomic
from app.core.errors import DomainError, UpstreamFailed
from app.core.jobs import QueueName, job
from app.integrations.wechat import TextRefused, WriterInactive
from app.positions.models import Position
from app.positions.screening import Flag
from app.positions.wechat_check import WeChatScreen
from app.positions.wording import texts_of

log = logging.getLogger(__name__)

Check = Position.TextCheck
UNCHECKED: dict[type[DomainError], Check] = {
    WriterInactive: Check.SKIPPED,
    TextRefused: Check.SKIPPED,
    UpstreamFailed: Check.FAILED,
}


@job(QueueName.DEFAULT)
def check_text(position_id: int) -> None:
    """Add what WeChat finds to the flags (C10).

    It advises: whether it finds something, is slow or does not answer, the review goes on.
    A text that was changed or decided on meanwhile keeps what it has.
    """
    position = Position.get_or_none(Position.id == position_id)
    if position is None or not _waits(position):
        return
    result, flags = _look(position)
    unchanged = (
        (Position.id == position_id)
        & (Position.version == position.version)
        & (Position.status == Position.Status.PENDING)
        & (Position.text_check == Check.WAITING)
    )
    changes = {"text_check": result, "flags": [*position.flags, *flags]}
    with atomic():
        Position.update(changes).where(unchanged).execute()


def _waits(position: Position) -> bool:
    return position.status == Position.Status.PENDING and position.text_check == Check.WAITING


def _look(position: Position) -> tuple[Check, list[Flag]]:
    wechat = current_app.extensions["wechat"]
    writer = (WeChatIdentity.account == position.submitted_by) & (
        WeChatIdentity.appid == wechat.mini_appid
    )
    identity = WeChatIdentity.get_or_none(writer)
    if identity is None:
        return Check.SKIPPED, []
    try:
        return Check.DONE, WeChatScreen(wechat, identity.openid).look(texts_of(position))
    except tuple(UNCHECKED) as fault:
        log.info("position %s is not checked by WeChat: %s", position.id, type(fault).__name__)
        return next(c for kind, c in UNCHECKED.items() if isinstance(fault, kind)), []
