"""A call that bends: video, audio only, or typed, with the same clock and the same notes."""

from app.core import audit
from app.core.database import atomic
from app.core.events import publish_to_accounts
from app.interviews.errors import NotOnCall, NotYourInterview
from app.interviews.models import Interview, Status
from app.interviews.services.guests import parties_of


def switch_mode(interview_id: int, account_id: int, mode: str) -> None:
    """Go on in another way; either party may say so at any time during the call.

    :raises NotYourInterview: neither party
    :raises NotOnCall: the call is over, or still rings
    """
    here = parties_of(interview_id, account_id)
    if here.side == "guest":
        raise NotYourInterview
    wanted = Interview.Mode(mode)
    interview = here.found.interview
    if interview.status != Status.IN_CALL:
        raise NotOnCall
    if interview.mode == wanted:
        return
    on_call = (Interview.id == interview_id) & (Interview.status == Status.IN_CALL)
    with atomic():
        if not Interview.update(mode=wanted).where(on_call).execute():
            raise NotOnCall
        audit.record(interview, "mode", before={"mode": interview.mode}, after={"mode": wanted})
        publish_to_accounts(
            here.account_ids,
            "call.mode",
            interview_id=interview_id,
            mode=wanted.value,
            by=here.side,
        )
