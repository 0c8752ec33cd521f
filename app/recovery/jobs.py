"""Deferred work: sending the code to a forgotten password (A15)."""

import logging
import secrets
from datetime import datetime, timedelta

from flask import current_app

from app.config import current
from app.core import clock, crypto
from app.core.database import atomic
from app.core.errors import DomainError, InvalidTransition
from app.core.jobs import QueueName, job
from app.recovery import texts
from app.recovery.models import PasswordRecovery
from app.recovery.texts import Way

log = logging.getLogger(__name__)

CODE_MINUTES = 10
Status, Origin = PasswordRecovery.Status, PasswordRecovery.Origin


@job(QueueName.URGENT)
def send_code(recovery_id: int) -> None:
    """Make a code, keep its hash and send it. Does nothing for a recovery that waits for none.

    The code is made here and is nowhere else: no table, queue or log ever holds it. A decoy
    gets one too, which nobody is sent.
    """
    recovery = PasswordRecovery.get_or_none(PasswordRecovery.id == recovery_id)
    if recovery is None or recovery.status != Status.ASKED or recovery.expires_at <= clock.now():
        return
    code = f"{secrets.randbelow(1_000_000):06d}"
    try:
        with atomic():
            recovery.send(
                code_hash=code_hash(recovery.ticket, code),
                tries=0,
                code_expires_at=_until(recovery),
            )
    except InvalidTransition:
        return  # another worker was faster
    if recovery.account_id is not None and not _sent(recovery, code):
        _note_miss(recovery)


def code_hash(ticket: str, code: str) -> str:
    """What is kept of a code: keyed, since six digits are soon tried."""
    return crypto.lookup_hash(f"recovery:{ticket}:{code}")


def minutes_of(recovery: PasswordRecovery) -> int:
    """How long a code of this recovery is good, in minutes."""
    if recovery.origin == Origin.ONLINE:
        return CODE_MINUTES
    return max(int((recovery.expires_at - clock.now()).total_seconds()) // 60, 1)


def _note_miss(recovery: PasswordRecovery) -> None:
    try:
        with atomic():
            recovery.miss()
    except InvalidTransition:
        log.info("recovery %s: another code was asked for meanwhile", recovery.id)


def _until(recovery: PasswordRecovery) -> datetime:
    if recovery.origin == Origin.ONLINE:
        return clock.now() + timedelta(minutes=CODE_MINUTES)
    return recovery.expires_at


def _sent(recovery: PasswordRecovery, code: str) -> bool:
    """Whether the chosen channel took the code; why not is for the log, not for the asker."""
    minutes = minutes_of(recovery)
    try:
        if recovery.channel == Way.PHONE:
            text = texts.sms_text_of(current().sms)
            if text is None or not recovery.phone:
                return False
            words = text.words(code=code, minutes=minutes)
            current_app.extensions["sms"].send(
                recovery.phone, text.template_id, words, tag=f"recovery-{recovery.id}"
            )
        else:
            letter = texts.LETTER.format(code=code, minutes=minutes)
            current_app.extensions["mail"].send(recovery.email or "", texts.SUBJECT, letter)
    except DomainError as fault:
        log.warning("recovery %s: code not sent: %s", recovery.id, type(fault).__name__)
        return False
    return True
