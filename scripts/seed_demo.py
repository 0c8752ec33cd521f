"""Sets up a demo fair that is live now, with people to play; doing it again changes nothing.

It goes through the same services as staff and students do. It prints who is who.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from app.accounts.models import Account, StaffUser, WeChatIdentity
from app.accounts.services.staff import create_staff
from app.bookings.services.plan import lay_out
from app.config import Config
from app.core import audit, clock
from app.employers import uscc
from app.employers.models import Employer
from app.employers.services import create_employer
from app.factory import create_app
from app.fairs.models import Booth, Fair, RecruiterCode
from app.fairs.services.booths import (
    issue_recruiter_codes,
    open_booth,
    redeem_recruiter_code,
)
from app.fairs.services.entry import enter_fair, fair_scene, recruiter_scene
from app.fairs.services.staging import announce_fair, create_fair, update_fair
from app.positions.models import Position
from app.positions.services import create_position
from app.schools.models import School
from app.schools.services import create_school
from app.students.models import Resume
from app.students.services import save_section
from scripts.demo import crowd
from scripts.demo.employers import COMPANIES, Company
from scripts.demo.more_employers import MORE
from scripts.demo.students import OTHERS, SCHOOL, good_resume, resume, thin_resume
from scripts.wechat_sandbox import demo, marks

EVERYBODY = (*COMPANIES, *MORE)
FAIR_NAME = "2027 届毕业生秋季视频双选会（演示）"
NEXT_FAIR_NAME = "2027 届毕业生春季双选会 · 智能制造专场（演示）"
STAFF_NAME = "admin"
DAYS = 14
CODE_HOURS = 24 * DAYS
CODE_LABEL = "演示"
RESUMES = {"lin-xiaoman": good_resume, "chen-siyuan": resume}
THIN_RESUME = "wang-yutong"
AT_BOOTHS = {"zhou-min": 0, "liu-jianguo": 1}  # recruiter → company
NEWCOMER_BOOTH = 2  # where the third recruiter scans a code


def fair_of(school: School) -> Fair:
    """Return the demo fair, announced and live for days to come."""
    now = clock.now().replace(second=0, microsecond=0)
    until = {"ends_at": now + timedelta(days=DAYS), "entry_closes_at": now + timedelta(days=DAYS)}
    fair = Fair.get_or_none(Fair.name == FAIR_NAME)
    if fair is None:
        began = now - timedelta(hours=1)
        opened = dict.fromkeys(("entry_opens_at", "doors_open_at", "starts_at"), began)
        fair = create_fair(
            school_id=school.id,
            name=FAIR_NAME,
            introduction="面向 2027 届毕业生的线上视频双选会：扫码进场，排队等候，当场面试。",
            contact_student="学生服务：027-0000 0001",
            contact_employer="单位服务：027-0000 0002",
            safety_notice="正规单位不会收取任何费用，不会索要身份证原件。遇到可疑情况请立即联系会务组。",
            **opened,
            **until,
        )
        announce_fair(fair.id)
    elif fair.ends_at < now + timedelta(days=1):
        update_fair(fair.id, **until)
    return Fair.get_by_id(fair.id)


def next_fair_of(school: School) -> None:
    """Announce a fair that is still to come, with daily hours and employers to follow."""
    if Fair.select().where(Fair.name == NEXT_FAIR_NAME).exists():
        return
    today = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    first = today + timedelta(days=9)
    fair = create_fair(
        school_id=school.id,
        name=NEXT_FAIR_NAME,
        introduction="智能制造与新能源方向专场，提前报名，当天排队面试。",
        entry_opens_at=today - timedelta(days=1),
        entry_closes_at=first + timedelta(days=1, hours=17),
        doors_open_at=first + timedelta(hours=8, minutes=30),
        starts_at=first + timedelta(hours=9),
        ends_at=first + timedelta(days=1, hours=17),
        daily_opens="09:00",
        daily_closes="17:00",
        contact_student="学生服务：027-0000 0001",
        contact_employer="单位服务：027-0000 0002",
        takes_bookings=True,
    )
    announce_fair(fair.id)
    lay_out(fair.id, areas=["B"], rows=3, cols=8)
    for number, company in enumerate(COMPANIES[:4], start=1):
        employer = Employer.get(Employer.uscc == with_check_digit(company.code))
        theirs = (Position.employer == employer) & (Position.status == Position.Status.PUBLISHED)
        open_booth(
            fair_id=fair.id,
            employer_id=employer.id,
            number=f"B{number:02d}",
            position_ids=[position.id for position in Position.select().where(theirs)],
        )


def booth_of(fair: Fair, number: int, company: Company) -> Booth:
    """Return a company's booth, recording employer and positions the first time."""
    code = with_check_digit(company.code)
    employer = Employer.get_or_none(Employer.uscc == code)
    if employer is None:
        employer = create_employer(
            name=company.name,
            code=code,
            nature=company.nature,
            industry=company.industry,
            size=company.size,
            city=company.city,
            introduction=company.introduction,
        )
    booth = Booth.get_or_none(fair=fair, employer=employer)
    if booth is None:
        positions = [
            create_position(
                employer_id=employer.id,
                publish=True,
                title=opening.title,
                city=company.city,
                salary_min=opening.salary[0],
                salary_max=opening.salary[1],
                degree=opening.degree,
                headcount=opening.headcount,
                majors=opening.majors,
                duties=opening.duties,
                requirements=opening.requirements,
            ).id
            for opening in company.openings
        ]
        booth = open_booth(
            fair_id=fair.id,
            employer_id=employer.id,
            number=f"A{number:02d}",
            position_ids=positions,
        )
    return booth


