"""What goes over the wire: JSON answers, schemas, and marshmallow's messages in Chinese."""

from typing import Any

import marshmallow as ma
import orjson
from flask import Response, current_app
from marshmallow import validate

JSON = "application/json"

MESSAGES: dict[type[ma.fields.Field], dict[str, str]] = {
    ma.fields.Field: {
        "required": "必填",
        "null": "不能为空",
        "validator_failed": "取值不符合要求",
    },
    ma.fields.String: {"invalid": "应为文字", "invalid_utf8": "含有无法识别的字符"},
    ma.fields.Integer: {"invalid": "应为整数", "too_large": "数字过大"},
    ma.fields.Number: {"invalid": "应为数字", "too_large": "数字过大"},
    ma.fields.Boolean: {"invalid": "应为是或否"},
    ma.fields.List: {"invalid": "应为列表"},
    ma.fields.Dict: {"invalid": "格式不正确"},
    ma.fields.Nested: {"type": "格式不正确"},
    ma.fields.DateTime: {"invalid": "时间格式不正确"},
    ma.fields.Date: {"invalid": "日期格式不正确"},
    ma.fields.Enum: {"unknown": "不在可选范围内：{choices}"},
}

MOBILE = validate.Regexp(r"^1[3-9][0-9]{9}\Z", error="应为 11 位手机号")


class Line(ma.fields.String):
    """One line of text: blanks at its ends do not count, so a blank one is empty."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, *args, **kwargs)
        return " ".join(text.split()) if isinstance(text, str) else text


def speak_chinese() -> None:
    """Give marshmallow's refusals Chinese words, before the first schema is written."""
    for kind, messages in MESSAGES.items():
        kind.default_error_messages = {**kind.default_error_messages, **messages}
    ma.Schema.error_messages = {"unknown": "不认识的字段", "type": "格式不正确"}
    ma.validate.Length.message_min = "长度不能少于 {min}"
    ma.validate.Length.message_max = "长度不能超过 {max}"
    ma.validate.Length.message_all = "长度应在 {min} 至 {max} 之间"
    ma.validate.Length.message_equal = "长度应为 {equal}"
    ma.validate.Range.message_min = "不能小于 {{min}}"
    ma.validate.Range.message_max = "不能大于 {{max}}"
    ma.validate.Range.message_all = "应在 {{min}} 至 {{max}} 之间"
    ma.validate.OneOf.default_message = "不在可选范围内：{choices}"
    ma.validate.Regexp.default_message = "格式不正确"
    ma.validate.Email.default_message = "邮箱格式不正确"


def reply(content: Any, status: int = 200) -> Response:
    """A JSON answer of ready-made dicts; instants become RFC 3339."""
    return Response(orjson.dumps(content), status, content_type=JSON)


def check_promise(schema: ma.Schema, response: Response) -> None:
    """While testing: what was answered is exactly what the document promises."""
    if current_app.testing:
        problems = schema.validate(orjson.loads(response.get_data()))
        assert not problems, f"answer breaks {type(schema).__name__}: {problems}"
