"""The sandbox's message templates as the product's setting: which value fills which field."""

from scripts.wechat_sandbox import demo

Settings = dict[str, dict[str, dict[str, object]]]

# By the keys of scripts/wechat_sandbox/demo.py; the names on the right are the
# product's values (app/notifications/texts.py).
OF_AN_EMPLOYER = {"thing1": "employer", "phrase2": "status", "time3": "time", "thing4": "tip"}
FIELDS: dict[str, dict[str, str]] = {
    "employer_admitted": OF_AN_EMPLOYER,
    "employer_returned": OF_AN_EMPLOYER,
    "employer_suspended": OF_AN_EMPLOYER,
    "employer_restored": OF_AN_EMPLOYER,
    "membership_answered": OF_AN_EMPLOYER,
    "interview_accepted": {
        "thing1": "employer",
        "thing2": "position",
        "phrase3": "status",
        "time4": "time",
        "thing5": "tip",
    },
    "interview_rejected": {
        "thing1": "employer",
        "thing2": "position",
        "phrase3": "status",
        "thing4": "tip",
    },
    "interview_invited": {
        "thing1": "employer",
        "thing2": "position",
        "time3": "time",
        "thing4": "tip",
    },
    "interview_nudge": {
        "thing1": "employer",
        "thing2": "position",
        "time3": "time",
        "thing4": "tip",
    },
    "interview_missed": {
        "thing1": "employer",
        "thing2": "position",
        "time3": "time",
        "thing4": "tip",
    },
    "interview_result": {
        "thing1": "employer",
        "thing2": "position",
        "phrase3": "status",
        "thing4": "tip",
    },
    "fair_notice": {"thing1": "fair", "time2": "time", "thing3": "text"},
    "invitation_answered": {
        "name1": "student",
        "thing2": "position",
        "phrase3": "status",
        "time4": "time",
    },
    "interview_ringing": {
        "thing1": "employer",
        "thing2": "position",
        "time3": "time",
        "thing4": "tip",
    },
    "interview_ready": {
        "thing1": "employer",
        "thing2": "position",
        "phrase3": "status",
        "thing4": "tip",
    },
    "booth_notice": {"thing1": "employer", "time2": "time", "thing3": "text"},
    "second_round": {
        "thing1": "employer",
        "thing2": "position",
        "time3": "time",
        "thing4": "tip",
    },
    "answers_due": {"thing1": "employer", "phrase2": "status", "time3": "time", "thing4": "tip"},
    "line_paused": {"thing1": "employer", "phrase2": "status", "time3": "time", "thing4": "tip"},
    "enrolment_answered": {
        "thing1": "employer",
        "thing2": "fair",
        "phrase3": "status",
        "time4": "time",
        "thing5": "tip",
    },
    "guest_invited": {"name1": "colleague", "thing2": "position", "time3": "time", "thing4": "tip"},
    "join_asked": {"name1": "colleague", "thing2": "employer", "time3": "time", "thing4": "tip"},
    "account_security": {"thing1": "text", "time2": "time", "thing3": "tip"},
    "settlement_decided": {
        "thing1": "employer",
        "phrase2": "status",
        "time3": "time",
        "thing4": "tip",
    },
    "position_reviewed": {
        "thing1": "employer",
        "thing2": "position",
        "phrase3": "status",
        "time4": "time",
    },
}


# SMS says little: one word of a template has at most six signs at Tencent Cloud.
_ABOUT_A_BOOTH: dict[str, dict[str, object]] = {
    kind: {"id": template_id, "words": ["employer", "booth"]}
    for kind, template_id in (
        ("interview_ringing", "2400001"),
        ("interview_nudge", "2400002"),
        ("interview_ready", "2400003"),
        ("interview_invited", "2400004"),
        ("second_round", "2400004"),
    )
}
SMS_TEMPLATES: dict[str, dict[str, object]] = _ABOUT_A_BOOTH | {
    "recovery_code": {"id": "2400005", "words": ["code", "minutes"]},
    "account_security": {"id": "2400006", "words": []},
}


def sandbox_templates() -> Settings:
    """WECHAT_TEMPLATES for the sandbox's two accounts."""
    return {
        kind: {
            "subscribe": {"id": demo.template_id("mini", kind), "fields": fields},
            "service": {"id": demo.template_id("service", kind), "fields": fields},
        }
        for kind, fields in FIELDS.items()
    }
