"""Typed talk and captions of a call; both sides may read them until the fair ends."""

from typing import Any

from app.core import ratelimit
from app.core.database import atomic
from app.core.events import publish_to_accounts
from app.core.prepared import Prepared, bind
from app.fairs.models import Fair
from app.interviews.errors import NotOnCall
from app.interviews.models import DESK_TAKEN, Interview, Status, TalkMessage
from app.interviews.services.guests import has_joined, parties_of

MOST_LINES = 500  # of one reading
LINES_A_MINUTE = 90  # captions come every second or two
_LINES = Prepared(
    lambda: (
        TalkMessage.select()
        .where((TalkMessage.interview == bind("interview_id")) & (TalkMessage.id > bind("after")))
        .order_by(TalkMessage.id)
        .limit(MOST_LINES)
    )
)
OVER = (Fair.Status.ENDED, Fair.Status.CANCELLED, Fair.Status.ARCHIVED)


def list_talk(interview_id: int, account_id: int, after: int = 0) -> list[dict[str, Any]]:
    """What was written after message *after*, the oldest first.

    :raises InterviewNotFound: no such ticket
    :raises NotYourInterview: neither a party nor a guest
    """
    parties_of(interview_id, account_id)
    rows = _LINES.all(interview_id=interview_id, after=after)
    return [_line(row, account_id) for row in rows]


def say(
    interview_id: int, account_id: int, text: str, *, is_caption: bool = False
) -> dict[str, Any]:
    """Write a line while the call is on.

    :raises NotYourInterview: neither a party nor a guest
    :raises NotOnCall: the call is over, still rings, or the guest has not come in
    :raises TooMany: more than 90 lines in a minute
    """
    here = parties_of(interview_id, account_id)
    if here.found.interview.status != Status.IN_CALL:
        raise NotOnCall
    if here.side == "guest" and not has_joined(interview_id, account_id):
        raise NotOnCall
    ratelimit.limit(f"talk:{interview_id}:{account_id}", times=LINES_A_MINUTE, seconds=60)
    with atomic():
        row = TalkMessage.create(
            interview=interview_id,
            account=account_id,
            side=here.side,
            text=text,
            is_caption=is_caption,
        )
        publish_to_accounts(here.account_ids, "talk.message", interview_id=interview_id, id=row.id)
    return _line(row, account_id)


def count_talk(interview_id: int) -> int:
    """How many lines were typed, captions not counted."""
    typed = (TalkMessage.interview == interview_id) & ~TalkMessage.is_caption
    return TalkMessage.select().where(typed).count()


def forget_talk() -> int:
    """Drop what was written at fairs that are over, unless the call still runs. For the clock."""
    done = (
        Interview.select(Interview.id)
        .join(Fair)
        .where(Fair.status.in_(OVER) & Interview.status.not_in(DESK_TAKEN))
    )
    with atomic():
        return TalkMessage.delete().where(TalkMessage.interview.in_(done)).execute()


def _line(row: TalkMessage, account_id: int) -> dict[str, Any]:
    return {
        "id": row.id,
        "side": row.side,
        "mine": row.account_id == account_id,
        "text": row.text,
        "is_caption": row.is_caption,
        "at": row.at,
    }
