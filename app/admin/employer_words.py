"""The Chinese words of employers: their registration, their people, who wants to join."""

from enum import StrEnum

from app.employers.gates import Entry
from app.employers.models import Employer, Membership, Recruiter

STATUSES: dict[type[StrEnum], dict[str, tuple[str, str]]] = {
    Employer.Status: {
        "draft": ("填写中", "plain"),
        "submitted": ("待审核", "warn"),
        "active": ("已认证", "good"),
        "returned": ("已退回", "note"),
        "suspended": ("已停用", "bad"),
    },
    Membership.Status: {
        "pending": ("待处理", "warn"),
        "approved": ("已通过", "good"),
        "declined": ("未通过", "bad"),
        "withdrawn": ("已撤回", "plain"),
    },
    Membership.Kind: {"join": ("加入单位", "plain"), "claim": ("成为管理员", "note")},
    Recruiter.Status: {"active": ("有效", "good"), "revoked": ("已解除", "bad")},
}

ACTIONS = {
    "register": "开始注册",
    "submit": "提交审核",
    "recall": "撤回申请",
    "pass_gate": "通过一道审核",
    "admit": "审核通过",
    "send_back": "退回修改",
    "vouch": "代码放行",
    "suspend": "停用",
    "ask": "申请加入",
    "approve": "同意",
    "turn_away": "不同意",
    "make_admin": "设为管理员",
    "step_down": "不再是管理员",
    "bind_wechat": "绑定微信",
}

SUBJECTS = {"employer": "用人单位", "recruiter": "招聘人员", "membership": "加入申请"}

FIELDS = {
    "nature": "单位性质",
    "industry": "行业",
    "size": "规模",
    "is_admin": "管理员",
    "entry": "入口",
    "kind": "申请",
    "employer": "用人单位",
    "account": "原账号",
}

ENTRY_WORDS = {
    Entry.PLATFORM: "双选会频道",
    Entry.CENTRE: "省级就业网站",
    Entry.SCHOOL: "学校就业网站",
}
