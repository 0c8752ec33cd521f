"""A fair that is well under way: more students, lines at the booths, interviews that are over.

The booths of the people one plays in the sandbox stay empty: those lines are for playing.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from app.accounts.models import Account
from app.core import clock, presence
from app.core.database import atomic
from app.core.secrets import digest
from app.fairs.models import Booth, Fair
from app.fairs.services.booths import issue_recruiter_codes, positions_of, redeem_recruiter_code
from app.fairs.services.entry import enter_fair
from app.interviews.services import calls, decisions, queue, ringing
from app.interviews.services.desks import find_unfinished, take_desk
from app.students.models import Resume
from app.students.services import find_student, record_device_check, save_section
from scripts.demo.students import resume

HOW_MANY = 96
FIRST_NUMBER = 100
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢"
GIVEN = (
    "一诺 子轩 雨桐 浩然 欣怡 宇航 诗涵 俊杰 梓萱 明哲 思远 佳琪 文博 静怡 天佑 可欣 嘉懿 睿哲"
    " 语嫣 泽宇 婉婷 承志 晓彤 志强 雅静 博文"
).split()
INTERVIEWERS = "陆川 白洁 唐宁 江一帆 叶青 康敏 秦朗 夏冰 石磊 方圆 贺兰 罗音".split()
# what a résumé lacks, by turns: most are ready, some have only begun
LACKS: tuple[tuple[str, ...], ...] = (
    (),
    ("certificates",),
    ("projects",),
    (),
    ("certificates", "projects"),
    ("internships", "self_evaluation"),
    (),
    ("internships", "projects", "skills", "certificates", "self_evaluation"),
)
BAR = 70
LAST_WAIT_MINUTES = 46
SHORTEST_TALK = 3  # minutes
VERDICTS = (
    ("pass", "沟通顺畅，安排复试"),
    ("fail", "方向不太一致"),
    ("pass", "基础扎实，推荐给部门"),
)


class Talk(NamedTuple):
    """A talk that is on."""

    ticket: int
    student: Account
    recruiter: Account
    turn: int
    since: datetime


def is_there() -> bool:
    """Whether the crowd has come already."""
    return Account.select().where(Account.phone_lookup == _mark(FIRST_NUMBER)).exists()


def bring(fair: Fair, booths: list[Booth]) -> None:
    """Bring students, recruiters and what happened at *booths* in the last three quarters of an hour."""
    with atomic():  # all or nothing: a seed that was interrupted begins anew
        _bring(fair, booths)


def _bring(fair: Fair, booths: list[Booth]) -> None:
    students = [_student(fair, number) for number in range(FIRST_NUMBER, FIRST_NUMBER + HOW_MANY)]
    inside = [account for account in students if account is not None]
    recruiters = [_recruiter(booth, n) for n, booth in enumerate(booths[: len(INTERVIEWERS)])]
    clock.travel(-timedelta(minutes=LAST_WAIT_MINUTES))
    talks: list[Talk] = []
    try:
        for turn, account in enumerate(inside):
            talks = [talk for talk in talks if not _is_over(talk)]
            talk = _live_through(turn, account, booths, recruiters)
            talks += [talk] if talk else []
            clock.travel(timedelta(seconds=25))
    finally:
        clock.travel(None)
    for talk in talks:
        _conclude(talk)


def _student(fair: Fair, number: int) -> Account | None:
    """A student's account when the résumé was good enough to enter the fair."""
    turn = number - FIRST_NUMBER
    name = SURNAMES[turn % len(SURNAMES)] + GIVEN[(turn * 7) % len(GIVEN)]
    account = Account.create(name=name, phone_lookup=_mark(number))
    content = resume(name, number, "master" if turn % 4 == 1 else "bachelor")
    content["basics"]["gender"] = "female" if turn % 2 else "male"
    lacks = LACKS[turn % len(LACKS)]
    for key, section in content.items():
        if key not in lacks:
            save_section(account.id, key, section, None)
    student = find_student(account.id)
    if student is None or Resume.get(Resume.student == student).completeness <= BAR:
        return None
    enter_fair(fair.id, account.id)
    return account


def _recruiter(booth: Booth, number: int) -> Account:
    account = Account.create(name=INTERVIEWERS[number])
    (code,) = issue_recruiter_codes(booth.id, label=INTERVIEWERS[number])
    redeem_recruiter_code(code.token, account.id, name=INTERVIEWERS[number], title="招聘专员")
    return account


def _live_through(
    turn: int, account: Account, booths: list[Booth], recruiters: list[Account]
) -> Talk | None:
    """One student's way: applied only, waiting, rejected, or in a talk that ends in minutes."""
    place = (turn * turn + turn // 3) % len(booths)
    booth = booths[place]
    offered = positions_of([booth.id])[booth.id]
    wanted: Any = offered[turn % len(offered)].id if offered else None
    record_device_check(account.id, camera="ok", microphone="ok", speaker="ok", browser="Chrome")
    ticket = queue.apply_for_interview(booth.id, account.id, wanted)
    if place >= len(recruiters):
        return None
    recruiter = recruiters[place]
    if turn % 9 == 4:
        decisions.reject_application(ticket, recruiter.id, "专业方向不匹配")
    elif turn % 3 != 1:
        queue.accept_application(ticket, recruiter.id)
        if turn % 6 == 0:
            return _begin(Talk(ticket, account, recruiter, turn, clock.now()), booth)
    return None


def _begin(talk: Talk, booth: Booth) -> Talk | None:
    """Ring and answer, unless somebody earlier is there or the desk is taken."""
    desk = take_desk(booth.id, talk.recruiter.id)
    if find_unfinished(desk.id) is not None:
        return None
    presence.renew(talk.student.id)
    called = ringing.ring_next(booth.id, talk.recruiter.id)
    if called != talk.ticket:
        ringing.cancel_ring(called, talk.recruiter.id)
        presence.leave(talk.student.id)
        return None
    ringing.answer_ring(talk.ticket, talk.student.id)
    return talk


def _is_over(talk: Talk) -> bool:
    """End the talk when its minutes are over."""
    if clock.now() - talk.since < timedelta(minutes=SHORTEST_TALK + talk.turn % 5):
        return False
    _conclude(talk)
    return True


def _conclude(talk: Talk) -> None:
    calls.hang_up(talk.ticket, talk.recruiter.id)
    verdict, remark = VERDICTS[talk.turn // 6 % len(VERDICTS)]
    calls.conclude(talk.ticket, talk.recruiter.id, verdict, remark)
    presence.leave(talk.student.id)


def _mark(number: int) -> str:
    """How the demo recognises its own people; nobody can log in by it."""
    return digest(f"demo-crowd-{number}")
