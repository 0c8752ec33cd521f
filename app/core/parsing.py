"""How bodies are read: JSON that a column can hold, and forms with files."""

from typing import Any, NoReturn

import marshmallow as ma
from flask import Request
from webargs.flaskparser import FlaskParser, abort
from werkzeug.datastructures import CombinedMultiDict


class StrictParser(FlaskParser):
    """Refuses broken JSON in Chinese, and JSON that no column can hold; takes forms with files."""

    __location_map__ = {**FlaskParser.__location_map__, "multipart": "load_multipart"}

    def load_multipart(self, req: Request, schema: ma.Schema) -> Any:
        """Fields and files of a form, as one."""
        return self._makeproxy(CombinedMultiDict([req.form, req.files]), schema)

    def _raw_load_json(self, req: Request) -> Any:
        try:
            content = super()._raw_load_json(req)
            fine = b"\\u" not in req.get_data(cache=True) or storable(content)
        except RecursionError as error:  # thousands of brackets
            self._handle_invalid_json_error(error)
        if not fine:
            abort(422, messages={"json": ["含有无法保存的字符"]})
        return content

    def _handle_invalid_json_error(self, error: Exception, *_: Any, **__: Any) -> NoReturn:
        abort(400, exc=error, messages={"json": ["不是有效的 JSON"]})


def storable(value: Any) -> bool:
    """Whether every text inside can be kept: no NUL, no half of a surrogate pair."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, dict):
        return all(storable(key) and storable(inner) for key, inner in value.items())
    return all(map(storable, value)) if isinstance(value, list) else True
