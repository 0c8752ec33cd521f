"""Endpoints that take files and show them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from flask import Response, g, request
from werkzeug.datastructures import FileStorage

from app.core import ratelimit
from app.core.auth import Role, public, requires
from app.core.errors import TooMany
from app.core.problems import Blueprint
from app.core.storage import FileMissing, StorageUnavailable
from app.files import services
from app.files.errors import (
    LinkExpired,
    PaperActive,
    PaperSealed,
    PaperTooLong,
    PictureMoves,
    PictureTooLarge,
    PurposeNotForVisitors,
    UploadBroken,
    UploadEmpty,
    UploadRenamed,
    UploadTooLarge,
    UploadTypeRefused,
)
from app.files.models import Upload
from app.files.purposes import MIB, MOST_BYTES
from app.files.schemas import UploadFormSchema, UploadSchema, VisitorUploadSchema

blp = Blueprint("files", __name__, url_prefix="/api", description="文件")

FORM_BYTES = 16 * 1024  # what a form has around its file
MOST_PARTS = 8
REFUSALS = (
    UploadEmpty,
    UploadTooLarge,
    UploadTypeRefused,
    UploadRenamed,
    UploadBroken,
    PictureTooLarge,
    PictureMoves,
    PaperSealed,
    PaperActive,
    PaperTooLong,
    StorageUnavailable,
    TooMany,
)
# A file is shown, and can do nothing: no script, no form, no origin of its own.
FILE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the address is what lets somebody in
}


def takes_a_file(view: Callable[..., Any]) -> Callable[..., Any]:
    """Make room for the largest file we take, which is more than any other body may have."""

    @wraps(view)
    def roomy(*args: Any, **kwargs: Any) -> Any:
        request.max_content_length = MOST_BYTES + FORM_BYTES
        request.max_form_parts = MOST_PARTS
        if (request.content_length or 0) > request.max_content_length:
            raise UploadTooLarge(f"文件不能超过 {MOST_BYTES // MIB} MB", most_bytes=MOST_BYTES)
        return view(*args, **kwargs)

    return roomy


@blp.post("/uploads")
@requires(Role.STUDENT, Role.RECRUITER)
@takes_a_file
@blp.arguments(UploadFormSchema, location="multipart")
@blp.shows(UploadSchema, 201)
@blp.problems(*REFUSALS)
def upload_file(body: dict) -> dict:
    """Send a file; a record that names its id uses it afterwards."""
    ratelimit.limit(f"upload:{g.account_id}", times=120, seconds=3600)
    name, content = _sent(body)
    return _shown(services.store_upload(g.account_id, body["purpose"], name, content))


@blp.post("/uploads/visitor")
@public
@takes_a_file
@blp.arguments(UploadFormSchema, location="multipart")
@blp.shows(VisitorUploadSchema, 201)
@blp.problems(*REFUSALS, PurposeNotForVisitors)
def upload_visitor_file(body: dict) -> dict:
    """Send a file without a login: papers of a registration, the statement of an appeal (A16)."""
    ratelimit.limit(f"visitor-upload:{request.remote_addr}", times=30, seconds=3600)
    name, content = _sent(body)
    upload, claim = services.store_visitor_upload(body["purpose"], name, content)
    shown = _shown(upload) | {"claim": claim}
    del shown["id"]
    return shown


@blp.get("/files/<token>")
@public
@blp.response(200, {"type": "string", "format": "binary"}, content_type="application/octet-stream")
@blp.problems(LinkExpired, FileMissing, StorageUnavailable)
def show_file(token: str) -> Response:
    """The file that an expiring link names; the link is the check."""
    upload, left = services.find_linked(token)
    if upload.sha256 in request.if_none_match:
        response = Response(status=304)
    else:
        response = Response(services.content_of(upload), content_type=str(upload.media_type))
    response.set_etag(upload.sha256)
    response.headers.update(FILE_HEADERS)
    response.headers["Cache-Control"] = f"private, max-age={left}"
    disposition = "inline" if upload.is_image else "attachment"
    response.headers["Content-Disposition"] = (
        f"{disposition}; filename*=UTF-8''{quote(upload.name, safe='')}"
    )
    return response


def _sent(body: dict) -> tuple[str, bytes]:
    file: FileStorage = body["file"]
    return body["name"] or file.filename or "", file.read()


def _shown(upload: Upload) -> dict[str, Any]:
    return {
        "id": upload.id,
        "purpose": upload.purpose,
        "name": upload.name,
        "media_type": upload.media_type,
        "size": upload.size,
        "width": upload.width,
        "height": upload.height,
        "url": services.link_to(upload),
    }
