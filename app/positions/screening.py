"""Screens that look a posting over for what the law forbids (C10).

A screen flags for the reviewer; it never rejects. The phrases are data (phrases.toml). What
is marked stands in the text as the employer wrote it, however it was spelt: full width,
spaced out, or with signs put between.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict

PHRASES = Path(__file__).with_name("phrases.toml")
BREAKS = set('，。；！？,;!?\n\r()（）【】[]《》“”"')
NOT_SO = r"(?:不得|不可|不能|不会|不存在|没有|禁止|严禁|拒绝|杜绝|反对|无须|无需|不|无|未|非|勿|免)"


class Flag(TypedDict):
    """One find: where in which field, and why it matters. *start* and *end* count characters."""

    screen: str
    category: str
    word: str
    level: str
    field: str
    start: int
    end: int
    phrase: str
    note: str


@dataclass(frozen=True)
class Category:
    """Phrases of one kind, and the words around them that make them harmless."""

    name: str
    word: str
    level: str
    note: str
    reach: int  # how many characters before a phrase a "not" still counts
    wanted: re.Pattern[str]
    allowed: re.Pattern[str] | None


class PhraseScreen:
    """The list of phrases. *Phrases*, not single words: 男女不限 and 不收取任何费用 pass."""

    name = "phrases"

    def look(self, texts: Mapping[str, str]) -> list[Flag]:
        """Every phrase of the list, in the order of the fields and of the text."""
        found = [
            flag
            for field, text in texts.items()
            for category in categories()
            for flag in self._in_field(field, text, category)
        ]
        order = {field: place for place, field in enumerate(texts)}
        return sorted(found, key=lambda flag: (order[flag["field"]], flag["start"], flag["end"]))

    def _in_field(self, field: str, text: str, category: Category) -> Iterator[Flag]:
        folded, places = fold(text)
        for start, end in _finds(folded, category):
            first, last = places[start], places[end - 1] + 1
            yield {
                "screen": self.name,
                "category": category.name,
                "word": category.word,
                "level": category.level,
                "field": field,
                "start": first,
                "end": last,
                "phrase": text[first:last],
                "note": category.note,
            }


def _finds(folded: str, category: Category) -> Iterator[tuple[int, int]]:
    harmless = [one.span() for one in category.allowed.finditer(folded)] if category.allowed else []
    for find in category.wanted.finditer(folded):
        start, end = find.span()
        if any(first < end and start < last for first, last in harmless):
            continue
        if not _is_denied(folded[:start], category.reach):
            yield start, end


def _is_denied(before: str, reach: int) -> bool:
    """Whether a "not" stands before it in the same clause, at most *reach* characters away."""
    clause = before.rpartition("\n")[2]
    return re.search(NOT_SO + rf".{{0,{reach}}}$", clause) is not None


def fold(text: str) -> tuple[str, list[int]]:
    """*text* as it is searched, and where in *text* each of its characters stood.

    Half width, lower case, a clause's end as a line break; blanks and other signs go, but
    between two digits or Latin letters they stay: 9.85 is not 985.
    """
    wide = [
        (sign, place)
        for place, raw in enumerate(text)
        for sign in unicodedata.normalize("NFKC", raw).casefold()
    ]
    kept: list[tuple[str, int]] = []
    for number, (sign, place) in enumerate(wide):
        if sign.isalnum() or sign in "+%":
            kept.append((sign, place))
        elif sign in BREAKS:
            kept.append(("\n", place))
        elif _joins(wide[max(number - 1, 0) : number + 2]):
            kept.append((sign, place))
    return "".join(sign for sign, _ in kept), [place for _, place in kept]


def _joins(around: list[tuple[str, int]]) -> bool:
    """Whether the sign in the middle of three stands between two digits or Latin letters."""
    if len(around) < 3 or unicodedata.category(around[1][0])[0] not in "PSZ":
        return False
    return all(sign.isascii() and sign.isalnum() for sign, _ in (around[0], around[2]))


@lru_cache
def categories() -> tuple[Category, ...]:
    """The list, read once."""
    listed = tomllib.loads(PHRASES.read_text(encoding="utf-8"))["category"]
    return tuple(_category(one) for one in listed)


def _category(listed: dict[str, Any]) -> Category:
    phrases = [re.escape(phrase.casefold()) for phrase in listed.get("phrases", ())]
    # The longest first: of 男性优先录用 and 男性优先 the whole is marked.
    wanted = sorted(phrases, key=len, reverse=True) + list(listed.get("patterns", ()))
    allowed = "|".join(listed.get("allowed", ()))
    return Category(
        listed["name"],
        listed["word"],
        listed["level"],
        listed["note"],
        int(listed.get("reach", 0)),
        re.compile("|".join(f"(?:{one})" for one in wanted)),
        re.compile(allowed) if allowed else None,
    )
