"""What happens in the same instant: the last room, one place, one form, one decision."""

import pytest

from app.bookings.errors import PlaceTaken
from app.bookings.models import Enrolment
from app.bookings.services import changes, leaving, registering, reviewing, waiting
from app.core.errors import InvalidTransition
from app.fairs.errors import FairFull
from app.fairs.models import Booth
from app.fairs.services.booths import open_booth
from app.fairs.services.capacity import admitted
from tests.bookings.conftest import PEOPLE
from tests.racing import at_once

Status = Enrolment.Status
AT_ONCE = 8


def kinds(outcomes):
    """How many calls ended how: by the error's name, or ``done``."""
    names = [type(end).__name__ if isinstance(end, Exception) else "done" for end in outcomes]
    return {name: names.count(name) for name in set(names)}


@pytest.mark.serial
@pytest.mark.spec("B08")
def test_two_staff_who_approve_for_the_last_room_let_in_one(app, hall):
    hall.set(most_employers=3)
    hall.approved(hall.firm())
    hall.approved(hall.firm())
    rows = [hall.submitted(hall.firm()) for _ in range(2)]
    ends = at_once(
        app, *[lambda number=row.id: reviewing.approve_enrolment(number) for row in rows]
    )
    assert kinds(ends) == {"done": 1, FairFull.__name__: 1}, ends
    assert admitted(hall.fair.id) == 3
    statuses = sorted(Enrolment.get_by_id(row.id).status for row in rows)
    assert statuses == sorted([Status.APPROVED, Status.PENDING])


@pytest.mark.serial
@pytest.mark.spec("B08")
def test_many_approvals_and_booths_by_hand_never_pass_the_cap(app, hall):
    hall.set(most_employers=3)
    rows = [hall.submitted(hall.firm()) for _ in range(AT_ONCE)]
    guests = [hall.firm().employer.id for _ in range(3)]
    calls = [lambda number=row.id: reviewing.approve_enrolment(number) for row in rows]
    calls += [
        lambda one=employer_id: open_booth(
            fair_id=hall.fair.id, employer_id=one, number=f"T{one}"
        )
        for employer_id in guests
    ]  # fmt: skip
    ends = at_once(app, *calls)
    assert kinds(ends) == {"done": 3, FairFull.__name__: AT_ONCE}, ends
    assert admitted(hall.fair.id) == 3
    inside = Enrolment.select().where(Enrolment.status == Status.APPROVED).count()
    assert inside <= 3 and inside == Booth.select().where(Booth.number.startswith("0")).count()


@pytest.mark.serial
def test_the_same_enrolment_is_approved_once_and_opens_one_booth(app, hall):
    row = hall.submitted(hall.firm())
    ends = at_once(app, *[lambda: reviewing.approve_enrolment(row.id)] * 4)
    assert kinds(ends) == {"done": 1, InvalidTransition.__name__: 3}, ends
    assert Booth.select().count() == 1


@pytest.mark.serial
@pytest.mark.spec("B07")
def test_one_place_chosen_by_many_at_once_goes_to_one(app, hall):
    place, *_ = hall.plan()
    firms = [hall.firm() for _ in range(AT_ONCE)]
    drafts = [hall.draft(firm, place) for firm in firms]
    ends = at_once(
        app,
        *[
            lambda n=draft.id, a=firm.account.id: registering.submit_enrolment(n, a)
            for draft, firm in zip(drafts, firms, strict=True)
        ],
    )
    assert kinds(ends) == {"done": 1, PlaceTaken.__name__: AT_ONCE - 1}, ends
    held = Enrolment.select().where(Enrolment.status == Status.PENDING)
    assert [row.place_id for row in held] == [place]


@pytest.mark.serial
@pytest.mark.spec("B06")
def test_colleagues_who_start_at_once_share_one_form(app, hall):
    firm = hall.firm()
    start = (hall.fair.id, firm.employer.id, firm.account.id)
    ends = at_once(app, *[lambda: registering.start_enrolment(*start).id] * AT_ONCE)
    assert len(set(ends)) == 1 and Enrolment.select().count() == 1, ends


@pytest.mark.serial
@pytest.mark.spec("B08")
def test_two_who_leave_at_once_bring_up_two(app, hall):
    hall.set(most_employers=2)
    firms = [hall.firm() for _ in range(2)]
    inside = [hall.approved(firm) for firm in firms]
    rows = [hall.submitted(hall.firm()) for _ in range(3)]
    for row in rows:
        waiting.wait_list(row.id)
    ends = at_once(
        app,
        *[
            lambda n=row.id, a=firm.account.id: leaving.withdraw_enrolment(n, a)
            for row, firm in zip(inside, firms, strict=True)
        ],
    )
    assert kinds(ends) == {"done": 2}, ends
    now = [Enrolment.get_by_id(row.id).status for row in rows]
    assert now == [Status.PENDING, Status.PENDING, Status.WAITLISTED]


@pytest.mark.serial
@pytest.mark.spec("B09")
def test_a_change_asked_for_twice_at_once_waits_once(app, hall):
    firm = hall.firm()
    row = hall.approved(firm)
    other = hall.factory.position(firm.employer, "前端工程师")
    wanted = {"position_ids": [other.id], "interviewers": PEOPLE}
    ask = lambda: changes.ask_change(row.id, firm.account.id, **wanted)  # noqa: E731
    ends = at_once(app, *[ask] * 4)
    assert kinds(ends) == {"done": 1, "ChangePending": 3}, ends


@pytest.mark.serial
@pytest.mark.spec("B09")
def test_withdrawing_while_staff_confirm_a_change_leaves_no_open_booth(app, hall):
    firm = hall.firm()
    row = hall.approved(firm)
    other = hall.factory.position(firm.employer, "前端工程师")
    changes.ask_change(row.id, firm.account.id, position_ids=[other.id], interviewers=PEOPLE)
    ends = at_once(
        app,
        lambda: changes.grant_change(row.id),
        lambda: leaving.withdraw_enrolment(row.id, firm.account.id),
    )
    assert not isinstance(ends[1], Exception), ends
    assert Enrolment.get_by_id(row.id).status == Status.WITHDRAWN
    assert Booth.get().status == Booth.Status.WITHDRAWN
