"""What either side may say of a talk with one tap, and how it reads."""

OF_INTERVIEWERS = {
    "on_time": "准时",
    "respectful": "尊重人",
    "clear": "介绍清楚",
    "professional": "问得专业",
    "late": "迟到",
    "unprepared": "没看简历",
    "rude": "态度不好",
    "network": "网络不好",
    "absent": "面试官没出现",
}
OF_STUDENTS = {
    "punctual": "准时到场",
    "prepared": "准备充分",
    "clear": "表达清晰",
    "unprepared": "准备不足",
    "left_early": "中途离开",
    "no_show": "没有到场",
}
TAG_WORDS = {"student": OF_INTERVIEWERS, "recruiter": OF_STUDENTS}  # by who says it
