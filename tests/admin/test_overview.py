"""The first page: what waits for staff, and where it leads."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.interviews.models import Interview
from app.interviews.services import calls, ringing
from app.interviews.services.interventions import close_unjudged
from tests.admin.conftest import Browser, Role, text_of
from tests.factories import Factory

WORDS = "场面试超过 10 分钟未填结果"
OVERDUE = "/admin/interviews/?waits=result"


def owed(factory: Factory, name: str) -> Interview:
    """A talk that is over and whose result was not given."""
    booth = factory.booth()
    recruiter = factory.recruiter(booth)
    ticket = factory.waiting(booth, recruiter, factory.participant(booth.fair, name))
    ringing.ring_next(booth.id, recruiter.id)
    ringing.answer_ring(ticket.id, ticket.student.account_id)
    calls.hang_up(ticket.id, recruiter.id)
    return ticket


@pytest.mark.spec("E18")
def test_overdue_results_lead_to_the_very_talks_that_were_counted(
    signed_in: Callable[..., Browser], factory: Factory, travel: Callable[[timedelta], None]
) -> None:
    late = owed(factory, "林早早")
    travel(timedelta(minutes=9))
    owed(factory, "赵刚刚")
    viewer = signed_in(Role.VIEWER)
    assert WORDS not in text_of(viewer.get("/admin/"))
    travel(timedelta(minutes=2))
    assert f'<a href="{OVERDUE}"><b>1</b> {WORDS}</a>' in text_of(viewer.get("/admin/"))
    listed = text_of(viewer.get(OVERDUE))
    assert "林早早" in listed and "赵刚刚" not in listed
    page = text_of(signed_in().get(f"/admin/interviews/details/?id={late.id}"))
    assert "无结果结束" in page and "挂断时间" in page
    close_unjudged(late.id, "招聘人员离场")
    assert WORDS not in text_of(viewer.get("/admin/"))
