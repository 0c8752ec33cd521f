"""Who plays: booths with their desks, students with their phones."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stall:
    """A booth and what it offers."""

    id: int
    position_id: int


@dataclass(frozen=True)
class Person:
    """Somebody with WeChat on the phone, known to the product by an account."""

    phone: str  # the sandbox's name
    account_id: int
    subject_id: int  # of a student: the student; of a recruiter: the booth


@dataclass(frozen=True)
class Cast:
    """Everybody at one fair."""

    fair_id: int
    misses_kept: int
    booths: list[Stall]
    students: list[Person]
    recruiters: list[Person]
    templates: list[str]  # of subscribe messages, asked for when a student applies
