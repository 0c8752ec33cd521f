"""展位: which employer stands where with which positions, and the codes for its recruiters."""

from typing import Any

from flask import flash, jsonify, redirect, request
from flask_admin import expose
from flask_admin.form import BaseForm
from peewee import fn
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.admin import codefiles
from app.admin.cells import badge, link, minute, shown
from app.admin.codes import code_state
from app.admin.fields import TicksField, stripped
from app.admin.forms import CodesForm, employer_options
from app.admin.remit import FAIR_DUTIES, remit
from app.admin.resources import Action, Choice, Resource
from app.admin.steering import LINE_ACTS, line_tag
from app.admin.walls import fairs_of
from app.admin.words import status_options
from app.bookings.services import leaving
from app.core import clock
from app.employers.models import Employer
from app.fairs.errors import BoothTaken, PositionNotTheirs
from app.fairs.models import Booth, BoothPosition, Fair, RecruiterCode
from app.fairs.services import booths
from app.positions.models import Position, is_valid_on, today


def fair_options(schools: frozenset[int] | None = None) -> list[tuple[int, str]]:
    """Fairs that are not over, the newest first: of *schools*, or all that the person sees."""
    open_still = Fair.status.not_in((Fair.Status.ARCHIVED, Fair.Status.CANCELLED))
    query = Fair.select(Fair.id, Fair.name).where(open_still).order_by(Fair.starts_at.desc())
    if not remit().is_everywhere:
        query = query.where(fairs_of(remit().schools if schools is None else schools))
    return [(number, name) for number, name in query.tuples()]


def position_options(employer_id: int | None) -> list[tuple[int, str]]:
    """An employer's published positions."""
    query = Position.select(Position.id, Position.title, Position.city).where(
        (Position.employer == employer_id)
        & (Position.status == Position.Status.PUBLISHED)
        & is_valid_on(today())
    )
    rows = query.order_by(Position.id).tuples()
    return [(number, f"{title}（{city}）" if city else title) for number, title, city in rows]


