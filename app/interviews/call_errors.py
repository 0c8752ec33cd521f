"""Rules of a call that is on."""

from app.core.errors import Conflict, Denied, NotFound


class AlreadyExtended(Conflict):
    """A talk is extended once, and only where the fair grants it."""

    title = "本次面试已延长过，不能再次延长"


class DeskNotHere(NotFound):
    """The desk is not one of this booth's."""

    title = "该展位没有这个席位"


class ColleagueBusy(Conflict):
    """The colleague's desk has a ring, a call or an owed result of its own."""

    title = "该同事正在面试或还有结果未填写"


class ColleagueAway(Conflict):
    """No page of the colleague is open."""

    title = "该同事当前不在线"


class GuestsFull(Conflict):
    """Two colleagues may sit in at most."""

    title = "最多两位同事协同面试"


class NotInvited(Denied):
    """Only a colleague whom the interviewer asked may sit in."""

    title = "您没有被邀请参加这场面试"


class HandOverExpired(NotFound):
    """The code was used, is older than 90 s, or the call is over."""

    title = "换设备二维码已失效，请在原设备上重新生成"
