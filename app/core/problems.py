"""Turns every error into an RFC 9457 ``application/problem+json`` response."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import wraps
from http import HTTPStatus
from typing import Any

import marshmallow as ma
import orjson
from flask import Flask, Response, current_app, g, request
from flask_smorest import Api as BaseApi
from flask_smorest import Blueprint as BaseBlueprint
from peewee import DataError, OperationalError
from playhouse.pool import MaxConnectionsExceeded
from werkzeug.exceptions import HTTPException

from app.core.auth import RoleRequired, TokenInvalid
from app.core.errors import (
    Conflict,
    Denied,
    DomainError,
    Invalid,
    NotFound,
    TooLarge,
    TooMany,
    Unauthenticated,
    UpstreamFailed,
)
from app.core.idempotency import IdempotencyKeyInvalid, IdempotencyKeyReused
from app.core.parsing import StrictParser
from app.core.wire import check_promise, reply

MEDIA_TYPE = "application/problem+json"
STATUS_OF: dict[type[DomainError], int] = {
    Unauthenticated: 401,
    Denied: 403,
    NotFound: 404,
    Conflict: 409,
    TooLarge: 413,
    Invalid: 422,
    TooMany: 429,
    UpstreamFailed: 503,
    DomainError: 400,
}
TITLES = {
    400: "请求格式有误",
    401: "请先登录",
    403: "没有权限",
    404: "地址不存在",
    405: "不支持此操作方式",
    408: "请求超时",
    413: "提交的内容过大",
    415: "不支持的内容类型",
    422: "提交的内容有误",
    429: "操作过于频繁，请稍后再试",
    500: "服务出现故障，我们已记录，请稍后再试",
    503: "服务繁忙，请稍后再试",
}


class BodyInvalid(Invalid):
    """A field of the request is missing or wrong; ``errors`` names each."""


class ErrorItemSchema(ma.Schema):
    """Where in the request something is wrong."""

    pointer = ma.fields.String(required=True)
    detail = ma.fields.String(required=True)


class ProblemSchema(ma.Schema):
    """A problem document; further members depend on ``type``."""

    type = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    detail = ma.fields.String()
    instance = ma.fields.String()
    request_id = ma.fields.String()
    errors = ma.fields.List(ma.fields.Nested(ErrorItemSchema))


def status_of(error: type[DomainError]) -> int:
    """The HTTP status of an error class."""
    return next(STATUS_OF[base] for base in error.__mro__ if base in STATUS_OF)


def type_of(error: type[DomainError]) -> str:
    """The problem type of an error class: ``/problems/resume-incomplete``."""
    return "/problems/" + error.code()


class Blueprint(BaseBlueprint):
    """A smorest blueprint whose views answer ready JSON and name their problems."""

    ARGUMENTS_PARSER = StrictParser()
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING = {
        **BaseBlueprint.DEFAULT_LOCATION_CONTENT_TYPE_MAPPING,
        "multipart": "multipart/form-data",
    }

    def arguments(self, schema: Any, **options: Any) -> Callable[[Any], Any]:
        """As smorest's, with the schema made once instead of once a request."""
        ready = schema() if isinstance(schema, type) else schema
        return super().arguments(ready, **options)

    def problems(self, *errors: type[DomainError]) -> Callable[[Any], Any]:
        """Document the domain errors an endpoint may answer with."""

        def decorate(view: Any) -> Any:
            view.problem_errors = errors
            return view

        return decorate

    def shows(self, schema: type[ma.Schema], status: int = 200) -> Callable[[Any], Any]:
        """Document the answer; the view returns it ready to send (tests check the promise)."""
        promise = schema()

        def decorate(view: Any) -> Any:
            @wraps(view)
            def answering(*args: Any, **kwargs: Any) -> Response:
                response = reply(view(*args, **kwargs), status)
                check_promise(promise, response)
                return response

            return self.response(status, schema)(answering)

        return decorate

    def done(self, view: Any) -> Any:
        """Document an answer without content (204)."""

        @wraps(view)
        def answering(*args: Any, **kwargs: Any) -> Response:
            view(*args, **kwargs)
            return Response(status=204)

        return self.response(204)(answering)

    def route(self, rule: str, **options: Any) -> Callable[[Any], Any]:  # type: ignore[override]
        register = super().route(rule, **options)

        def decorate(view: Any) -> Any:
            return register(self._document(view))

        return decorate

    def _document(self, view: Any) -> Any:
        errors = set(getattr(view, "problem_errors", ()))
        roles = getattr(view, "roles", ("public",))
        if roles != ("public",):
            errors |= {TokenInvalid, RoleRequired}
        if "arguments" in getattr(view, "_apidoc", {}):
            errors.add(BodyInvalid)
        if getattr(view, "is_idempotent", False):
            errors |= {IdempotencyKeyInvalid, IdempotencyKeyReused}
        # Written into the view's notes at once: alt_response would wrap it once a status.
        notes = deepcopy(getattr(view, "_apidoc", {}))
        answers = notes.setdefault("response", {}).setdefault("responses", {})
        for status in sorted({status_of(error) for error in errors}):
            names = ", ".join(sorted(type_of(e) for e in errors if status_of(e) == status))
            problem_note = {
                "schema": ProblemSchema(),
                "description": names,
                "content_type": MEDIA_TYPE,
            }
            answers[status] = [problem_note]
        view._apidoc = notes
        return view


