"""Bearer tokens: who is calling, and which role a route asks for."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, wraps
from typing import Any

from flask import current_app, g, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.core import audit
from app.core.errors import Denied, Unauthenticated

ACCESS_TOKEN_SECONDS = 7200


class Role(StrEnum):
    """What an account may act as. Everybody may be a student; recruiters are bound by a code."""

    STUDENT = "student"
    RECRUITER = "recruiter"


class RoleRequired(Denied):
    """The route is for another role."""

    title = "当前身份无权进行此操作"


class TokenInvalid(Unauthenticated):
    """The access token is missing, forged or worn out."""

    title = "登录已失效，请重新登录"


@dataclass(frozen=True)
class Caller:
    """Whom a token proves."""

    account_id: int
    roles: tuple[str, ...]


def signer(secret: str) -> URLSafeTimedSerializer:
    """The serializer that signs access tokens with *secret*."""
    return URLSafeTimedSerializer(secret, salt="access-token")


def issue_token(account_id: int, roles: tuple[str, ...]) -> str:
    """An access token, good for two hours."""
    return current_app.extensions["token_signer"].dumps([account_id, list(roles)])


def read_token(token: str) -> Caller:
    """The caller that *token* proves; no database is asked.

    :raises TokenInvalid: forged, malformed or older than two hours
    """
    try:
        caller, signed_at = _proven(current_app.extensions["token_signer"], token)
    except (BadSignature, ValueError, TypeError) as error:
        raise TokenInvalid from error
    if not 0 <= int(time.time()) - signed_at <= ACCESS_TOKEN_SECONDS:
        raise TokenInvalid
    return caller


@lru_cache(maxsize=20_000)  # a page shows the same token hundreds of times
def _proven(signed_by: URLSafeTimedSerializer, token: str) -> tuple[Caller, int]:
    """Whom a token names and when it was signed, in seconds since 1970."""
    (account_id, roles), signed_at = signed_by.loads(token, return_timestamp=True)
    return Caller(account_id, tuple(roles)), int(signed_at.timestamp())


def requires(*roles: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Reject callers without a valid token or without one of *roles*."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            caller = read_token(request.headers.get("Authorization", "").removeprefix("Bearer "))
            if not set(caller.roles).intersection(roles):
                raise RoleRequired
            g.account_id, g.roles = caller.account_id, caller.roles
            role = roles[0] if len(roles) == 1 else caller.roles[-1]
            audit.enter(audit.Actor(caller.account_id, role, g.get("request_id", "")))
            return view(*args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a route that anybody may call."""
    view.roles = ("public",)  # type: ignore[attr-defined]
    return view
