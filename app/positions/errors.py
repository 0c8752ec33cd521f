"""Rules about positions."""

from app.core.errors import Conflict, Invalid, NotFound


class PositionNotFound(NotFound):
    title = "没有找到该岗位"


class SalaryRangeInvalid(Invalid):
    title = "薪资范围不正确：最低薪资应大于 0 且不高于最高薪资"


class PositionIncomplete(Invalid):
    """Something that a posting must tell is missing; ``errors`` names each (C03)."""

    title = "岗位内容还不完整，暂不能提交审核"


class PositionChanged(Conflict):
    """Somebody else has saved the text since it was read."""

    title = "岗位内容已被修改，请刷新后再操作"


class PositionUnderReview(Conflict):
    """What a reviewer is reading does not change under their eyes."""

    title = "岗位正在审核，请先撤回再修改"


class SchoolNotSettled(Conflict):
    """Only schools that took the employer in may be aimed at (C03)."""

    title = "只能选择已入驻的高校"


class PositionExpired(Conflict):
    title = "岗位的有效期已过，请退回由单位更新"


class FlagsUnexplained(Invalid):
    """Approving what was flagged needs a reason (C10)."""

    title = "该岗位含有提示用语，通过审核需填写说明"