def with_check_digit(start: str) -> str:
    """Return the whole 统一社会信用代码 that begins with these 17 characters."""
    return next(start + last for last in uscc.CHARACTERS if uscc.is_valid(start + last))


def account_of(config: Config, key: str, name: str) -> Account:
    """Return the account of one of the sandbox's people, as their first login would open it."""
    appid = config.wechat_mini.appid
    openid, unionid = marks.steady_openid(appid, key), marks.steady_openid("union", key)
    identity = WeChatIdentity.get_or_none(appid=appid, openid=openid)
    if identity is None:
        account = Account.create(name=name)
        identity = WeChatIdentity.create(
            account=account, appid=appid, openid=openid, unionid=unionid
        )
    return identity.account


def write_resume(account: Account, sections: dict[str, Any]) -> None:
    """Fill in a résumé section by section, once."""
    if Resume.select().where(Resume.student.in_(account.students)).exists():
        return
    for key, content in sections.items():
        save_section(account.id, key, content, None)


def seed_students(config: Config, fair: Fair) -> None:
    """Bring the sandbox's students and twenty more who only show in the talent list."""
    names = {key: name for key, name, *_ in demo.STUDENTS}
    for number, (key, write) in enumerate(RESUMES.items()):
        account = account_of(config, key, names[key])
        write_resume(account, write(names[key], number))
        enter_fair(fair.id, account.id)
    thin = account_of(config, THIN_RESUME, names[THIN_RESUME])
    write_resume(thin, thin_resume(names[THIN_RESUME]))
    for number, name in enumerate(OTHERS, start=10):
        account = account_of(config, f"demo-{number}", name)
        degree = "master" if number % 4 == 0 else "bachelor"
        write_resume(account, resume(name, number, degree))
        enter_fair(fair.id, account.id)


def seed_recruiters(config: Config, booths: list[Booth]) -> RecruiterCode:
    """Bind two recruiters by a code each and return an unused code for the third."""
    people = {key: (name, title) for key, name, _phone, title, *_ in demo.RECRUITERS}
    for key, number in AT_BOOTHS.items():
        name, title = people[key]
        account = account_of(config, key, name)
        if not account.is_recruiter:
            (code,) = issue_recruiter_codes(booths[number].id, hours=CODE_HOURS, label=CODE_LABEL)
            redeem_recruiter_code(code.token, account.id, name=name, title=title)
    return unused_code(booths[NEWCOMER_BOOTH])


def unused_code(booth: Booth) -> RecruiterCode:
    """Return a code of *booth* that can still be scanned, issuing one when there is none."""
    soon = clock.now() + timedelta(days=1)
    usable = (RecruiterCode.booth == booth) & (RecruiterCode.status == RecruiterCode.Status.ISSUED)
    code = RecruiterCode.select().where(usable & (RecruiterCode.expires_at > soon)).first()
    return code or issue_recruiter_codes(booth.id, hours=CODE_HOURS, label=CODE_LABEL)[0]


def seed_staff(password: str) -> None:
    """Open the first staff account."""
    if not StaffUser.select().where(StaffUser.username == STAFF_NAME).exists():
        create_staff(STAFF_NAME, password, role=StaffUser.StaffRole.ADMIN, name="会务组")


@contextmanager
def as_operator() -> Iterator[None]:
    """Whoever set the machine up acts; the audit says so."""
    with audit.acting(None, "operator"):
        yield


def main() -> int:
    """Seed, and print who is who."""
    config = Config.from_env()
    if config.is_production:
        print("The demo is not for production", file=sys.stderr)
        return 2
    password = os.environ.get("STAFF_PASSWORD", "")
    with create_app(config).app_context(), as_operator():
        school = School.get_or_none(School.name == SCHOOL) or create_school(SCHOOL, "江理工")
        fair = fair_of(school)
        booths = [booth_of(fair, n, company) for n, company in enumerate(EVERYBODY, start=1)]
        seed_students(config, fair)
        code = seed_recruiters(config, booths)
        if not crowd.is_there():
            crowd.bring(fair, booths[NEWCOMER_BOOTH + 1 :])
        next_fair_of(school)
        seed_staff(password)
        introduce(config, fair, code)
    return 0


def introduce(config: Config, fair: Fair, code: RecruiterCode) -> None:
    """Print the demo's people for whoever has just started the product."""
    scene = f"{config.public_url}/m/s?scene="
    names = {key: name for key, name, *_ in demo.RECRUITERS}
    bound = "；".join(f"{names[key]}（{COMPANIES[n].name}）" for key, n in AT_BOOTHS.items())
    print(f"双选会 {fair.name}: {scene}{fair_scene(fair)}")
    print("学生 林小满（82%）、陈思远（95%）已进场；王雨桐（70%）差一点；赵浩然 还没有简历")
    print(f"招聘方 {bound}")
    print(
        f"招聘方 孙丽 扫此码入驻 {COMPANIES[NEWCOMER_BOOTH].name}: {scene}{recruiter_scene(code)}"
    )
    print(f"后台 {STAFF_NAME}，口令 {os.environ['STAFF_PASSWORD']}")
    print("以上各位的手机都在微信沙箱里：选一个人，扫码或登录")


if __name__ == "__main__":
    sys.exit(main())
