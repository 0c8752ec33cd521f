"""Endpoints of the interview queue: the student's, the recruiter's, and the call's."""

from app.interviews.views.blueprint import blp
from app.interviews.views.calls import get_credentials
from app.interviews.views.lines import set_line
from app.interviews.views.reach import report_ring_seen
from app.interviews.views.recruiting import accept
from app.interviews.views.talking import say
from app.interviews.views.waiting import apply_for_interview

__all__ = [
    "accept",
    "apply_for_interview",
    "blp",
    "get_credentials",
    "report_ring_seen",
    "say",
    "set_line",
]
