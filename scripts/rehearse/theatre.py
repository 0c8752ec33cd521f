"""The play itself: the product starts, people come on stage, the curtain falls, all is seen to."""

import asyncio
import resource
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.config import Config
from app.core.database import db
from app.factory import bare_app
from app.interviews.services.closing import close_fair
from scripts.bench.broadcast import Sandbox
from scripts.rehearse import seeding
from scripts.rehearse.aftermath import Aftermath, inspect, patiently, settle
from scripts.rehearse.cast import Cast
from scripts.rehearse.chaos import Chaos, Meter
from scripts.rehearse.journal import Journal
from scripts.rehearse.lines import EVERYBODY_SECONDS
from scripts.rehearse.plan import Plan, arrivals
from scripts.rehearse.progress import Progress
from scripts.rehearse.recruiter import Recruiter
from scripts.rehearse.student import Student
from scripts.rehearse.wire import CONNECTIONS, Caller, Wire
from scripts.setup import console
from scripts.setup.console import SetupRefused
from scripts.stack.postgres import Postgres
from scripts.stack.stack import Stack

LOOK_SECONDS = 5.0
RESULTS_SECONDS = 90.0  # a crowded machine may need to give the last results after the end
SPARE_FILES = 1_000


@dataclass
class Stage:
    """The running product of one rehearsal."""

    stack: Stack
    postgres: Postgres | None
    sandbox: Sandbox


@dataclass
class Played:
    """What a rehearsal leaves behind."""

    plan: Plan
    journal: Journal
    aftermath: Aftermath
    settled_seconds: float
    logs: dict[str, str]  # last errors of each process


def rehearse(plan: Plan) -> Played:
    """Play the whole day.

    :raises SetupRefused: a server does not start, or the machine allows too few open files
    """
    allow_open_files(plan.students + plan.booths * 3 + CONNECTIONS + SPARE_FILES)
    with staged(plan) as stage:
        app = bare_app(Config.from_env(stage.stack.settings.environment()))
        with app.app_context():
            with console.step(f"Bringing {plan.students:,} students and {plan.booths} booths"):
                cast = seeding.seed(plan, stage.sandbox)
                if plan.database == "postgresql":
                    db.execute_sql("ANALYZE")
            seeding.begin_now(cast.fair_id, plan.fair_seconds)
            db.close()
            journal = Journal()
            with console.step(f"Playing {plan.minutes:g} minutes at {plan.speed:g} times the pace"):
                asyncio.run(Performance(plan, cast, stage, journal).run())
            with console.step("Waiting for the last notifications, then inspecting the database"):
                took = patiently(lambda: settle(cast.fair_id, plan.students))
                found = patiently(lambda: inspect(cast, journal, stage.sandbox))
            db.close()
        return Played(plan, journal, found, took, _errors(stage.stack))


@contextmanager
def staged(plan: Plan) -> Iterator[Stage]:
    """The product on free ports, with a database of its own; nothing stays."""
    with ExitStack() as cleaning:
        folder = Path(cleaning.enter_context(tempfile.TemporaryDirectory(prefix="rehearse-")))
        postgres = None
        if plan.database == "postgresql":
            postgres = Postgres(folder / "postgres")
            cleaning.callback(postgres.stop)
        url = postgres.url if postgres else ""
        quiet = {"LOG_LEVEL": "WARNING"}
        stack = Stack.on_free_ports(folder / "var", url, quiet, seeds_demo=False)
        with console.step("Starting the product"):
            cleaning.enter_context(stack)
        yield Stage(stack, postgres, Sandbox(stack.settings.sandbox_url))


def allow_open_files(wanted: int) -> int:
    """Raise the limit of open files for us and for the servers that we start.

    :raises SetupRefused: when the machine does not allow that many
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = hard if hard != resource.RLIM_INFINITY else wanted
    if most < wanted:
        raise SetupRefused(
            f"{wanted:,} open files are needed and {most:,} allowed: raise the hard limit"
            f" (ulimit -Hn {wanted}) or play with fewer --students"
        )
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


def end_early(fair_id: int) -> None:
    """What staff's button does: the play is over before the day is."""
    close_fair(fair_id, "演练结束")
    db.close()


