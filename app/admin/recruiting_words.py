"""The Chinese words of settlement and of positions, for :mod:`app.admin.words`."""

from enum import StrEnum

from app.employers.models import Settlement
from app.positions.models import Position

STATUSES: dict[type[StrEnum], dict[str, tuple[str, str]]] = {
    Position.Status: {
        "draft": ("草稿", "plain"),
        "pending": ("待审核", "warn"),
        "published": ("已发布", "good"),
        "withdrawn": ("已下线", "warn"),
        "deleted": ("已删除", "bad"),
    },
    Position.Kind: {
        "full_time": ("全职", "plain"),
        "internship": ("实习", "plain"),
        "part_time": ("兼职", "plain"),
    },
    Position.TextCheck: {
        "none": ("未送检", "plain"),
        "waiting": ("检测中", "note"),
        "done": ("已检测", "good"),
        "skipped": ("无法检测", "plain"),
        "failed": ("检测失败", "warn"),
    },
    Settlement.Status: {
        "open": ("申请入驻", "plain"),
        "awaiting": ("等待审核", "warn"),
        "settled": ("已入驻", "good"),
    },
}

ACTIONS = {
    "seek": "申请入驻",
    "call_off": "撤回入驻申请",
    "settle": "通过入驻",
    "turn_away": "退回入驻申请",
    "unsettle": "取消入驻",
    "submit": "提交审核",
    "recall": "撤回送审",
    "pass_review": "审核通过",
    "send_back": "退回修改",
    "revise": "修改并重新送审",
    "expire": "有效期已过，下线",
    "discard": "删除",
    "retarget": "调整目标高校",
}

SUBJECTS = {"settlement": "入驻"}

FIELDS = {
    "kind": "工作性质",
    "province": "省份",
    "address": "工作地址",
    "months_paid": "每年薪数",
    "graduation_years": "毕业年份",
    "welfare": "福利",
    "valid_until": "有效期",
    "schools": "目标高校",
}
