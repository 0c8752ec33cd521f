"""PDFs are kept as they came, so they must be plain: pages to read, and nothing that acts.

Every object of the file is looked through, not only those that a page leads to.
"""

import io
import time
from collections.abc import Iterator
from typing import Any

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from app.core.errors import DomainError
from app.files.errors import PaperActive, PaperSealed, PaperTooLong, UploadBroken

END = b"%%EOF"
MOST_PAGES = 50
MOST_OBJECTS = 50_000  # a scanned paper has some hundred, a tagged one of 50 pages some thousand
DEEPEST = 60  # lists in lists, without a reference between
LONGEST_SECONDS = 8.0  # nobody's paper takes that long to look through
MOST_UNPACKED = 16_000_000  # bytes of one packed stream; pages' own content is not unpacked
LIMITS = Configuration(
    zlib_maximum_output_length=MOST_UNPACKED,
    lzw_maximum_output_length=MOST_UNPACKED,
    run_length_maximum_output_length=MOST_UNPACKED,
    page_tree_maximum_entries=10_000,
)
# By the key that holds it, by the name of the action, or by the kind of record.
KEYS = frozenset("/JS /JavaScript /EmbeddedFiles /EF /XFA /RichMediaContent".split())
ACTIONS = frozenset(
    """/JavaScript /Launch /ImportData /SubmitForm /GoToR /GoToE /Rendition /Movie /Sound
    /RichMediaExecute /EmbeddedFile /FileAttachment /RichMedia /Screen /3D""".split()
)


def check_paper(content: bytes) -> None:
    """Whether the bytes are a PDF to read and nothing more.

    :raises PaperSealed: it is encrypted
    :raises PaperActive: it holds scripts, actions or further files
    :raises PaperTooLong: it has too many pages
    :raises UploadBroken: it cannot be read, or has no page
    """
    if END not in content[-1024:]:  # a reader would mend a file that was cut off
        raise UploadBroken
    try:
        with apply_configuration(LIMITS):
            _check(PdfReader(io.BytesIO(content)))
    except DomainError:
        raise
    except Exception as fault:  # parsers fail on hostile bytes in every way there is
        raise UploadBroken from fault


def _check(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise PaperSealed
    until = time.monotonic() + LONGEST_SECONDS
    for record in _records(reader, until):
        if _acts(record):
            raise PaperActive
    pages = len(reader.pages)
    if not pages:
        raise UploadBroken
    if pages > MOST_PAGES:
        raise PaperTooLong(f"PDF 不能超过 {MOST_PAGES} 页", most_pages=MOST_PAGES)


def _records(reader: PdfReader, until: float) -> Iterator[DictionaryObject]:
    """Every dictionary of the file: the trailer's, and those of all numbered objects."""
    numbers = [(number, turn) for turn, places in reader.xref.items() for number in places]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > MOST_OBJECTS:
        raise UploadBroken
    yield from _inside(reader.trailer)
    for number, generation in numbers:
        if time.monotonic() > until:
            raise UploadBroken
        yield from _inside(reader.get_object(IndirectObject(number, generation, reader)))


def _inside(value: Any, depth: int = 0) -> Iterator[DictionaryObject]:
    """The dictionaries within one object; what it refers to comes by its own number."""
    if depth > DEEPEST:
        raise UploadBroken
    if isinstance(value, DictionaryObject):  # of a stream its dictionary, not its content
        yield value
        inner = list(dict.values(value))
    elif isinstance(value, ArrayObject):
        inner = list(value)
    else:
        return
    for one in inner:
        yield from _inside(one, depth + 1)


def _acts(record: DictionaryObject) -> bool:
    """Whether a dictionary is, or holds, what acts when the file is opened or read."""
    if not KEYS.isdisjoint(record):
        return True
    return any(str(record[key]) in ACTIONS for key in ("/S", "/Type", "/Subtype") if key in record)
