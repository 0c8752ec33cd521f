"""What a cell of a list or of a record page shows."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from app.admin.words import word_of
from app.core.clock import local
from app.files.models import Upload
from app.files.services import link_to

NOTHING = Markup('<span class="faint">—</span>')
REVIEW_SECONDS = 1800  # somebody reads a page for so long before opening what is on it


def badge(status: StrEnum | None) -> Markup:
    """A status as a small coloured word."""
    word, tone = word_of(status)
    return tag(word, tone)


def tag(word: str, tone: str = "plain") -> Markup:
    """A small coloured word."""
    return Markup('<span class="tag tag-{}">{}</span>').format(tone, word)


def minute(instant: datetime | None) -> Markup:
    """An instant in Shanghai's time, to the minute."""
    if instant is None:
        return NOTHING
    here = local(instant)
    return Markup('<time datetime="{}">{}</time>').format(
        instant.isoformat(), here.strftime("%Y-%m-%d %H:%M")
    )


def second(instant: datetime | None) -> Markup:
    """An instant in Shanghai's time, to the second."""
    return NOTHING if instant is None else escape(local(instant).strftime("%Y-%m-%d %H:%M:%S"))


def window(starts_at: datetime, ends_at: datetime) -> Markup:
    """A span, the day named once when it is the same."""
    start, end = local(starts_at), local(ends_at)
    last = end.strftime("%H:%M" if start.date() == end.date() else "%m-%d %H:%M")
    return escape(f"{start:%Y-%m-%d %H:%M} 至 {last}")


def link(text: object, endpoint: str, **values: Any) -> Markup:
    """A link inside the back office."""
    return Markup('<a href="{}">{}</a>').format(url_for(endpoint, **values), text)


def upload_link(upload: Upload | None) -> Markup:
    """A file that somebody sent, in a new tab; the link lasts as long as a review may."""
    if upload is None:
        return NOTHING
    return Markup('{}{}</a> <span class="faint">{}</span>').format(
        _opening(upload), upload.name, _size_word(upload.size)
    )


def upload_picture(upload: Upload | None) -> Markup:
    """A picture that somebody sent, small, the whole one behind it; other files as a link."""
    if upload is None or not upload.is_image:
        return upload_link(upload)
    return Markup('{}<img class="sent" src="{}" alt="{}" width="{}" height="{}"></a>').format(
        _opening(upload), _address(upload), upload.name, upload.width, upload.height
    )


def _opening(upload: Upload) -> Markup:
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">').format(
        _address(upload)
    )


def _address(upload: Upload) -> str:
    return link_to(upload, seconds=REVIEW_SECONDS)


def _size_word(size: int) -> str:
    return f"{size / 1024:.0f} KB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"


def percent(value: int | None) -> Markup:
    """A share with its bar."""
    if value is None:
        return NOTHING
    tone = "good" if value > 70 else "warn"
    return Markup(
        '<span class="share">'
        '<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="share-ground" width="100" height="6" rx="3"/>'
        '<rect class="share-{}" width="{}" height="6" rx="3"/></svg>{}%</span>'
    ).format(tone, value, value)


def paragraphs(text: str) -> Markup:
    """Long text with its line breaks."""
    if not text:
        return NOTHING
    return Markup('<div class="prose">{}</div>').format(text)


def shown(read: Callable[[Any], Any]) -> Callable[..., Any]:
    """Make *read* (record → text) a column formatter of Flask-Admin."""

    def formatter(_view: Any, _context: Any, record: Any, _name: str) -> Any:
        value = read(record)
        return NOTHING if value is None or value == "" else value

    return formatter
