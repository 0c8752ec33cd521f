"""招聘人员二维码: each binds one WeChat account to a booth's employer, once."""

from typing import Any

from flask import Response
from flask_admin import expose
from peewee import JOIN

from app.accounts.models import Account
from app.admin import codefiles
from app.admin.cells import link, minute, shown, tag
from app.admin.remit import FAIR_DUTIES
from app.admin.resources import Action, Choice, Resource
from app.admin.walls import fairs_of
from app.admin.words import word_of
from app.core import clock
from app.employers.models import Employer
from app.fairs.models import Booth, Fair, RecruiterCode
from app.fairs.services.booths import revoke_recruiter_code

Status = RecruiterCode.Status
STATES = {"issued": "未使用", "used": "已使用", "expired": "已过期", "revoked": "已作废"}


def code_state(code: RecruiterCode) -> tuple[str, str, str]:
    """A code's state with the clock considered: name, word, tone."""
    if code.status == Status.ISSUED and code.expires_at <= clock.now():
        return "expired", STATES["expired"], "warn"
    return (code.status.value, *word_of(code.status))


def in_state(state: str) -> object:
    """The condition of a state."""
    now = clock.now()
    if state == "expired":
        return (RecruiterCode.status == Status.ISSUED) & (RecruiterCode.expires_at <= now)
    if state == "issued":
        return (RecruiterCode.status == Status.ISSUED) & (RecruiterCode.expires_at > now)
    return RecruiterCode.status == state


class RecruiterCodeView(Resource):
    """Codes of all booths."""

    is_of_schools, duties = True, FAIR_DUTIES

    column_list = ("employer", "booth", "label", "state", "used_by", "expires_at")
    column_details_list = (
        "fair", "employer", "booth", "label", "state", "used_by", "used_at", "expires_at",
        "created_at",
    )  # fmt: skip
    column_labels = {
        "employer": "用人单位", "booth": "展位", "label": "备注", "state": "状态",
        "used_by": "使用人", "used_at": "使用时间", "expires_at": "有效期至", "fair": "双选会",
        "created_at": "发放时间",
    }  # fmt: skip
    column_formatters = {
        "employer": shown(
            lambda code: link(code.booth.employer.name, "office_codes.details_view", id=code.id)
        ),
        "booth": shown(
            lambda code: link(code.booth.number, "office_booths.details_view", id=code.booth_id)
        ),
        "state": shown(lambda code: tag(*code_state(code)[1:])),
        "used_by": shown(lambda code: code.used_by.name if code.used_by_id else None),
        "expires_at": shown(lambda code: minute(code.expires_at)),
        "fair": shown(lambda code: code.booth.fair.name),
        "used_at": shown(lambda code: minute(code.used_at)),
        "created_at": shown(lambda code: minute(code.created_at)),
    }
    column_sortable_list = ("expires_at",)
    column_default_sort = ("id", True)
    column_searchable_list = (Employer.name, "label")
    details_template = "office/code.html"
    search_hint = "单位名称、备注"
    lead_text = "二维码在展位页面发放；每个二维码只能绑定一个微信号。"
    empty_text = "还没有发放过二维码"
    acts = (
        Action(
            verb="revoke", label="作废", tone="danger", reason="asked", done="二维码已作废",
            question="作废后再扫描会提示“该二维码已作废”。", call=revoke_recruiter_code,
            in_list=True,
        ),
    )  # fmt: skip
    choices = (Choice("state", "状态", lambda: list(STATES.items()), in_state),)  # type: ignore[arg-type]

    def __init__(self) -> None:
        super().__init__(
            RecruiterCode, "招聘人员二维码", endpoint="office_codes", url="codes", category="现场"
        )

    def joined(self) -> Any:
        """Codes with booth, fair, employer and who used them."""
        query = RecruiterCode.select(RecruiterCode, Booth, Fair, Employer, Account)
        query = query.join(Booth).join(Fair).switch(Booth).join(Employer).switch(RecruiterCode)
        return query.join(Account, JOIN.LEFT_OUTER)

    def within(self, schools: frozenset[int]) -> Any:
        """Of the schools' fairs."""
        return fairs_of(schools)

    def school_of(self, record: RecruiterCode) -> int:
        """Who holds the fair."""
        return record.booth.fair.school_id

    def title_of(self, record: RecruiterCode) -> str:
        """Whose code."""
        return f"{record.booth.employer.name} · {record.booth.number}"

    def shown_with(self, record: RecruiterCode) -> dict[str, object]:
        """Its picture, while it can be used."""
        is_usable = code_state(record)[0] == "issued"
        address = codefiles.code_url(record)
        return {"picture": codefiles.inline(address) if is_usable else None, "scan_url": address}

    @expose("/<int:code_id>/code.<kind>")
    def picture(self, code_id: int, kind: str) -> Response:
        """The code as PNG or SVG."""
        code = self.get_one(code_id)
        name = f"{code.booth.employer.name}-{code.booth.number}-招聘人员二维码"
        return codefiles.plain_code(codefiles.code_url(code), kind, name)
