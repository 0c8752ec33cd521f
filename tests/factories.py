"""People, fairs and tickets for tests, made through the same services as in life."""

from datetime import timedelta
from itertools import count
from typing import Any

from app.accounts.models import Account
from app.core import clock, presence
from app.employers.models import Employer, Recruiter, Settlement
from app.employers.services import bind_recruiter, create_employer
from app.employers.services.settlements import apply_for_settlement, approve_settlement
from app.employers.uscc import CHARACTERS, WEIGHTS
from app.fairs.models import Booth, Fair, Participation
from app.fairs.services.booths import open_booth
from app.fairs.services.staging import announce_fair, create_fair
from app.files.models import Upload
from app.files.purposes import Purpose
from app.files.services import store_upload
from app.interviews.models import Interview
from app.interviews.services.queue import accept_application, apply_for_interview
from app.positions.models import Position, today
from app.positions.services import create_position
from app.positions.services.review import approve_position
from app.positions.services.writing import draft_position, submit_position
from app.schools.models import School
from app.schools.services import create_school
from app.students.models import DeviceCheck, Resume, Student
from app.students.services import save_section
from tests import samples

LONG = "负责需求分析、接口设计与实现，参与上线与值守，推动问题闭环，积累了完整的项目经验与团队协作能力，乐于学习。"


def valid_uscc(number: int) -> str:
    """A code of the right form with a fitting check digit."""
    body = f"91330100{number:09d}"
    total = sum(CHARACTERS.index(body[i]) * WEIGHTS[i] for i in range(17))
    return body + CHARACTERS[(31 - total % 31) % 31]


