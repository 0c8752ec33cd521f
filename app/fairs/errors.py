"""Rules about fairs, booths and entering them."""

from app.core.errors import Conflict, Denied, Invalid, NotFound


class FairNotFound(NotFound):
    title = "没有找到该双选会"


class SceneUnknown(NotFound):
    """The scanned code is not one of ours, or its fair is not public."""

    title = "无法识别该二维码，请确认扫描的是双选会现场或通知中的二维码"


class FairNotOpen(Conflict):
    """Entry is outside its window, or the fair was cancelled."""

    title = "当前不在双选会报名进场时间内"


class FairNotLive(Conflict):
    """Calls are possible only while the fair is live."""

    title = "双选会不在面试时间内，暂不能发起面试"


class ResumeIncomplete(Conflict):
    """The résumé is not above the fair's bar (D01)."""

    title = "简历完整度未达到本场双选会的要求"


class NotInFair(Denied):
    """The student has not entered this fair."""

    title = "请先报名进入本场双选会"


class ParticipationNotFound(NotFound):
    title = "没有找到该报名记录"


class BlockedFromFair(Denied):
    title = "您已被移出本场双选会，如有疑问请联系学校"


class WindowsInvalid(Invalid):
    """The fair's windows contradict each other."""

    title = "双选会时间设置有误"


class BoothWindowsInvalid(Invalid):
    """Interview windows lie inside the fair, apart from each other."""

    title = "面试时段设置有误"


class BoothNotFound(NotFound):
    title = "没有找到该展位"


class BoothClosed(Conflict):
    title = "该展位已关闭"


class BoothTaken(Conflict):
    """One booth, one employer; one employer, one booth at a fair."""

    title = "该展位号或该单位在本场双选会已有展位"


class FairFull(Conflict):
    """As many employers as the fair admits have an open booth (B08)."""

    title = "本场双选会的参会单位已满"


class PositionNotTheirs(Invalid):
    title = "只能选择该单位已发布的岗位"


class CodeUnknown(NotFound):
    title = "没有找到该招聘人员二维码"


class CodeUsed(Conflict):
    """A recruiter's code binds one account, once."""

    title = "该二维码已被使用，请向工作人员领取新的二维码"


class CodeRevoked(Conflict):
    title = "该二维码已作废，请向工作人员领取新的二维码"


class CodeExpired(Conflict):
    title = "该二维码已过期，请向工作人员领取新的二维码"
