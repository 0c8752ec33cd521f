"""How well an employer's positions fit the majors of a school's students (B08).

Pure reckoning: what positions want, in the employers' own words (``计算机类、电子信息类``), against
how many students study what.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.bookings.majors import CATEGORIES

ANY = ("", "不限", "专业不限", "不限专业", "所有专业", "不限制")
MOST_NAMED = 30  # majors that a fit names; the share reckons with all of them
_BETWEEN = re.compile(r"[、,，;；/|\s]+|(?<=类)(?:和|及|与|或)|或者|以及")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_TAILS = re.compile(r"(?:等?相关专业|等专业|相近专业|相关|方向|专业|等|优先)+\Z")
LEAST_STEM = 2  # one sign says too little to be looked for inside another word


class Fit(NamedTuple):
    """*percent* of *students* study what is wanted; None where no student is known."""

    percent: int | None
    students: int
    fitting: int
    matched: list[tuple[str, int]]  # the majors that fit, the most studied first
    unmet: list[str]  # what is wanted and nobody studies


def fit_of(wanted: Iterable[str], studied: Mapping[str, int]) -> Fit:
    """The fit of positions that want *wanted*, one text a position, with students by major."""
    texts = list(wanted)
    words = list(dict.fromkeys(word for text in texts for word in words_of(text)))
    is_open = any(not words_of(text) for text in texts)
    matched = {
        major: count
        for major, count in studied.items()
        if is_open or any(is_fit(word, major) for word in words)
    }
    students, fitting = sum(studied.values()), sum(matched.values())
    return Fit(
        percent=round(100 * fitting / students) if students else None,
        students=students,
        fitting=fitting,
        matched=sorted(matched.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_NAMED],
        unmet=[word for word in words if not any(is_fit(word, major) for major in studied)],
    )


def words_of(text: str) -> list[str]:
    """The majors and categories that a position names; none where every major is welcome."""
    words = [_plain(word) for word in _BETWEEN.split(_BRACKETS.sub("", text or ""))]
    if any(word in ANY and word for word in words):
        return []
    return list(dict.fromkeys(word for word in words if word))


def is_fit(word: str, major: str) -> bool:
    """Whether *word*, a major or a category, takes *major* in."""
    major = _plain(_BRACKETS.sub("", major))
    if not word or not major:
        return False
    if word == major:
        return True
    stem = word.removesuffix("类")
    if major in CATEGORIES.get(stem, ()):
        return True
    return len(stem) >= LEAST_STEM and stem in major


def _plain(word: str) -> str:
    word = word.strip()
    return word if word in ANY else _TAILS.sub("", word)
