"""Endpoints of the interview queue: the student's, the recruiter's, and the call's."""

from app.interviews.views.blueprint import blp
from app.interviews.views.calls import get_credentials
from app.interviews.views.recruiting import accept
from app.interviews.views.talking import say
from app.interviews.views.waiting import apply_for_interview

__all__ = ["accept", "apply_for_interview", "blp", "get_credentials", "say"]
