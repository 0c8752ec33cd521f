"""The forms of the back office, in the order in which staff think of the fields."""

from enum import StrEnum
from typing import Any

from flask_admin.form import BaseForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.admin.fields import (
    ClockTimeField,
    LocalMinuteField,
    TicksField,
    WordsField,
    YearsField,
    stripped,
)
from app.admin.remit import FAIR_DUTIES, remit
from app.admin.words import status_options
from app.employers.choices import INDUSTRIES, NATURES, SIZES
from app.employers.models import Employer
from app.fairs.models import VERDICT_LABELS, Fair
from app.fairs.rules import RULES
from app.positions.models import Position
from app.positions.wording import DEGREES
from app.schools.models import Duty, School


def _needed(words: str) -> InputRequired:
    return InputRequired(words)


def _text(
    label: str, most: int, *, needed: bool = False, hint: str = "", **options: Any
) -> StringField:
    rules = [_needed(f"请填写{label}") if needed else Optional(), Length(max=most)]
    return StringField(label, rules, filters=[stripped], description=hint, **options)


def _long(label: str, *, rows: int = 4, hint: str = "") -> TextAreaField:
    rules = [Optional(), Length(max=5000)]
    return TextAreaField(
        label, rules, filters=[stripped], description=hint, render_kw={"rows": rows}
    )


def _listed(label: str, most: int, options: tuple[str, ...]) -> StringField:
    """Text with suggestions."""
    return _text(label, most, render_kw={"data-options": "|".join(options)})


def _rule(name: str) -> IntegerField:
    rule = RULES[name]
    bounds = f"应在 {rule.least} 至 {rule.most} 之间"
    return IntegerField(
        f"{rule.label}（{rule.unit}）",
        [_needed(f"请填写{rule.label}"), NumberRange(rule.least, rule.most, bounds)],
        default=getattr(Fair, name).default,
        description=rule.hint,
    )


def _minute(label: str, hint: str = "", *, needed: bool = True) -> LocalMinuteField:
    rule = _needed(f"请填写{label}") if needed else Optional()
    return LocalMinuteField(label, [rule], description=hint)


def _kind(label: str, kinds: type[StrEnum], default: StrEnum) -> SelectField:
    return SelectField(label, choices=status_options(kinds), default=default.value)


class FairForm(BaseForm):
    """双选会: windows to the minute in Shanghai's time."""

    groups: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("基本", ("school_id", "name", "level", "mode", "introduction")),
        ("时间（北京时间）", (
            "entry_opens_at", "entry_closes_at", "starts_at", "ends_at", "daily_opens",
            "daily_closes", "doors_open_at",
        )),
        ("单位报名（北京时间）", (
            "takes_bookings", "changes_directly", "bookings_open_at", "bookings_close_at",
            "most_employers",
        )),
        ("规则", (
            "threshold", "can_apply_ahead", "allows_hold", "word_pass", "word_fail", "word_hold",
        )),
        ("排队", (
            "everyone_once", "students_may_start", "seen_bar", "slots_per_hour", "hold_seconds",
            "misses_kept", "requires_device_check",
        )),
        ("面试与答复", (
            "talk_minutes", "extension_minutes", "grace_seconds", "undo_seconds",
            "answer_minutes", "sanction_after",
        )),
        ("联系与提示", ("contact_student", "contact_employer", "safety_notice")),
    )  # fmt: skip

    school_id = SelectField("主办学校", [_needed("请选择主办学校")], coerce=int)
    name = _text("名称", 80, needed=True)
    level = _kind("级别", Fair.Level, Fair.Level.SCHOOL)
    mode = _kind("形式", Fair.Mode, Fair.Mode.LIVE)
    introduction = _long("介绍")
    takes_bookings = BooleanField("开放单位预定", description="不选则用人单位看不到报名按钮")
    changes_directly = BooleanField(
        "报名变更直接生效", description="不选则提交后的岗位和面试官变更须由会务人员确认"
    )
    bookings_open_at = _minute("单位报名开始", "留空表示不限", needed=False)
    bookings_close_at = _minute("单位报名截止", "到这一刻为止；留空表示到结束", needed=False)
    most_employers = _rule("most_employers")
    entry_opens_at = _minute("报名进场开始")
    entry_closes_at = _minute("报名进场截止")
    doors_open_at = _minute("候场开始", "可测试设备、查看用人单位")
    starts_at = _minute("开始时间", "从这一刻起可以视频面试")
    ends_at = _minute("结束时间", "到这一刻为止，不含")
    daily_opens = ClockTimeField("每日开始", description="留空表示全天")
    daily_closes = ClockTimeField("每日结束", description="留空表示全天")
    threshold = IntegerField(
        "简历完整度门槛（%）",
        [_needed("请填写门槛"), NumberRange(0, 99, "应在 0 至 99 之间")],
        default=70,
        description="简历完整度需高于此值：填 70 时，71% 可进场，70% 不可",
    )
    can_apply_ahead = BooleanField("开始前即可申请面试")
    allows_hold = BooleanField("面试结果可选“待定”")
    word_pass = _text("“合适”显示为", 8, default=VERDICT_LABELS["pass"])
    word_fail = _text("“不合适”显示为", 8, default=VERDICT_LABELS["fail"])
    word_hold = _text("“待定”显示为", 8, default=VERDICT_LABELS["hold"])
    everyone_once = BooleanField(
        "人人先面一次", description="当天还没有面试过的同学优先；默认按申请顺序"
    )
    students_may_start = BooleanField(
        "学生可自主发起面试",
        default=True,
        description="轮到的同学可主动呼叫在线且空闲的席位；不选则只能由用人单位呼叫",
    )
    requires_device_check = BooleanField("排队前须当天测试设备", default=True)
    seen_bar = _rule("seen_bar")
    slots_per_hour = _rule("slots_per_hour")
    hold_seconds = _rule("hold_seconds")
    misses_kept = _rule("misses_kept")
    talk_minutes = _rule("talk_minutes")
    extension_minutes = _rule("extension_minutes")
    grace_seconds = _rule("grace_seconds")
    undo_seconds = _rule("undo_seconds")
    answer_minutes = _rule("answer_minutes")
    sanction_after = _rule("sanction_after")
    contact_student = _text("学生咨询", 120, hint="电话、地点或微信群，学生在会场里能看到")
    contact_employer = _text("单位咨询", 120)
    safety_notice = _long("安全提示", rows=3)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.school_id.choices = school_options(FAIR_DUTIES)
        if isinstance(self._obj, Fair) and not self.word_pass.raw_data:
            for verdict in VERDICT_LABELS:
                field = self[f"word_{verdict}"]
                field.data = self._obj.verdict_labels.get(verdict, VERDICT_LABELS[verdict])


