"""单位审核: registrations at their gates."""

from functools import reduce
from operator import or_
from typing import Any

from peewee import JOIN

from app.accounts.models import Account
from app.admin.cells import badge, link, minute, shown, tag
from app.admin.employer_words import ENTRY_WORDS
from app.admin.remit import remit
from app.admin.resources import Action, Choice, Resource
from app.admin.session import current_staff
from app.admin.words import status_options
from app.core import clock
from app.employers import uscc
from app.employers.choices import SERVICES
from app.employers.gates import GATES, Gate
from app.employers.models import UNDER_WAY, Certification, Employer, Recruiter
from app.employers.papers import PAPER_WORDS
from app.employers.services import review
from app.employers.services.finding import certification_of
from app.employers.services.papers import list_papers
from app.employers.services.review import GATE_WORDS
from app.files.services import link_to
from app.schools.models import Duty, School

STANDING = (
    Action(
        verb="suspend", label="停用单位", tone="danger", reason="needed", done="单位已停用",
        question="该单位的招聘人员将立即不能代表单位操作。进行中的双选会展位请另行取消参会资格。",
        call=review.suspend_employer,
    ),
    Action(
        verb="restore", label="恢复单位", tone="primary", reason="asked", done="单位已恢复",
        call=review.restore_employer,
    ),
)  # fmt: skip


def gate_acts(gate: Gate) -> tuple[Action, Action]:
    """What is done at one gate. The verb names it: an old page never passes a later one."""

    def is_here(record: Employer) -> bool:
        staff = current_staff()
        here = review.gate_of(record) == gate
        return here and staff is not None and review.may_pass(gate, staff, record)

    def let_through(employer_id: int, _reason: str) -> Employer:
        return review.pass_gate(employer_id, gate, _staff())

    def return_it(employer_id: int, reason: str) -> Employer:
        return review.send_back(employer_id, gate, _staff(), reason)

    return (
        Action(
            verb=f"pass_{gate}", label="通过", tone="primary", done=f"{GATE_WORDS[gate]}已通过",
            question=f"确认资料真实、完整，通过{GATE_WORDS[gate]}？", when=is_here,
            call=let_through,
        ),
        Action(
            verb=f"return_{gate}", label="退回修改", tone="warn", reason="needed",
            done="已退回修改",
            question="申请单位会收到退回原因，修改后从第一道审核重新开始。", call=return_it,
            when=is_here,
        ),
    )  # fmt: skip


def _staff() -> Any:
    staff = current_staff()
    assert staff is not None, "every page is guarded"
    return staff


def _waits_for(record: Employer) -> Any:
    """The gate where it waits; how late it is."""
    gate = review.gate_of(record)
    if gate is None:
        return ""
    late = review.is_overdue(record, clock.now())
    return (
        tag(f"{GATE_WORDS[gate]} · 已超 24 小时", "bad") if late else tag(GATE_WORDS[gate], "note")
    )


def at_gate(value: str) -> Any:
    """The condition of waiting at a gate, by whichever door one came."""
    places = [
        (Employer.entry == entry) & (Employer.gate == gates.index(Gate(value)))
        for entry, gates in GATES.items()
        if value in gates
    ]
    return (Employer.status == Employer.Status.SUBMITTED) & reduce(or_, places)


def needs_vouching(record: Employer) -> bool:
    """Whether the code's check digit fails and nobody has vouched for it."""
    fits = uscc.is_valid(record.uscc) or record.uscc_override
    return record.status in UNDER_WAY and not fits


def _code(record: Employer) -> Any:
    if uscc.is_valid(record.uscc):
        return record.uscc
    word = "校验位不符，已放行" if record.uscc_override else "校验位不符，待核对"
    return tag(f"{record.uscc} · {word}", "warn")


