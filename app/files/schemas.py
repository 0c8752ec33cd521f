"""Files over the wire."""

from typing import Any

import marshmallow as ma
from flask_smorest.fields import Upload as FileField
from marshmallow import validate
from werkzeug.datastructures import FileStorage

from app.files.purposes import Purpose


class SentFile(FileField):
    """A part of the form with a file in it; a text of that name is none."""

    default_error_messages = {"invalid": "应为文件"}

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> FileStorage:
        if not isinstance(value, FileStorage):
            raise self.make_error("invalid")
        return value


class UploadFormSchema(ma.Schema):
    """A file and what it is for (``multipart/form-data``).

    ``name`` stands for the file's own, where the client cannot set that.
    """

    file = SentFile(required=True)
    # What the sender calls it: the mini-program can only name it after a temporary path.
    name = ma.fields.String(load_default="", validate=validate.Length(max=255))
    purpose = ma.fields.Enum(Purpose, by_value=True, required=True)


class UploadSchema(ma.Schema):
    """A file that was taken, as it is kept; size in bytes, width and height in pixels.

    ``url`` shows it for some minutes. A record that does not take it within 24 hours loses it.
    """

    id = ma.fields.Integer(required=True)
    purpose = ma.fields.String(required=True, validate=validate.OneOf(list(Purpose)))
    name = ma.fields.String(required=True)
    media_type = ma.fields.String(required=True)
    size = ma.fields.Integer(required=True)
    width = ma.fields.Integer(required=True, allow_none=True)
    height = ma.fields.Integer(required=True, allow_none=True)
    url = ma.fields.String(required=True)


class VisitorUploadSchema(UploadSchema):
    """A visitor's file; ``claim`` is told once, and whoever has it may use the file, once."""

    class Meta:
        exclude = ("id",)

    claim = ma.fields.String(required=True)
