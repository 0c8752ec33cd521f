"""Whatever people type, a fitted value passes WeChat's own rules."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.integrations.wechat import FieldUnfit, fit_field
from scripts.wechat_sandbox.fields import is_fit

WORDS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="双选会面试通过 A1b-😀\u200d\n\t\u3000~·…", max_size=60),
    st.none(),
    st.integers(),
)
INSTANTS = st.datetimes(min_value=datetime(1971, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize("kind", ["thing", "phrase", "name", "character_string"])
@given(value=WORDS)
def test_words_always_fit(kind: str, value: object) -> None:
    assert is_fit(kind, fit_field(f"{kind}3", value))


@pytest.mark.parametrize("kind", ["letter", "symbol", "phone_number", "car_number", "amount"])
@given(value=WORDS)
def test_strict_kinds_fit_or_are_refused(kind: str, value: object) -> None:
    try:
        fitted = fit_field(kind, value)
    except FieldUnfit:
        return
    assert is_fit(kind, fitted)


@given(value=st.one_of(st.integers(), st.floats(), st.decimals(), st.text(max_size=50)))
def test_numbers_fit_or_are_refused(value: object) -> None:
    try:
        fitted = fit_field("number1", value)
    except FieldUnfit:
        return
    assert is_fit("number", fitted)


@given(value=st.decimals(min_value=0, max_value=10**9, places=2))
def test_amounts_of_money_fit(value: Decimal) -> None:
    assert is_fit("amount", fit_field("amount1", value))


@pytest.mark.parametrize("kind", ["time", "date"])
@given(value=st.one_of(INSTANTS, st.tuples(INSTANTS, INSTANTS)))
def test_instants_and_spans_fit(kind: str, value: object) -> None:
    assert is_fit(kind, fit_field(f"{kind}2", value))


@pytest.mark.parametrize("kind", ["time", "date"])
@given(
    text=st.from_regex(r"[0-9]{4}[年\-/.][0-9]{1,2}[月\-/.][0-9]{1,2}日?( [0-9]{1,2}:[0-9]{2})?")
)
def test_written_moments_fit_or_are_refused(kind: str, text: str) -> None:
    try:
        fitted = fit_field(kind, text)
    except FieldUnfit:
        return
    assert is_fit(kind, fitted)


@pytest.mark.parametrize(
    ("key", "value", "fitted"),
    [
        ("thing1", "深圳谷米科技有限公司", "深圳谷米科技有限公司"),
        (
            "thing1",
            "一二三四五六七八九十一二三四五六七八九十",
            "一二三四五六七八九十一二三四五六七八九十",
        ),
        (
            "thing1",
            "一二三四五六七八九十一二三四五六七八九十多",
            "一二三四五六七八九十一二三四五六七八九…",
        ),
        ("thing1", " 第一行\n第二行 ", "第一行 第二行"),
        ("thing1", "", "无"),
        ("phrase3", "合格", "合格"),
        ("phrase3", "进入下一轮面试", "进入下一轮"),
        ("phrase3", "A+", "见详情"),
        ("name1", "阿依古丽·买买提江·吐尔逊", "阿依古丽·买买提江"),
        ("name1", "Alexander Hamilton Junior", "Alexander Hamilton J"),
        ("time2", datetime(2026, 3, 27, 1, 5, tzinfo=UTC), "2026年3月27日 09:05"),
        ("time2", time(9, 5), "09:05"),
        ("date2", date(2026, 3, 27), "2026年3月27日"),
        ("date2", "2026-03-27", "2026-03-27"),
        ("number4", 3, "3"),
        ("number4", "2.50", "2.50"),
        ("amount5", 8000, "¥8000.00"),
        ("amount5", "8000元", "8000元"),
        ("character_string6", "A12 号台", "A12"),
        ("phone_number7", "138 0001 0001", "13800010001"),
        ("car_number8", "粤b12345", "粤B12345"),
    ],
)
def test_values_are_fitted(key: str, value: object, fitted: str) -> None:
    assert fit_field(key, value) == fitted


def test_a_span_crosses_midnight_in_shanghai() -> None:
    begin = datetime(2026, 3, 27, 15, 30, tzinfo=UTC)
    span = (begin, begin + timedelta(hours=2))
    assert fit_field("time1", span) == "2026年3月27日 23:30~2026年3月28日 01:30"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("time1", "明天"),
        ("date1", "2026-02-30"),
        ("date1", "2026-03/27"),
        ("number1", "三"),
        ("number1", float("nan")),
        ("amount1", -1),
        ("letter1", "面试"),
        ("video1", "x"),
        ("time1", (time(9), time(10), time(11))),
    ],
)
def test_what_cannot_fit_is_refused(key: str, value: object) -> None:
    with pytest.raises(FieldUnfit):
        fit_field(key, value)
