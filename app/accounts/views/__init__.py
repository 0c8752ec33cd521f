"""Endpoints of logging in: WeChat, a desktop's code, a password."""

from app.accounts.views.blueprint import blp
from app.accounts.views.logins import log_in_miniprogram
from app.accounts.views.passwords import log_in_by_password

__all__ = ["blp", "log_in_by_password", "log_in_miniprogram"]
