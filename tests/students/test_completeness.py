"""How complete a résumé is, and why (D01)."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.students.completeness import LIST_SECTIONS, RULES, SECTION_TITLES, explain, missing_of

LONG = "负责需求分析、接口设计与实现，参与上线与值守，推动问题闭环，积累了完整的项目经验与团队协作能力，乐于学习和分享。"
WHOLE = {
    "basics": {
        "name": "林小满",
        "gender": "female",
        "birth_month": "2004-05",
        "phone": "13800006666",
        "email": "lin@example.com",
        "school": "江海大学",
        "major": "软件工程",
        "degree": "bachelor",
        "graduation_year": 2027,
        "city": "杭州",
    },
    "intention": {"positions": ["后端工程师"], "cities": ["杭州"], "salary_min": 9000},
    "education": [{"school": "江海大学", "description": "主修课程：数据结构"}],
    "internships": [{"organization": "远航科技", "description": LONG}],
    "projects": [{"name": "选课助手", "description": LONG}],
    "campus": [{"organization": "学生会"}],
    "skills": [{"name": "Python"}, {"name": "SQL"}, {"name": "Vue"}],
    "certificates": [{"name": "CET-6"}],
    "self_evaluation": {"text": LONG},
}
PARTS = [
    (key, field) for key, content in WHOLE.items() if isinstance(content, dict) for field in content
]
PARTS += [(key, None) for key in LIST_SECTIONS]


def without(parts):
    content = copy.deepcopy(WHOLE)
    for key, field in parts:
        if field is None:
            content.pop(key)
        else:
            content[key].pop(field)
    return content


@pytest.mark.spec("D01")
def test_points_of_all_rules_add_up_to_a_hundred():
    assert sum(rule.points for rule in RULES) == 100
    assert {rule.section for rule in RULES} == set(SECTION_TITLES)
    assert all(rule.points > 0 and rule.text for rule in RULES)


def test_empty_resume_scores_nothing_and_misses_everything():
    assert explain({})["completeness"] == 0
    assert sum(item["points"] for item in missing_of({})) == 100


def test_whole_resume_scores_a_hundred_and_misses_nothing():
    assert explain(WHOLE)["completeness"] == 100
    assert missing_of(WHOLE) == []


@pytest.mark.spec("D01")
@given(st.sets(st.sampled_from(PARTS)))
def test_score_is_a_hundred_less_what_is_missing(parts):
    content = without(parts)
    told = explain(content)
    missing = missing_of(content)
    assert told["completeness"] == 100 - sum(item["points"] for item in missing)
    for section in told["sections"]:
        lacking = sum(item["points"] for item in section["missing"])
        assert section["score"] == section["max"] - lacking
    assert [item["points"] for item in missing] == sorted(
        (item["points"] for item in missing), reverse=True
    )


@given(st.sets(st.sampled_from(PARTS), min_size=1), st.data())
def test_filling_something_in_never_costs_points(parts, data):
    returned = data.draw(st.sampled_from(sorted(parts, key=str)))
    assert (
        explain(without(parts - {returned}))["completeness"]
        >= explain(without(parts))["completeness"]
    )


@pytest.mark.parametrize(("length", "points"), [(0, 0), (1, 5), (49, 5), (50, 8)])
def test_self_evaluation_earns_more_at_fifty_characters(length, points):
    assert explain({"self_evaluation": {"text": "好" * length}})["completeness"] == points


@pytest.mark.parametrize(("count", "points"), [(0, 0), (1, 5), (2, 5), (3, 7), (9, 7)])
def test_three_skills_earn_more_than_one(count, points):
    assert (
        explain({"skills": [{"name": f"技能{n}"} for n in range(count)]})["completeness"] == points
    )


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_blanks_earn_nothing(text):
    assert (
        explain({"basics": {"name": text}, "self_evaluation": {"text": text}})["completeness"] == 0
    )