class BoothEditForm(BaseForm):
    """Number and positions."""

    number = StringField(
        "展位号", [InputRequired("请填写展位号"), Length(max=12)], filters=[stripped],
        description="如 A01",
    )  # fmt: skip
    position_ids = TicksField(
        "参会岗位",
        coerce=int,
        description="只列出该单位已发布、在有效期内的岗位；重新送审中的岗位保留，通过后自动恢复展示",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if isinstance(self._obj, Booth):
            self.position_ids.choices = position_options(self._obj.employer_id)
            if not self.number.raw_data:
                offers = BoothPosition.select(BoothPosition.position)
                mine = offers.where(BoothPosition.booth == self._obj.id).tuples()
                self.position_ids.data = [position_id for (position_id,) in mine]


class BoothForm(BoothEditForm):
    """A new booth."""

    order = ("fair_id", "employer_id", "number", "position_ids")
    fair_id = SelectField("双选会", [InputRequired("请选择双选会")], coerce=int)
    employer_id = SelectField(
        "用人单位", [InputRequired("请选择用人单位")], coerce=int,
        render_kw={"data-positions": "position_ids"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fair_id.choices = fair_options(remit().schools_with(FAIR_DUTIES))
        self.employer_id.choices = [(0, "请选择"), *employer_options()]
        self.position_ids.choices = position_options(self.employer_id.data or None)
        if not self.employer_id.data:
            self.position_ids.render_kw = {"data-empty": "先选择用人单位"}

    def validate_employer_id(self, field: SelectField) -> None:
        """The blank line is no employer."""
        if not field.data:
            raise ValueError("请选择用人单位")


ACTS = (
    *LINE_ACTS,
    Action(
        verb="disqualify", label="取消参会资格", tone="danger", reason="needed",
        done="已取消参会资格，排队的学生已收到通知",
        question="该展位的排队将全部失效，学生会收到通知，招聘人员不能再发起面试。",
        call=leaving.disqualify_booth,
    ),
    Action(
        verb="withdraw", label="单位退出", tone="warn", reason="asked", done="已登记退出",
        question="单位主动退出本场双选会，排队全部失效，学生会收到通知。",
        call=leaving.withdraw_booth,
    ),
    Action(
        verb="reopen", label="恢复展位", tone="primary", reason="asked", done="展位已恢复",
        question="恢复后学生可以重新申请；之前失效的排队不会恢复。", call=leaving.reopen_booth,
    ),
)  # fmt: skip


def _position_names(booth: Booth) -> str:
    names = [position.title for position in booths.positions_of([booth.id])[booth.id]]
    return "、".join(names)


class BoothView(Resource):
    """Booths."""

    is_of_schools, duties = True, FAIR_DUTIES
    can_create = can_edit = True
    form_on_create, form_on_edit = BoothForm, BoothEditForm
    details_template = "office/booth.html"
    column_list = ("number", "employer", "fair", "status", "line", "positions", "codes")
    column_details_list = ("fair", "employer", "number", "line", "positions", "created_at")
    column_labels = {
        "number": "展位号", "employer": "用人单位", "fair": "双选会", "status": "状态",
        "line": "队列", "positions": "岗位", "codes": "二维码 已用/全部", "created_at": "开设时间",
    }  # fmt: skip
    column_formatters = {
        "number": shown(
            lambda booth: link(booth.number, "office_booths.details_view", id=booth.id)
        ),
        "employer": shown(
            lambda booth: link(
                booth.employer.name, "office_employers.details_view", id=booth.employer_id
            )
        ),
        "fair": shown(
            lambda booth: link(booth.fair.name, "office_fairs.details_view", id=booth.fair_id)
        ),
        "status": shown(lambda booth: badge(booth.status)),
        "line": shown(line_tag),
        "positions": shown(lambda booth: booth.position_count),
        "codes": shown(lambda booth: f"{booth.used_codes} / {booth.code_count}"),
    }
    column_formatters_detail = {
        "employer": column_formatters["employer"],
        "fair": column_formatters["fair"],
        "line": column_formatters["line"],
        "positions": shown(_position_names),
        "created_at": shown(lambda booth: minute(booth.created_at)),
    }
    column_sortable_list = ("number", ("employer", Employer.name))
    column_default_sort = "number"
    column_searchable_list = ("number", Employer.name)
    search_hint = "展位号、单位名称"
    empty_text = "还没有展位"
    error_fields = {BoothTaken: "number", PositionNotTheirs: "position_ids"}
    acts = ACTS
    choices = (
        Choice(
            "fair", "双选会", lambda: [(str(n), name) for n, name in fair_options()],
            lambda value: Booth.fair == int(value),
        ),
        Choice(
            "status", "状态",
            lambda: status_options(Booth.Status),
            lambda value: Booth.status == value,
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(Booth, "展位", endpoint="office_booths", url="booths", category="现场")

    def joined(self) -> Any:
        """Booths with fair, employer and counts."""
        codes = RecruiterCode.select(fn.COUNT(RecruiterCode.id)).where(
            RecruiterCode.booth == Booth.id
        )
        used = codes.where(RecruiterCode.status == RecruiterCode.Status.USED)
        offers = BoothPosition.select(fn.COUNT(BoothPosition.id)).where(
            BoothPosition.booth == Booth.id
        )
        columns = (
            codes.alias("code_count"), used.alias("used_codes"), offers.alias("position_count")
        )  # fmt: skip
        return Booth.select(Booth, Fair, Employer, *columns).join(Fair).switch(Booth).join(Employer)

    def within(self, schools: frozenset[int]) -> Any:
        """Of the schools' fairs."""
        return fairs_of(schools)

    def school_of(self, record: Booth) -> int:
        """Who holds the fair."""
        return record.fair.school_id

    def title_of(self, record: Booth) -> str:
        """Number and employer."""
        return f"{record.number} · {record.employer.name}"

    def create(self, values: dict[str, Any]) -> Booth:
        """Open it."""
        return booths.open_booth(**values)

    def change(self, record: Booth, values: dict[str, Any]) -> Booth:
        """Another number, other positions."""
        return booths.update_booth(record.id, **values)

    def shown_with(self, record: Booth) -> dict[str, Any]:
        """Its recruiters' codes."""
        query = RecruiterCode.select().where(RecruiterCode.booth == record.id)
        codes = [(code, *code_state(code)) for code in query.order_by(RecruiterCode.id.desc())]
        usable = sum(1 for _, state, _, _ in codes if state == "issued")
        return {"codes": codes, "usable": usable, "codes_form": CodesForm()}

    @expose("/positions.json")
    def positions(self) -> Any:
        """The positions an employer could bring, for the form."""
        number = request.args.get("employer", "")
        options = position_options(int(number)) if number.isdigit() else []
        return jsonify([{"id": option, "text": text} for option, text in options])

    @expose("/<int:booth_id>/codes", methods=("POST",))
    def issue(self, booth_id: int) -> Any:
        """Issue recruiters' codes."""
        booth = self.get_one(booth_id)
        form = CodesForm(request.form)
        if not form.validate():
            flash("；".join(words for errors in form.errors.values() for words in errors), "bad")
            return redirect(self.page_of(booth.id))
        codes = booths.issue_recruiter_codes(
            booth.id, count=form.count.data, hours=form.hours.data, label=form.label.data
        )
        flash(f"已发放 {len(codes)} 个二维码，可打印后交给招聘人员", "good")
        return redirect(self.page_of(booth.id) + "#codes")

    @expose("/<int:booth_id>/sheet")
    def sheet(self, booth_id: int) -> str:
        """Its usable codes as cards to print and cut."""
        booth = self.get_one(booth_id)
        usable = RecruiterCode.select().where(
            (RecruiterCode.booth == booth.id)
            & (RecruiterCode.status == RecruiterCode.Status.ISSUED)
            & (RecruiterCode.expires_at > clock.now())
        )
        cards = [
            (code, codefiles.inline(codefiles.code_url(code)), minute(code.expires_at))
            for code in usable.order_by(RecruiterCode.id)
        ]
        return self.render("office/sheet.html", booth=booth, cards=cards)
