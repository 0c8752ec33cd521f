"""学生: who they are and what they have written; contact details stay masked here."""

from typing import Any

from peewee import JOIN, SQL

from app.accounts.models import Account
from app.admin.booths import fair_options
from app.admin.cells import badge, link, minute, percent, shown, tag
from app.admin.remit import FAIR_DUTIES, remit
from app.admin.resources import Action, Choice, Resource
from app.admin.walls import fairs_of, students_of
from app.admin.words import GENDER_WORDS, degree_word, status_options
from app.conduct.services.no_shows import has_missed, heard_rings, missed_rings
from app.core.crypto import mask_phone
from app.employers.models import Employer
from app.fairs.models import Booth, Fair, Participation
from app.fairs.services.entry import readmit_participant
from app.interviews.models import Interview, Ring
from app.interviews.services import closing
from app.students.completeness import explain
from app.students.models import Resume, Student
from app.students.sections import DEGREES
from app.students.services import full_content

AT_FAIR = (Ring.student == Participation.student) & (Ring.fair == Participation.fair)
OF_STUDENT = Ring.student == Student.id
BANDS = {"above": "高于 70%", "upto": "70% 及以下", "none": "未填写"}


def mask_mail(mail: str | None) -> str:
    """``l***@example.edu.cn``."""
    name, at, domain = (mail or "").partition("@")
    return f"{name[:1]}***{at}{domain}" if at else ""


def masked_content(content: dict[str, Any]) -> dict[str, Any]:
    """A résumé's sections without phone and mail."""
    basics = {k: v for k, v in content.get("basics", {}).items() if k not in ("phone", "email")}
    return {**content, "basics": basics}


def in_band(band: str) -> Any:
    """The condition of a band of completeness."""
    if band == "above":
        return Resume.completeness > 70
    if band == "none":
        return Resume.id.is_null() | (Resume.completeness == 0)
    return (Resume.completeness > 0) & (Resume.completeness <= 70)


def missed_tag(record: Any) -> Any:
    """Rings that rang out, of all that the student could have answered; nothing before any."""
    if not record.heard_rings:
        return None
    words = f"{record.missed_rings} / {record.heard_rings} 次"
    return tag(words, "bad") if record.missed_rings else words


class StudentView(Resource):
    """Students: a school's staff see who entered its fairs."""

    is_of_schools = True
    column_list = (
        "name", "school_name", "major", "degree", "graduation_year", "completeness", "missed",
    )  # fmt: skip
    column_details_list = (
        "gender", "school_name", "college", "major", "degree", "graduation_year", "phone", "email",
        "completeness", "missed", "updated_at", "created_at",
    )  # fmt: skip
    column_labels = {
        "name": "姓名", "gender": "性别", "school_name": "学校", "college": "学院", "major": "专业",
        "degree": "学历", "graduation_year": "毕业年份", "completeness": "简历完整度",
        "phone": "手机", "email": "邮箱", "missed": "未接听/呼叫",
        "updated_at": "简历更新", "created_at": "建档时间",
    }  # fmt: skip
    column_formatters = {
        "name": shown(
            lambda one: link(one.name or "（未填姓名）", "office_students.details_view", id=one.id)
        ),
        "gender": shown(lambda one: GENDER_WORDS.get(one.gender, one.gender)),
        "degree": shown(lambda one: degree_word(one.degree)),
        "completeness": shown(lambda one: percent(_resume_of(one).completeness)),
        "missed": shown(missed_tag),
        "phone": shown(lambda one: mask_phone(one.phone)),
        "email": shown(lambda one: mask_mail(one.email)),
        "updated_at": shown(
            lambda one: minute(_resume_of(one).updated_at) if _resume_of(one).id else None
        ),
        "created_at": shown(lambda one: minute(one.created_at)),
    }
    column_sortable_list = (
        "name",
        "major",
        "graduation_year",
        ("completeness", Resume.completeness),
        ("missed", SQL("missed_rings")),
    )
    column_default_sort = ("id", True)
    column_searchable_list = ("name", "school_name", "college", "major")
    details_template = "office/student.html"
    search_hint = "姓名、学校、专业"
    empty_text = "没有符合条件的学生"
    choices = (
        Choice("band", "完整度", lambda: list(BANDS.items()), in_band),
        Choice("degree", "学历", lambda: list(DEGREES.items()), lambda v: Student.degree == v),
        Choice(
            "shows",
            "出席",
            lambda: [("missed", "有未接听")],
            lambda _: has_missed(_rings_of_student()),
        ),
    )

    def __init__(self) -> None:
        super().__init__(
            Student, "学生", endpoint="office_students", url="students", category="资料"
        )

    def joined(self) -> Any:
        """Students with their résumé and their no-shows."""
        rings = _rings_of_student()
        missed, heard = missed_rings(rings), heard_rings(rings)
        columns = (missed.alias("missed_rings"), heard.alias("heard_rings"))
        return Student.select(Student, Resume, *columns).join(
            Resume, JOIN.LEFT_OUTER, on=(Resume.student == Student.id), attr="resume"
        )

    def within(self, schools: frozenset[int]) -> Any:
        """Who entered a fair of the schools."""
        return students_of(schools)

    def title_of(self, record: Student) -> str:
        """The student's name."""
        return record.name or "（未填姓名）"

    def shown_with(self, record: Student) -> dict[str, Any]:
        """Résumé, fairs and interviews."""
        resume = _resume_of(record)
        content = full_content(record, resume)
        fairs = Participation.select(Participation, Fair).join(Fair)
        missed = missed_rings(Ring.interview == Interview.id).alias("missed_rings")
        tickets = Interview.select(Interview, Booth, Employer, missed).join(Booth).join(Employer)
        if not remit().is_everywhere:
            here = fairs_of(remit().schools)
            fairs = fairs.where(here)
            tickets = tickets.switch(Interview).join(Fair).where(here)
        return {
            "content": masked_content(content),
            "sections": explain(content)["sections"],
            "participations": list(fairs.where(Participation.student == record.id)),
            "tickets": list(
                tickets.where(Interview.student == record.id)
                .order_by(Interview.id.desc())
                .limit(30)
            ),
            "degree_word": degree_word,
        }


