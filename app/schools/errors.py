"""Rules about schools."""

from app.core.errors import NotFound


class SchoolNotFound(NotFound):
    title = "没有找到这所学校"
