"""The live board lets staff step in: at the fair, at a booth's line, at a ring or a call."""

from collections.abc import Callable

import pytest

from app.conduct.models import Meter
from app.core import clock
from app.fairs.models import Booth
from app.interviews.models import Interview, Status
from app.interviews.services import ringing
from app.interviews.services.desks import take_desk
from app.notifications.models import Notification
from app.screens.board import fair_board
from tests.admin.conftest import Browser, Role, audit_of, text_of
from tests.factories import Factory

SignIn = Callable[..., Browser]


@pytest.fixture
def booth(factory: Factory) -> Booth:
    return factory.booth()


def page_of(browser: Browser, kind: str, record_id: int) -> str:
    return text_of(browser.get(f"/admin/{kind}/details/?id={record_id}"))


@pytest.mark.spec("G02")
def test_board_offers_broadcast_and_extension_and_takes_staff_back_to_it(
    signed_in: SignIn, factory: Factory, booth: Booth
) -> None:
    student = factory.participant(booth.fair)
    board = f"/admin/fairs/{booth.fair_id}/board"
    operator = signed_in()
    page = text_of(operator.get(board))
    for verb in ("broadcast", "extend"):
        assert f'action="/admin/fairs/{booth.fair_id}/{verb}"' in page
    assert f'name="next" value="{board}"' in page
    assert f'href="/admin/interviews/?fair={booth.fair_id}"' in page
    sent = operator.post(
        f"/admin/fairs/{booth.fair_id}/broadcast", reason="主会场改到二楼", next=board
    )
    assert (sent.status_code, sent.location) == (302, board)
    assert "已发给全部进场学生" in text_of(operator.get(board))
    assert Notification.get().account_id == student.account_id
    refused = operator.post(f"/admin/fairs/{booth.fair_id}/broadcast", reason=" ", next=board)
    assert refused.status_code == 422
    assert f'name="next" value="{board}"' in text_of(refused), "and the second try as well"
    viewer = signed_in(Role.VIEWER)
    assert "broadcast" not in text_of(viewer.get(board))


def test_board_knows_the_ticket_at_every_desk_that_is_taken(factory: Factory, booth: Booth) -> None:
    recruiter = factory.recruiter(booth)
    ticket = factory.waiting(booth, recruiter)
    take_desk(booth.id, recruiter.id)
    (row,) = fair_board(booth.fair_id)["booths"]
    assert row["desks"][0]["interview_id"] is None
    ringing.ring_next(booth.id, recruiter.id)
    (row,) = fair_board(booth.fair_id)["booths"]
    assert row["desks"][0]["interview_id"] == ticket.id


def test_interviews_are_narrowed_to_one_booth(
    signed_in: SignIn, factory: Factory, booth: Booth
) -> None:
    here = factory.pending(booth, factory.participant(booth.fair, "林在此"))
    other = factory.booth(booth.fair)
    factory.pending(other, factory.participant(booth.fair, "赵在彼"))
    viewer = signed_in(Role.VIEWER)
    asked = f"/admin/interviews/?fair={booth.fair_id}&booth={booth.id}"
    assert asked in page_of(viewer, "booths", booth.id)
    for address in (asked, f"/admin/interviews/?booth={booth.id}"):
        page = text_of(viewer.get(address))
        assert "林在此" in page and "赵在彼" not in page
    whole = text_of(viewer.get(f"/admin/interviews/?fair={booth.fair_id}"))
    assert "赵在彼" in whole and f'<option value="{other.id}">{other.number} ' in whole
    for odd in ("booth=²", "booth=9999999999999999999", "booth=x", f"fair=x&booth={here.id}x"):
        assert viewer.get(f"/admin/interviews/?{odd}").status_code == 200


def test_line_is_closed_and_opened_at_its_booth_with_a_reason(
    signed_in: SignIn, factory: Factory, booth: Booth
) -> None:
    recruiter = factory.recruiter(booth)
    operator = signed_in()
    page = page_of(operator, "booths", booth.id)
    assert "停止新申请" in page and "恢复新申请" not in page and "接受申请" in page
    address = f"/admin/booths/{booth.id}/close_line"
    assert operator.post(address).status_code == 422
    assert Booth.get_by_id(booth.id).line_closed_at is None
    assert operator.post(address, reason="人手不足").status_code == 302
    (entry,) = audit_of(f"booth:{booth.id}", "close_line")
    assert operator.staff
    assert (entry.actor_id, entry.reason) == (operator.staff.id, "人手不足")
    assert "人手不足" in Notification.get(Notification.account == recruiter.id).params["text"]
    page = page_of(operator, "booths", booth.id)
    assert "已停止申请" in page and f'action="/admin/booths/{booth.id}/open_line"' in page
    assert operator.post(address, reason="又一次").status_code == 409
    opened = operator.post(f"/admin/booths/{booth.id}/open_line", reason="已到岗")
    assert opened.status_code == 302
    assert Booth.get_by_id(booth.id).line_closed_at is None


