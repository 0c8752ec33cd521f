"""通知: what became of every notification, channel by channel."""

from typing import Any

from peewee import fn

from app.accounts.models import Account
from app.admin.cells import badge, link, second, shown, tag
from app.admin.resources import Action, Choice, Resource
from app.admin.words import status_options
from app.notifications.models import Channel, DeliveryAttempt, Notification
from app.notifications.services import retry_notification
from app.notifications.texts import TEXTS, render

Status = Notification.Status
CHANNEL_WORDS = {
    "subscribe": "订阅消息",
    "service": "服务号消息",
    "sms": "短信",
    "mail": "邮件",
}
OUTCOME_WORDS = {
    "sent": ("已发送", "good"),
    "refused": ("对方不可接收", "warn"),
    "failed": ("暂时失败", "warn"),
    "misconfigured": ("配置有误", "bad"),
    "bounced": ("未送达", "bad"),
}


def channel_word(channel: Channel | None) -> str:
    """A channel in Chinese."""
    return CHANNEL_WORDS[channel.value] if channel else ""


class NoticeView(Resource):
    """Notifications; staff may try one again."""

    column_list = ("title", "account", "status", "channel", "tries", "created_at", "sent_at")
    column_details_list = (
        "account", "body", "status", "channel", "page", "about", "created_at", "sent_at", "read_at",
    )  # fmt: skip
    column_labels = {
        "title": "通知", "account": "接收人", "status": "状态", "channel": "渠道",
        "tries": "投递次数",
        "created_at": "产生时间", "sent_at": "送出时间", "body": "内容", "page": "点开进入",
        "about": "关于", "read_at": "已读时间",
    }  # fmt: skip
    column_formatters = {
        "title": shown(
            lambda one: link(TEXTS[one.kind].title, "office_notices.details_view", id=one.id)
        ),
        "account": shown(lambda one: one.account.name or f"账号 #{one.account_id}"),
        "status": shown(lambda one: badge(one.status)),
        "channel": shown(lambda one: channel_word(one.channel)),
        "tries": shown(lambda one: one.tries),
        "created_at": shown(lambda one: second(one.created_at)),
        "sent_at": shown(lambda one: second(one.sent_at)),
    }
    column_formatters_detail = {
        **column_formatters,
        "body": shown(lambda one: render(one.kind, one.params)[1]),
        "about": shown(lambda one: one.subject),
        "read_at": shown(lambda one: second(one.read_at)),
    }
    column_sortable_list = ("created_at", "sent_at")
    column_default_sort = ("id", True)
    column_searchable_list = (Account.name, "subject")
    details_template = "office/notice.html"
    search_hint = "接收人、关于（如 interview:42）"
    empty_text = "还没有通知"
    acts = (
        Action(
            verb="retry", label="重新发送", tone="primary", in_list=True,
            done="已重新排队，稍后刷新查看",
            call=lambda notification_id, _: retry_notification(notification_id),
            when=lambda one: one.status in (Status.EXHAUSTED, Status.FAILED),
        ),
    )  # fmt: skip
    choices = (
        Choice(
            "status", "状态",
            lambda: status_options(Status),
            lambda value: Notification.status == value,
        ),
        Choice(
            "kind", "类型", lambda: [(kind.value, text.title) for kind, text in TEXTS.items()],
            lambda value: Notification.kind == value,
        ),
        Choice(
            "channel", "渠道", lambda: list(CHANNEL_WORDS.items()),
            lambda value: Notification.channel == value,
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(
            Notification, "通知", endpoint="office_notices", url="notices", category="系统"
        )

    def joined(self) -> Any:
        """Notifications with their receiver and how often a channel was tried."""
        tries = DeliveryAttempt.select(fn.COUNT(DeliveryAttempt.id)).where(
            DeliveryAttempt.notification == Notification.id
        )
        return Notification.select(Notification, Account, tries.alias("tries")).join(Account)

    def title_of(self, record: Notification) -> str:
        """Its heading."""
        return TEXTS[record.kind].title

    def shown_with(self, record: Notification) -> dict[str, Any]:
        """What every channel did."""
        attempts = DeliveryAttempt.select().where(DeliveryAttempt.notification == record.id)
        rows = [
            (second(one.at), channel_word(one.channel), tag(*OUTCOME_WORDS[one.outcome]), one)
            for one in attempts.order_by(DeliveryAttempt.id)
        ]
        return {"attempts": rows}
