"""Deferred work of notifications: deliveries, and what WeChat reports later."""

from app.notifications.jobs.delivery import deliver
from app.notifications.jobs.reports import bounce, learn_follower

__all__ = ["bounce", "deliver", "learn_follower"]
