"""The accounts, people and templates a sandbox begins with."""

from scripts.wechat_sandbox import marks
from scripts.wechat_sandbox.people import App, SmsAccount, Template, User

MINI_APPID = "wx5d0f1a2b3c4d5e6f"
MINI_SECRET = "5a0db0c5a0db0c5a0db0c5a0db0c5a0d"  # noqa: S105, the sandbox keeps no secret
SERVICE_APPID = "wx8e7d6c5b4a392817"
SERVICE_SECRET = "c0ffee00c0ffee00c0ffee00c0ffee00"  # noqa: S105, the sandbox keeps no secret
PUSH_TOKEN = "sandboxpushtoken"  # noqa: S105, the sandbox keeps no secret
PUSH_AES_KEY = "c2FuZGJveHNhbmRib3hzYW5kYm94c2FuZGJveHNhbm8"

# Message templates, the same content on both accounts. A template's title and
# rows are what the platform's library would give for a 双选会.
TEMPLATES = {
    "interview_accepted": (
        "面试申请通过通知",
        "公司名称:thing1|面试岗位:thing2|审核结果:phrase3|开始时间:time4|温馨提示:thing5",
    ),
    "interview_rejected": (
        "应聘结果通知",
        "公司名称:thing1|应聘岗位:thing2|应聘结果:phrase3|备注:thing4",
    ),
    "interview_invited": (
        "面试邀请通知",
        "邀请单位:thing1|面试岗位:thing2|邀请时间:time3|备注:thing4",
    ),
    "interview_nudge": (
        "面试叫号提醒",
        "公司名称:thing1|面试岗位:thing2|叫号时间:time3|温馨提示:thing4",
    ),
    "interview_missed": (
        "错过面试提醒",
        "公司名称:thing1|面试岗位:thing2|错过时间:time3|温馨提示:thing4",
    ),
    "interview_result": (
        "面试结果通知",
        "公司名称:thing1|面试岗位:thing2|面试结果:phrase3|备注:thing4",
    ),
    "fair_notice": ("双选会通知", "活动名称:thing1|开始时间:time2|通知内容:thing3"),
    "invitation_answered": (
        "邀请回复通知",
        "应聘者:name1|面试岗位:thing2|回复结果:phrase3|回复时间:time4",
    ),
    "interview_ringing": (
        "面试呼叫提醒",
        "公司名称:thing1|面试岗位:thing2|呼叫时间:time3|温馨提示:thing4",
    ),
    "interview_ready": (
        "排队到号提醒",
        "公司名称:thing1|面试岗位:thing2|排队状态:phrase3|温馨提示:thing4",
    ),
    "booth_notice": ("排队变更通知", "展位单位:thing1|通知时间:time2|通知内容:thing3"),
    "second_round": (
        "复试邀请通知",
        "邀请单位:thing1|面试岗位:thing2|邀请时间:time3|备注:thing4",
    ),
    "answers_due": (
        "待办事项提醒",
        "单位名称:thing1|当前状态:phrase2|提醒时间:time3|备注:thing4",
    ),
    "line_paused": (
        "服务状态变更通知",
        "单位名称:thing1|当前状态:phrase2|变更时间:time3|备注:thing4",
    ),
    "enrolment_answered": (
        "报名审核结果通知",
        "单位名称:thing1|活动名称:thing2|审核结果:phrase3|审核时间:time4|备注:thing5",
    ),
    "guest_invited": (
        "会议邀请通知",
        "邀请人:name1|面试岗位:thing2|邀请时间:time3|备注:thing4",
    ),
    "employer_admitted": (
        "注册审核结果通知",
        "单位名称:thing1|审核结果:phrase2|审核时间:time3|备注:thing4",
    ),
    "employer_returned": (
        "资料补正提醒",
        "单位名称:thing1|当前状态:phrase2|退回时间:time3|备注:thing4",
    ),
    "employer_suspended": (
        "账号停用通知",
        "单位名称:thing1|当前状态:phrase2|停用时间:time3|备注:thing4",
    ),
    "employer_restored": (
        "账号恢复通知",
        "单位名称:thing1|当前状态:phrase2|恢复时间:time3|备注:thing4",
    ),
    "join_asked": (
        "加入申请提醒",
        "申请人:name1|申请单位:thing2|申请时间:time3|备注:thing4",
    ),
    "membership_answered": (
        "加入申请结果通知",
        "单位名称:thing1|申请结果:phrase2|处理时间:time3|备注:thing4",
    ),
    "account_security": ("账号安全提醒", "提醒内容:thing1|提醒时间:time2|备注:thing3"),
    "settlement_decided": (
        "审核结果通知",
        "申请单位:thing1|审核结果:phrase2|审核时间:time3|备注:thing4",
    ),
    "position_reviewed": (
        "职位审核通知",
        "单位名称:thing1|职位名称:thing2|审核结果:phrase3|审核时间:time4",
    ),
}

