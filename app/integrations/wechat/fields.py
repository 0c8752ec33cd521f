"""Fits a value into a message's field: WeChat refuses a whole message for one long word."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from app.core import clock
from app.integrations.wechat.errors import FieldUnfit

FieldValue = str | int | float | Decimal | datetime | date | time | tuple | None

NOTHING = "无"
SEE_INSIDE = "见详情"
_HAN = r"\u4e00-\u9fff"
_CLOCK = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
_CHINESE_DAY = r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"
_DAY = rf"(?:{_CHINESE_DAY}|[0-9]{{4}}([-/.])[0-9]{{1,2}}\1[0-9]{{1,2}})"
_TIME = re.compile(rf"(?:{_CHINESE_DAY} ?)?{_CLOCK}")
_DATE = re.compile(rf"{_DAY}(?: ?{_CLOCK})?")
_AMOUNT = re.compile(r"[¥￥$€£]?[0-9]{1,10}(?:\.[0-9]{1,2})?元?")


def fit_field(key: str, value: FieldValue) -> str:
    """*value* as WeChat takes it for a field such as ``thing1`` or ``time``.

    Words are cleaned and cut (``thing`` ends in …), instants become Shanghai time, a pair
    of instants a span with ``~``. A text field that is left empty says 无.

    :raises FieldUnfit: a number, date, letter or plate that cannot be one
    """
    kind = key.rstrip("0123456789")
    fit = _FITS.get(kind)
    if fit is None:
        raise FieldUnfit(f"未知的字段类型 {kind}")
    return fit(value)


def _clean(value: FieldValue) -> str:
    """One line without control, format or broken signs."""
    text = "" if value is None else str(value)
    kept = (
        " " if sign.isspace() else sign
        for sign in text
        if sign.isspace() or unicodedata.category(sign)[0] != "C"
    )
    return " ".join("".join(kept).split())


def _units(text: str) -> int:
    """Length as WeChat's own clients count: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, most: int) -> str:
    while _units(text) > most:
        text = text[:-1]
    return text


def _thing(value: FieldValue) -> str:
    text = _clean(value)
    if _units(text) > 20:
        text = _cut(text, 19) + "…"
    return text or NOTHING


def _number(value: FieldValue) -> str:
    try:
        number = Decimal(_clean(value))
    except InvalidOperation:
        raise FieldUnfit(f"不是数字：{value}") from None
    if not number.is_finite() or number.adjusted() > 31:
        raise FieldUnfit(f"不是数字：{value}")
    text = f"{number:f}"
    digits = sum(sign.isdigit() for sign in text)
    if digits > 32 and "." in text:
        whole = len(text.partition(".")[0].lstrip("-"))
        text = text[: len(text) - (digits - 32)] if whole < 32 else text.partition(".")[0]
    return text


def _kept(value: FieldValue, pattern: str, most: int, *, empty: str = "") -> str:
    """The signs of *value* that match, at most *most*."""
    text = "".join(re.findall(pattern, _clean(value)))[:most]
    if not text and not empty:
        raise FieldUnfit(f"没有可用的字符：{value}")
    return text or empty


def _letter(value: FieldValue) -> str:
    return _kept(value, r"[A-Za-z]", 32)


def _symbol(value: FieldValue) -> str:
    text = "".join(sign for sign in _clean(value) if not sign.isalnum() and not sign.isspace())
    if not text:
        raise FieldUnfit(f"没有可用的符号：{value}")
    return _cut(text, 5)


def _character_string(value: FieldValue) -> str:
    return _kept(value, r"[\x21-\x7e]", 32, empty="-")


def _phone_number(value: FieldValue) -> str:
    return _kept(value, r"[0-9+\-]", 17)


def _car_number(value: FieldValue) -> str:
    return _kept(_clean(value).upper(), rf"[{_HAN}A-Z0-9]", 8)


def _name(value: FieldValue) -> str:
    text = "".join(sign for sign in _clean(value) if not sign.isnumeric())
    most = 20 if text.isascii() else 10
    return " ".join(_cut(text, most).split()).strip("· ") or NOTHING


def _phrase(value: FieldValue) -> str:
    return _kept(value, rf"[{_HAN}]", 5, empty=SEE_INSIDE)


def _span(value: FieldValue, one: Callable[[FieldValue], str]) -> str:
    if isinstance(value, tuple):
        if len(value) != 2:
            raise FieldUnfit("时间段应有起止两个时间")
        return f"{one(value[0])}~{one(value[1])}"
    return one(value)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _is_real(text: str) -> bool:
    """The days named in *text* are in the calendar."""
    for year, month, day in re.findall(r"([0-9]{4})[年\-/.]([0-9]{1,2})[月\-/.]([0-9]{1,2})", text):
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            return False
    return True


def _moment(value: FieldValue, pattern: re.Pattern[str]) -> str:
    """A text that is already a moment in WeChat's sense."""
    text = _clean(value)
    parts = [part.strip() for part in text.split("~")]
    if len(parts) > 2 or not all(pattern.fullmatch(part) for part in parts) or not _is_real(text):
        raise FieldUnfit(f"不是时间：{value}")
    return "~".join(parts)


def _one_time(value: FieldValue) -> str:
    if isinstance(value, datetime):
        local = clock.local(value) if value.tzinfo else value
        return f"{_day(local)} {local:%H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return _moment(value, _TIME)


def _one_date(value: FieldValue) -> str:
    if isinstance(value, datetime):
        return _day(clock.local(value) if value.tzinfo else value)
    if isinstance(value, date):
        return _day(value)
    return _moment(value, _DATE)


def _time(value: FieldValue) -> str:
    return _span(value, _one_time)


def _date(value: FieldValue) -> str:
    return _span(value, _one_date)


def _amount(value: FieldValue) -> str:
    text = _clean(value)
    if isinstance(value, str) and _AMOUNT.fullmatch(text):
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise FieldUnfit(f"不是金额：{value}") from None
    if not number.is_finite() or number < 0 or number >= Decimal(10) ** 10 - 1:
        raise FieldUnfit(f"不是金额：{value}")
    return f"¥{number:.2f}"


_FITS: dict[str, Callable[[FieldValue], str]] = {
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
    "enum": _thing,
}
