"""What staff can do to a record, and what narrows a list: declared by the views."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from peewee import Expression

from app.admin.remit import Role
from app.core.database import BaseModel
from app.core.lifecycle import transitions_of


@dataclass(frozen=True, kw_only=True)
class Action:
    """What staff can do to one record besides changing its fields.

    *reason* is ``none``, ``asked`` or ``needed``; *when* says whether a record can
    suffer it, by default whether its lifecycle has such a move from here. Where something
    is to be chosen, *options* gives values and words, and *call* takes the value as well.
    """

    verb: str
    label: str
    call: Callable[..., object]
    done: str
    question: str = ""
    reason: str = "none"
    prompt: str = "原因"  # what the words are that are asked for
    options: Callable[[Any], list[tuple[str, str]]] | None = None
    choose: str = ""  # what is chosen from them
    tone: str = "plain"
    in_list: bool = False
    role: Role = Role.OPERATOR
    leaves: bool = False  # afterwards there is no record to go back to
    when: Callable[[Any], bool] | None = None

    def suits(self, record: BaseModel) -> bool:
        """Whether *record* can suffer it now."""
        if self.when is not None:
            return self.when(record)
        move = transitions_of(type(record)).get(self.verb)
        return move is None or record.status in move.sources


@dataclass(frozen=True)
class Choice:
    """A drop-down above a list that narrows it."""

    name: str
    label: str
    options: Callable[[], Iterable[tuple[str, str]]]
    condition: Callable[[str], Expression]


def missing(action: Action, record: Any, asked: dict[str, str]) -> str:
    """What an action still needs, in words."""
    if action.options is not None and asked["chosen"] not in dict(action.options(record)):
        return f"请选择{action.choose}"
    if action.reason == "needed" and not asked["reason"]:
        return f"请填写{action.label}的{action.prompt}"
    return ""
