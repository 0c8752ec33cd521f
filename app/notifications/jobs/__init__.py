"""Deferred work of notifications: deliveries, and what WeChat reports later."""

from app.notifications.jobs.delivery import deliver, deliver_batch
from app.notifications.jobs.reports import bounce, learn_follower
from app.notifications.jobs.urgent import rush

__all__ = ["bounce", "deliver", "deliver_batch", "learn_follower", "rush"]
