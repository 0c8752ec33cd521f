"""Rules of the interview queue and the call."""

from app.core.errors import Conflict, Denied, Invalid, NotFound, TooMany


class InterviewNotFound(NotFound):
    title = "没有找到该面试"


class NotYourInterview(Denied):
    title = "这不是您的面试"


class OutsideApplicationHours(Conflict):
    """Interviews may be applied for on the fair's days only (E02)."""

    title = "仅双选会当天可以申请面试"


class AlreadyInLine(Conflict):
    """One live ticket per student and booth; ``interview_id`` names it."""

    title = "您已在该单位的面试队列中"


class RejectedHere(Conflict):
    """A rejected student cannot come back to this booth at this fair (E05)."""

    title = "该单位已婉拒本次申请，本场双选会内不能再次申请"


class RejectedByYou(Conflict):
    """The booth rejected this student before (E05)."""

    title = "本展位已拒绝过该同学，本场双选会内不能再邀请"


class PositionNotHere(Invalid):
    title = "该展位没有这个岗位"


class NotATalent(NotFound):
    """The student has not entered this fair."""

    title = "该同学没有参加本场双选会"


class StudentBusy(Conflict):
    """In another call or being rung; the place is kept."""

    title = "该同学正在其他面试中，位置已保留"


class StudentOffline(Conflict):
    title = "该同学当前不在线，可以先发送提醒"


class StudentAway(Conflict):
    """The student missed a ring and has not come back yet."""

    title = "该同学未接听上次呼叫，等待其返回队列"


class DeskBusy(Conflict):
    """A call is on, or its result is still owed (E10); ``interview_id`` names it."""

    title = "请先结束当前面试并填写结果"


class NotNextInLine(Conflict):
    """Somebody who applied earlier can be called (E04); ``next_id`` names the ticket."""

    title = "前面还有更早申请且可以面试的同学"


class NobodyToCall(Conflict):
    title = "当前没有可以呼叫的同学"


class NudgedRecently(Conflict):
    """One reminder in five minutes; ``retry_after`` in seconds."""

    title = "刚刚提醒过该同学，请稍后再试"


class NotNeeded(Conflict):
    """The student is online: no reminder is needed."""

    title = "该同学在线，可以直接呼叫"


class VerdictNotAllowed(Invalid):
    """待定 is off at this fair (settings row 2)."""

    title = "本场双选会不能选择该结果"


class NotOnCall(Conflict):
    """Credentials are given only while ringing or in call."""

    title = "当前不在通话中"


class RejectionDelivered(Conflict):
    """The undo time is over: the rejection is final at this fair (E05)."""

    title = "拒绝结果已送达学生，不能撤回"


class ReasonMissing(Invalid):
    """What overrides a rule is written down with its reason."""

    title = "请填写原因"


class ReadmittedBefore(Conflict):
    """Staff override a rejection once per ticket (E05)."""

    title = "该申请已恢复过一次，不能再次恢复"


class FairOver(Conflict):
    """Nobody could answer any more."""

    title = "双选会已结束"


class NotPassed(Conflict):
    """The next round is for those whose result is 合适."""

    title = "仅可邀请结果为合适的同学参加下一轮"


class OutsideWindow(Conflict):
    """The booth holds interviews at other times; ``opens_at`` names the next of them, or null."""

    title = "当前不在本展位的面试时段内"


class QuotaReached(Conflict):
    """The booth has all the interviews it will hold; ``quota`` says how many."""

    title = "该单位本场面试名额已满"


class LineClosed(Conflict):
    """No new applications; who is in line is still seen."""

    title = "该单位已停止接受新的面试申请"


class LinePaused(Conflict):
    """The fair paused the line: too many applications are unanswered, or staff saw reason to."""

    title = "会场已暂停该单位接受新的面试申请"


class ForAnotherDesk(Conflict):
    """A colleague's desk is to call this student."""

    title = "该同学已安排给其他席位"


class HoldNotAllowed(Conflict):
    """This fair grants no holds."""

    title = "本场双选会不能申请稍候"


class HoldUsed(Conflict):
    """A place is held once per ticket."""

    title = "本次排队已申请过一次稍候"


class QuotaBelowTaken(Conflict):
    """More are accepted already; ``taken`` says how many."""

    title = "名额不能少于已接受的人数"


class NoticeTooSoon(TooMany):
    """One notice to the line in a minute."""

    title = "刚刚发送过通知，请稍后再试"


class StartNotAllowed(Conflict):
    """At this fair only employers call (settings row 8)."""

    title = "本场双选会由用人单位发起呼叫，请在页面等待"


class NotYourTurn(Conflict):
    """Somebody who stands before can be called (E04)."""

    title = "还没有轮到您，前面还有可以面试的同学"


class EmployerAway(Conflict):
    """None of the booth's desks is online."""

    title = "该单位的面试官暂时不在线，请在页面等待呼叫"


class DesksBusy(Conflict):
    """Every desk that is online has a ring, a call, or a result that is owed."""

    title = "该单位的面试官都在忙，请稍候"


class CalledRecently(Conflict):
    """The idle desks did not answer a student's call just now; ``retry_after`` in seconds."""

    title = "刚才的呼叫没有接通，请稍后再试，您的位置不变"


class AlreadyOnCall(Conflict):
    """The student is in another call, or being rung."""

    title = "您正在另一场面试或呼叫中"
