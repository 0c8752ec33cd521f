"""The phrase list: what it finds however it is spelt, and what it must leave alone."""

import pytest

from app.positions.screening import PhraseScreen, categories, fold


def found(text):
    """Kind and words of every find."""
    return [(flag["category"], flag["phrase"]) for flag in PhraseScreen().look({"duties": text})]


def kinds(text):
    return {category for category, _ in found(text)}


@pytest.mark.spec("C10")
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("岗位要求：限男性，能适应出差", "gender"),
        ("前台文员，女生优先，形象好", "gender"),
        ("仅限女，吃苦耐劳", "gender"),
        ("性别要求：男", "gender"),
        ("已婚已育优先", "marriage"),
        ("两年内不得怀孕", "marriage"),
        ("985/211 院校毕业，成绩优良", "school_label"),
        ("要求本科为 985", "school_label"),
        ("双一流高校硕士", "school_label"),
        ("QS 排名前 100 海外院校", "school_label"),
        ("本地户籍优先，上海户口者优先", "origin"),
        ("河南人勿扰", "origin"),
        ("仅限汉族", "ethnicity"),
        ("需提供乙肝两对半报告", "health"),
        ("身高 165cm 以上，五官端正", "health"),
        ("年龄 35 周岁以下", "age"),
        ("年龄要求：18-30 岁", "age"),
        ("入职需交押金 500 元", "fees"),
        ("先缴纳服装费 300 元，转正退还", "fees"),
        ("入职扣押身份证", "fees"),
        ("在家刷单，日结高薪", "pyramid"),
        ("需要发展下线，多劳多得", "pyramid"),
        ("有意请加微信 abc12345", "bait"),
        ("联系电话 13800006666", "bait"),
    ],
)
def test_unlawful_condition_is_found(text, kind):
    assert kind in kinds(text)


@pytest.mark.spec("C10")
@pytest.mark.parametrize(
    "text",
    [
        "男女不限，专业不限，年龄不限",
        "不限男女，不限户籍，不限民族",
        "招聘人数有限，男女均可",
        "不收取任何费用，不扣押任何证件",
        "公司不以任何理由收取押金或保证金，入职无需缴纳培训费",
        "严禁收取服装费，谨防诈骗",
        "培训费由公司承担，提供免费体检",
        "不要求 985、211 院校背景",
        "本科及以上学历，2027 届毕业生",
        "年满 18 周岁，能适应倒班",
        "协助解决上海户口，提供住房补贴",
        "3-5 年相关经验者优先考虑",
        "接口响应不超过 50ms，可用性 9.85 分以上",
        "月薪 9850 元起，单价 211 元",
        "熟悉 VxWorks 嵌入式系统和微信小程序开发",
        "负责乙肝疫苗的研发与质量控制",
        "参与低轨卫星星座的组网设计",
        "反刷单风控策略，识别刷单行为",
        "负责学校招生宣传工作",
        "从事 150 米以上高空作业检测算法研究",
        "打包过程的质量检查与改进",
        "不做乙肝检测，欢迎残疾人投递",
        "五险一金、双休、年终奖、带薪年假",
    ],
)
def test_lawful_text_raises_no_alarm(text):
    assert found(text) == []


@pytest.mark.spec("C10")
@pytest.mark.parametrize(
    "text",
    ["限 男 生", "限·男·性", "限\u200b男性", "ｑｓ前１００", "女 生\u3000优 先", "限＊男＊性"],
)
def test_tricks_of_spelling_do_not_hide_it(text):
    assert len(found(text)) == 1


@pytest.mark.spec("C10")
def test_denial_counts_only_in_its_own_clause():
    assert found("户籍不限，限男性") == [("gender", "限男性")]
    assert found("不收押金。入职前缴纳保证金 200 元")[0][0] == "fees"


@pytest.mark.spec("C10")
def test_find_tells_its_place_in_the_text_as_it_was_written():
    text = "我们招聘：\n１、女 生 优先；２、９８５高校"
    for flag in PhraseScreen().look({"requirements": text}):
        assert text[flag["start"] : flag["end"]] == flag["phrase"]
        assert flag["note"] and flag["word"]
    assert [phrase for _, phrase in found(text)] == ["女 生 优先", "９８５"]


@pytest.mark.spec("C10")
def test_every_field_is_looked_over_in_order():
    flags = PhraseScreen().look({"title": "男生优先", "duties": "", "welfare": "月入过万"})
    assert [flag["field"] for flag in flags] == ["title", "welfare"]


def test_list_is_whole():
    listed = categories()
    assert len({one.name for one in listed}) == len(listed) >= 10
    assert {one.level for one in listed} == {"review", "warn"}
    assert all(one.note and one.word for one in listed)


def test_folded_text_knows_where_each_sign_stood():
    folded, places = fold("限 Ａ，9.85/b")
    assert folded == "限a\n9.85/b"
    assert places == [0, 2, 3, 4, 5, 6, 7, 8, 9]
