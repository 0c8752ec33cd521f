"""The fair before its doors open: booths, recruiters and students with good résumés, in bulk.

What takes people weeks is inserted; from the login on everything goes through the product.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from peewee import chunked

from app.accounts.models import Account, WeChatIdentity
from app.core import clock
from app.core.database import BaseModel, atomic
from app.employers.models import Employer, Recruiter
from app.fairs.models import Booth, BoothPosition, Fair
from app.positions.models import Position
from app.schools.models import School
from app.students.models import Resume, Student
from scripts.bench.broadcast import Sandbox
from scripts.bench.people import resume_content
from scripts.demo.students import FIELDS, SCHOOL
from scripts.rehearse.cast import Cast, Person, Stall
from scripts.rehearse.plan import Plan, desks_of
from scripts.wechat_sandbox import demo

HANDS = 8  # that make people in the sandbox at a time
ASKED_FOR = ("interview_accepted", "interview_result", "interview_missed", "interview_nudge")


def seed(plan: Plan, sandbox: Sandbox) -> Cast:
    """Make everybody and everything, on both sides of the wire."""
    desks = [rank for rank in range(plan.booths) for _ in range(desks_of(plan, rank))]
    phones = _phones(sandbox, plan.students + len(desks))
    with atomic():
        fair = _fair(plan)
        stalls = _stalls(fair, plan.booths)
        accounts = _accounts(phones, plan.students)
        students = _students(accounts[: plan.students])
        recruiters = _recruiters(accounts[plan.students :], desks, stalls)
    names = [phone for phone, _, _ in phones]
    people = zip(names[: plan.students], accounts, students, strict=False)
    staff = zip(names[plan.students :], accounts[plan.students :], recruiters, strict=True)
    return Cast(
        fair_id=fair.id,
        misses_kept=fair.misses_kept,
        booths=stalls,
        students=[Person(*one) for one in people],
        recruiters=[Person(*one) for one in staff],
        templates=[demo.template_id("mini", kind) for kind in ASKED_FOR],
    )


def _phones(sandbox: Sandbox, count: int) -> list[tuple[str, str, str]]:
    """People in the sandbox: their name there, openid and unionid."""

    def create(number: int) -> tuple[str, str, str]:
        user = sandbox.post("/users", nickname=f"演练{number}", id=f"rehearsal-{number}")
        return user["id"], user["openids"][demo.MINI_APPID], user["unionid"]

    with ThreadPoolExecutor(HANDS) as hands:
        return list(hands.map(create, range(count)))


def _fair(plan: Plan) -> Fair:
    now = clock.now()
    ends = now + timedelta(seconds=plan.fair_seconds)
    before = now - timedelta(minutes=30)
    return Fair.create(
        school=School.create(name=SCHOOL, short_name="江理"),
        name="2027 届毕业生双选会（演练）",
        status=Fair.Status.ANNOUNCED,
        entry_opens_at=before,
        entry_closes_at=ends,
        doors_open_at=before,
        starts_at=now - timedelta(seconds=1),
        ends_at=ends,
        can_apply_ahead=True,
        talk_minutes=max(1, round(plan.spoken(600) / 60)),
        hold_seconds=max(8, round(plan.spoken(180))),
        undo_seconds=max(4, round(plan.spoken(60))),
    )


def begin_now(fair_id: int, seconds: float) -> None:
    """Let the fair's time begin now: making its people may have taken minutes."""
    now = clock.now()
    ends = now + timedelta(seconds=seconds)
    with atomic():
        Fair.update(starts_at=now, ends_at=ends, entry_closes_at=ends).where(
            Fair.id == fair_id
        ).execute()


def _insert(model: type[BaseModel], rows: Iterator[dict[str, Any]]) -> None:
    for batch in chunked(rows, 200):
        model.insert_many(batch).execute()


def _ids(model: type[BaseModel], after: int) -> list[int]:
    query = model.select(model.id).where(model.id > after).order_by(model.id)
    return [number for (number,) in query.tuples()]


def _last(model: type[BaseModel]) -> int:
    newest = model.select(model.id).order_by(model.id.desc()).first()
    return newest.id if newest else 0


def _stalls(fair: Fair, count: int) -> list[Stall]:
    industries = ("电子信息", "装备制造", "金融", "教育", "生物医药", "新能源")
    last = [_last(model) for model in (Employer, Position, Booth)]
    rows = (
        {
            "name": f"演练第{n}科技有限公司",
            "uscc": f"91420100MA4R{n:06d}",
            "industry": industries[n % len(industries)],
            "nature": "民营企业",
            "city": "武汉",
            "introduction": "面向工业现场的软硬件研发与服务。" * 6,
        }
        for n in range(count)
    )
    _insert(Employer, rows)
    employers = _ids(Employer, last[0])
    _insert(Position, (_position(employer) for employer in employers))
    positions = _ids(Position, last[1])
    places = enumerate(employers, start=1)
    _insert(Booth, ({"fair": fair.id, "employer": e, "number": f"R{n:03d}"} for n, e in places))
    booths = _ids(Booth, last[2])
    pairs = list(zip(booths, positions, strict=True))
    _insert(BoothPosition, ({"booth": b, "position": p} for b, p in pairs))
    return [Stall(booth, position) for booth, position in pairs]


def _position(employer: int) -> dict[str, Any]:
    return {
        "employer": employer,
        "title": "软件工程师",
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


def _accounts(phones: list[tuple[str, str, str]], students: int) -> list[int]:
    last = _last(Account)
    rows = ({"name": f"演练{n}", "is_recruiter": n >= students} for n, _ in enumerate(phones))
    _insert(Account, rows)
    accounts = _ids(Account, last)
    identities = (
        {"account": account, "appid": demo.MINI_APPID, "openid": openid, "unionid": unionid}
        for account, (_, openid, unionid) in zip(accounts, phones, strict=True)
    )
    _insert(WeChatIdentity, identities)
    return accounts


def _students(accounts: list[int]) -> list[int]:
    last = _last(Student)
    rows = (
        {
            "account": account,
            "name": f"演练{n}",
            "school_name": SCHOOL,
            "major": FIELDS[n % len(FIELDS)][0],
            "degree": "master" if n % 4 == 0 else "bachelor",
            "graduation_year": 2027,
            "skills": ["Python", "Linux"],
            "intention": ["软件工程师"],
        }
        for n, account in enumerate(accounts)
    )
    _insert(Student, rows)
    students = _ids(Student, last)
    content = resume_content()
    _insert(Resume, ({"student": s, "content": content, "completeness": 92} for s in students))
    return students


def _recruiters(accounts: list[int], desks: list[int], stalls: list[Stall]) -> list[int]:
    """Bind one account to each desk's employer; the booth of each."""
    booths = [stalls[rank].id for rank in desks]
    present = Booth.select(Booth.id, Booth.employer).where(Booth.id.in_(set(booths)))
    employer = {booth.id: booth.employer_id for booth in present}
    _insert(
        Recruiter,
        (
            {"account": account, "employer": employer[booth], "name": f"面试官{account}"}
            for account, booth in zip(accounts, booths, strict=True)
        ),
    )
    return booths