def test_line_is_paused_and_released_at_its_booth(signed_in: SignIn, booth: Booth) -> None:
    operator, address = signed_in(), f"/admin/booths/{booth.id}"
    assert operator.post(f"{address}/pause_line", reason="投诉核实中").status_code == 302
    assert Booth.get_by_id(booth.id).paused_by_staff
    page = page_of(operator, "booths", booth.id)
    assert "已暂停申请（会务）" in page and f'action="{address}/pause_line"' not in page
    assert operator.post(f"{address}/pause_line", reason="再次").status_code == 409
    assert operator.post(f"{address}/resume_line", reason="核实完毕").status_code == 302
    after = Booth.get_by_id(booth.id)
    assert (after.paused_at, after.paused_by_staff) == (None, False)
    assert not Meter.select().exists()


def test_pause_by_the_clock_can_be_made_one_of_staff(signed_in: SignIn, booth: Booth) -> None:
    since = clock.now().replace(microsecond=0)
    Booth.update(paused_at=since).where(Booth.id == booth.id).execute()
    operator = signed_in()
    assert "已暂停申请（会务）" not in page_of(operator, "booths", booth.id)
    operator.post(f"/admin/booths/{booth.id}/pause_line", reason="核实中")
    after = Booth.get_by_id(booth.id)
    assert (after.paused_at, after.paused_by_staff) == (since, True)


def test_ring_and_call_are_ended_at_the_ticket(
    signed_in: SignIn, factory: Factory, booth: Booth
) -> None:
    recruiter = factory.recruiter(booth)
    ticket = factory.waiting(booth, recruiter)
    operator, address = signed_in(), f"/admin/interviews/{ticket.id}"
    page = page_of(operator, "interviews", ticket.id)
    assert "取消呼叫" not in page and "结束通话" not in page
    ringing.ring_next(booth.id, recruiter.id)
    assert f'action="{address}/stop_ring"' in page_of(operator, "interviews", ticket.id)
    assert operator.post(f"{address}/stop_ring", reason="卡住").status_code == 302
    assert Interview.get_by_id(ticket.id).status == Status.WAITING
    ringing.ring_next(booth.id, recruiter.id)
    ringing.answer_ring(ticket.id, ticket.student.account_id)
    viewer = signed_in(Role.VIEWER)
    assert "结束通话" not in page_of(viewer, "interviews", ticket.id)
    assert viewer.post(f"{address}/break_off", reason="x").status_code == 403
    assert operator.post(f"{address}/break_off").status_code == 422
    assert operator.post(f"{address}/break_off", reason="死机").status_code == 302
    assert Interview.get_by_id(ticket.id).status == Status.CONCLUDING
    (entry,) = audit_of(f"interview:{ticket.id}", "hang_up")
    assert (entry.actor_role, entry.reason) == ("staff:operator", "死机")
    assert operator.post(f"{address}/break_off", reason="死机").status_code == 409


def test_ticket_is_given_to_a_desk_that_is_chosen(
    signed_in: SignIn, factory: Factory, booth: Booth
) -> None:
    recruiter = factory.recruiter(booth)
    mine = take_desk(booth.id, recruiter.id)
    theirs = take_desk(booth.id, factory.recruiter(booth, "何川").id)
    foreign_booth = factory.booth(booth.fair)
    foreign = take_desk(foreign_booth.id, factory.recruiter(foreign_booth, "外人").id)
    ticket = factory.waiting(booth, recruiter)
    operator, address = signed_in(), f"/admin/interviews/{ticket.id}/reassign"
    page = page_of(operator, "interviews", ticket.id)
    assert f'<option value="{theirs.id}">何川</option>' in page and "任意席位</option>" not in page
    for chosen in ("", "x", str(foreign.id), "every"):
        refused = operator.post(address, reason="周敏离场", chosen=chosen)
        assert refused.status_code == 422 and "请选择席位" in text_of(refused)
        assert "周敏离场</textarea>" in text_of(refused), "what was typed is kept"
    assert operator.post(address, chosen=theirs.id).status_code == 422
    assert operator.post(address, reason="周敏离场", chosen=theirs.id).status_code == 302
    assert Interview.get_by_id(ticket.id).only_desk_id == theirs.id
    page = page_of(operator, "interviews", ticket.id)
    assert "仅 何川" in page and "任意席位</option>" in page
    assert f'<option value="{mine.id}">' in page and f'<option value="{theirs.id}">' not in page
    assert operator.post(address, reason="都可以", chosen="every").status_code == 302
    assert Interview.get_by_id(ticket.id).only_desk_id is None


def test_records_lead_to_the_ticket_they_are_about(
    signed_in: SignIn, factory: Factory, booth: Booth
) -> None:
    ticket = factory.pending(booth)
    page = text_of(signed_in().get(f"/admin/records/?subject=interview:{ticket.id}"))
    assert f'<a href="/admin/interviews/details/?id={ticket.id}">' in page
