"""A student's résumé that scores an exact number of points, and a fair with windows to the second."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from app.accounts.models import Account
from app.core import clock
from app.fairs.models import Fair
from app.students.models import Resume
from app.students.services import save_section

BASICS = {  # 30 points
    "name": "林小满",
    "gender": "female",
    "birth_month": "2004-05",
    "phone": "13800006666",
    "email": "student@example.com",
    "school": "江海大学",
    "major": "软件工程",
    "degree": "bachelor",
    "graduation_year": 2027,
    "city": "杭州",
}
INTENTION = {"positions": ["后端工程师"], "cities": ["杭州"], "salary_min": 9000}  # 10
EDUCATION = [{"school": "江海大学", "description": "主修课程：数据结构"}]  # 10
INTERNSHIPS = [
    {"organization": "远航", "description": "负责接口的设计与实现并参与上线与值守工作"}
]  # 15
SKILLS = [{"name": "Python"}]  # 5


CERTIFICATES = [{"name": "CET-6"}]  # 3


def write_resume(account: Account, score: int) -> None:
    """Real content of 69 points (no city), 70, or 71 (a certificate, but no salary)."""
    basics = BASICS | ({"city": ""} if score == 69 else {})
    intention = INTENTION | ({"salary_min": None} if score == 71 else {})
    save_section(account.id, "basics", basics, None)
    save_section(account.id, "intention", intention, None)
    save_section(account.id, "education", EDUCATION, None)
    save_section(account.id, "internships", INTERNSHIPS, None)
    save_section(account.id, "skills", SKILLS, None)
    if score == 71:
        save_section(account.id, "certificates", CERTIFICATES, None)


@pytest.fixture
def seeker(factory) -> Callable[[int], Account]:
    """A student whose résumé really scores 69, 70 or 71."""

    def make(score: int) -> Account:
        account = factory.account()
        write_resume(account, score)
        assert Resume.select().order_by(Resume.id.desc()).get().completeness == score
        return account

    return make


@pytest.fixture
def day_fair(factory) -> tuple[Fair, datetime]:
    """A fair from 09:00 to 18:00, in ten days; and that day's 00:00."""
    midnight = clock.local(clock.now() + timedelta(days=10)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    fair = factory.fair(
        entry_opens_at=midnight - timedelta(days=5),
        entry_closes_at=midnight + timedelta(hours=17),
        doors_open_at=midnight + timedelta(hours=8),
        starts_at=midnight + timedelta(hours=9),
        ends_at=midnight + timedelta(hours=18),
    )
    return fair, midnight