class Performance:
    """Everybody on stage at the same time."""

    def __init__(self, plan: Plan, cast: Cast, stage: Stage, journal: Journal) -> None:
        self.plan, self.cast, self.stage, self.journal = plan, cast, stage, journal
        self.meter = Meter(stage.stack, stage.postgres)
        self.students: list[Student] = []
        self.recruiters: list[Recruiter] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self) -> None:
        """From the first student at the door until the last result is given."""
        settings = self.stage.stack.settings
        wire = Wire(
            settings.public_url, settings.sandbox_url, self.journal, is_chaos=self.plan.chaos
        )
        async with wire:
            await wire.learn_paths()
            config = await Caller(wire).get("client config", "/api/client-config")
            self._bring(wire, config.body["realtime_url"])
            watching = asyncio.create_task(self._watch())
            if self.plan.chaos:
                self._start(self._chaos())
            await asyncio.sleep(max(0.0, self.plan.play_seconds - self.journal.now()))
            await self._close()
            watching.cancel()

    def _bring(self, wire: Wire, realtime_url: str) -> None:
        shared: dict[str, Any] = {"cast": self.cast, "plan": self.plan, "wire": wire}
        for number, person in enumerate(self.cast.recruiters):
            self.recruiters.append(Recruiter(number, person, **shared))
            self._start(self.recruiters[-1].live(realtime_url))
        came = arrivals(self.plan)
        for number, person in enumerate(self.cast.students):
            self.students.append(Student(number, person, **shared))
            self._start(self.students[-1].live(realtime_url, came[number]))

    def _start(self, doing: Any) -> None:
        task = asyncio.create_task(doing)
        task.add_done_callback(self._ended)
        self._tasks.append(task)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        """An actor that breaks is our own fault, and must be seen."""
        if not task.cancelled() and (error := task.exception()):
            self.journal.counts["player faults"] += 1
            if self.journal.counts["player faults"] <= 3:
                traceback.print_exception(error)

    async def _close(self) -> None:
        """No new rings; who talks may finish; then everybody leaves."""
        for recruiter in self.recruiters:
            recruiter.is_closing = True
        until = self.journal.now() + self.plan.last_talks_seconds + RESULTS_SECONDS
        desks = self._tasks[: len(self.recruiters)]
        while self.journal.now() < until and not all(task.done() for task in desks):
            await asyncio.sleep(0.25)
        if self.plan.is_cut_short:
            await asyncio.to_thread(end_early, self.cast.fair_id)
            await asyncio.sleep(EVERYBODY_SECONDS)  # in which every page reads that it is over
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*(one.leave() for one in self._everybody()))

    def _everybody(self) -> list[Student | Recruiter]:
        return [*self.students, *self.recruiters]

    async def _watch(self) -> None:
        """Look at the house every few seconds."""
        pause = LOOK_SECONDS if self.plan.play_seconds > 120 else 1.0
        progress = Progress(self.journal)
        while True:
            cores = await asyncio.to_thread(self.meter.read)
            now = self.journal.now()
            pages = [one.page for one in self._everybody() if one.page]
            waiting = sum(
                ticket["status"] in ("waiting", "held")
                for student in self.students
                for ticket in student.lines.tickets.values()
            )
            self.journal.cpu.append((now, cores))
            self.journal.sockets.append((now, sum(page.is_open for page in pages)))
            self.journal.waiting.append((now, waiting))
            if line := progress.line(cores):
                console.say(f"  {line}")
            await asyncio.sleep(pause)

    async def _chaos(self) -> None:
        """One victim after the other, spread over the play."""
        chaos = Chaos(self.stage.stack, self.stage.postgres, self.journal)
        victims = chaos.victims()
        step = self.plan.play_seconds / (len(victims) + 1)
        for number, (name, act) in enumerate(victims, start=1):
            await asyncio.sleep(max(0.0, number * step - self.journal.now()))
            console.say(f"  {console.paint('✗', 'red')} killing {name}")
            await asyncio.to_thread(chaos.strike, name, act)


def _errors(stack: Stack) -> dict[str, str]:
    """The last lines of each process's log, for a sheet that says NO-GO."""
    return {name: stack.tail(name, 12) for name in stack.names}
