"""The Chinese words of signing in by password, and of ways back to one."""

from enum import StrEnum

from app.recovery.models import PasswordAppeal, PasswordRecovery

STATUSES: dict[type[StrEnum], dict[str, tuple[str, str]]] = {
    PasswordAppeal.Status: {
        "draft": ("待提交", "plain"),
        "pending": ("待审核", "warn"),
        "approved": ("已通过", "good"),
    },
    PasswordRecovery.Status: {
        "opened": ("待选择渠道", "plain"),
        "asked": ("待发送验证码", "note"),
        "sent": ("验证码已发送", "note"),
        "unsent": ("验证码未送出", "bad"),
        "proved": ("待设置新密码", "note"),
        "done": ("已重设", "good"),
        "void": ("已作废", "plain"),
    },
}

ACTIONS = {
    "claim": "电脑登录",
    "change_password": "修改密码",
    "set_password": "设置密码",
    "reset_password": "重设密码",
    "grant_reset": "发起密码重设",
    "sign_in_by_password": "密码登录",
    "password_refused": "密码登录被拒绝",
    "ask": "请求验证码",
    "send": "发送验证码",
    "prove": "验证码通过",
    "finish": "完成密码重设",
    "void": "作废密码找回",
    "submit": "提交审核",
    "approve": "审核通过",
}

SUBJECTS = {
    "passwordrecovery": "密码找回",
    "passwordappeal": "密码申诉",
}

FIELDS = {
    "username": "用户名",
    "reason": "原因",
    "company_name": "单位名称",
    "applicant": "申诉人",
}
