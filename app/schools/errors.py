"""Rules about schools and the posts of their staff."""

from app.core.errors import Conflict, Invalid, NotFound


class SchoolNotFound(NotFound):
    title = "没有找到这所学校"


class SchoolNameTaken(Conflict):
    title = "该学校或中心已登记"


class CentreUnfit(Invalid):
    """Above a university stands a centre; above a centre stands nobody."""

    title = "上级只能选择省级就业中心，且中心没有上级"


class CollegeNotFound(NotFound):
    title = "没有找到该院系"


class CollegeNameTaken(Conflict):
    title = "该校已有同名院系"


class PostNotFound(NotFound):
    title = "没有找到该任职"


class PostTaken(Conflict):
    title = "该人员已有相同的任职"


class PostNeedsCollege(Invalid):
    """A college reviewer reviews one college's students."""

    title = "院系审核员须选择本校在用的院系，其他职责不选院系"


class PlatformNeedsNoPost(Invalid):
    """Platform staff work for all schools already."""

    title = "平台人员已可管理所有学校，无需任职"


class LastAdministrator(Conflict):
    """A school that manages itself must not lose the last person who can."""

    title = "学校至少要保留一名管理员，请先任命另一位"
