"""A fair with every rule of its queues: slots, desks, everyone once, windows, holds, undo.

Beside the seven invariants: who is next by definition, no ring that hits nobody, no place
lost, every overtake explained.
"""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from peewee import IntegrityError

from app.core import clock, presence
from app.core.audit import AuditEntry
from app.core.database import atomic
from app.core.errors import DomainError
from app.fairs.models import BoothWindow
from app.fairs.models import Fair as FairRow
from app.interviews.models import IN_LINE, ON_CALL, Interview, Overtake, Ring, Status
from app.interviews.services import holds, queue
from app.interviews.services.booth_line import change_line
from app.interviews.services.desks import take_desk
from app.interviews.services.receipts import receipt_of
from app.interviews.services.transfers import transfer
from tests.interviews.test_invariants import BOOTHS, DESKS_EACH, STUDENTS, Fair, play, students

Place = tuple[int, datetime, int]
booths = st.integers(0, BOOTHS - 1)
STILL_THERE = (*IN_LINE, *ON_CALL, Status.CONCLUDING, Status.FINISHED)
FIRST_BECAUSE = {0: "slot", 1: "desk", 2: "first_time"}


class TrustedFair(Fair):
    """Random people at a fair with all its switches."""

    @initialize()
    def remember_nothing(self):
        self.before: list[Interview] = []
        self.reasons: dict[int, str] = {}
        self.stood: set[int] = set()
        self.left: set[int] = set()
        self.ranks: dict[int, datetime] = {}
        self.held: set[int] = set()

    @rule(student=students)
    def ask_for_a_hold(self, student):
        account_id = self.students[student].account_id
        for ticket in self.tickets(student, Status.WAITING)[:1]:
            with suppress(DomainError):
                holds.hold_place(ticket.id, account_id)
                assert ticket.id not in self.held, "held twice"
                self.held.add(ticket.id)

    @rule(seconds=st.sampled_from([30, 200]))
    def holds_end(self, seconds):
        clock.travel(timedelta(seconds=seconds))
        holds.end_due_holds()
        overdue = (Interview.status == Status.HELD) & (Interview.held_until <= clock.now())
        assert not Interview.select().where(overdue).exists()

    @rule(student=students, desk=st.integers(-1, BOOTHS * DESKS_EACH - 1))
    def give_to_a_colleague(self, student, desk):
        for ticket in self.tickets(student, *IN_LINE)[:1]:
            ours = [who for booth, who in self.recruiters if booth.id == ticket.booth_id]
            booth, colleague = self.recruiters[desk]
            desk_id = take_desk(booth.id, colleague.id).id if desk >= 0 else None
            with suppress(DomainError):  # a desk of the other booth
                transfer(ticket.id, ours[0].id, desk_id)

    @rule(booth=booths, when=st.sampled_from(["always", "always", "now", "soon"]))
    def set_windows(self, booth, when):
        starts, ends, now = self.fair.starts_at, self.fair.ends_at, clock.now()
        windows = {
            "always": [],
            "now": [(starts, ends - timedelta(minutes=1))],
            "soon": [(now + timedelta(seconds=30), now + timedelta(hours=1))],
        }[when]
        recruiter = next(who for b, who in self.recruiters if b == self.booths[booth])
        with suppress(DomainError):  # the fair is over
            change_line(self.booths[booth].id, recruiter.id, {"windows": windows})

    @rule(is_on=st.booleans())
    def everyone_once(self, is_on):
        FairRow.update(everyone_once=is_on).where(FairRow.id == self.fair.id).execute()

    @rule(student=students, seconds=st.sampled_from([0, 45]))
    def get_a_slot(self, student, seconds):
        slot_at = clock.now() + timedelta(seconds=seconds)
        for ticket in self.tickets(student, *IN_LINE)[:1]:
            with suppress(IntegrityError), atomic():
                mine = Interview.id == ticket.id
                Interview.update(slot_at=slot_at).where(mine).execute()

    @rule(student=students)
    def leave_for_good(self, student):
        for ticket in self.tickets(student, *IN_LINE)[:1]:
            self.left.add(ticket.id)
            queue.withdraw_ticket(ticket.id, self.students[student].account_id)

    @rule(student=students)
    def read_receipts(self, student):
        account_id = self.students[student].account_id
        for ticket in self.tickets(student, *Status):
            receipt = receipt_of(ticket.id, account_id)
            assert receipt["explained_percent"] == 100
            counted = Overtake.select().where(Overtake.interview == ticket.id).count()
            assert len(receipt["items"]) == counted
            assert "unknown" not in {item["because"] for item in receipt["items"]}

    def next_by_definition(self, booth, desk_id):
        """Who is next and why each earlier one is not, worked out the slow and obvious way."""
        now, rules = clock.now(), FairRow.get_by_id(self.fair.id)
        every = list(Interview.select())
        busy = {t.student_id for t in every if t.status in ON_CALL}
        seen = {t.student_id for t in every if t.answered_at} if rules.everyone_once else set()
        accounts = {s.id: s.account_id for s in self.students}
        online = presence.online(accounts.values())

        def place(t: Interview) -> Place:
            if t.slot_at and t.slot_at <= now:
                return 0, t.slot_at, t.id
            if t.only_desk_id == desk_id:
                return 1, t.queued_at, t.id
            return 3 if t.student_id in seen else 2, t.queued_at, t.id

        def why_not(t: Interview) -> str:
            if t.only_desk_id not in (None, desk_id):
                return "assigned"
            if t.status == Status.HELD:
                return "hold" if t.held_until else "missed"
            if t.student_id in busy:
                return "busy"
            return "" if accounts[t.student_id] in online else "offline"

        line = [t for t in every if t.booth_id == booth.id and t.status in IN_LINE]
        callable_ = [t for t in line if not why_not(t)]
        windows = list(BoothWindow.select().where(BoothWindow.booth == booth))
        if windows and not any(w.opens_at <= now < w.closes_at for w in windows):
            callable_ = []
        if not callable_:
            return None
        rung = min(callable_, key=place)
        self.reasons = {}
        for t in line:
            if (t.queued_at, t.id) < (rung.queued_at, rung.id):
                later = place(t) > place(rung) and why_not(t) != "assigned"
                self.reasons[t.id] = FIRST_BECAUSE[place(rung)[0]] if later else why_not(t)
        return rung.id

    def look_at_ring(self, rung):
        """The book says of every earlier one why it was passed over, and of nobody else."""
        ring = Ring.select().where(Ring.interview == rung).order_by(Ring.id.desc()).first()
        told = {ticket: why for why, tickets in ring.passed_over.items() for ticket in tickets}
        assert told == self.reasons
        rows = Overtake.select().where(Overtake.ring == ring)
        assert {row.interview_id for row in rows} == set(told)
        assert ring.outcome == Ring.Outcome.RINGING

    @invariant()
    def no_place_is_lost(self):
        """Whoever stood in line stands there, was called, left, or saw the fair end."""
        is_over = clock.now() >= self.fair.ends_at
        left = AuditEntry.select(AuditEntry.subject).where(AuditEntry.action == "withdraw")
        gone = self.left | {int(one.split(":")[1]) for (one,) in left.tuples()}
        for ticket in Interview.select():
            if ticket.id in self.stood and ticket.status not in STILL_THERE:
                assert ticket.id in gone or is_over, ticket.status
            if ticket.status in IN_LINE:
                self.stood.add(ticket.id)

    @invariant()
    def rank_changes_only_after_too_many_missed_rings(self):
        for ticket in Interview.select().where(Interview.status != Status.INVITED):
            rank = self.ranks.setdefault(ticket.id, ticket.queued_at)
            if rank == ticket.queued_at:
                continue
            assert ticket.misses >= self.fair.misses_kept
            self.ranks[ticket.id] = ticket.queued_at

    @invariant()
    def book_agrees_with_the_tickets(self):
        rings_now = {r.interview_id for r in Ring.select().where(Ring.outcome == "ringing")}
        tickets = Interview.select().where(Interview.status == Status.RINGING)
        assert rings_now == {ticket.id for ticket in tickets}

    @invariant()
    def hold_is_no_missed_ring(self):
        for ticket in Interview.select().where(Interview.held_until.is_null(False)):
            assert ticket.status == Status.HELD or ticket.status not in IN_LINE


@pytest.mark.spec("E04", "E05", "E07", "E13")
def test_trusted_queue_keeps_its_word_whatever_happens(app: Flask):
    play(TrustedFair, app, days=30, steps=50)
    assert len(Interview.select(Interview.student).distinct()) <= STUDENTS
