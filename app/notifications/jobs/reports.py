"""What WeChat reports later: messages that did not arrive, people who follow us."""

from datetime import timedelta

from flask import current_app
from rq import Retry

from app.accounts.services.people import recognise_follower
from app.core import clock
from app.core.database import atomic
from app.core.jobs import QueueName, job
from app.notifications.jobs.delivery import deliver
from app.notifications.jobs.urgent import rush
from app.notifications.models import DeliveryAttempt, Notification, Status, move_many

LATEST_BOUNCE_HOURS = 1  # a call to an interview is of no use later
SWEEP_SECONDS = 15


@job(QueueName.NOTIFY)
def bounce(message_id: str, code: str, detail: str) -> None:
    """A message that WeChat took has not arrived: note it and try the next channel."""
    now = clock.now()
    sent = (Notification.message_id == message_id) & (Notification.status == Status.SENT)
    notification = Notification.get_or_none(sent)
    if notification is None or notification.channel is None:
        return
    channel = notification.channel
    with atomic():
        recent = Notification.sent_at >= now - timedelta(hours=LATEST_BOUNCE_HOURS)
        moved = move_many(
            "bounce",
            (Notification.id == notification.id) & recent,
            channel=None,
            message_id="",
            sent_at=None,
            tried=[*notification.tried, str(channel)],
            next_attempt_at=now + timedelta(seconds=SWEEP_SECONDS),
        ).execute()
        if not moved:
            return
        DeliveryAttempt.insert(
            notification=notification.id,
            channel=channel,
            outcome=DeliveryAttempt.Outcome.BOUNCED,
            code=code,
            detail=detail[:200],
            at=now,
        ).execute()
        (rush if notification.is_urgent else deliver).enqueue(notification.id)


@job(QueueName.DEFAULT, retry=Retry(max=3, interval=[10, 60, 300]))
def learn_follower(openid: str) -> None:
    """Whose service-account openid is it? The union id says so, for people who logged in."""
    wechat = current_app.extensions["wechat"]
    follower = wechat.follower(openid)
    if follower.is_following and follower.unionid:
        recognise_follower(wechat.service_appid, openid, follower.unionid)
