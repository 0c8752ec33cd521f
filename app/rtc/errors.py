"""What a video room refuses."""

from app.core.errors import Conflict, Denied, Invalid, NotFound, UpstreamFailed


class RoomNotFound(NotFound):
    """No room of this name."""

    title = "视频房间不存在"


class NotInRoom(Denied):
    """The account is neither of the two parties."""

    title = "您不是这场通话的参与者"


class RoomCredentialExpired(Denied):
    """The credential is worn out, forged or of another room: fetch a new one."""

    title = "通话凭证已失效，正在重新获取"


class RoomClosed(Conflict):
    """The call is over, nobody enters again."""

    title = "通话已结束"


class RoomTakenOver(Conflict):
    """The same side opened the call on a newer page; the newest has the seat."""

    title = "您已在其他页面打开了这场通话"


class SignalsUnavailable(UpstreamFailed):
    """Redis does not answer; media that flows goes on flowing."""

    title = "通话服务暂时不可用，正在重试"


class RowNeeded(Conflict):
    """Only the room's row can tell, and who was asked has no database: sync over HTTP."""

    title = "请重新同步通话状态"


class NoticeForged(Denied):
    """A webhook without the provider's signature."""

    title = "通知签名不正确"


class NoticeUnreadable(Invalid):
    """A signed webhook whose content is not what the provider documents."""

    title = "通知内容无法识别"
