"""A school's fair of full size, and the calls that are measured against it.

300 booths and 6,000 students: some yet to enter, some yet to apply, one booth with 2,000
waiting and forty with 50 each. Rows are inserted in bulk, as they would look after an hour.
The long line's booth has a desk for every ring that is measured, more than any school would
give it, so it stands last in the hall.
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from peewee import chunked

from app.accounts.models import Account
from app.config import Config
from app.core import clock
from app.core.auth import issue_token
from app.core.database import BaseModel, atomic
from app.employers.models import Employer, Recruiter
from app.factory import create_app
from app.fairs.models import Booth, BoothPosition, Fair, Participation
from app.interviews.models import Desk, Interview
from app.interviews.services.readings import renew_forecasts
from app.positions.models import Position
from app.schools.models import School
from app.students.models import DeviceCheck, Resume, Student
from scripts.bench.load import Call
from scripts.bench.people import resume_content

BOOTHS, STUDENTS = 300, 6000
CALLS = 400  # of every operation that writes
READS = 1200
NEWCOMERS = range(0, 1000)  # have a résumé, have not entered
LONG_LINE = range(1000, 3000)  # wait at booth 1
SHORT_LINES = range(3000, 5000)  # wait at booths 2 to 41, 50 each
APPLICANTS = range(5000, 6000)  # entered, apply at booths 100 and up
LINE_OF = 50
RINGS = 200
MEASURED_RINGS = 140  # one after the other; the others belong to the opening
# Calls a second at a school's opening: 432, of which 108 write (capacity of one fair).
OPENING = {"enter": 36, "apply": 57, "ring": 15, "queue": 216, "hall": 108}
OPENING_SECONDS = 4
AN_OPENING = "an opening"
FIRST_ACCOUNT = 1  # students' accounts come first, so a student's number is its account's minus one
RECRUITERS_FROM = STUDENTS + 1


def fill() -> Fair:
    """Insert everything and return the fair."""
    with atomic():
        fair = _fair()
        _employers(fair)
        _students(fair)
        _recruiters()
        _lines(fair)
    renew_forecasts()  # as the clock has done on a running day
    return fair


def _insert(model: type[BaseModel], rows: Iterator[dict[str, Any]]) -> None:
    for batch in chunked(rows, 200):
        model.insert_many(batch).execute()


def _fair() -> Fair:
    now, hour = clock.now(), timedelta(hours=1)
    return Fair.create(
        school=School.create(name="江城理工大学", short_name="江理"),
        name="2027 届毕业生秋季视频双选会",
        status=Fair.Status.ANNOUNCED,
        entry_opens_at=now - 48 * hour,
        entry_closes_at=now + 8 * hour,
        doors_open_at=now - 2 * hour,
        starts_at=now - hour,
        ends_at=now + 8 * hour,
        can_apply_ahead=True,
    )


def _employers(fair: Fair) -> None:
    industries = ("电子信息", "装备制造", "金融", "教育", "生物医药", "新能源")
    numbers = range(1, BOOTHS + 1)
    _insert(
        Employer,
        (
            {
                "name": f"江城第{n}科技有限公司",
                "uscc": f"91420100MA4K{n:06d}",
                "industry": industries[n % len(industries)],
                "nature": "民营企业",
                "size": "500-1000 人",
                "city": "武汉",
                "introduction": "面向工业现场的软硬件研发与服务。" * 6,
            }
            for n in numbers
        ),
    )
    titles = ("软件工程师", "嵌入式工程师")
    _insert(
        Position,
        (
            {
                "employer": n,
                "title": title,
                "city": "武汉",
                "salary_min": 8000,
                "salary_max": 13000,
                "degree": "本科",
                "headcount": 5,
                "majors": "计算机类",
                "duties": "负责产品研发。" * 10,
                "requirements": "基础扎实。" * 10,
                "status": Position.Status.PUBLISHED,
            }
            for n in numbers
            for title in titles
        ),
    )
    places = ((n, f"{'A' if n > 1 else 'B'}{n:03d}") for n in numbers)
    _insert(Booth, ({"fair": fair.id, "employer": n, "number": place} for n, place in places))
    offers = ({"booth": (p + 1) // 2, "position": p} for p in range(1, 2 * BOOTHS + 1))
    _insert(BoothPosition, offers)


def _students(fair: Fair) -> None:
    numbers = range(1, STUDENTS + 1)
    _insert(Account, ({"name": f"考生{n}"} for n in numbers))
    _insert(
        Student,
        (
            {
                "account": n,
                "name": f"考生{n}",
                "school_name": "江城理工大学",
                "major": "计算机科学与技术",
                "degree": "bachelor",
                "graduation_year": 2027,
                "skills": ["Python", "Linux"],
                "intention": ["软件工程师"],
            }
            for n in numbers
        ),
    )
    content = resume_content()
    _insert(Resume, ({"student": n, "content": content, "completeness": 92} for n in numbers))
    works = {"camera": "ok", "microphone": "ok", "speaker": "ok", "is_passed": True}
    _insert(DeviceCheck, ({"account": n, **works} for n in numbers))
    entered = (n for n in numbers if n - 1 not in NEWCOMERS)
    _insert(Participation, ({"fair": fair.id, "student": n} for n in entered))


def _recruiters() -> None:
    """Desks: 200 at booth 1, five at each of booths 2 to 41; every ring takes one."""
    booths = [1] * RINGS + [2 + n % 40 for n in range(RINGS)]
    accounts = range(RECRUITERS_FROM, RECRUITERS_FROM + len(booths))
    _insert(Account, ({"name": f"面试官{n}", "is_recruiter": True} for n in accounts))
    people = zip(accounts, booths, strict=True)
    _insert(Recruiter, ({"account": a, "employer": b, "name": f"面试官{a}"} for a, b in people))
    desks = enumerate(booths, start=1)
    _insert(Desk, ({"booth": b, "recruiter": n, "label": f"席位 {n}"} for n, b in desks))


def _lines(fair: Fair) -> None:
    began = clock.now() - timedelta(hours=1)
    places = [(n, 1) for n in LONG_LINE]
    places += [(n, 2 + number // LINE_OF) for number, n in enumerate(SHORT_LINES)]
    _insert(
        Interview,
        (
            {
                "fair": fair.id,
                "booth": booth,
                "student": n + 1,
                "position": 2 * booth,
                "status": Interview.Status.WAITING,
                "queued_at": began + timedelta(milliseconds=200 * order),
            }
            for order, (n, booth) in enumerate(places)
        ),
    )


def calls(fair: Fair) -> dict[str, list[Call]]:
    """Return the calls of every operation, each by a person who may make it."""
    enter = [_enter(fair, n) for n in NEWCOMERS]
    apply = [_apply(n, 100 + number % 200) for number, n in enumerate(APPLICANTS)]
    ring_short = [_ring(2 + n % 40, RINGS + n) for n in range(RINGS)]
    ring_long = [_ring(1, n) for n in range(MEASURED_RINGS)]
    queue = _reads(f"/api/screens/my-interviews?fair_id={fair.id}", SHORT_LINES)
    hall = _reads(f"/api/screens/fairs/{fair.id}/hall", APPLICANTS)
    later = {
        "enter": enter[CALLS:],
        "apply": apply[CALLS:],
        "ring": ring_short[MEASURED_RINGS:],
        "queue": queue,
        "hall": hall,
    }
    return {
        "enter a fair": enter[:CALLS],
        "apply": apply[:CALLS],
        "ring next of 50": ring_short[:MEASURED_RINGS],
        "ring next of 2,000": ring_long,
        "queue page": queue,
        "list employers": hall,
        AN_OPENING: _opening(later),
    }


def _opening(pools: dict[str, list[Call]]) -> list[Call]:
    """A few seconds of a fair's opening: every kind in its share, in random order."""
    mixed = [
        call
        for kind, per_second in OPENING.items()
        for call in pools[kind][: per_second * OPENING_SECONDS]
    ]
    random.Random(432).shuffle(mixed)  # noqa: S311 (an order, not a secret)
    return mixed


