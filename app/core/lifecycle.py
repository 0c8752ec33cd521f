"""State machines declared on the model that owns them."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Any

from app.core import audit, clock
from app.core.database import BaseModel
from app.core.errors import InvalidTransition
from app.core.prepared import Prepared, bind, blank_columns


class transition:
    """A verb that moves ``status`` from one of *sources* to *to*.

    The move is a single guarded UPDATE: of two racing callers one wins and the
    other gets :class:`InvalidTransition`. *stamp* names a timestamp column to
    set. Call it as ``interview.ring(desk=desk)``: keywords are further columns
    set in the same UPDATE; ``reason`` goes to the audit, ``only_if`` adds a
    condition to the guard: a function whose condition never varies, so that its
    SQL is written once, or a condition with values of its own. Afterwards the record's
    ``moved_from`` is the status that was left. A model's ``told_as``
    names what a refusal says instead of a status that not everybody may learn of.
    """

    verb: str

    def __init__(self, *sources: StrEnum, to: StrEnum, stamp: str | None = None):
        self.sources, self.to, self.stamp = sources, to, stamp
        self._updates: dict[tuple[Any, ...], Prepared] = {}

    def __set_name__(self, owner: type, name: str) -> None:
        self.verb = name

    def __get__(self, instance: Any, owner: type) -> Any:
        return self if instance is None else partial(self._move, instance)

    def _move(
        self, instance: BaseModel, *, reason: str = "", only_if: Any = None, **columns: Any
    ) -> None:
        model = type(instance)
        stamps = {self.stamp: clock.now()} if self.stamp else {}
        changes = {"status": self.to} | stamps | columns
        before = instance.status
        # From the very status that the audit will name; a row read too early is read again.
        while not (
            before in self.sources and self._try(model, instance.id, before, changes, only_if)
        ):
            current = model.get_by_id(instance.id).status
            if current == before or current not in self.sources:
                told_as = getattr(model, "told_as", {})
                raise InvalidTransition(verb=self.verb, current=told_as.get(current, current))
            before = current
        for name, value in changes.items():
            setattr(instance, name, value)
        instance.moved_from = before
        instance._dirty.clear()
        audit.record(
            instance, self.verb, before={"status": before}, after={"status": self.to}, reason=reason
        )

    def _try(
        self,
        model: type[BaseModel],
        record_id: int,
        before: StrEnum,
        changes: dict[str, Any],
        only_if: Any,
    ) -> int:
        if only_if is None or callable(only_if):
            update = self._update(model, tuple(changes), only_if)
            return update.write(_id=record_id, _before=before, **changes)
        here = (model.id == record_id) & (model.status == before)
        return model.update(changes).where(here & only_if).execute()

    def _update(
        self, model: type[BaseModel], columns: tuple[str, ...], only_if: Callable[[], Any] | None
    ) -> Prepared:
        """The guarded UPDATE of these columns, its SQL written once."""
        key = (*columns, only_if)
        if key not in self._updates:
            here = (model.id == bind("_id")) & (model.status == bind("_before", model.status))
            guard = here & only_if() if only_if else here
            self._updates[key] = Prepared(
                lambda: model.update(blank_columns(model, columns)).where(guard)
            )
        return self._updates[key]


def move_each(
    model: type[BaseModel], verb: str, seen: Mapping[int, StrEnum], *, reason: str = ""
) -> set[int]:
    """Move many records by *verb* in one guarded UPDATE with an audit row each; which moved.

    *seen* tells each one's status, read under a lock in the same transaction.
    """
    move = transitions_of(model)[verb]
    wanted = [record_id for record_id, status in seen.items() if status in move.sources]
    if not wanted:
        return set()
    changes = {"status": move.to} | ({move.stamp: clock.now()} if move.stamp else {})
    guard = model.id.in_(wanted) & model.status.in_(move.sources)
    rows = model.update(changes).where(guard).returning(model.id).tuples().execute()
    moved = {record_id for (record_id,) in rows}
    audit.record_many(
        (
            (f"{model._meta.name}:{record_id}", {"status": seen[record_id]}, {"status": move.to})
            for record_id in sorted(moved)
        ),
        verb,
        reason,
    )
    return moved


def transitions_of(model: type[BaseModel]) -> dict[str, transition]:
    """Every transition declared on *model*, by verb."""
    return {name: value for name, value in vars(model).items() if isinstance(value, transition)}


def starts_of(model: type[BaseModel]) -> tuple[StrEnum, ...]:
    """The statuses in which a record of *model* may begin."""
    return getattr(model, "starts", (model.status.default,))
