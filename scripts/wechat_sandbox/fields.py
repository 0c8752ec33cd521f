"""What WeChat lets into a field of a message, by the field's type.

Written from WeChat's table of limits and on its own, so that it can judge the
application's fitting of values.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

_CLOCK = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
_D = "[0-9]{1,2}"
_FULL_DAY = "|".join(f"[0-9]{{4}}{sign}{_D}{sign}{_D}" for sign in ("-", "/", r"\."))
_FULL_DAY += f"|[0-9]{{4}}年{_D}月{_D}日"
_TIME = re.compile(rf"(?:(?P<day>[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日)\s?)?{_CLOCK}")
_DATE = re.compile(
    rf"(?:(?P<day>{_FULL_DAY})|[0-9]{{4}}-[0-9]{{1,2}}|[0-9]{{1,2}}-[0-9]{{1,2}})(?:\s?{_CLOCK})?"
)
_AMOUNT = re.compile(r"[¥￥$€£]([0-9]{1,10})(\.[0-9]+)?元?|([0-9]{1,10})(\.[0-9]+)?元?")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _chinese(text: str) -> bool:
    return bool(_CHINESE.search(text))


def _is_day(text: str | None) -> bool:
    """A day that the calendar has (30 February is refused)."""
    if not text:
        return True
    year, month, day = (int(part) for part in re.findall(r"[0-9]+", text))
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _moments(text: str, pattern: re.Pattern[str]) -> bool:
    """One moment, or two with ``~`` between."""
    parts = text.split("~")
    if len(parts) > 2:
        return False
    found = [pattern.fullmatch(part.strip()) for part in parts]
    return all(match and _is_day(match["day"]) for match in found)


def _thing(text: str) -> bool:
    return len(text) <= 20 and not text.startswith(" ")


def _number(text: str) -> bool:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return False
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return sum(letter.isdigit() for letter in text) <= 32


def _letter(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z]{1,32}", text) is not None


def _symbol(text: str) -> bool:
    return len(text) <= 5 and not any(sign.isalnum() or sign.isspace() for sign in text)


def _character_string(text: str) -> bool:
    return re.fullmatch(r"[\x21-\x7e]{1,32}", text) is not None


def _time(text: str) -> bool:
    return _moments(text, _TIME)


def _date(text: str) -> bool:
    return _moments(text, _DATE)


def _amount(text: str) -> bool:
    return _AMOUNT.fullmatch(text) is not None


def _phone_number(text: str) -> bool:
    return re.fullmatch(r"[0-9+\-() ]{1,17}", text) is not None


def _car_number(text: str) -> bool:
    return len(text) <= 8 and re.fullmatch(r"[\u4e00-\u9fffA-Z0-9]+", text) is not None


def _name(text: str) -> bool:
    limit = 10 if _chinese(text) else 20
    return len(text) <= limit and not any(letter.isdigit() for letter in text)


def _phrase(text: str) -> bool:
    return re.fullmatch(r"[\u4e00-\u9fff]{1,5}", text) is not None


RULES = {
    "thing": _thing,
    "number": _number,
    "letter": _letter,
    "symbol": _symbol,
    "character_string": _character_string,
    "time": _time,
    "date": _date,
    "amount": _amount,
    "phone_number": _phone_number,
    "car_number": _car_number,
    "name": _name,
    "phrase": _phrase,
}


def kind_of(key: str) -> str:
    """``thing12`` is of the type ``thing``."""
    return key.rstrip("0123456789")


def is_fit(kind: str, text: object, *, allowed: list[str] | None = None) -> bool:
    """Does WeChat take *text* for a field of this type?"""
    if not isinstance(text, str) or not text.strip():
        return False
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in text):
        return False
    if kind == "enum":
        return text in (allowed or [])
    rule = RULES.get(kind)
    return rule is not None and rule(text)