class Api(BaseApi):
    """flask-smorest with one error shape."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        register_error_handlers(self._app)

    def _register_responses(self) -> None:
        self.DEFAULT_RESPONSE_CONTENT_TYPE = MEDIA_TYPE  # of the error components only
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE


def register_error_handlers(app: Flask) -> None:
    """Every error of *app* becomes a problem document."""
    app.register_error_handler(DomainError, answer_domain_error)
    app.register_error_handler(HTTPException, answer_http_exception)
    app.register_error_handler(MaxConnectionsExceeded, answer_overload)
    app.register_error_handler(OperationalError, answer_overload)
    for kind in (DataError, OverflowError, UnicodeEncodeError):
        app.register_error_handler(kind, answer_unstorable)


def answer_domain_error(error: DomainError) -> Response:
    """A broken rule, in its own words."""
    kind = type(error)
    response = problem(status_of(kind), type_of(kind), error.title, error.detail, error.extensions)
    if "retry_after" in error.extensions:
        response.headers["Retry-After"] = str(error.extensions["retry_after"])
    return response


def answer_http_exception(error: HTTPException) -> Response:
    """What Flask, werkzeug or webargs refused."""
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    code = error.code or 500
    title = TITLES.get(code, HTTPStatus(code).phrase)
    messages = (getattr(error, "data", None) or {}).get("messages")
    if messages:
        return problem(code, type_of(BodyInvalid), title, "", {"errors": list(pointers(messages))})
    response = problem(code, "about:blank", title)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def answer_overload(error: Exception) -> Response:
    """The database is away or every connection is in use: try again shortly."""
    current_app.logger.error("database unavailable", exc_info=error)
    response = problem(503, "/problems/overloaded", TITLES[503])
    response.headers["Retry-After"] = "2"
    return response


def answer_unstorable(error: Exception) -> Response:
    """A number or a text that no column can hold: a NUL in an address, an id of 30 digits."""
    current_app.logger.warning("unstorable value", exc_info=error)
    return problem(422, type_of(BodyInvalid), TITLES[422], "含有无法保存的数值或字符")


def problem(
    status: int,
    type_: str,
    title: str,
    detail: str = "",
    extensions: dict[str, Any] | None = None,
) -> Response:
    """The one writer of ``application/problem+json``; reserved members win."""
    body: dict[str, Any] = dict(extensions or {})
    body |= {"type": type_, "title": title, "status": status, "instance": request.path}
    if detail:
        body["detail"] = detail
    if request_id := g.get("request_id"):
        body["request_id"] = request_id
    return Response(orjson.dumps(body, default=str), status, content_type=MEDIA_TYPE)


PLACES = ("json", "query", "path", "multipart", "_schema")  # of a request, not of its content


def pointers(messages: Any, path: str = "#") -> Iterator[dict[str, str]]:
    """Flatten marshmallow messages into ``{pointer, detail}`` pairs."""
    if isinstance(messages, dict):
        for key, value in messages.items():
            inside = (
                path
                if key in ("json", "query", "path", "multipart", "_schema")
                else f"{path}/{key}"
            )
            yield from pointers(value, inside)
    elif isinstance(messages, list):
        for value in messages:
            yield from pointers(value, path)
    else:
        yield {"pointer": path, "detail": str(messages)}
