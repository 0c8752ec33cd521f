"""Rules about booking a fair."""

from app.core.errors import Conflict, Denied, Invalid, NotFound


class EnrolmentNotFound(NotFound):
    title = "没有找到该报名记录"


class BookingClosed(Conflict):
    """Employers cannot book now; ``why`` is the state of app.fairs.phases.Booking (B05)."""

    title = "本场双选会当前不接受单位报名"


class EnrolmentOver(Conflict):
    """The fair is over or called off."""

    title = "双选会已结束或取消，不能再办理报名"


class EmployerBarred(Denied):
    """Disqualified at this fair (B13)."""

    title = "贵单位已被取消本场双选会的参会资格，如有疑问请联系主办方"


class AlreadyAtFair(Conflict):
    """Staff opened a booth for the employer: nothing is left to register."""

    title = "贵单位在本场双选会已有展位，无需报名"


class AlreadySubmitted(Conflict):
    """After submission things change by a request to staff only (B09)."""

    title = "报名表已提交，如需修改请申请变更"


class NotSubmitted(Conflict):
    title = "报名表尚未提交，请直接修改"


class PlaceNotFound(NotFound):
    title = "没有找到该展位"


class PlaceTaken(Conflict):
    """One booth, one employer (B07)."""

    title = "该展位刚被其他单位选定，请换一个"


class PlaceReserved(Conflict):
    title = "该展位由主办方预留，请换一个"


class PlaceNeeded(Invalid):
    title = "请先选择展位"


class PositionsNeeded(Invalid):
    """At least one (B06)."""

    title = "请至少选择一个岗位"


class PositionsNotApproved(Invalid):
    """Only the employer's own approved positions come to a fair (C06)."""

    title = "只能带本单位已通过审核的岗位参会"


class InterviewersNeeded(Invalid):
    """Named for each enrolment (C09)."""

    title = "请至少填写一位面试官"


class NothingChanged(Invalid):
    title = "内容与现在的报名相同，没有需要变更的地方"


class ChangePending(Conflict):
    """One request at a time."""

    title = "已有一份变更申请等待主办方确认，可先撤回"


class ChangeNotFound(NotFound):
    title = "没有等待确认的变更申请"


class RoomLeft(Conflict):
    """The wait-list is for a fair that is full."""

    title = "本场双选会还有名额，请直接审核"


class NoRoom(Conflict):
    """Nobody moves up while the fair is full."""

    title = "本场双选会还没有空出名额"


class PlanInvalid(Invalid):
    """What was given is no floor plan."""

    title = "展位图设置有误"
