"""Kinds of domain error. HTTP lives in :mod:`app.core.problems`."""

import re


class DomainError(Exception):
    """A broken rule that the caller can understand and act on.

    Keyword arguments become extension members of the problem document.
    """

    title = "请求无法完成"

    def __init__(self, detail: str = "", **extensions: object):
        super().__init__(detail or self.title)
        self.detail = detail
        self.extensions = extensions

    @classmethod
    def code(cls) -> str:
        """The rule's name on the wire: ``resume-incomplete``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


class Invalid(DomainError):
    """What was sent cannot be understood or breaks a rule of form."""

    title = "提交的内容有误"


class Unauthenticated(DomainError):
    """Nobody is logged in, or the proof of it is worn out."""

    title = "请先登录"


class Denied(DomainError):
    """The account may not do this."""

    title = "没有权限进行此操作"


class NotFound(DomainError):
    """The thing named does not exist, or not for this account."""

    title = "内容不存在或已被移除"


class Conflict(DomainError):
    """The request is well formed, but not possible in the present state."""

    title = "当前状态不允许此操作"


class InvalidTransition(Conflict):
    """A lifecycle has no such move from where it stands now."""

    title = "状态已变化，请刷新后再试"


class TooLarge(DomainError):
    """More bytes than are taken."""

    title = "提交的内容过大"


class TooMany(DomainError):
    """Asked too often; ``retry_after`` seconds are in the extensions."""

    title = "操作过于频繁，请稍后再试"


class UpstreamFailed(DomainError):
    """A service outside (WeChat, mail, Redis …) did not do its part."""

    title = "外部服务暂时不可用，请稍后再试"
