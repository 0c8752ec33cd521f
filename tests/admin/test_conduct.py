"""Staff see how booths answer and what was said of a talk, and release a paused line."""

import pytest

from app.conduct.models import Meter
from app.conduct.services.meters import renew_meters
from app.conduct.services.ratings import rate_talk
from app.core import clock
from app.fairs.models import Booth
from app.interviews.services import calls, ringing
from tests.admin.conftest import Role, audit_of, text_of


@pytest.fixture
def talked(factory):
    """A talk that is over, with its recruiter."""
    booth = factory.booth()
    recruiter = factory.recruiter(booth)
    ticket = factory.waiting(booth, recruiter)
    ringing.ring_next(booth.id, recruiter.id)
    ringing.answer_ring(ticket.id, ticket.student.account_id)
    calls.hang_up(ticket.id, recruiter.id)
    return ticket, recruiter


def test_staff_read_both_ratings_and_the_comment(talked, signed_in):
    ticket, recruiter = talked
    rate_talk(ticket.id, ticket.student.account_id, 2, tags=["rude"], comment="一直看手机")
    rate_talk(ticket.id, recruiter.id, 5, tags=["prepared"])
    browser = signed_in(Role.VIEWER)
    page = text_of(browser.get("/admin/ratings/"))
    assert "一直看手机" in page and "态度不好" in page and "准备充分" in page
    assert "一直看手机" not in text_of(browser.get("/admin/ratings/?side=recruiter"))


def test_staff_release_a_paused_line_with_a_reason(talked, signed_in):
    ticket, _ = talked
    Booth.update(paused_at=clock.now()).where(Booth.id == ticket.booth_id).execute()
    Meter.create(booth=ticket.booth_id, fair=ticket.fair_id, overdue=4, reminders=3)
    meter = Meter.get()
    browser = signed_in(Role.OPERATOR)
    page = text_of(browser.get(f"/admin/meters/details/?id={meter.id}"))
    assert "恢复接受申请" in page
    assert browser.post(f"/admin/meters/{meter.id}/lift_pause").status_code == 422
    done = browser.post(f"/admin/meters/{meter.id}/lift_pause", reason="电话沟通")
    assert done.status_code == 302
    assert Booth.get_by_id(ticket.booth_id).paused_at is None
    assert audit_of(f"booth:{ticket.booth_id}", "resume_line")[0].reason == "电话沟通"
    again = browser.post(f"/admin/meters/{meter.id}/lift_pause", reason="电话沟通")
    assert again.status_code == 409
    viewer = signed_in(Role.VIEWER)
    viewer.get("/admin/meters/")
    assert viewer.post(f"/admin/meters/{meter.id}/lift_pause", reason="x").status_code == 403


def test_meters_are_listed_with_the_worst_first_and_narrowed(factory, talked, signed_in):
    ticket, _ = talked
    renew_meters()
    other = factory.booth(ticket.booth.fair)
    Meter.create(booth=other, fair=other.fair_id, overdue=7, applications=9, answered=2)
    browser = signed_in(Role.VIEWER)
    page = text_of(browser.get("/admin/meters/?paused=overdue"))
    assert other.number in page and ticket.booth.number not in page
    whole = text_of(browser.get("/admin/meters/"))
    assert whole.index(other.number) < whole.index(ticket.booth.number)
