"""What the screens found in a posting, as reviewers see it: the words marked where they stand."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from app.admin.cells import NOTHING, tag
from app.positions.models import Position
from app.positions.wording import texts_of

TONES = {"review": "bad", "warn": "warn"}
FIELDS = {
    "title": "岗位名称",
    "duties": "职责",
    "requirements": "要求",
    "address": "工作地址",
    "welfare": "福利",
}
Flag = Mapping[str, Any]


def marked(position: Position, field: str) -> Markup:
    """A field's text with what was found in it marked."""
    text = texts_of(position)[field]
    if not text:
        return NOTHING
    pieces, end = [], 0
    for first, last, words in _spans(flag for flag in position.flags if flag["field"] == field):
        start = max(first, end)
        if last <= start:
            continue
        pieces.append(escape(text[end:start]))
        mark = Markup('<mark class="flagged" title="{}">{}</mark>')
        pieces.append(mark.format(words, text[start:last]))
        end = last
    pieces.append(escape(text[end:]))
    return Markup('<div class="prose">{}</div>').format(Markup("").join(pieces))


def flag_count(position: Position) -> Any:
    """How much was found, as a small coloured word."""
    if not position.flags:
        return NOTHING
    worst = "review" if any(flag["level"] == "review" for flag in position.flags) else "warn"
    return tag(f"{len(position.flags)} 处提示", TONES[worst])


def flag_rows(position: Position) -> list[dict[str, str]]:
    """Each find in words: where, what, why."""
    return [
        {
            "field": FIELDS.get(flag["field"], flag["field"]),
            "word": flag["word"],
            "tone": TONES.get(flag["level"], "plain"),
            "phrase": flag["phrase"],
            "note": flag["note"],
        }
        for flag in position.flags
    ]


def _spans(flags: Iterable[Flag]) -> list[tuple[int, int, str]]:
    return sorted((flag["start"], flag["end"], flag["word"]) for flag in flags)
