"""The connection to Redis, kept on the Flask app."""

from flask import Flask, current_app
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry


def connect(url: str, *, timeout_seconds: float = 1.5) -> Redis:
    """A pooled client that fails fast: what Redis holds is never the only copy."""
    return Redis.from_url(
        url,
        socket_timeout=timeout_seconds,
        socket_connect_timeout=timeout_seconds,
        retry=Retry(NoBackoff(), 1),
        health_check_interval=30,
    )


def client(app: Flask | None = None) -> Redis:
    """The app's Redis client (bytes in, bytes out)."""
    return (app or current_app).extensions["redis"]
