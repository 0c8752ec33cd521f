"""The sheet's words for the school's staff."""

CALLS = {
    "log in": "登录", "enter the fair": "进场", "fair page": "双选会主页", "hall": "会场大厅",
    "booth page": "展位页", "apply": "申请面试", "queue page": "排队页", "answer": "接听",
    "pass a ring": "暂不方便", "return": "返回队列", "withdraw": "退出排队", "hold": "稍候",
    "ring next": "呼叫下一位", "ring seen": "看到呼叫", "cancel a ring": "取消呼叫",
    "accept": "接受申请", "reject": "拒绝申请", "take back": "撤回拒绝", "hang up": "挂断",
    "conclude": "填写结果", "credentials": "进入视频", "room sync": "视频信令",
    "room sync by socket": "视频信令（长连接）",
    "recruiter's hall": "面试大厅", "recruiter's booths": "我的展位", "device test": "设备测试",
    "client config": "客户端设置",
}  # fmt: skip
COUNTS = {
    "double taps": "连点两次申请",
    "drops": "断线",
    "suspensions": "手机休眠",
    "events": "送达页面的实时消息",
    "holds": "申请稍候",
    "interviews": "填写了结果的面试",
    "queued anyway": "知情后仍排队",
    "slots taken": "预约了时段",
    "warned: unlikely to be seen": "被告知可能排不到",
    "rejections": "拒绝",
    "rejections taken back": "撤回的拒绝",
    "returns": "错过后返回队列",
    "rings": "呼叫",
    "rings cancelled": "取消的呼叫",
    "students who called": "学生自主呼叫",
    "students' calls answered": "接听的学生呼叫",
    "rings heard": "页面收到的呼叫",
    "rings left unanswered": "未接听",
    "repeated calls": "重发的请求",
    "second tries at the door": "再次尝试进场",
    "students who could not enter": "未能进场的学生",
    "connections refused or lost": "连接被拒或中断",
    "player faults": "演练程序自身的故障",
}
REFUSALS = {
    "applying": "申请被拒",
    "ringing": "呼叫未成",
    "calling": "自主呼叫未成",
    "bye": "服务器关闭连接",
    "pulses": "长连接未答的视频信令",
}


def count_word(name: str) -> str:
    """A counter's name; the reason behind a colon stays as the product says it."""
    kind, colon, reason = name.partition(": ")
    if name in COUNTS or not colon:
        return COUNTS.get(name, name)
    return f"{REFUSALS.get(kind, kind)}：{reason}"
