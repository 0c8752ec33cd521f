"""报名审核: employers' enrolments, with how their positions fit the school's majors (B08)."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin import expose
from markupsafe import Markup
from peewee import JOIN, SQL, fn

from app.admin.booths import fair_options
from app.admin.cells import badge, link, minute, percent, shown, tag
from app.admin.enrolment_acts import ACTS, PENDING_CHANGE, waits_for
from app.admin.guard import text_of
from app.admin.picking import is_number
from app.admin.remit import FAIR_DUTIES, REVIEW_DUTIES
from app.admin.resources import Choice, Resource, local_address
from app.admin.walls import fairs_of, in_remit
from app.admin.words import status_options
from app.bookings.differences import difference
from app.bookings.models import BoothPlace, Enrolment, EnrolmentChange
from app.bookings.services import changes, reviewing
from app.bookings.services.cards import positions_by_id, ranks_of
from app.bookings.services.finding import goes_on, is_overdue
from app.core import clock
from app.core.errors import DomainError
from app.employers.models import Employer
from app.fairs.models import Booth, Fair
from app.schools.models import School

ENROLMENT_DUTIES = FAIR_DUTIES | REVIEW_DUTIES
MOST_AT_ONCE, MOST_TOLD = 100, 3
MAJORS_SHOWN = 5
Status = Enrolment.Status


def _submitted(record: Enrolment) -> Any:
    """When it was handed in, and whether its review is late."""
    if record.submitted_at is None:
        return None
    is_late = record.status == Status.PENDING and record.is_late
    mark = Markup(" {}").format(tag("超时", "bad")) if is_late else ""
    return Markup("{}{}").format(minute(record.submitted_at), mark)


def _state(record: Enrolment) -> Any:
    mark = Markup(" {}").format(tag("变更待确认", "warn")) if record.change_count else ""
    return Markup("{}{}").format(badge(record.status), mark)


def _fit(record: Enrolment) -> Any:
    """The share, and which majors; 暂无 where no résumé of the school is known."""
    if record.submitted_at is None:
        return None
    if record.fit_percent is None:
        return "暂无学生数据"
    matched = record.fit.get("matched", [])[:MAJORS_SHOWN]
    names = "、".join(f"{major} {count}" for major, count in matched)
    return Markup('{} <span class="faint">{}</span>').format(percent(record.fit_percent), names)


class EnrolmentView(Resource):
    """Enrolments of employers: decided on by the school's reviewers and fair staff."""

    is_of_schools, duties = True, ENROLMENT_DUTIES
    list_template = "office/enrolments.html"
    details_template = "office/enrolment.html"
    column_list = (
        "employer", "fair", "status", "fit", "offer", "place", "submitted_at",
    )  # fmt: skip
    column_details_list = (
        "employer", "fair", "place", "booth", "submitted_at", "decided_at", "answer", "rank",
        "referred_at",
    )  # fmt: skip
    column_labels = {
        "employer": "用人单位", "fair": "双选会", "status": "状态", "fit": "专业匹配",
        "offer": "岗位 / 面试官", "place": "展位", "submitted_at": "提交时间",
        "booth": "已开设展位",
        "decided_at": "审核时间", "answer": "告知单位的话", "rank": "候补顺序",
        "referred_at": "移交时间",
    }  # fmt: skip
    column_formatters = {
        "employer": shown(
            lambda one: link(one.employer.name, "office_enrolments.details_view", id=one.id)
        ),
        "fair": shown(lambda one: link(one.fair.name, "office_fairs.details_view", id=one.fair_id)),
        "status": shown(_state),
        "fit": shown(_fit),
        "offer": shown(lambda one: f"{len(one.position_ids)} / {len(one.interviewers)}"),
        "place": shown(lambda one: one.place.number if one.place else None),
        "submitted_at": shown(_submitted),
    }
    column_formatters_detail = column_formatters | {
        "employer": shown(
            lambda one: link(one.employer.name, "office_employers.details_view", id=one.employer_id)
        ),
        "booth": shown(
            lambda one: (
                link(one.booth.number, "office_booths.details_view", id=one.booth_id)
                if one.booth_id
                else None
            )
        ),
        "decided_at": shown(lambda one: minute(one.decided_at)),
        "referred_at": shown(lambda one: minute(one.referred_at) if one.referred_at else None),
        "rank": shown(lambda one: ranks_of([one]).get(one.id)),
    }
    column_sortable_list = (("fit", SQL("fit_rank")), "submitted_at")
    column_default_sort = ("id", True)
    column_searchable_list = (Employer.name, Fair.name)
    search_hint = "单位、双选会名称"
    empty_text = "还没有单位报名"
    acts = ACTS
    choices = (
        Choice(
            "fair", "双选会", lambda: [(str(n), name) for n, name in fair_options()],
            lambda value: Enrolment.fair == int(value),
        ),
        Choice(
            "status", "状态", lambda: status_options(Status),
            lambda value: Enrolment.status == value,
        ),
        Choice(
            "waits", "事项",
            lambda: [("review", "待审核"), ("overdue", "超时未审核"), ("change", "变更待确认")],
            waits_for,
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            Enrolment, "报名审核", endpoint="office_enrolments", url="enrolments",
            category="现场",
        )  # fmt: skip

    def joined(self) -> Any:
        """Enrolments with employer, fair, place, and what waits."""
        asked = EnrolmentChange.select(fn.COUNT(EnrolmentChange.id)).where(
            (EnrolmentChange.enrolment == Enrolment.id) & PENDING_CHANGE
        )
        places = BoothPlace.alias()
        plan = places.select(fn.COUNT(places.id)).where(places.fair == Enrolment.fair)
        late = Enrolment.pending_since.is_null(False) & is_overdue()
        columns = (
            fn.COALESCE(Enrolment.fit_percent, -1).alias("fit_rank"),
            asked.alias("change_count"), plan.alias("plan_size"), late.alias("is_late"),
        )  # fmt: skip
        query: Any = Enrolment.select(
            Enrolment, Fair, School, Employer, BoothPlace, Booth, *columns
        )
        query = query.join(Fair).join(School).switch(Enrolment).join(Employer)
        query = query.switch(Enrolment).join(BoothPlace, JOIN.LEFT_OUTER)
        return query.switch(Enrolment).join(Booth, JOIN.LEFT_OUTER)

    def within(self, schools: frozenset[int]) -> Any:
        """For the schools' fairs."""
        return fairs_of(schools)

    def school_of(self, record: Enrolment) -> int:
        """Who holds the fair."""
        return record.fair.school_id

    def title_of(self, record: Enrolment) -> str:
        """Employer and fair."""
        return f"{record.employer.name} · {record.fair.name}"

    def render(self, template: str, **kwargs: Any) -> str:
        """The list tells how full the fairs are."""
        if template == self.list_template:
            kwargs["rooms"] = _rooms(request.args.get("fair", ""))
        return super().render(template, **kwargs)

    def shown_with(self, record: Enrolment) -> dict[str, Any]:
        """Positions, the fit, and the change that is asked for, against what is."""
        change = changes.find_change(record.id)
        wanted = change.position_ids if change else []
        return {
            "positions": positions_by_id([*record.position_ids, *wanted]),
            "change": change,
            "diff": change and difference(
                record.position_ids, record.interviewers, change.position_ids, change.interviewers
            ),
        }  # fmt: skip

    @expose("/approve-many", methods=("POST",))
    def approve_many(self) -> Any:
        """批量通过: each by itself, so that one that cannot be approved stops no other."""
        asked = [int(n) for n in request.form.getlist("enrolment") if is_number(n)][:MOST_AT_ONCE]
        theirs = self.in_remit().where(Enrolment.id.in_(asked))
        allowed = {one.id for one in theirs if self.may_change(one)}
        numbers = [number for number in asked if number in allowed]
        done, refused = 0, []
        for enrolment_id in numbers:
            try:
                reviewing.approve_enrolment(enrolment_id)
                done += 1
            except DomainError as error:
                refused.append(f"#{enrolment_id} {text_of(error)}")
        if done or not refused:
            flash(f"已通过 {done} 家" if numbers else "没有选中报名", "good" if done else "bad")
        if refused:
            more = "等" if len(refused) > MOST_TOLD else ""
            told = "；".join(refused[:MOST_TOLD])
            flash(f"{len(refused)} 家没有通过：{told}{more}", "bad")
        back = local_address(request.form.get("next", ""))
        return redirect(back or url_for("office_enrolments.index_view"))


def _rooms(fair: str) -> list[tuple[str, int, int]]:
    """Name, employers in and most of the fair that is looked at, or of those that take bookings."""
    inside = Booth.select(fn.COUNT(Booth.id)).where(
        (Booth.fair == Fair.id) & (Booth.status == Booth.Status.OPEN)
    )
    query: Any = Fair.select(Fair.name, inside, Fair.most_employers)
    query = in_remit(query, fairs_of)
    if is_number(fair):
        return list(query.where(Fair.id == int(fair)).tuples())
    coming = Fair.takes_bookings & (Fair.ends_at > clock.now())
    return list(query.where(coming & goes_on()).order_by(Fair.starts_at).limit(4).tuples())
