"""What a file is by its content, and whether its purpose takes it.

The name that came along decides nothing; it may only not contradict the content.
"""

import re
import unicodedata
from dataclasses import dataclass

from app.files.errors import UploadEmpty, UploadRenamed, UploadTooLarge, UploadTypeRefused
from app.files.papers import check_paper
from app.files.pictures import rewrite_picture
from app.files.purposes import Allowance, MediaType

LONGEST_NAME = 120
NAMELESS = "未命名"
SUFFIX = re.compile(r"\.([A-Za-z0-9]{1,5})$")
# Endings that promise a type. "江城智造2026.11" ends in none of them, and is a name as good as any.
FOREIGN_SUFFIXES = frozenset(
    """bmp gif heic heif ico svg svgz tif tiff htm html js mhtml shtml xht xhtml xml css doc docx
    exe bat cmd com dll jar msi ps sh eml mp3 mp4 ofd ppt pptx rar rtf txt wps xls xlsx zip 7z
    """.split()
)
SUFFIXES = {suffix: kind for kind in MediaType for suffix in kind.suffixes}


@dataclass(frozen=True)
class Checked:
    """A file as it will be kept."""

    name: str
    media_type: MediaType
    content: bytes
    width: int | None = None
    height: int | None = None


def inspect(name: str, content: bytes, allowance: Allowance) -> Checked:
    """The file as it will be kept: its type known, pictures written anew, the name cleaned.

    :raises UploadTooLarge: more bytes than the purpose allows
    :raises UploadEmpty: no bytes
    :raises UploadTypeRefused: by its content nothing that the purpose takes
    :raises UploadRenamed: the name's ending promises another type
    :raises UploadBroken: cut off or damaged
    :raises PictureTooLarge: too many pixels
    :raises PictureMoves: an animation
    :raises PaperSealed: a PDF with a password
    :raises PaperActive: a PDF with scripts, actions or attachments
    :raises PaperTooLong: a PDF with too many pages
    """
    if not content:
        raise UploadEmpty
    if len(content) > allowance.most_bytes:
        raise too_large(allowance)
    media_type = type_of_content(content)
    if media_type is None or media_type not in allowance.types:
        raise UploadTypeRefused(
            f"请上传 {allowance.types_word} 文件", allowed=list(allowance.types)
        )
    name = cleaned_name(name, media_type)
    if media_type is MediaType.PDF:
        check_paper(content)
        return Checked(name, media_type, content)
    picture = rewrite_picture(content, media_type, most_pixels=allowance.most_pixels)
    return Checked(name, media_type, picture.content, picture.width, picture.height)


def too_large(allowance: Allowance) -> UploadTooLarge:
    """The refusal that names the limit."""
    return UploadTooLarge(f"文件不能超过 {allowance.size_word}", most_bytes=allowance.most_bytes)


def type_of_content(content: bytes) -> MediaType | None:
    """What the first bytes say; a mark further in (a PDF behind a GIF) does not count."""
    if content.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return MediaType.WEBP
    if content.startswith(b"%PDF-"):
        return MediaType.PDF
    return None


def cleaned_name(name: str, media_type: MediaType) -> str:
    """The sender's name for the file: no folders, one visible line, the ending of its type.

    :raises UploadRenamed: its ending promises another type
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(sign if sign.isprintable() else " " for sign in last)
    plain = " ".join(visible.split()).rstrip(". ")
    found = SUFFIX.search(plain)
    suffix = found.group(1).lower() if found else ""
    if suffix in FOREIGN_SUFFIXES or SUFFIXES.get(suffix, media_type) is not media_type:
        raise UploadRenamed(
            f"文件内容是 {media_type.word}，与扩展名 .{suffix} 不符，请上传原始文件",
            media_type=media_type,
        )
    stem = plain[: found.start()] if found and suffix in SUFFIXES else plain
    ending = f".{suffix}" if suffix in SUFFIXES else f".{media_type.suffixes[0]}"
    return f"{stem[: LONGEST_NAME - len(ending)].strip('. ') or NAMELESS}{ending}"
