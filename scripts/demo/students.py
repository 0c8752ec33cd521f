"""Students of the demo fair and their résumés. All of them are invented."""

from typing import Any

SCHOOL = "江城理工大学"

# major, college, wanted position, skills
FIELDS = (
    ("计算机科学与技术", "计算机学院", "后端开发工程师", ("Python", "Linux", "MySQL")),
    ("电气工程及其自动化", "电气学院", "电气设计工程师", ("MATLAB", "PLC", "AutoCAD")),
    ("金融学", "经济管理学院", "管理培训生", ("Excel", "Stata", "财务分析")),
    ("机械设计制造及其自动化", "机械学院", "工艺工程师", ("SolidWorks", "AutoCAD", "ANSYS")),
    ("土木工程", "土木学院", "施工技术员", ("Revit", "测量放样", "AutoCAD")),
    ("生物技术", "生命科学学院", "研发助理", ("细胞培养", "PCR", "GraphPad")),
)
OTHERS = (
    "李思源 周子涵 吴梦琪 郑浩宇 孙雨桐 马天宇 朱佳怡 胡俊杰 郭雅婷 何志远"
    " 高欣然 罗文博 梁诗雨 宋明轩 唐婉清 许嘉豪 韩雪 冯子墨 邓若曦 曹睿"
).split()


def resume(name: str, number: int, degree: str = "bachelor") -> dict[str, Any]:
    """Return a full résumé, by section, of student *number*."""
    major, college, wanted, skills = FIELDS[number % len(FIELDS)]
    start, end = ("2023-09", "2027-06") if degree == "bachelor" else ("2024-09", "2027-06")
    return {
        "basics": {
            "name": name,
            "gender": "undisclosed",
            "birth_month": f"200{3 + number % 3}-0{1 + number % 9}",
            "phone": f"1380001{number:04d}",
            "email": f"student{number:02d}@example.com",
            "school": SCHOOL,
            "college": college,
            "major": major,
            "degree": degree,
            "graduation_year": 2027,
            "city": "武汉",
        },
        "intention": {
            "positions": [wanted],
            "cities": ["武汉", "杭州"],
            "salary_min": 8000,
            "salary_max": 12000,
            "available_from": "2027-07",
        },
        "education": [
            {
                "school": SCHOOL,
                "major": major,
                "degree": degree,
                "start": start,
                "end": end,
                "description": f"主修{major}专业课程，成绩位列专业前 {10 + number % 20}%。",
            }
        ],
        "internships": [
            {
                "organization": "江城数据服务有限公司",
                "title": "实习生",
                "start": "2026-06",
                "end": "2026-09",
                "description": "跟随导师完成两个小项目，独立写完其中的数据整理与汇报部分，按期交付。",
            }
        ],
        "projects": [
            {
                "name": "课程设计：校园二手书交换",
                "role": "负责人",
                "start": "2025-03",
                "end": "2025-12",
                "description": "三人团队，负责方案与进度，服务两千名同学，获学院一等奖。",
            }
        ],
        "skills": [{"name": skill, "level": "熟练"} for skill in skills],
        "certificates": [{"name": "CET-6", "issued_on": "2025-12"}],
        "self_evaluation": {
            "text": "做事踏实，愿意把一件事做完再说；喜欢和人一起想办法，遇到不懂的会先查资料再请教。"
            "希望第一份工作能遇到愿意带人的团队。"
        },
    }


def good_resume(name: str, number: int) -> dict[str, Any]:
    """Return a résumé of 82 %: no projects, and the city left out."""
    whole = resume(name, number)
    del whole["projects"], whole["basics"]["city"]
    return whole


def thin_resume(name: str) -> dict[str, Any]:
    """Return a résumé of exactly 70 %, which the bar refuses: no internship, project or certificate."""
    whole = resume(name, 2)
    kept = ("basics", "intention", "education", "skills", "self_evaluation")
    club = {"organization": "校金融协会", "title": "干事"}
    return {key: whole[key] for key in kept} | {"campus": [club]}
