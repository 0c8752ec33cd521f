"""What either side may say of a talk with one tap."""

from enum import StrEnum


class OfInterviewer(StrEnum):
    """What a student says of the interviewer."""

    ON_TIME = "on_time"  # 准时
    RESPECTFUL = "respectful"  # 尊重人
    CLEAR = "clear"  # 介绍清楚
    PROFESSIONAL = "professional"  # 问得专业
    LATE = "late"  # 迟到
    UNPREPARED = "unprepared"  # 没看简历
    RUDE = "rude"  # 态度不好
    NETWORK = "network"  # 网络不好
    ABSENT = "absent"  # 面试官没出现


class OfStudent(StrEnum):
    """What a recruiter says of the student."""

    PUNCTUAL = "punctual"  # 准时到场
    PREPARED = "prepared"  # 准备充分
    CLEAR = "clear"  # 表达清晰
    UNPREPARED = "unprepared"  # 准备不足
    LEFT_EARLY = "left_early"  # 中途离开
    NO_SHOW = "no_show"  # 没有到场


TAGS: dict[str, frozenset[str]] = {
    "student": frozenset(OfInterviewer),
    "recruiter": frozenset(OfStudent),
}
