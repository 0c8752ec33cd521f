"""Endpoints of ways back to a forgotten password; none needs a login."""

from app.recovery.views.appeals import open_password_appeal
from app.recovery.views.blueprint import blp
from app.recovery.views.codes import open_recovery

__all__ = ["blp", "open_password_appeal", "open_recovery"]
