"""The sandbox's templates as settings: complete, and true to the sandbox."""

from app.notifications.models import NotificationKind
from app.notifications.texts import values
from scripts.stack.templates import sandbox_templates
from scripts.wechat_sandbox import demo


def test_every_kind_has_a_template_on_both_accounts():
    settings = sandbox_templates()
    assert set(settings) == {kind.value for kind in NotificationKind}
    for kind, channels in settings.items():
        assert channels["subscribe"]["id"] == demo.template_id("mini", kind)
        assert channels["service"]["id"] == demo.template_id("service", kind)
        assert channels["subscribe"]["id"] != channels["service"]["id"]


def test_every_row_of_a_template_gets_a_value():
    for kind, (_title, rows) in demo.TEMPLATES.items():
        fields = sandbox_templates()[kind]["subscribe"]["fields"]
        assert len(fields) == len(rows.split("|"))


def test_only_values_that_notifications_offer_are_used():
    told = {"employer": "a", "position": "b", "fair": "c", "text": "d", "student": "e"} | {
        "colleague": "f"
    }
    offered = set(values(NotificationKind.FAIR_NOTICE, told, None))
    for channels in sandbox_templates().values():
        assert set(channels["subscribe"]["fields"].values()) <= offered
