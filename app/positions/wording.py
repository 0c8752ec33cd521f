"""What a posting must tell, and how much of it (C03; the law's list of what a posting says)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from app.positions.errors import PositionIncomplete, SalaryRangeInvalid
from app.positions.models import Position, today

DEGREES = ("不限", "专科", "本科", "硕士", "博士")
LONGEST_TITLE, LONGEST_TEXT, LONGEST_ADDRESS = 60, 5000, 120
LONGEST_MAJORS, LONGEST_TAG, MOST_TAGS = 200, 12, 10
MOST_HEADCOUNT, MOST_PAY = 9999, 1_000_000
LEAST_MONTHS, MOST_MONTHS = 12, 24
MOST_VALID_DAYS = 366  # a posting is kept up to date
SHORTEST_DUTIES = 10

TEXTS = ("title", "duties", "requirements", "address", "welfare")  # what the screens look at
DETAILS = (
    "title", "kind", "province", "city", "address", "salary_min", "salary_max", "months_paid",
    "degree", "headcount", "majors", "graduation_years", "welfare", "duties", "requirements",
    "valid_until",
)  # fmt: skip
NEEDED = {
    "title": "岗位名称",
    "province": "工作省份",
    "city": "工作城市",
    "address": "工作地址",
    "salary_min": "最低月薪",
    "salary_max": "最高月薪",
    "duties": "岗位职责",
    "requirements": "任职要求",
    "valid_until": "有效期",
}


def texts_of(position: Position) -> dict[str, str]:
    """The free words of a posting, by field, as the screens read them."""
    words = {name: getattr(position, name) for name in TEXTS if name != "welfare"}
    return words | {"welfare": "、".join(position.welfare)}


def refuse_odd_pay(details: Mapping[str, Any], *, is_draft: bool) -> None:
    """:raises SalaryRangeInvalid: the least is above the most, or not positive

    A draft may leave either open (0).
    """
    least, most = details.get("salary_min") or 0, details.get("salary_max") or 0
    if is_draft and 0 in (least, most) and least >= 0 and most >= 0:
        return
    if least <= 0 or least > most:
        raise SalaryRangeInvalid


def refuse_gaps(details: Mapping[str, Any]) -> None:
    """:raises PositionIncomplete: something that every posting must tell is missing or over
    :raises SalaryRangeInvalid: see :func:`refuse_odd_pay`
    """
    gaps = [
        {"pointer": f"#/{name}", "detail": f"请填写{label}"}
        for name, label in NEEDED.items()
        if not details.get(name)
    ]
    gaps += list(_odd(details))
    if gaps:
        said = "；".join(gap["detail"] for gap in gaps)
        raise PositionIncomplete(said, errors=gaps)
    refuse_odd_pay(details, is_draft=False)


def _odd(details: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    duties = details.get("duties") or ""
    if duties and len(duties) < SHORTEST_DUTIES:
        yield {"pointer": "#/duties", "detail": f"岗位职责至少 {SHORTEST_DUTIES} 个字"}
    last: date | None = details.get("valid_until")
    if last is None:
        return
    if last < today():
        yield {"pointer": "#/valid_until", "detail": "有效期不能早于今天"}
    elif last > today() + timedelta(days=MOST_VALID_DAYS):
        yield {"pointer": "#/valid_until", "detail": "有效期最长一年"}


def details_of(position: Position) -> dict[str, Any]:
    """All that a posting tells."""
    return {name: getattr(position, name) for name in DETAILS}
