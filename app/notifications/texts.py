"""What notifications say in Chinese: the inbox, the mail and the values for templates.

Values by name, for the fields of WeChat's templates (WECHAT_TEMPLATES): title, body, status,
tip, time (when it happened) and whatever the event itself told: employer, position, booth,
fair, text, message, verdict, student, answer, reason, next, ahead, count, colleague, school.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.notifications.models import NotificationKind as Kind

Params = Mapping[str, object]
Values = dict[str, str | datetime]
ANY_POSITION = "不限岗位"  # a template's field must not be empty
OTHER_EMPLOYERS = "会场里还有其他单位，欢迎继续了解。"


@dataclass(frozen=True)
class Text:
    """The words of one kind. *status* fits WeChat's ``phrase``: at most five characters."""

    title: str
    body: str
    status: str
    tip: str


TEXTS: dict[Kind, Text] = {
    Kind.INTERVIEW_ACCEPTED: Text(
        "面试申请已通过",
        "{employer} 已通过你的面试申请{for_position}，请留在排队页等候呼叫。",
        "已通过",
        "请进入排队页等候呼叫",
    ),
    Kind.INTERVIEW_REJECTED: Text(
        "面试申请未通过",
        "很遗憾，{employer} 未通过你的面试申请{for_position}。{for_reason}{next_step}",
        "未通过",
        "欢迎了解会场其他单位",
    ),
    Kind.INTERVIEW_INVITED: Text(
        "收到面试邀请",
        "{employer} 邀请你参加视频面试{for_position}。{message}",
        "待回复",
        "请尽快回复是否参加",
    ),
    Kind.INTERVIEW_NUDGE: Text(
        "面试官在等你",
        "{employer} 正在等你进入视频面试{for_position}，位置仍为你保留，点此返回排队页。",
        "等候中",
        "点此返回排队页",
    ),
    Kind.INTERVIEW_MISSED: Text(
        "错过了面试呼叫",
        "{employer} 刚才呼叫你未接听{for_position}，位置仍为你保留，返回排队页后可再次被呼叫。",
        "未接听",
        "返回排队页可再次被呼叫",
    ),
    Kind.INTERVIEW_RESULT: Text(
        "面试结果已出",
        "{employer} 填写了你的面试结果{for_position}：{verdict}。",
        "已出结果",
        "点此查看面试结果",
    ),
    Kind.FAIR_NOTICE: Text("双选会通知", "{text}", "请查看", "点此查看详情"),
    Kind.INVITATION_ANSWERED: Text(
        "邀请有了回复",
        "{student} {answer}了你的面试邀请{for_position}。",
        "已回复",
        "点此进入面试大厅",
    ),
    Kind.INTERVIEW_RINGING: Text(
        "面试官正在呼叫你",
        "{employer} 正在呼叫你进入视频面试{for_position}，呼叫约 30 秒，请立即点此接听。",
        "呼叫中",
        "请立即点此接听",
    ),
    Kind.INTERVIEW_READY: Text(
        "即将轮到你面试",
        "{employer} 的面试即将轮到你{for_position}{for_ahead}，请回到排队页做好准备。",
        "请准备",
        "请回到排队页做好准备",
    ),
    Kind.BOOTH_NOTICE: Text("展位通知", "{employer}：{text}", "请查看", "点此查看排队情况"),
    Kind.SECOND_ROUND: Text(
        "收到复试邀请",
        "{employer} 邀请你参加下一轮视频面试{for_position}。{message}",
        "待回复",
        "请尽快回复是否参加",
    ),
    Kind.ANSWERS_DUE: Text(
        "有面试申请待处理",
        "{employer} 有 {count} 份面试申请等待时间过长，请尽快接受或婉拒，不要让学生空等。",
        "待处理",
        "点此处理面试申请",
    ),
    Kind.LINE_PAUSED: Text(
        "已暂停接受新申请",
        "{employer} 多次未处理面试申请，会场已暂停其接受新申请；处理完积压的申请后自动恢复。",
        "已暂停",
        "处理完积压申请后恢复",
    ),
    Kind.ENROLMENT_ANSWERED: Text(
        "参会报名有了进展",
        "{employer} 报名参加「{fair}」：{text}。",
        "请查看",
        "请在招聘工作台查看",
    ),
    Kind.GUEST_INVITED: Text(
        "同事邀请你协同面试",
        "{colleague} 邀请你协同面试{for_position}，通话正在进行，请尽快加入。",
        "邀请中",
        "点此进入面试",
    ),
    Kind.EMPLOYER_ADMITTED: Text(
        "注册审核已通过",
        "{employer} 的注册申请已通过审核，现在可以登录招聘工作台。",
        "已通过",
        "请登录招聘工作台",
    ),
    Kind.EMPLOYER_RETURNED: Text(
        "注册资料需要修改",
        "{employer} 的注册申请被退回。{for_reason}请修改后重新提交。",
        "已退回",
        "请修改后重新提交",
    ),
    Kind.EMPLOYER_SUSPENDED: Text(
        "单位已被停用",
        "{employer} 已被停用，暂不能使用招聘功能。{for_reason}如有疑问请联系客服。",
        "已停用",
        "如有疑问请联系客服",
    ),
    Kind.EMPLOYER_RESTORED: Text(
        "单位已恢复使用",
        "{employer} 已恢复使用，可以继续招聘。",
        "已恢复",
        "可以继续招聘",
    ),
    Kind.JOIN_ASKED: Text(
        "有同事申请加入单位",
        "{colleague} 申请加入 {employer}，请在招聘工作台的“成员管理”中处理。",
        "待处理",
        "请在成员管理中处理",
    ),
    Kind.MEMBERSHIP_ANSWERED: Text(
        "加入申请有了结果",
        "您加入 {employer} 的申请{answer}。{for_reason}",
        "已回复",
        "请在招聘工作台查看",
    ),
    Kind.ACCOUNT_SECURITY: Text("账号安全提醒", "{text}", "请查看", "如非本人操作请联系会务"),
    Kind.SETTLEMENT_DECIDED: Text(
        "入驻申请有了结果",
        "{employer} 在{school}的入驻{answer}。{for_reason}",
        "有结果",
        "请到招聘工作台查看",
    ),
    Kind.POSITION_REVIEWED: Text(
        "岗位审核有了结果",
        "{employer} 的岗位“{position}”审核{answer}。{for_reason}",
        "有结果",
        "请到招聘工作台查看",
    ),
}


