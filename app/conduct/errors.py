"""Rules of how the two sides treat each other."""

from app.core.errors import Conflict, Invalid


class NotPaused(Conflict):
    """There is nothing to lift."""

    title = "该展位没有被暂停申请"


class PausedBefore(Conflict):
    """Staff paused the line already."""

    title = "该展位已由会务人员暂停申请"


class NotTalkedYet(Conflict):
    """Only a talk that took place can be rated, and only when it is over."""

    title = "面试结束后才能评价"


class RatingFixed(Conflict):
    """A rating may be changed for ten minutes."""

    title = "评价已提交超过 10 分钟，不能再修改"


class TagUnknown(Invalid):
    """A word that this side cannot choose; ``tags`` names those it can."""

    title = "不能选择该评价标签"
