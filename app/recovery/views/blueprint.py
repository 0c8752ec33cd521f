"""Where the endpoints of ways back are collected, and how often one address may use them."""

from flask import request

from app.core import ratelimit
from app.core.problems import Blueprint

blp = Blueprint("recovery", __name__, url_prefix="/api", description="找回密码")


def limit_address(what: str, *, times: int, seconds: int) -> None:
    """:raises TooMany: this address has used *what* up"""
    ratelimit.limit(f"{what}:{request.remote_addr}", times=times, seconds=seconds)