class _Words(dict[str, str]):
    """What an event did not tell is left out of the sentence."""

    def __missing__(self, name: str) -> str:
        return ""


def render(kind: Kind, params: Params) -> tuple[str, str]:
    """Title and body for the inbox and the mail."""
    text = TEXTS[kind]
    words = _Words({name: str(word) for name, word in params.items()})
    position = words["position"]
    words["for_position"] = f"（{position}）" if position else ""
    words["for_reason"] = f"原因：{words['reason']}。" if words["reason"] else ""
    words["next_step"] = words["next"] or OTHER_EMPLOYERS
    ahead = words["ahead"]
    words["for_ahead"] = f"，前面还有 {ahead} 人" if ahead not in ("", "0") else ""
    body = text.body.format_map(words).strip()
    return text.title, body.replace("：。", "。") or text.title


def values(kind: Kind, params: Params, at: datetime) -> Values:
    """What a template's fields may be filled with, by name; *at* is when it happened."""
    text = TEXTS[kind]
    title, body = render(kind, params)
    told: Values = {name: str(word) for name, word in params.items()}
    told["position"] = told.get("position") or ANY_POSITION
    status = told.get("verdict") or told.get("answer") or text.status
    return {"title": title, "body": body, "status": status, "tip": text.tip, "time": at} | told
