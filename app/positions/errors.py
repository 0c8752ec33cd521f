"""Rules about positions."""

from app.core.errors import Invalid, NotFound


class PositionNotFound(NotFound):
    title = "没有找到该岗位"


class SalaryRangeInvalid(Invalid):
    title = "薪资范围不正确：最低薪资应大于 0 且不高于最高薪资"