class ParticipationView(Resource):
    """Who has entered a fair; staff may remove a student from it."""

    is_of_schools, duties = True, FAIR_DUTIES
    column_list = ("student", "school", "major", "fair", "status", "missed", "registered_at")
    column_details_list = ("student", "fair", "status", "missed", "registered_at")
    column_labels = {
        "student": "姓名", "school": "学校", "major": "专业", "fair": "双选会", "status": "状态",
        "missed": "未接听/呼叫", "registered_at": "进场时间",
    }  # fmt: skip
    column_formatters = {
        "student": shown(
            lambda one: link(one.student.name, "office_students.details_view", id=one.student_id)
        ),
        "school": shown(lambda one: one.student.school_name),
        "major": shown(lambda one: one.student.major),
        "fair": shown(lambda one: link(one.fair.name, "office_fairs.details_view", id=one.fair_id)),
        "status": shown(lambda one: badge(one.status)),
        "missed": shown(missed_tag),
        "registered_at": shown(lambda one: minute(one.registered_at)),
    }
    column_sortable_list = (("missed", SQL("missed_rings")), "registered_at")
    column_default_sort = ("registered_at", True)
    column_searchable_list = (Student.name, Student.school_name, Student.major)
    search_hint = "姓名、学校、专业"
    empty_text = "还没有学生进场"
    acts = (
        Action(
            verb="block", label="移出双选会", tone="danger", reason="needed", in_list=True,
            done="已移出，该学生不能再进入这场双选会",
            question="该学生将不能再进入这场双选会和申请面试。", call=closing.remove_participant,
        ),
        Action(
            verb="readmit", label="重新准入", tone="primary", reason="asked", in_list=True,
            done="已重新准入", question="该学生可以重新进入这场双选会。", call=readmit_participant,
        ),
    )  # fmt: skip
    choices = (
        Choice(
            "fair", "双选会", lambda: [(str(n), name) for n, name in fair_options()],
            lambda value: Participation.fair == int(value),
        ),
        Choice(
            "status", "状态",
            lambda: status_options(Participation.Status),
            lambda value: Participation.status == value,
        ),
        Choice("shows", "出席", lambda: [("missed", "有未接听")], lambda _: has_missed(AT_FAIR)),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            Participation, "进场学生", endpoint="office_participations", url="participations",
            category="现场",
        )  # fmt: skip

    def joined(self) -> Any:
        """Entries with student and fair, and the student's no-shows there."""
        missed, heard = missed_rings(AT_FAIR), heard_rings(AT_FAIR)
        columns = (missed.alias("missed_rings"), heard.alias("heard_rings"))
        query = Participation.select(Participation, Student, Fair, Account, *columns)
        return query.join(Student).join(Account).switch(Participation).join(Fair)

    def within(self, schools: frozenset[int]) -> Any:
        """Of the schools' fairs."""
        return fairs_of(schools)

    def school_of(self, record: Participation) -> int:
        """Who holds the fair."""
        return record.fair.school_id

    def title_of(self, record: Participation) -> str:
        """Who, where."""
        return f"{record.student.name} · {record.fair.name}"


def _rings_of_student() -> Any:
    """A student's rings at the fairs that the person sees."""
    if remit().is_everywhere:
        return OF_STUDENT
    held = Fair.alias()
    return OF_STUDENT & Ring.fair.in_(held.select(held.id).where(held.school.in_(remit().schools)))


def _resume_of(student: Student) -> Resume:
    """The résumé that the query joined; an unsaved empty one when there is none."""
    return getattr(student, "resume", None) or Resume(student=student, content={}, completeness=0)
