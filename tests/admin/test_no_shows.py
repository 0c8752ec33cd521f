"""Staff see which student let rings ring out, at a fair and on the student's own record."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.core import presence
from app.fairs.models import Booth
from app.interviews.models import Interview
from app.interviews.services import calls, holds, ringing, starts
from app.interviews.services.desks import take_desk
from app.students.models import Student
from tests.admin.conftest import Browser, Role, text_of
from tests.factories import Factory

Travel = Callable[[timedelta], None]


@pytest.fixture
def absent(factory: Factory, travel: Travel) -> Interview:
    """A student who let one ring ring out, turned one down and was spared a third."""
    booth = factory.booth()
    recruiter = factory.recruiter(booth)
    ticket = factory.waiting(booth, recruiter, factory.participant(booth.fair, "林缺席"))
    account_id = ticket.student.account_id
    ringing.ring_next(booth.id, recruiter.id)
    travel(timedelta(seconds=40))
    assert ringing.expire_rings() == 1
    holds.return_to_line(ticket.id, account_id)
    ringing.ring_next(booth.id, recruiter.id)
    ringing.pass_ring(ticket.id, account_id)
    holds.return_to_line(ticket.id, account_id)
    ringing.ring_next(booth.id, recruiter.id)
    ringing.cancel_ring(ticket.id, recruiter.id)
    return ticket


@pytest.fixture
def punctual(factory: Factory, absent: Interview) -> Student:
    """A student of the same fair who answered one ring, and called an employer herself."""
    student = factory.participant(absent.booth.fair, "赵准时")
    for is_own in (True, False):
        booth: Booth = factory.booth(absent.booth.fair)
        recruiter = factory.recruiter(booth)
        ticket = factory.waiting(booth, recruiter, student)
        if is_own:
            take_desk(booth.id, recruiter.id)
            presence.renew(recruiter.id)
            starts.start_interview(ticket.id, student.account_id)
            starts.take_call(ticket.id, recruiter.id)
        else:
            ringing.ring_next(booth.id, recruiter.id)
            ringing.answer_ring(ticket.id, student.account_id)
        calls.hang_up(ticket.id, recruiter.id)
        calls.conclude(ticket.id, recruiter.id, "pass")
    return student


@pytest.mark.parametrize("kind", ["participations", "students"])
def test_missed_rings_stand_beside_the_name_and_narrow_the_list(
    signed_in: Callable[..., Browser], absent: Interview, punctual: Student, kind: str
) -> None:
    viewer = signed_in(Role.VIEWER)
    whole = text_of(viewer.get(f"/admin/{kind}/"))
    assert '<span class="tag tag-bad">1 / 2 次</span>' in whole and "0 / 1 次" in whole
    missed = text_of(viewer.get(f"/admin/{kind}/?shows=missed"))
    assert "林缺席" in missed and punctual.name not in missed


@pytest.mark.parametrize(("kind", "column"), [("participations", 5), ("students", 6)])
def test_the_most_missed_rings_come_first(
    signed_in: Callable[..., Browser], absent: Interview, punctual: Student, kind: str, column: int
) -> None:
    viewer = signed_in(Role.VIEWER)
    for more, first, second in (("&desc=1", "林缺席", "赵准时"), ("", "赵准时", "林缺席")):
        page = text_of(viewer.get(f"/admin/{kind}/?sort={column}{more}"))
        assert page.index(first) < page.index(second)


def test_missed_rings_at_one_fair_are_none_of_another(
    signed_in: Callable[..., Browser], factory: Factory, absent: Interview
) -> None:
    other = factory.pending(factory.booth())
    viewer = signed_in(Role.VIEWER)
    page = text_of(viewer.get(f"/admin/participations/?fair={other.fair_id}"))
    assert other.student.name in page and " 次</" not in page
    assert "1 / 2 次" in text_of(viewer.get(f"/admin/participations/?fair={absent.fair_id}"))


def test_a_students_record_tells_the_rings_and_leads_to_the_interviews(
    signed_in: Callable[..., Browser], absent: Interview, punctual: Student
) -> None:
    viewer = signed_in(Role.VIEWER)
    page = text_of(viewer.get(f"/admin/students/details/?id={absent.student_id}"))
    assert "1 / 2 次" in page and "未接听 1 次" in page
    assert f'<a href="/admin/interviews/details/?id={absent.id}">' in page
    assert "未接听 1 次" not in text_of(viewer.get(f"/admin/students/details/?id={punctual.id}"))
