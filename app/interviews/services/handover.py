"""Going on with a call on another device of the same person, by a code that works once."""

from datetime import timedelta
from typing import Any

from app.accounts.models import Account
from app.accounts.services.people import log_in
from app.core import audit, clock
from app.core.database import atomic
from app.core.events import publish_to_accounts
from app.interviews.call_errors import HandOverExpired
from app.interviews.errors import NotOnCall
from app.interviews.models import HandOver, Status
from app.interviews.services.calls import party_of

CODE_SECONDS = 90
PAGE = "/m/pages-interview/take/take"


def open_hand_over(interview_id: int, account_id: int) -> HandOver:
    """A code for the person's other device, good for 90 s and once; an older one ends.

    :raises NotYourInterview: neither party
    :raises NotOnCall: no call is on
    """
    found, _ = party_of(interview_id, account_id)
    if found.interview.status != Status.IN_CALL:
        raise NotOnCall
    with atomic():
        mine = (HandOver.interview == interview_id) & (HandOver.account == account_id)
        HandOver.delete().where(mine & HandOver.used_at.is_null()).execute()
        code = HandOver.create(
            interview=interview_id,
            account=account_id,
            expires_at=clock.now() + timedelta(seconds=CODE_SECONDS),
        )
        audit.record(found.interview, "open_hand_over")
    return code


def take_hand_over(token: str) -> dict[str, Any]:
    """Log the other device in as the same person, once; its page then joins the call.

    :raises HandOverExpired: unknown, used, older than 90 s, or the call is over
    :raises AccountDisabled: staff closed the account
    """
    now = clock.now()
    with atomic():
        code = HandOver.get_or_none(HandOver.token == token)
        if code is None:
            raise HandOverExpired
        unused = HandOver.used_at.is_null() & (HandOver.expires_at > now)
        if not HandOver.update(used_at=now).where((HandOver.id == code.id) & unused).execute():
            raise HandOverExpired
        found, side = party_of(code.interview_id, code.account_id)
        if found.interview.status != Status.IN_CALL:
            raise HandOverExpired
        session = log_in(Account.get_by_id(code.account_id))
        with audit.acting(code.account_id, side):
            audit.record(found.interview, "take_hand_over")
        publish_to_accounts(
            [code.account_id], "call.moved", interview_id=code.interview_id, hand_over=code.id
        )
    return session | {"interview_id": code.interview_id, "hand_over": code.id}


def url_of(code: HandOver, public_url: str) -> str:
    """What the code says: a page that any device's browser opens."""
    return f"{public_url}{PAGE}?token={code.token}"


def forget_hand_overs() -> int:
    """Drop codes that ended more than a day ago; how many. For the clock."""
    oldest = clock.now() - timedelta(days=1)
    with atomic():
        return HandOver.delete().where(HandOver.expires_at < oldest).execute()
