"""A résumé as a diligent student fills it in."""

from typing import Any


def resume_content() -> dict[str, Any]:
    """Return a full résumé of ordinary length."""
    return {
        "basics": {
            "name": "林小满",
            "gender": "female",
            "birth_month": "2005-04",
            "school": "江城理工大学",
            "college": "计算机学院",
            "major": "计算机科学与技术",
            "degree": "bachelor",
            "graduation_year": 2027,
            "city": "武汉",
        },
        "intention": {
            "positions": ["软件工程师", "测试工程师"],
            "cities": ["武汉", "上海"],
            "salary_min": 8000,
            "salary_max": 12000,
            "available_from": "2027-07",
        },
        "education": [
            {
                "school": "江城理工大学",
                "major": "计算机科学与技术",
                "degree": "bachelor",
                "start": "2023-09",
                "end": "2027-06",
                "description": "专业前 10%，主修操作系统、数据库、计算机网络。",
            }
        ],
        "internships": [
            {
                "organization": "江城数据有限公司",
                "title": "后端实习生",
                "start": "2026-06",
                "end": "2026-09",
                "description": "参与订单服务的拆分，接口耗时下降四成。" * 3,
            }
        ],
        "projects": [
            {
                "name": "校园二手书",
                "role": "负责人",
                "start": "2025-03",
                "end": "2025-12",
                "description": "三人团队，服务两千名同学。" * 3,
            }
        ],
        "campus": [],
        "skills": [{"name": "Python", "level": "熟练"}, {"name": "Linux", "level": "熟练"}],
        "certificates": [{"name": "CET-6", "issued_on": "2025-12"}],
        "self_evaluation": {"text": "踏实，愿意把一件事做完。" * 4},
    }
