"""The Chinese words of booking: kinds of fairs, enrolments, their changes and places."""

from enum import StrEnum

from app.bookings.models import Enrolment, EnrolmentChange
from app.fairs.models import Fair

STATUSES: dict[type[StrEnum], dict[str, tuple[str, str]]] = {
    Fair.Level: {"provincial": ("省级", "note"), "school": ("校级", "plain")},
    Fair.Mode: {
        "live": ("线上视频", "good"),
        "recorded": ("线上录播", "note"),
        "offline": ("线下", "plain"),
    },
    Enrolment.Status: {
        "draft": ("填写中", "plain"),
        "pending": ("待审核", "warn"),
        "waitlisted": ("候补中", "note"),
        "approved": ("已通过", "good"),
        "rejected": ("未通过", "bad"),
        "disqualified": ("已取消资格", "bad"),
        "withdrawn": ("已退出", "plain"),
    },
    EnrolmentChange.Status: {
        "pending": ("待确认", "warn"),
        "confirmed": ("已同意", "good"),
        "declined": ("未同意", "bad"),
        "recalled": ("已撤回", "plain"),
    },
}

ACTIONS = {
    "begin": "开始报名",
    "submit": "提交报名表",
    "approve": "通过报名",
    "put_on_waitlist": "列入候补",
    "move_up": "候补递补",
    "reinstate": "恢复参会资格",
    "assign_place": "安排展位",
    "ask_change": "申请变更",
    "change": "变更报名内容",
    "grant": "同意变更",
    "deny": "不同意变更",
    "recall": "撤回变更申请",
    "refer": "移交主管部门",
    "lay_out": "绘制展位图",
    "reserve_places": "预留展位",
    "open_places": "开放展位",
    "remove_places": "移除展位",
}

SUBJECTS = {
    "enrolment": "报名参会",
    "enrolmentchange": "报名变更",
    "boothplace": "展位图位置",
}

FIELDS = {
    "level": "级别",
    "mode": "形式",
    "takes_bookings": "开放单位预定",
    "bookings_open_at": "单位报名开始",
    "bookings_close_at": "单位报名截止",
    "changes_directly": "变更直接生效",
    "places": "展位",
}
