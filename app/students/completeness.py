"""How complete a résumé is: weights as data, a reason for every missing point (D01).

The points of all rules add up to 100. A rule asks one field of one section,
or, for list sections, whether some item fills the fields that count.
"""

from dataclasses import dataclass
from typing import Any

SECTION_TITLES = {
    "basics": "基本信息",
    "intention": "求职意向",
    "education": "教育经历",
    "internships": "实习经历",
    "projects": "项目经历",
    "campus": "校园经历",
    "skills": "技能特长",
    "certificates": "证书",
    "self_evaluation": "自我评价",
}
LIST_SECTIONS = ("education", "internships", "projects", "campus", "skills", "certificates")


@dataclass(frozen=True)
class Rule:
    """Points for one thing a recruiter looks for."""

    section: str
    field: str
    points: int
    text: str
    at_least: int = 1  # items of a list, or characters of a text


RULES = (
    Rule("basics", "name", 4, "填写姓名"),
    Rule("basics", "gender", 1, "选择性别（可选择不透露）"),
    Rule("basics", "birth_month", 2, "填写出生年月"),
    Rule("basics", "phone", 6, "填写手机号"),
    Rule("basics", "email", 4, "填写邮箱"),
    Rule("basics", "school", 3, "填写学校"),
    Rule("basics", "major", 4, "填写专业"),
    Rule("basics", "degree", 3, "选择学历"),
    Rule("basics", "graduation_year", 2, "填写毕业年份"),
    Rule("basics", "city", 1, "填写所在城市"),
    Rule("intention", "positions", 5, "填写期望岗位"),
    Rule("intention", "cities", 3, "填写期望城市"),
    Rule("intention", "salary_min", 2, "填写期望薪资"),
    Rule("education", "school", 6, "添加一段教育经历（学校、专业与起止时间）"),
    Rule("education", "description", 4, "为教育经历补充主修课程或成绩"),
    Rule("internships", "organization", 10, "添加一段实习经历"),
    Rule("internships", "description", 5, "写下实习做了什么（至少 20 字）", 20),
    Rule("projects", "name", 8, "添加一个项目"),
    Rule("projects", "description", 4, "写下项目做了什么（至少 20 字）", 20),
    Rule("campus", "organization", 5, "添加一段校园经历"),
    Rule("skills", "name", 5, "添加至少 1 项技能"),
    Rule("skills", "name", 2, "添加至少 3 项技能", 3),
    Rule("certificates", "name", 3, "添加一个证书"),
    Rule("self_evaluation", "text", 5, "写一段自我评价"),
    Rule("self_evaluation", "text", 3, "自我评价至少 50 字", 50),
)


def explain(content: dict[str, Any]) -> dict[str, Any]:
    """The score 0–100 of a résumé's *content*, and by section what is missing."""
    sections: dict[str, dict[str, Any]] = {
        key: {"key": key, "title": title, "score": 0, "max": 0, "missing": []}
        for key, title in SECTION_TITLES.items()
    }
    for rule in RULES:
        section = sections[rule.section]
        section["max"] += rule.points
        if _is_met(rule, content.get(rule.section)):
            section["score"] += rule.points
        else:
            section["missing"].append(
                {"field": rule.field, "points": rule.points, "text": rule.text}
            )
    return {
        "completeness": sum(section["score"] for section in sections.values()),
        "sections": list(sections.values()),
    }


def missing_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything that would bring points, the most first."""
    lacking = [
        {"section": section["key"], "title": section["title"], **item}
        for section in explain(content)["sections"]
        for item in section["missing"]
    ]
    return sorted(lacking, key=lambda item: -item["points"])


def _is_met(rule: Rule, section: Any) -> bool:
    if not section:
        return False
    if rule.section not in LIST_SECTIONS:
        return _is_filled(section.get(rule.field), rule.at_least)
    if rule.section == "skills":
        return sum(1 for item in section if item.get("name")) >= rule.at_least
    return any(_is_filled(item.get(rule.field), rule.at_least) for item in section)


def _is_filled(value: Any, at_least: int) -> bool:
    if value is None:
        return False
    if isinstance(value, str):
        return len(value.strip()) >= at_least
    if isinstance(value, list):
        return len(value) >= at_least
    return True
