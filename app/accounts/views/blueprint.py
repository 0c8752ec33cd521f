"""Where the endpoints of logging in are collected."""

from app.core.problems import Blueprint

blp = Blueprint("accounts", __name__, url_prefix="/api", description="登录与账号")
