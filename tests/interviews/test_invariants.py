"""SM7's seven invariants under random desks, students, drops and clocks."""

from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.core import clock, presence
from app.core.audit import AuditEntry
from app.core.errors import DomainError
from app.interviews.errors import RejectionDelivered
from app.interviews.models import DESK_TAKEN, ON_CALL, Desk, Interview, Ring, Status
from app.interviews.services import calls, closing, decisions, holds, queue, ringing, starts
from app.interviews.services.desks import take_desk
from app.students.models import Student
from tests.conftest import empty_tables
from tests.factories import Factory

BOOTHS, DESKS_EACH, STUDENTS = 2, 2, 5
students = st.integers(0, STUDENTS - 1)
desks = st.integers(0, BOOTHS * DESKS_EACH - 1)


class Fair(RuleBasedStateMachine):
    """A fair with random people; *prepare* gives each run an empty database."""

    prepare = staticmethod(lambda: None)

    @initialize()
    def open(self):
        self.prepare()
        clock.travel(None)
        factory = Factory()
        self.fair = factory.fair()
        self.booths = [factory.booth(self.fair) for _ in range(BOOTHS)]
        self.recruiters = [
            (booth, factory.recruiter(booth, f"招聘{number}"))
            for booth in self.booths
            for number in range(DESKS_EACH)
        ]
        self.students = [factory.participant(self.fair) for _ in range(STUDENTS)]
        for booth, recruiter in self.recruiters:
            take_desk(booth.id, recruiter.id)
            presence.renew(recruiter.id)
        self.called: list[int] = []
        self.reasons: dict[int, str] = {}
        self.rejected: set[int] = set()

    def tickets(self, student: int, *statuses: Status) -> list[Interview]:
        mine = Interview.student == self.students[student]
        return list(Interview.select().where(mine & Interview.status.in_(statuses)))

    @rule(student=students, booth=st.integers(0, BOOTHS - 1))
    def apply(self, student, booth):
        with suppress(DomainError):
            queue.apply_for_interview(self.booths[booth].id, self.students[student].account_id)

    @rule(desk=desks, accept=st.sampled_from([True, True, True, False]))
    def decide(self, desk, accept):
        booth, recruiter = self.recruiters[desk]
        waiting = (Interview.booth == booth) & (Interview.status == Status.PENDING)
        ticket = Interview.select().where(waiting).first()
        if ticket is None:
            return
        if accept:
            queue.accept_application(ticket.id, recruiter.id)
        else:
            decisions.reject_application(ticket.id, recruiter.id)

    @rule(desk=desks)
    def take_back(self, desk):
        booth, recruiter = self.recruiters[desk]
        dismissed = (Interview.booth == booth) & (Interview.status == Status.DISMISSED)
        for ticket in Interview.select().where(dismissed).limit(1):
            with suppress(RejectionDelivered):  # the clock is about to deliver it
                decisions.take_back(ticket.id, recruiter.id)

    @rule(desk=desks, student=students)
    def invite(self, desk, student):
        booth, recruiter = self.recruiters[desk]
        with suppress(DomainError):
            queue.invite_student(booth.id, recruiter.id, self.students[student].id)

    @rule(student=students, agree=st.booleans())
    def answer_invitation(self, student, agree):
        for ticket in self.tickets(student, Status.INVITED)[:1]:
            act = queue.agree_to_invitation if agree else queue.decline_invitation
            act(ticket.id, self.students[student].account_id)

    @rule(desk=desks)
    def ring(self, desk):
        booth, recruiter = self.recruiters[desk]
        expected = self.next_by_definition(booth, take_desk(booth.id, recruiter.id).id)
        try:
            rung = ringing.ring_next(booth.id, recruiter.id)
        except DomainError:
            return
        assert rung == expected, "an older callable ticket was passed over"  # ③
        assert clock.now() < self.fair.ends_at  # ⑥
        self.called.append(rung)
        self.look_at_ring(rung)

    @rule(student=students)
    def start(self, student):
        """The student calls: possible if and only if an idle desk would ring just this ticket."""
        account_id = self.students[student].account_id
        presence.renew(account_id)
        for ticket in self.tickets(student, Status.WAITING)[:1]:
            expected = {}
            for desk in self.free_desks(ticket.booth):
                rung = self.next_by_definition(ticket.booth, desk)
                expected[desk] = rung, self.reasons
            may = clock.now() < self.fair.ends_at
            may = may and ticket.id in [rung for rung, _ in expected.values()]
            with suppress(DomainError):
                starts.start_interview(ticket.id, account_id)
            now = Interview.get_by_id(ticket.id)
            assert may == (now.status == Status.RINGING)
            if may:
                rung, self.reasons = expected[now.desk_id]
                assert rung == ticket.id, "an older callable ticket was passed over"  # ③
                self.called.append(rung)
                self.look_at_ring(rung)

    def free_desks(self, booth) -> list[int]:
        """The desks that students may call, worked out the slow and obvious way."""
        since = clock.now() - timedelta(seconds=starts.REST_SECONDS)
        in_vain = (Ring.called_by == "student") & (Ring.outcome != "answered")
        resting = {ring.desk_id for ring in Ring.select().where(in_vain & (Ring.ended_at > since))}
        taken = {t.desk_id for t in Interview.select() if t.status in DESK_TAKEN}
        here = presence.online(recruiter.id for _, recruiter in self.recruiters)
        seats = Desk.select().where(Desk.booth == booth)
        manned = {desk.id for desk in seats if desk.recruiter.account_id in here}
        return sorted(manned - resting - taken)

    @rule(desk=desks, here=st.booleans())
    def recruiter_comes_or_goes(self, desk, here):
        (presence.renew if here else presence.leave)(self.recruiters[desk][1].id)

    @rule(desk=desks, takes=st.booleans())
    def answer_student(self, desk, takes):
        booth, recruiter = self.recruiters[desk]
        seat = take_desk(booth.id, recruiter.id)
        for ticket in Interview.select().where(Interview.desk == seat):
            before = ticket.misses
            with suppress(DomainError):
                (starts.take_call if takes else starts.turn_down)(ticket.id, recruiter.id)
            assert Interview.get_by_id(ticket.id).misses == before

    def stop_ring(self, ticket: Interview, recruiter_id: int) -> None:
        """The recruiter ends a ring, whoever called."""
        by_student = ticket.called_by == "student"
        (starts.turn_down if by_student else ringing.cancel_ring)(ticket.id, recruiter_id)

    def look_at_ring(self, rung: int) -> None:
        """For those who know more of rings."""

    def next_by_definition(self, booth, desk_id: int) -> int | None:
        """The oldest callable ticket, worked out the slow and obvious way."""
        busy = {t.student_id for t in Interview.select() if t.status in ON_CALL}
        line = [
            ticket
            for ticket in Interview.select().where(Interview.booth == booth)
            if ticket.status == Status.WAITING and ticket.student_id not in busy
        ]
        accounts = {s.id: s.account_id for s in self.students}
        online = presence.online(accounts.values())
        line = [ticket for ticket in line if accounts[ticket.student_id] in online]
        line.sort(key=lambda ticket: (ticket.queued_at, ticket.id))
        return line[0].id if line else None

    @rule(student=students, how=st.sampled_from(["answer", "answer", "pass", "hang up"]))
    def react(self, student, how):
        account_id = self.students[student].account_id
        for ticket in self.tickets(student, *ON_CALL):
            with suppress(DomainError):
                if how == "answer":
                    ringing.answer_ring(ticket.id, account_id)
                elif how == "pass":
                    ringing.pass_ring(ticket.id, account_id)
                else:
                    calls.hang_up(ticket.id, account_id)
            if ticket.called_by == "student" and ticket.status == Status.RINGING:
                assert Interview.get_by_id(ticket.id).status in (Status.RINGING, Status.WAITING)

    @rule(desk=desks, verdict=st.sampled_from(["pass", "fail"]))
    def finish(self, desk, verdict):
        booth, recruiter = self.recruiters[desk]
        row = (
            Desk.select()
            .join(Desk.recruiter.rel_model)
            .where((Desk.booth == booth) & (Desk.recruiter.rel_model.account == recruiter))
            .first()
        )
        taken = Interview.status.in_((Status.IN_CALL, Status.CONCLUDING))
        ticket = Interview.select().where((Interview.desk == row) & taken).first() if row else None
        if ticket is None:
            return
        if ticket.status == Status.IN_CALL:
            calls.hang_up(ticket.id, recruiter.id)
        calls.conclude(ticket.id, recruiter.id, verdict)

    @rule(student=students)
    def come_back(self, student):
        presence.renew(self.students[student].account_id)
        for ticket in self.tickets(student, Status.HELD):
            holds.return_to_line(ticket.id, self.students[student].account_id)

    @rule(student=students)
    def drop(self, student):
        presence.leave(self.students[student].account_id)

    @rule(student=students)
    def leave_a_line(self, student):
        for ticket in self.tickets(student, Status.PENDING, Status.WAITING, Status.HELD)[:1]:
            queue.withdraw_ticket(ticket.id, self.students[student].account_id)

    @rule(seconds=st.sampled_from([1, 20, 40]))
    def time_passes(self, seconds):
        clock.travel(timedelta(seconds=seconds))
        ringing.expire_rings()
        starts.end_unanswered_starts()
        decisions.deliver_rejections()
        delivered = Interview.select(Interview.id).where(Interview.status == Status.REJECTED)
        self.rejected |= {ticket.id for ticket in delivered}

    @precondition(lambda self: len(self.called) > 3)
    @rule()
    def fair_ends(self):
        clock.travel(self.fair.ends_at + timedelta(seconds=1))
        closing.close_ended_fairs()

    @invariant()
    def a_student_is_in_one_call_at_most(self):  # ① and ⑦
        on_call = [t.student_id for t in Interview.select() if t.status in ON_CALL]
        assert len(on_call) == len(set(on_call))

    @invariant()
    def a_desk_has_one_call_at_most(self):  # ②
        taken = [t.desk_id for t in Interview.select() if t.status in DESK_TAKEN]
        assert None not in taken
        assert len(taken) == len(set(taken))

    @invariant()
    def a_rejection_stands(self):  # ④
        for ticket in Interview.select().where(Interview.id.in_(self.rejected or {0})):
            assert ticket.status == Status.REJECTED

    @invariant()
    def a_call_never_vanishes(self):  # ⑤
        answered = AuditEntry.select(AuditEntry.subject).where(AuditEntry.action == "answer")
        for (subject,) in answered.tuples():
            ticket = Interview.get_by_id(int(subject.split(":")[1]))
            assert ticket.status in (Status.IN_CALL, Status.CONCLUDING, Status.FINISHED)

    @invariant()
    def one_live_ticket_per_student_and_booth(self):
        live = [
            (t.student_id, t.booth_id)
            for t in Interview.select()
            if t.status not in (Status.FINISHED, Status.DECLINED, Status.LAPSED, Status.WITHDRAWN)
        ]
        assert len(live) == len(set(live))


def play(machine: type[Fair], app: Flask, *, days: int, steps: int) -> None:
    """Play so many random days of so many steps, each on an empty database."""
    from_scratch = app.extensions["redis"].flushdb

    def prepare() -> None:
        from_scratch()
        empty_tables()

    run_state_machine_as_test(
        type(machine.__name__, (machine,), {"prepare": staticmethod(prepare)}),
        settings=settings(
            max_examples=days,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.spec("SM7", "E04", "E05", "E07", "E10", "E18")
def test_the_seven_invariants_hold_whatever_happens(app: Flask):
    play(Fair, app, days=25, steps=40)
    assert Student.select().count() == STUDENTS