SMS_ACCOUNT = SmsAccount("AKIDsandbox", "sandboxsmskey", "1400006666", "双选会")
SMS_LEADS_TO = "pages-interview/queue/queue"  # what the link in every template opens
SMS_TEMPLATES = {  # approved texts by their id; {1} is the first word
    "2400001": "{1}（展位 {2}）的面试官正在呼叫您，请立即点开 sx.example/q 接听。",
    "2400002": "{1}（展位 {2}）的面试官在等您，排队位置仍为您保留，请点开 sx.example/q 返回。",
    "2400003": "{1}（展位 {2}）的视频面试即将轮到您，请点开 sx.example/q 做好准备。",
    "2400004": "{1}（展位 {2}）邀请您参加视频面试，请点开 sx.example/q 回复。",
    "2400005": "您正在找回登录密码，验证码 {1}，{2} 分钟内有效，请勿告诉他人。",
    "2400006": "您的招聘工作台密码已被申请重设，如非本人操作，请立即联系会务人员。",
}

STUDENTS = [
    ("lin-xiaoman", "林小满", "13800010001", "计算机科学与技术 · 大四", "#f59e0b"),
    ("chen-siyuan", "陈思远", "13800010002", "电气工程 · 研三", "#3b82f6"),
    ("wang-yutong", "王雨桐", "13800010003", "金融学 · 大四", "#ec4899"),
    ("zhao-haoran", "赵浩然", "13800010004", "机械设计 · 大四", "#10b981"),
]
RECRUITERS = [
    ("zhou-min", "周敏", "13900020001", "招聘主管", "#6366f1"),
    ("liu-jianguo", "刘建国", "13900020002", "人事经理", "#0ea5e9"),
    ("sun-li", "孙丽", "13900020003", "校招负责人", "#a855f7"),
]


def accounts() -> list[App]:
    """A mini-program and the service account linked to it."""
    return [
        App(
            MINI_APPID,
            MINI_SECRET,
            "mini",
            "双选",
            "gh_5d0f1a2b3c4d",
            categories=[{"id": 616, "name": "求职/招聘"}],
        ),
        App(SERVICE_APPID, SERVICE_SECRET, "service", "双选服务号", "gh_8e7d6c5b4a39"),
    ]


def template_id(account_kind: str, kind: str) -> str:
    """The id of a demo template: the same on every start, different per account."""
    return marks.steady_template_id(f"{account_kind}/{kind}")


def templates(present: list[App]) -> list[Template]:
    """The demo templates of the given accounts."""
    found, kinds_seen = [], set()
    for app in present:
        if app.kind in kinds_seen:
            continue
        kinds_seen.add(app.kind)
        for kind, (title, rows) in TEMPLATES.items():
            content = "".join(
                "{}:{{{{{}.DATA}}}}\n".format(*row.split(":")) for row in rows.split("|")
            )
            found.append(Template(template_id(app.kind, kind), app.appid, title, content))
    return found


def users() -> list[User]:
    """People with phones: students and recruiters."""
    return [
        User(id=key, nickname=name, phone=phone, title=title, colour=colour, demo=True)
        for key, name, phone, title, colour in STUDENTS + RECRUITERS
    ]