class RegistrationView(Resource):
    """Employers that registered themselves, by where they stand.

    A school's reviewers see those that want to settle there, with their contacts and papers,
    and decide at their own gate; its other staff see none.
    """

    is_of_schools, duties = True, frozenset({Duty.REVIEWER})
    details_template = "office/registration.html"
    column_list = ("name", "entry", "school", "submitted_at", "waits", "status")
    column_details_list = (
        "name", "code", "entry", "school", "waits", "submitted_at", "returned_reason", "created_at",
    )  # fmt: skip
    column_labels = {
        "name": "单位名称", "code": "统一社会信用代码", "entry": "入口", "school": "拟入驻学校",
        "submitted_at": "提交时间", "waits": "审核环节", "status": "状态",
        "returned_reason": "退回或停用原因", "created_at": "开始填写",
    }  # fmt: skip
    column_formatters = {
        "name": shown(lambda one: link(one.name, "office_registrations.details_view", id=one.id)),
        "entry": shown(lambda one: ENTRY_WORDS[one.entry]),
        "school": shown(lambda one: one.school.name if one.school else ""),
        "submitted_at": shown(lambda one: minute(one.submitted_at)),
        "waits": shown(_waits_for),
        "status": shown(lambda one: badge(one.status)),
    }
    column_formatters_detail = column_formatters | {
        "name": shown(lambda one: one.name),
        "code": shown(_code),
        "created_at": shown(lambda one: minute(one.created_at)),
    }
    column_sortable_list = ("name", "submitted_at")
    column_default_sort = ("submitted_at", True)
    column_searchable_list = ("name", "uscc")
    search_hint = "单位名称、信用代码"
    lead_text = "单位自行填写的注册申请。一般应在提交后 24 小时内审核完成。"
    empty_text = "还没有单位提交注册申请"
    acts = (
        *(act for gate in Gate for act in gate_acts(gate)),
        Action(
            verb="vouch", label="代码放行", reason="needed", done="已放行该代码", prompt="核对情况",
            question="该代码校验位不符。请对照证照或公示系统核实无误后放行。",
            call=review.vouch_for_code, when=needs_vouching,
        ),
        *STANDING,
    )  # fmt: skip
    choices = (
        Choice(
            "status", "状态",
            lambda: status_options(Employer.Status),
            lambda value: Employer.status == value,
        ),
        Choice("gate", "审核环节", lambda: [(g.value, w) for g, w in GATE_WORDS.items()], at_gate),
        Choice(
            "late", "时限", lambda: [("yes", "已超 24 小时")],
            lambda _value: review.waits_too_long(clock.now()),
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            Employer, "单位审核", endpoint="office_registrations", url="registrations",
            category="资料",
        )  # fmt: skip

    def joined(self) -> Any:
        """Who came by the wizard, with the school it wants."""
        query = Employer.select(Employer, School).join(School, JOIN.LEFT_OUTER).switch(Employer)
        return query.join(Certification)

    def may_read(self) -> bool:
        """Platform staff, and who reviews for a school."""
        return super().may_read() and (remit().is_everywhere or bool(self.writable_schools()))

    def in_remit(self) -> Any:
        """What the person reviews."""
        query, schools = self.joined(), self.writable_schools()
        return query if remit().is_everywhere else query.where(self.within(schools))

    def within(self, schools: frozenset[int]) -> Any:
        """Those that want to settle at the schools."""
        return Employer.school.in_(schools)

    def school_of(self, record: Employer) -> int | None:
        """The school where it wants to settle."""
        return record.school_id

    def may_act(self, action: Action, record: Employer) -> bool:
        """At a gate; everything else is the platform's."""
        is_at_gate = action.verb.startswith(("pass_", "return_"))
        return super().may_act(action, record) and (remit().is_everywhere or is_at_gate)

    def shown_with(self, record: Employer) -> dict[str, Any]:
        """What it told, its papers as links that expire, its gates and its people."""
        people = Recruiter.select(Recruiter, Account).join(Account)
        people = people.where(Recruiter.employer == record.id).order_by(Recruiter.id)
        papers = list_papers(record.id)
        return {
            "told": _told(record, certification_of(record)),
            "papers": [(PAPER_WORDS[one.kind], one.upload, link_to(one.upload)) for one in papers],
            "passes": review.list_passes(record.id),
            "gate_words": GATE_WORDS,
            "people": list(people.limit(50)),
        }


def _told(employer: Employer, certification: Certification) -> list[tuple[str, str]]:
    """Label and value of what an employer told of itself."""
    capital = certification.capital
    services = [SERVICES.get(code, code) for code in certification.services]
    place = f"{certification.province} {employer.city} {certification.address}"
    return [
        ("单位性质", employer.nature),
        ("行业", employer.industry),
        ("规模", employer.size),
        ("注册资本", "" if capital is None else f"{capital:,} 万元"),
        ("地址", place.strip()),
        ("邮编", certification.postcode),
        ("联系电话", certification.phone),
        ("单位邮箱", certification.email),
        ("招聘邮箱", certification.recruiting_email),
        ("标签", "、".join(certification.tags)),
        ("所需服务", "、".join(services)),
        ("证照", "三证合一" if certification.is_one_licence else "证照分开"),
    ]
