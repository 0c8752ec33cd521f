"""How large a rehearsal is, how fast it runs, and how people behave in it."""

import argparse
import random
from dataclasses import dataclass
from pathlib import Path

TALK_SECONDS = 510.0  # a talk of a real fair, mean
VERDICT_SECONDS = 42.0  # from hanging up to the result
DAY_MINUTES = 540.0  # 09:00 to 18:00
OPENING_MINUTES = 5.0
UNHURRIED_SECONDS = 1200.0
OPENING_SHARE = 0.6  # arrive while the doors open
POPULARITY = 0.6  # Zipf's exponent
LEAST_LINES, MOST_LINES = 3, 10
LOOKING = 30.0, 150.0  # seconds that a student looks at a booth: 40 joins a second in the rush


@dataclass(frozen=True, kw_only=True)
class Habits:
    """How often people do what makes a fair hard; shares of 1."""

    answers: float = 0.9  # of rings, by a student who has the page open
    passes: float = 0.04  # 暂不方便; the rest lets it ring
    starts: float = 0.4  # 自主发起, of those who are next and see a free desk
    takes_calls: float = 0.85  # of those, by the recruiter
    turns_down: float = 0.1  # 暂不方便; the rest finds nobody at the desk
    drops: float = 0.25  # students who lose the line some time
    suspends: float = 0.2  # whose phone puts the page to sleep
    double_taps: float = 0.12  # of applications
    withdraws: float = 0.06  # of students, one ticket
    holds: float = 0.06
    refuses_messages: float = 0.25
    rejects: float = 0.07  # of applications, by the recruiter
    takes_back: float = 0.3  # of rejections
    late: float = 0.15  # recruiters


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One rehearsal. Times of people are divided by *speed*; rings and leases are the server's."""

    booths: int = 300
    students: int = 6000
    minutes: float = 20.0  # of the clock on the wall
    speed: float = 10.0
    opening_minutes: float = OPENING_MINUTES  # in which 60 % of the students arrive
    day_hours: float = 0.0  # the fair is announced for; 0: it ends with the play
    database: str = "postgresql"
    chaos: bool = False
    is_small: bool = False
    out: Path = Path("var/rehearsal")
    seed: int = 1
    habits: Habits = Habits()

    @property
    def play_seconds(self) -> float:
        return self.minutes * 60

    @property
    def fair_seconds(self) -> float:
        """How long the fair is announced for: promises reckon with its end."""
        return max(self.day_hours * 3600, self.needed_seconds)

    @property
    def needed_seconds(self) -> float:
        """The play and its last talks."""
        return self.play_seconds + self.last_talks_seconds

    @property
    def is_cut_short(self) -> bool:
        """Whether staff end the fair with the play, before its time."""
        return self.fair_seconds > self.needed_seconds

    @property
    def opening_seconds(self) -> float:
        """The rush is never compressed, except where the whole play is shorter than it."""
        most = 2 if self.opening_minutes > OPENING_MINUTES else 4
        return min(self.opening_minutes * 60, self.play_seconds / most)

    @property
    def last_talks_seconds(self) -> float:
        """After the play, in which calls that are on are ended and their results given."""
        return 8.0 if self.is_small else 40.0

    @property
    def hurry(self) -> float:
        """How much faster than real people look at booths: not at all in 20 minutes or more.

        The rush must not grow because the talks were shortened.
        """
        return max(1.0, UNHURRIED_SECONDS / self.play_seconds)

    @property
    def talk_seconds(self) -> float:
        return TALK_SECONDS / self.speed

    @property
    def verdict_seconds(self) -> float:
        return max(0.3, VERDICT_SECONDS / self.speed)

    def dice(self, kind: str, number: int) -> random.Random:
        """The fate of one person: the same in every rehearsal of the same seed."""
        return random.Random(f"{self.seed}/{kind}/{number}")  # noqa: S311 (a play, not a secret)

    def spoken(self, seconds: float) -> float:
        """A span of the people's own, compressed."""
        return seconds / self.speed


def arrivals(plan: Plan) -> list[float]:
    """When each student comes, in seconds: 60 % in the opening, the rest until two thirds."""
    chance = plan.dice("arrivals", 0)
    opening, late = plan.opening_seconds, plan.play_seconds * 2 / 3
    times = [
        chance.uniform(0, opening) if chance.random() < OPENING_SHARE
        else chance.uniform(opening, late)
        for _ in range(plan.students)
    ]  # fmt: skip
    return sorted(times)


def popularity(booths: int) -> list[float]:
    """How often each booth is chosen, by rank: a few are besieged, most are not."""
    return [1 / (rank + 1) ** POPULARITY for rank in range(booths)]


def wanted_booths(plan: Plan, number: int, booths: list[int]) -> list[int]:
    """The 3 to 10 booths that student *number* will apply at, without repetition."""
    chance = plan.dice("booths", number)
    lines = min(chance.randint(LEAST_LINES, MOST_LINES), len(booths))
    weights = popularity(len(booths))
    chosen: dict[int, None] = {}
    while len(chosen) < lines:
        chosen[chance.choices(booths, weights)[0]] = None
    return list(chosen)


def desks_of(plan: Plan, rank: int) -> int:
    """Popular booths bring more interviewers: three, two, one."""
    share = rank / max(1, plan.booths)
    return 3 if share < 0.05 else 2 if share < 0.25 else 1


def read_plan(words: list[str] | None = None) -> Plan:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make rehearse", description=__doc__)
    whole = Plan()
    parser.add_argument("--booths", type=int, default=whole.booths)
    parser.add_argument("--students", type=int, default=whole.students)
    parser.add_argument("--minutes", type=float, default=whole.minutes, help="of play")
    parser.add_argument("--speed", type=float, default=whole.speed, help="1 is real")
    parser.add_argument(
        "--opening",
        type=float,
        default=whole.opening_minutes,
        help="minutes of the rush at the doors",
    )
    parser.add_argument(
        "--day", type=float, default=whole.day_hours, help="hours that the fair is announced for"
    )
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default=whole.database)
    parser.add_argument("--chaos", action="store_true", help="kill every server in turn")
    parser.add_argument("--small", action="store_true", help="about a minute, on SQLite")
    parser.add_argument("--out", type=Path, default=whole.out, help="folder of the sheet")
    parser.add_argument("--seed", type=int, default=whole.seed)
    given = parser.parse_args(words)
    if given.small:
        return small_plan(given.out, chaos=given.chaos, seed=given.seed)
    return Plan(
        booths=given.booths,
        students=given.students,
        minutes=given.minutes,
        speed=given.speed,
        opening_minutes=given.opening,
        day_hours=given.day,
        database=given.database,
        chaos=given.chaos,
        out=given.out,
        seed=given.seed,
    )


def small_plan(out: Path, *, chaos: bool = False, seed: int = 1) -> Plan:
    """The rehearsal of ``make test``: everything happens, to few people."""
    return Plan(
        booths=6,
        students=36,
        minutes=0.6,
        speed=120.0,
        database="sqlite",
        chaos=chaos,
        is_small=True,
        out=out,
        seed=seed,
        habits=Habits(double_taps=0.3, withdraws=0.2, holds=0.2, rejects=0.12, suspends=0.1),
    )
