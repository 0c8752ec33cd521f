"""Captchas: a picture of signs, or a sum for those who do not see it. Answered once.

What is kept in Redis is a keyed hash of the answer. Without Redis there are no captchas:
whoever needs one is told so, whoever needs none is not held up.
"""

import base64
import hmac
import secrets
from enum import StrEnum
from functools import cache
from typing import cast

from captcha.image import ImageCaptcha
from redis.exceptions import RedisError

from app.core import crypto
from app.core.errors import Invalid, UpstreamFailed
from app.core.redis import client
from app.core.secrets import new_token

SECONDS = 300
SIGNS = "ACDEFHJKMNPRTUVWXY3479"  # none that looks like another one
LENGTH = 4
WIDTH, HEIGHT = 180, 60  # three to one, as the desk shows it


class Kind(StrEnum):
    """How a captcha is put to a person."""

    IMAGE = "image"  # 图形
    TEXT = "text"  # 文字: a sum, for screen readers


class CaptchaUnavailable(UpstreamFailed):
    """Redis is away, which keeps the answers."""

    title = "验证码服务暂时不可用，请稍后再试"


class CaptchaWrong(Invalid):
    """Wrong, used or older than five minutes; the next answer needs a new captcha."""

    title = "验证码不正确或已过期，请重新输入"


def open_captcha(kind: Kind) -> dict[str, str | None]:
    """A new captcha, good for one answer within five minutes.

    :raises CaptchaUnavailable: its answer cannot be kept
    """
    image, question = None, None
    if kind == Kind.IMAGE:
        answer = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
        image = _picture(answer)
    else:
        left, right = secrets.randbelow(40) + 10, secrets.randbelow(9) + 1
        answer, question = str(left + right), f"{left} + {right}"
    captcha_id = new_token(20)
    try:
        client().set(_name(captcha_id), _hash(captcha_id, answer), ex=SECONDS)
    except RedisError as error:
        raise CaptchaUnavailable from error
    return {"id": captcha_id, "kind": kind.value, "image": image, "question": question}


def check_captcha(captcha_id: str, answer: str) -> None:
    """Take a person's answer; right or wrong, the captcha is used up.

    :raises CaptchaWrong: another answer, or no such captcha any more
    :raises CaptchaUnavailable: nobody can tell
    """
    try:
        kept = cast(bytes | None, client().getdel(_name(captcha_id)))
    except RedisError as error:
        raise CaptchaUnavailable from error
    given = _hash(captcha_id, "".join(answer.split()).upper())
    if kept is None or not hmac.compare_digest(kept, given.encode()):
        raise CaptchaWrong(captcha_needed=True)


@cache
def _painter() -> ImageCaptcha:
    """One for the process: it reads its typeface from a file."""
    return ImageCaptcha(width=WIDTH, height=HEIGHT)


def _picture(signs: str) -> str:
    drawn = _painter().generate(signs)
    return "data:image/png;base64," + base64.b64encode(drawn.getvalue()).decode()


def _name(captcha_id: str) -> str:
    return f"captcha:{captcha_id}"


def _hash(captcha_id: str, answer: str) -> str:
    return crypto.lookup_hash(f"captcha:{captcha_id}:{answer}")