def _enter(fair: Fair, number: int) -> Call:
    return _post(f"/api/fairs/{fair.id}/enter", _student(number), number)


def _apply(number: int, booth: int) -> Call:
    body = {"position_id": 2 * booth}
    return _post(f"/api/booths/{booth}/interviews", _student(number), number, body)


def _ring(booth: int, recruiter: int) -> Call:
    token = issue_token(RECRUITERS_FROM + recruiter, ("student", "recruiter"))
    return _post(f"/api/booths/{booth}/ring-next", token, recruiter)


def _reads(path: str, people: range) -> list[Call]:
    return [Call("GET", path, _student(people[n % len(people)])) for n in range(READS)]


def _student(number: int) -> str:
    return issue_token(FIRST_ACCOUNT + number, ("student",))


def _post(path: str, token: str, number: int, body: dict[str, Any] | None = None) -> Call:
    content = json.dumps(body or {}).encode()
    return Call("POST", path, token, content, key=f"bench-{path.rsplit('/', 1)[1]}-{number:06d}")


def main(calls_path: Path) -> None:
    """Fill the database that the environment names and write the calls down."""
    app = create_app(Config.from_env())
    with app.app_context():
        prepared = calls(fill())
    plain = {name: [asdict(call) for call in several] for name, several in prepared.items()}
    for several in plain.values():
        for call in several:
            call["body"] = call["body"].decode()
    calls_path.write_text(json.dumps(plain))


def read_calls(path: Path) -> dict[str, list[Call]]:
    """Read what :func:`main` wrote."""
    content = json.loads(path.read_text())
    return {
        name: [Call(**(call | {"body": call["body"].encode()})) for call in several]
        for name, several in content.items()
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