class Factory:
    """Each method makes one thing with sensible defaults and what it needs."""

    def __init__(self) -> None:
        self._count = count(1)

    def school(self, name: str = "江海大学") -> School:
        return School.get_or_none(School.name == name) or create_school(name, "江海")

    def fair(self, *, announced: bool = True, **settings: Any) -> Fair:
        """A fair that is live now and today, unless told otherwise."""
        now = clock.now()
        today = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        defaults: dict[str, Any] = {
            "name": f"2027 届毕业生视频双选会 {next(self._count)}",
            "entry_opens_at": now - timedelta(days=7),
            "entry_closes_at": today + timedelta(days=2),
            "doors_open_at": today,
            "starts_at": min(today + timedelta(minutes=1), now - timedelta(seconds=5)),
            "ends_at": today + timedelta(days=2),
            "safety_notice": "求职不缴费，谨防诈骗。",
        }
        defaults["doors_open_at"] = min(defaults["doors_open_at"], defaults["starts_at"])
        fair = create_fair(school_id=self.school().id, **(defaults | settings))
        return announce_fair(fair.id) if announced else fair

    def employer(self, name: str = "") -> Employer:
        number = next(self._count)
        return create_employer(
            name=name or f"远航科技有限公司{number}",
            code=valid_uscc(number),
            industry="信息传输、软件和信息技术服务业",
            nature="其他企业",
            size="150–500 人",
            city="杭州",
        )

    def position(self, employer: Employer, title: str = "后端工程师") -> Position:
        return create_position(
            employer_id=employer.id,
            publish=True,
            title=title,
            city="杭州",
            salary_min=9000,
            salary_max=15000,
            degree="本科",
            headcount=3,
            majors="计算机类",
        )

    def acting(self, employer: Employer, name: str = "周敏") -> Account:
        """An account that acts for an employer."""
        account = self.account(name)
        bind_recruiter(account, employer.id, name=name, title="招聘经理")
        return account

    def settled(self, employer: Employer, school: School, account: Account) -> Settlement:
        """A place at a school, asked for and granted."""
        settlement = apply_for_settlement(employer.id, school.id, account.id)
        return approve_settlement(settlement.id)

    def draft(self, employer: Employer, account: Account, **more: Any) -> Position:
        """A posting of an employer's own that tells all it must."""
        details: dict[str, Any] = {
            "title": "后端工程师",
            "province": "浙江",
            "city": "杭州",
            "address": "滨江区江南大道 100 号",
            "salary_min": 9000,
            "salary_max": 15000,
            "headcount": 3,
            "degree": "本科",
            "duties": "负责订单系统的设计与开发，参与上线与值守。",
            "requirements": "熟悉 Python 与数据库，有良好的沟通能力。",
            "valid_until": today() + timedelta(days=60),
        }
        return draft_position(employer.id, account.id, **(details | more))

    def submitted(self, employer: Employer, account: Account, **more: Any) -> Position:
        """A posting that waits for its review."""
        position = self.draft(employer, account, **more)
        submit_position(position.id, employer.id, account.id, version=position.version)
        return Position.get_by_id(position.id)

    def reviewed(self, employer: Employer, account: Account, **more: Any) -> Position:
        """A posting that has passed its review."""
        return approve_position(self.submitted(employer, account, **more).id)

    def booth(self, fair: Fair | None = None, employer: Employer | None = None) -> Booth:
        """An open booth with one position."""
        employer = employer or self.employer()
        position = self.position(employer)
        return open_booth(
            fair_id=(fair or self.fair()).id,
            employer_id=employer.id,
            number=f"A{next(self._count):03d}",
            position_ids=[position.id],
        )

    def account(self, name: str = "") -> Account:
        return Account.create(name=name or f"用户{next(self._count)}")

    def recruiter(self, booth: Booth, name: str = "周敏") -> Account:
        """An account that acts for the booth's employer."""
        account = self.account(name)
        bind_recruiter(account, booth.employer_id, name=name, title="招聘经理")
        return account

    def upload(
        self,
        account: Account | None = None,
        purpose: Purpose = Purpose.PAPER,
        name: str = "执照.jpg",
    ) -> Upload:
        """A picture that somebody (or staff) sent and no record has taken yet."""
        account = account or self.account()
        return store_upload(account.id, purpose, name, samples.jpeg())

    def revoke(self, account: Account) -> None:
        Recruiter.get(Recruiter.account == account).revoke()

    def student(self, name: str = "", *, completeness: int | None = None) -> Student:
        """A student whose résumé is good enough; *completeness* sets the score outright."""
        account = self.account()
        basics = {
            "name": name or f"学生{next(self._count)}",
            "gender": "female",
            "birth_month": "2004-05",
            "phone": "13800006666",
            "email": "student@example.com",
            "school": "江海大学",
            "college": "计算机学院",
            "major": "软件工程",
            "degree": "bachelor",
            "graduation_year": 2027,
            "city": "杭州",
        }
        intention = {"positions": ["后端工程师"], "cities": ["杭州"], "salary_min": 9000}
        school = {"school": "江海大学", "major": "软件工程", "description": "主修课程：数据结构"}
        internship = {"organization": "远航科技", "title": "实习生", "description": LONG}
        save_section(account.id, "basics", basics, None)
        save_section(account.id, "intention", intention, None)
        save_section(account.id, "education", [school], None)
        save_section(account.id, "internships", [internship], None)
        save_section(account.id, "skills", [{"name": "Python"}, {"name": "SQL"}], None)
        save_section(account.id, "self_evaluation", {"text": LONG}, None)
        student = Student.get(Student.account == account)
        if completeness is not None:
            Resume.update(completeness=completeness).where(Resume.student == student).execute()
        return student

    def participant(self, fair: Fair, name: str = "", *, online: bool = True) -> Student:
        """A student who has entered the fair, with an open page."""
        student = self.student(name)
        Participation.create(fair=fair, student=student)
        self.device_check(student)
        if online:
            presence.renew(student.account_id)
        return student

    def device_check(self, student: Student) -> DeviceCheck:
        """Camera, microphone and speaker were tested and work."""
        works = {"camera": "ok", "microphone": "ok", "speaker": "ok"}
        return DeviceCheck.create(account=student.account_id, is_passed=True, **works)

    def pending(self, booth: Booth, student: Student | None = None) -> Interview:
        """An application that waits for the recruiter's answer."""
        student = student or self.participant(booth.fair)
        return Interview.get_by_id(apply_for_interview(booth.id, student.account_id))

    def waiting(
        self, booth: Booth, recruiter: Account, student: Student | None = None
    ) -> Interview:
        """An accepted application."""
        ticket = self.pending(booth, student)
        accept_application(ticket.id, recruiter.id)
        return Interview.get_by_id(ticket.id)