class FairEditForm(FairForm):
    """The school never changes."""

    school_id = None
    groups = (("基本", ("name", "level", "mode", "introduction")), *FairForm.groups[1:])

    def __init__(self, *args: Any, **kwargs: Any):
        super(FairForm, self).__init__(*args, **kwargs)
        if isinstance(self._obj, Fair) and not self.word_pass.raw_data:
            for verdict in VERDICT_LABELS:
                field = self[f"word_{verdict}"]
                field.data = self._obj.verdict_labels.get(verdict, VERDICT_LABELS[verdict])


class EmployerEditForm(BaseForm):
    """What may change of an employer (A19)."""

    nature = _listed("单位性质", 20, NATURES)
    industry = _listed("行业", 40, INDUSTRIES)
    size = _listed("规模", 20, SIZES)
    city = _text("所在城市", 40)
    introduction = _long("单位介绍", rows=6)


class EmployerForm(EmployerEditForm):
    """用人单位."""

    order = ("name", "code", "vouch", "nature", "industry", "size", "city", "introduction")
    name = _text("单位名称", 80, needed=True, hint="登记后不能修改")
    code = _text("统一社会信用代码", 40, needed=True, hint="18 位，登记后不能修改")
    vouch = _text(
        "校验位不符时的核对说明", 200, hint="仅当代码确实无误而校验位不符时填写，会写入操作记录"
    )


class PositionEditForm(BaseForm):
    """岗位; pay in yuan a month."""

    title = _text("岗位名称", 60, needed=True)
    kind = SelectField(
        "工作性质",
        choices=status_options(Position.Kind),
        coerce=Position.Kind,
        default=Position.Kind.FULL_TIME,
    )
    province = _text("工作省份", 20)
    city = _text("工作城市", 40)
    address = _text("工作地址", 120)
    salary_min = IntegerField(
        "最低月薪（元）", [_needed("请填写最低月薪"), NumberRange(1, 1_000_000, "应大于 0")]
    )
    salary_max = IntegerField(
        "最高月薪（元）", [_needed("请填写最高月薪"), NumberRange(1, 1_000_000, "应大于 0")]
    )
    months_paid = IntegerField("每年薪数", [NumberRange(12, 24, "应在 12 至 24 之间")], default=12)
    degree = SelectField("学历要求", choices=list(DEGREES))
    headcount = IntegerField(
        "招聘人数", [_needed("请填写人数"), NumberRange(1, 9999, "应在 1 至 9999 之间")], default=1
    )
    majors = _text("专业要求", 200, hint="留空表示不限")
    graduation_years = YearsField(
        "毕业年份", default=list, description="如 2026、2027，留空表示不限"
    )
    welfare = WordsField("福利", default=list, description="如 五险一金、双休")
    valid_until = DateField("有效期至", [Optional()], description="到这一天为止；留空表示长期")
    duties = _long("岗位职责")
    requirements = _long("任职要求")


class PositionForm(PositionEditForm):
    """A new position; it may be shown to students at once."""

    order = (
        "employer_id", "title", "kind", "province", "city", "address", "salary_min",
        "salary_max", "months_paid", "degree", "headcount", "majors", "graduation_years",
        "welfare", "valid_until", "duties", "requirements", "publish",
    )  # fmt: skip
    employer_id = SelectField("用人单位", [_needed("请选择用人单位")], coerce=int)
    publish = BooleanField("保存后立即发布", default=True)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.employer_id.choices = employer_options()


class CodesForm(BaseForm):
    """How many recruiters' codes, and how long they are good."""

    count = IntegerField("数量", [NumberRange(1, 20, "一次 1 至 20 个")], default=1)
    hours = IntegerField("有效小时", [NumberRange(1, 720, "1 至 720 小时")], default=72)
    label = _text("备注", 40, hint="如领取人姓名")


def school_options(duties: frozenset[Duty]) -> list[tuple[int, str]]:
    """The schools where the person may do what one of *duties* allows, by name."""
    query = School.select(School.id, School.name).order_by(School.name)
    if not remit().is_everywhere:
        query = query.where(School.id.in_(remit().schools_with(duties)))
    return [(number, name) for number, name in query.tuples()]


def employer_options() -> list[tuple[int, str]]:
    """Every employer that may act, by name."""
    active = Employer.status == Employer.Status.ACTIVE
    rows = Employer.select(Employer.id, Employer.name).where(active).order_by(Employer.name)
    return [(number, name) for number, name in rows.tuples()]


__all__ = ["CodesForm", "EmployerForm", "FairForm", "PositionForm", "TicksField"]
