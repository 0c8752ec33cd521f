"""A kind of record in the back office: list, page, form and actions, all through services."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect, request
from flask_admin import expose
from flask_admin.contrib.peewee import ModelView
from flask_admin.form import BaseForm
from peewee import SQL, IntegrityError, ModelSelect
from wtforms import Form

from app.admin.actions import Action, Choice, missing
from app.admin.cells import NOTHING, badge
from app.admin.guard import Guarded, text_of
from app.admin.remit import remit
from app.core.audit import subject_of
from app.core.database import BaseModel
from app.core.errors import DomainError
from app.core.problems import status_of

MOST_SEARCH, MOST_PAGES = 60, 100_000
COLLISION = "与已有记录冲突，可能刚刚被其他人修改。请核对后再保存。"


class Resource(Guarded, ModelView):
    """A model's pages. Subclasses name the columns, the form and the services behind it."""

    can_create = can_edit = can_delete = False
    can_view_details = True
    page_size = 20
    list_template = "office/list.html"
    details_template = "office/record.html"
    create_template = edit_template = "office/form.html"
    column_display_pk = False

    form_on_create: type[Form] = BaseForm
    form_on_edit: type[Form] | None = None
    search_hint = ""
    lead_text = ""
    empty_text = "还没有记录"
    choices: tuple[Choice, ...] = ()
    acts: tuple[Action, ...] = ()
    error_fields: dict[type[DomainError], str] = {}

    # -- what a subclass says --------------------------------------------------
    def joined(self) -> Any:
        """The query of the list, with every table whose columns it shows."""
        return self.model.select()

    def title_of(self, record: Any) -> str:
        """The heading of a record's page."""
        return str(record.name)

    def create(self, values: dict[str, Any]) -> BaseModel:
        """Make a record through the domain's service."""
        raise NotImplementedError

    def change(self, record: Any, values: dict[str, Any]) -> BaseModel:
        """Change a record through the domain's service."""
        raise NotImplementedError

    def shown_with(self, record: Any) -> dict[str, Any]:
        """What a record's page needs besides the record."""
        return {}

    def within(self, schools: frozenset[int]) -> Any:
        """The condition of the records that lie inside *schools*; needed of views of schools."""
        raise NotImplementedError

    def school_of(self, record: Any) -> int | None:
        """The school that a record belongs to; None where only platform staff change it."""
        return None

    # -- who may ---------------------------------------------------------------
    def may_change(self, record: Any) -> bool:
        """Whether the person may change this very record."""
        if remit().is_everywhere:
            return self.may_write()
        return self.school_of(record) in self.writable_schools()

    def may_act(self, action: Action, record: Any) -> bool:
        """Whether the person may do *action* to this very record."""
        person = remit()
        return person.has_rank(action.role) if person.is_everywhere else self.may_change(record)

    # -- reading ---------------------------------------------------------------
    def in_remit(self) -> Any:
        """The records that the signed-in person may see: nothing of another school."""
        query = self.joined()
        return query if remit().is_everywhere else query.where(self.within(remit().schools))

    def get_query(self) -> Any:
        """The list, narrowed by the drop-downs."""
        query = self.in_remit()
        for choice in self.choices:
            value = request.args.get(choice.name, "")
            if value and value in {known for known, _ in choice.options()}:
                query = query.where(choice.condition(value))
        return query

    def get_one(self, id: Any) -> Any:
        """One record with what its list row shows: another school's is not there at all."""
        number = str(id)
        if not number.isdigit() or len(number) > 18:
            abort(404)
        record = self.in_remit().where(self.model.id == int(number)).first()
        if record is None:
            abort(404)
        if g.is_change and not self.may_change(record):
            abort(403)
        return record

    def _handle_join(self, query: ModelSelect, field: Any, joins: set[str]) -> ModelSelect:
        return query  # joined() has every table already

    def _sort_clause(self, query: Any, joins: Any, sort_field: Any, sort_desc: bool) -> Any:
        """A column that the query counts itself is sorted by its name there."""
        if isinstance(sort_field, SQL):
            return query, joins, sort_field.desc() if sort_desc else sort_field.asc()
        return super()._sort_clause(query, joins, sort_field, sort_desc)

    def get_list(
        self, page: Any, sort: Any, desc: Any, search: Any, *more: Any, **options: Any
    ) -> Any:
        """The list; a search is cut to what a person types."""
        page = min(max(page or 0, 0), MOST_PAGES)
        return super().get_list(page, sort, desc, (search or "")[:MOST_SEARCH], *more, **options)

    def is_sortable(self, name: str) -> bool:
        """Only by the columns that name a field."""
        return name in self._sortable_columns

    # -- forms -------------------------------------------------------------------
    def scaffold_form(self) -> type[Form]:
        """Forms are written by hand: labels, order and hints are the trade's."""
        return self.form_on_create

    def get_edit_form(self) -> type[Form]:
        """The edit form may have fewer fields."""
        return self.form_on_edit or self.form_on_create

    def create_form(self, obj: Any = None) -> Form:
        """An empty form; the address may fill some of it (``?fair=3``)."""
        form = super().create_form(obj)
        if request.method == "GET":
            for name, value in request.args.items():
                if name in form and value.isdigit():
                    form[name].data = int(value)
        return form

    def validate_form(self, form: Form) -> bool:
        """Valid, and really sent by this person; a worn-out page keeps what was typed."""
        if request.method == "POST" and g.get("csrf_failed") and "csrf_token" not in form:
            flash("页面已过期，内容仍保留在下面，请再保存一次。", "bad")
            return False
        return super().validate_form(form)

    def create_model(self, form: Form) -> Any:
        """Through the service; a broken rule is shown on the form, which keeps what was typed."""
        return self._attempt(form, lambda: self.create(dict(form.data)))

    def update_model(self, form: Form, model: Any) -> Any:
        """As :meth:`create_model`."""
        return self._attempt(form, lambda: self.change(model, dict(form.data)))

    def _attempt(self, form: Form, save: Callable[[], BaseModel]) -> Any:
        try:
            return save()
        except DomainError as error:
            field = self.error_fields.get(type(error))
            place = form[field].errors if field and field in form else form.form_errors
            form_errors = [text_of(error)] if not error.detail else error.detail.split("；")
            if field and field in form:
                form[field].errors = [*place, text_of(error)]
            else:
                form.form_errors.extend(form_errors)
        except IntegrityError:
            form.form_errors.append(COLLISION)
        return False

    def get_save_return_url(self, model: Any, is_created: bool = False) -> str:
        """After saving, the record's own page."""
        return self.page_of(model.id)

    # -- pages ---------------------------------------------------------------------
    def page_of(self, record_id: int) -> str:
        """The address of a record's page."""
        return self.get_url(".details_view", id=record_id)

    def render(self, template: str, **kwargs: Any) -> str:
        """Every page knows the view's choices and actions."""
        return super().render(
            template,
            offered=self.offered,
            may_change=self.may_change,
            subject_of=subject_of,
            **kwargs,
        )

    def offered(self, record: Any, *, in_list: bool = False) -> list[Action]:
        """The actions for *record*, those of the list only when *in_list*."""
        return [
            act
            for act in self.acts
            if (act.in_list or not in_list) and act.suits(record) and self.may_act(act, record)
        ]

    @expose("/details/")
    def details_view(self) -> Any:
        """A record's page."""
        return self.record_page(self.get_one(request.args.get("id", "")))

    def record_page(self, record: Any, failed: dict[str, str] | None = None) -> str:
        """Render a record's page; *failed* re-opens an action's question with what was typed."""
        return self.render(
            self.details_template,
            record=record,
            title=self.title_of(record),
            status=badge(record.status) if hasattr(record, "status") else "",
            facts=self.facts_of(record),
            failed=failed or {},
            subject=subject_of(record),
            **self.shown_with(record),
        )

    def facts_of(self, record: Any) -> list[tuple[str, Any]]:
        """Label and value of every fact on the record's page."""
        return [
            (label, self.get_detail_value(None, record, name) or NOTHING)
            for name, label in self._details_columns
        ]

    @expose("/<int:record_id>/<verb>", methods=("POST",))
    def act(self, record_id: int, verb: str) -> Any:
        """Do *verb* to a record."""
        record = self.get_one(record_id)
        action = next((act for act in self.acts if act.verb == verb), None)
        if action is None or not self.may_act(action, record):
            abort(404 if action is None else 403)
        asked = {
            "verb": verb,
            "reason": request.form.get("reason", "").strip()[:200],
            "chosen": request.form.get("chosen", ""),
            "next": local_address(request.form.get("next", "")),
        }
        if lacking := missing(action, record, asked):
            flash(lacking, "bad")
            return self.record_page(record, asked), 422
        chosen = () if action.options is None else (asked["chosen"],)
        try:
            action.call(record.id, asked["reason"], *chosen)
        except DomainError as error:
            flash(text_of(error), "bad")
            return self.record_page(self.get_one(record_id), asked), status_of(type(error))
        flash(action.done, "good")
        after = self.get_url(".index_view") if action.leaves else self.page_of(record_id)
        return redirect(asked["next"] or after)


def local_address(address: str) -> str:
    """*address* when it lies inside the back office, else nothing."""
    inside = address == "/admin" or address.startswith(("/admin/", "/admin?"))
    return address if inside and "\\" not in address and "\n" not in address else ""
