"""The rules of a fair's queues that staff set: what each allows, in its unit."""

from typing import NamedTuple

from app.fairs.models import Fair


class Rule(NamedTuple):
    """A number that staff choose; 0 switches most of them off."""

    label: str
    unit: str
    least: int
    most: int
    hint: str = ""


RULES: dict[str, Rule] = {
    "seen_bar": Rule(
        "轮到概率下限", "%", 0, 90, "预计轮到的可能低于此值时，先向学生推荐更稳妥的选择；0 不提示"
    ),
    "slots_per_hour": Rule("每小时保证时段", "个", 0, 12, "每个展位留给低概率学生的时段；0 不留"),
    "hold_seconds": Rule("稍候时长", "秒", 0, 900, "“我在别处快轮到了”，每个展位一次；0 不允许"),
    "misses_kept": Rule("保留位置的漏接次数", "次", 1, 10, "达到此次数后，返回时排在在场同学之后"),
    "talk_minutes": Rule("每场面试时长", "分钟", 0, 120, "到时提醒，不会强行中断；0 不限"),
    "extension_minutes": Rule("可延长", "分钟", 0, 60, "每场一次；0 不允许"),
    "grace_seconds": Rule("掉线保留", "秒", 10, 300, "在此时间内重连，通话继续"),
    "undo_seconds": Rule("拒绝可撤销", "秒", 0, 600, "过后才送达学生；0 立即送达"),
    "answer_minutes": Rule("应答时限", "分钟", 5, 1440, "申请超过此时间未处理即提醒用人单位"),
    "most_employers": Rule("参会单位上限", "家", 1, 2000, "同时参会的用人单位数，满后可列入候补"),
    "sanction_after": Rule("暂停前提醒次数", "次", 0, 20, "提醒后仍不处理即暂停新申请；0 不暂停"),
}
SWITCHES = (
    "everyone_once",
    "students_may_start",
    "requires_device_check",
    "takes_bookings",
    "changes_directly",
)


def broken_rules(fair: Fair) -> list[str]:
    """What is wrong with a fair's rules, in Chinese; nothing when they are right."""
    return [
        f"{rule.label}应在 {rule.least} 至 {rule.most} {rule.unit}之间"
        for name, rule in RULES.items()
        if not rule.least <= getattr(fair, name) <= rule.most
    ]
