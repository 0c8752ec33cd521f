"""操作记录: the audit trail, read only."""

from typing import Any

from flask import current_app, request

from app.accounts.models import Account, StaffUser
from app.admin.cells import link, second, shown
from app.admin.changes import changes_of
from app.admin.remit import Role
from app.admin.resources import Choice, Resource
from app.admin.session import current_staff
from app.admin.words import ACTION_WORDS, ROLE_WORDS, action_word, subject_word
from app.core.audit import AuditEntry

MOST_DIGITS = 18  # of a number that fits the column
SUBJECT_PAGES = {
    "fair": "office_fairs",
    "booth": "office_booths",
    "enrolment": "office_enrolments",
    "recruitercode": "office_codes",
    "employer": "office_employers",
    "recruiter": "office_recruiters",
    "membership": "office_memberships",
    "position": "office_positions",
    "settlement": "office_settlements",
    "student": "office_students",
    "participation": "office_participations",
    "interview": "office_interviews",
    "staffuser": "office_staff",
    "notification": "office_notices",
    "passwordappeal": "office_appeals",
}


def page_of(subject: str) -> Any:
    """The view on whose pages the person finds such a record; None where there is none."""
    endpoint = SUBJECT_PAGES.get(subject.partition(":")[0].replace("_", ""))
    views = current_app.extensions["admin"][0]._views
    view = next((view for view in views if view.endpoint == endpoint), None)
    return view if view is not None and view.may_read() else None


def subject_link(entry: AuditEntry) -> Any:
    """The record an entry is about, as a link where the person finds it."""
    number, words = entry.subject.partition(":")[2], subject_word(entry.subject)
    view = page_of(entry.subject) if number.isdigit() else None
    return words if view is None else link(words, f"{view.endpoint}.details_view", id=number)


def own_acts(staff: StaffUser | None) -> Any:
    """The condition of what somebody of a school's staff did."""
    number = staff.id if staff else None
    return (AuditEntry.actor_id == number) & (AuditEntry.actor_role == "staff:school")


def _asked_subject() -> list[tuple[str, str]]:
    """The one record whose entries are asked for (``?subject=fair:3``)."""
    subject = request.args.get("subject", "")
    return [(subject, subject_word(subject))] if subject else []


class RecordView(Resource):
    """Who did what, when and why."""

    write_role = Role.ADMIN
    is_of_schools = True
    column_list = ("at", "actor", "action", "subject", "changes", "reason")
    column_details_list = ("at", "actor", "action", "subject", "reason", "request_id")
    column_labels = {
        "at": "时间", "actor": "操作人", "action": "操作", "subject": "对象", "changes": "变化",
        "reason": "原因", "request_id": "请求编号",
    }  # fmt: skip
    list_template = "office/records.html"
    column_formatters = {
        "at": shown(lambda entry: second(entry.at)),
        "action": shown(lambda entry: action_word(entry.action)),
        "subject": shown(subject_link),
    }
    column_sortable_list = ("at",)
    column_default_sort = ("id", True)
    column_searchable_list = ("subject", "reason")
    can_view_details = False
    page_size = 50
    search_hint = "对象（如 fair:3）、原因"
    empty_text = "没有符合条件的记录"
    choices = (
        Choice(
            "action", "操作",
            lambda: [(verb, word) for verb, word in ACTION_WORDS.items()],
            lambda value: AuditEntry.action == value,
        ),
        Choice(
            "role", "身份", lambda: list(ROLE_WORDS.items()),
            lambda value: AuditEntry.actor_role == value,
        ),
        Choice("subject", "对象", _asked_subject, lambda value: AuditEntry.subject == value),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            AuditEntry, "操作记录", endpoint="office_records", url="records", category="系统"
        )

    def joined(self) -> Any:
        """Entries."""
        return AuditEntry.select()

    def within(self, schools: frozenset[int]) -> Any:
        """The history of one record that lies inside the schools, or of what one did oneself."""
        subject = request.args.get("subject", "")
        if subject:
            seen = self._sees(subject)
            return (AuditEntry.subject == subject) if seen else AuditEntry.id.in_([])
        return own_acts(current_staff())

    def _sees(self, subject: str) -> bool:
        """Whether the record lies inside the person's schools."""
        view, number = page_of(subject), subject.partition(":")[2]
        if view is None or not number.isdigit() or len(number) > MOST_DIGITS:
            return False
        return view.in_remit().where(view.model.id == int(number)).exists()

    def get_list(self, *args: Any, **kwargs: Any) -> Any:
        """The page's entries with the names of who acted, in two more queries."""
        count, entries = super().get_list(*args, **kwargs)
        return count, with_actors(entries)


def with_actors(entries: list[Any]) -> list[Any]:
    """Put a readable actor and readable changes on each entry."""
    by_staff = [one for one in entries if one.actor_role.startswith("staff:")]
    staff_ids = {one.actor_id for one in by_staff}
    staff_ids |= {_number_of(one) for one in entries if one.action == "sign_in"}
    account_ids = {one.actor_id for one in entries if one not in by_staff}
    staff = {one.id: one.name for one in StaffUser.select().where(StaffUser.id.in_(staff_ids))}
    names = Account.select(Account.id, Account.name).where(Account.id.in_(account_ids - {None}))
    rows: Any = names.tuples()
    accounts: dict[int, str] = dict(rows)
    for entry in entries:
        known = staff if entry.actor_role.startswith("staff:") else accounts
        role = ROLE_WORDS.get(entry.actor_role, entry.actor_role)
        name = known.get(entry.actor_id, "")
        if entry.action == "sign_in" and entry.actor_id is None:
            role = staff.get(_number_of(entry), role)  # whoever signs in was nobody until then
        entry.actor = f"{name}（{role}）" if name else role
        entry.changes = changes_of(entry)
    return entries


def _number_of(entry: AuditEntry) -> int:
    number = entry.subject.partition(":")[2]
    return int(number) if number.isdigit() else 0
