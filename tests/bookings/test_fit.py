"""How positions fit the majors of a school: the reckoning alone."""

import pytest

from app.bookings.fit import fit_of, is_fit, words_of


@pytest.mark.spec("B08")
@pytest.mark.parametrize(
    ("word", "major"),
    [
        ("软件工程", "软件工程"),
        ("软件工程专业", "软件工程"),
        ("计算机类", "计算机科学与技术"),
        ("计算机类", "软件工程"),
        ("计算机", "网络工程"),
        ("机械类", "机械设计制造及其自动化"),
        ("机械类", "车辆工程"),
        ("管理科学与工程类", "工程管理"),
        ("软件工程", "软件工程（嵌入式方向）"),
        ("农学", "农学"),
    ],
)
def test_major_fits_its_own_name_and_its_category(word, major):
    assert [is_fit(one, major) for one in words_of(word)] == [True]


@pytest.mark.spec("B08")
@pytest.mark.parametrize(
    ("word", "major"),
    [("计算机类", "英语"), ("软件工程", "网络工程"), ("会计学", ""), ("农类", "劳动与社会保障")],
)
def test_another_major_does_not_fit(word, major):
    assert not any(is_fit(one, major) for one in words_of(word))


@pytest.mark.spec("B08")
@pytest.mark.parametrize("text", ["", "不限", "专业不限", "计算机类、不限", " 不限专业 "])
def test_a_position_without_wishes_takes_every_major(text):
    assert words_of(text) == []
    assert fit_of([text], {"英语": 3, "法学": 1}).percent == 100


def test_wishes_are_told_apart_in_the_ways_people_write_them():
    text = "计算机类、电子信息类，软件工程；自动化/通信工程 等相关专业"
    assert words_of(text) == ["计算机类", "电子信息类", "软件工程", "自动化", "通信工程"]
    assert words_of("计算机类和电子信息类") == ["计算机类", "电子信息类"]
    assert words_of("管理科学与工程类") == ["管理科学与工程类"]


@pytest.mark.spec("B08")
def test_fit_is_the_share_of_students_and_names_the_majors_and_what_is_missing():
    studied = {"软件工程": 30, "网络工程": 10, "英语": 60}
    fit = fit_of(["计算机类、船舶与海洋工程"], studied)
    assert (fit.percent, fit.students, fit.fitting) == (40, 100, 40)
    assert fit.matched == [("软件工程", 30), ("网络工程", 10)]
    assert fit.unmet == ["船舶与海洋工程"]


@pytest.mark.spec("B08")
def test_one_open_position_opens_the_whole_enrolment():
    assert fit_of(["计算机类", "不限"], {"软件工程": 1, "英语": 3}).percent == 100


def test_without_students_the_fit_is_not_known_rather_than_none():
    assert fit_of(["计算机类"], {}).percent is None
