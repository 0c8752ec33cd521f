"""The Chinese words and colours of statuses."""

from enum import StrEnum

from app.accounts.models import StaffUser
from app.admin import booking_words, employer_words, recovery_words, recruiting_words
from app.fairs.models import Booth, Fair, Participation, RecruiterCode
from app.fairs.phases import Phase
from app.interviews.models import Interview
from app.notifications.models import Notification
from app.schools.models import Duty, School

# value: (word, tone); a tone is good, warn, bad, note or plain
STATUS_WORDS: dict[type[StrEnum], dict[str, tuple[str, str]]] = {
    **employer_words.STATUSES,
    **recovery_words.STATUSES,
    **recruiting_words.STATUSES,
    **booking_words.STATUSES,
    Fair.Status: {
        "draft": ("草稿", "plain"),
        "announced": ("已发布", "good"),
        "postponed": ("已延期", "warn"),
        "cancelled": ("已取消", "bad"),
        "ended": ("已结束", "plain"),
        "archived": ("已归档", "plain"),
    },
    Phase: {
        "draft": ("未发布", "plain"),
        "upcoming": ("未开始", "note"),
        "doors_open": ("候场中", "note"),
        "live": ("进行中", "good"),
        "paused": ("休会中", "warn"),
        "ended": ("已结束", "plain"),
        "postponed": ("已延期", "warn"),
        "cancelled": ("已取消", "bad"),
    },
    Booth.Status: {
        "open": ("开放", "good"),
        "disqualified": ("已取消资格", "bad"),
        "withdrawn": ("已退出", "plain"),
    },
    RecruiterCode.Status: {
        "issued": ("未使用", "note"),
        "used": ("已使用", "good"),
        "revoked": ("已作废", "bad"),
    },
    Participation.Status: {"registered": ("已进场", "good"), "blocked": ("已移出", "bad")},
    StaffUser.StaffRole: {
        "admin": ("管理员", "note"),
        "operator": ("会务人员", "good"),
        "viewer": ("只读", "plain"),
    },
    School.Kind: {"university": ("高校", "plain"), "centre": ("省级就业中心", "note")},
    Duty: {
        "administrator": ("学校管理员", "note"),
        "reviewer": ("审核员", "good"),
        "college_reviewer": ("院系审核员", "good"),
        "fair_staff": ("会务人员", "good"),
    },
    Notification.Status: {
        "pending": ("待发送", "note"),
        "sending": ("发送中", "note"),
        "failed": ("待重试", "warn"),
        "sent": ("已发送", "good"),
        "exhausted": ("未送达", "bad"),
    },
    Interview.Status: {
        "pending": ("待处理", "warn"),
        "dismissed": ("拒绝待送达", "warn"),
        "invited": ("已邀约", "note"),
        "waiting": ("待面试", "note"),
        "held": ("位置保留", "warn"),
        "ringing": ("呼叫中", "good"),
        "in_call": ("面试中", "good"),
        "concluding": ("待填结果", "warn"),
        "finished": ("已结束", "plain"),
        "rejected": ("已拒绝", "bad"),
        "declined": ("已谢绝", "plain"),
        "lapsed": ("已失效", "plain"),
        "withdrawn": ("已退出", "plain"),
    },
}
