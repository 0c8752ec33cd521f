"""The Chinese words of the back office: verbs of the audit trail, fields, kinds of record."""

from enum import StrEnum

from app.admin import booking_words as booking
from app.admin import recovery_words as recovery
from app.admin import recruiting_words as recruiting
from app.admin.employer_words import ACTIONS, FIELDS, SUBJECTS
from app.admin.status_words import STATUS_WORDS
from app.fairs.rules import RULES
from app.schools.switches import SWITCHES
from app.students.sections import DEGREES

ACTION_WORDS = {
    **ACTIONS,
    **recovery.ACTIONS,
    **recruiting.ACTIONS,
    **booking.ACTIONS,
    "create": "新建",
    "update": "修改",
    "announce": "发布",
    "postpone": "延期",
    "cancel": "取消",
    "end": "结束",
    "archive": "归档",
    "open": "开设展位",
    "move": "更换展位号",
    "offer_positions": "设置展位岗位",
    "disqualify": "取消参会资格",
    "reopen": "恢复展位",
    "issue_codes": "发放招聘人员二维码",
    "redeem": "使用二维码",
    "bind": "绑定招聘人员",
    "revoke": "作废",
    "restore": "恢复",
    "block": "移出双选会",
    "readmit": "重新准入",
    "extend": "延长",
    "transfer": "转交",
    "close_line": "停止新申请",
    "open_line": "恢复新申请",
    "pause_line": "暂停申请",
    "resume_line": "解除暂停",
    "set_line": "队列设置",
    "remind": "提醒应答",
    "rate": "评价",
    "invite_again": "邀请复试",
    "broadcast": "群发通知",
    "hand_over": "换设备",
    "publish": "发布岗位",
    "sign_in": "登录后台",
    "sign_in_refused": "登录被拒绝",
    "sign_out": "退出后台",
    "close_account": "停用账号",
    "reopen_account": "启用账号",
    "appoint": "任命",
    "end_post": "解除任职",
    "set_switches": "设置功能开关",
    "close_college": "停用院系",
    "reopen_college": "恢复院系",
    "bind_phone": "绑定手机号",
    "take": "入席",
    "apply": "申请面试",
    "invite": "邀约面试",
    "accept": "接受申请",
    "reject": "拒绝申请",
    "dismiss": "拒绝（可撤销）",
    "take_back": "撤销拒绝",
    "hold": "稍候",
    "agree": "同意邀约",
    "decline": "谢绝邀约",
    "ring": "呼叫",
    "answer": "接听",
    "miss": "未接听",
    "cancel_ring": "取消呼叫",
    "start": "自主发起面试",
    "cancel_start": "取消自主发起",
    "turn_down": "暂不接听学生呼叫",
    "ring_out": "学生呼叫无人接听",
    "come_back": "返回队列",
    "hang_up": "挂断",
    "conclude": "填写结果",
    "close_unjudged": "无结果结束",
    "withdraw": "退出",
    "lapse": "失效",
    "retry": "重新发送",
    "scan": "扫描登录码",
    "confirm": "确认登录",
    "refuse": "拒绝登录",
    "deliver": "送达",
    "upload": "上传文件",
    "attach": "提交文件",
}

SUBJECT_WORDS = {
    **SUBJECTS,
    **recovery.SUBJECTS,
    **recruiting.SUBJECTS,
    **booking.SUBJECTS,
    "fair": "双选会",
    "booth": "展位",
    "recruitercode": "招聘人员二维码",
    "position": "岗位",
    "student": "学生",
    "account": "账号",
    "participation": "参会",
    "interview": "面试",
    "desk": "席位",
    "staffuser": "工作人员",
    "school": "学校",
    "college": "院系",
    "notification": "通知",
    "upload": "文件",
    "qrlogin": "电脑登录",
    "room": "视频房间",
}

ROLE_WORDS = {
    "clock": "系统定时",
    "system": "系统",
    "visitor": "访客",
    "student": "学生",
    "recruiter": "招聘人员",
    "command": "命令行",
    "operator": "系统设置",
    "staff:admin": "管理员",
    "staff:operator": "会务人员",
    "staff:viewer": "只读人员",
    "staff:school": "学校人员",
}

FIELD_WORDS = {
    **FIELDS,
    **recovery.FIELDS,
    **recruiting.FIELDS,
    **booking.FIELDS,
    **{name: rule.label for name, rule in RULES.items()},
    **{name: switch.label for name, switch in SWITCHES.items()},
    "everyone_once": "人人先面一次",
    "students_may_start": "学生可自主发起",
    "requires_device_check": "排队前须测试设备",
    "status": "状态",
    "name": "名称",
    "title": "名称",
    "number": "展位号",
    "uscc": "统一社会信用代码",
    "threshold": "完整度门槛",
    "introduction": "介绍",
    "entry_opens_at": "报名进场开始",
    "entry_closes_at": "报名进场截止",
    "doors_open_at": "候场开始",
    "starts_at": "开始时间",
    "ends_at": "结束时间",
    "daily_opens": "每日开始",
    "daily_closes": "每日结束",
    "can_apply_ahead": "可提前申请",
    "allows_hold": "允许待定",
    "verdict_labels": "结果用语",
    "contact_student": "学生咨询",
    "contact_employer": "单位咨询",
    "safety_notice": "安全提示",
    "count": "数量",
    "hours": "有效小时",
    "positions": "岗位",
    "role": "角色",
    "city": "城市",
    "salary_min": "最低薪资",
    "salary_max": "最高薪资",
    "degree": "学历",
    "headcount": "人数",
    "majors": "专业",
    "duties": "职责",
    "requirements": "要求",
    "short_name": "简称",
    "kind": "类型",
    "province": "省份",
    "centre": "上级就业中心",
    "centre_id": "上级就业中心",
    "school": "学校",
    "college": "院系",
    "duty": "职责",
    "is_platform": "平台人员",
    "booth": "展位",
    "channel": "渠道",
    "closed": "停止新申请",
    "paused_by_staff": "由会务暂停",
    "only_desk": "指定席位",
    "desk": "席位",
}

GENDER_WORDS = {"male": "男", "female": "女", "undisclosed": "不透露"}


def word_of(status: StrEnum | None) -> tuple[str, str]:
    """A status in Chinese, and its tone."""
    if status is None:
        return "—", "plain"
    return STATUS_WORDS.get(type(status), {}).get(status.value, (status.value, "plain"))


def status_options(statuses: type[StrEnum]) -> list[tuple[str, str]]:
    """Every status with its word, for a drop-down."""
    return [(value, word) for value, (word, _) in STATUS_WORDS[statuses].items()]


def action_word(action: str) -> str:
    """A verb of the audit trail in Chinese."""
    return ACTION_WORDS.get(action, action)


def subject_word(subject: str) -> str:
    """``fair:3`` as 双选会 #3."""
    kind, _, number = subject.partition(":")
    return f"{SUBJECT_WORDS.get(kind.replace('_', ''), kind)} #{number}"


def degree_word(degree: str) -> str:
    """A degree in Chinese."""
    return DEGREES.get(degree, degree)
