"""What a file may be sent for, and what is taken for it."""

from dataclasses import dataclass
from enum import StrEnum

KIB = 1024
MIB = 1024 * KIB
PHOTO_PIXELS = 25_000_000  # what phones take; a decoded one fills 75 MB


class Purpose(StrEnum):
    """Where a file belongs; it can be used nowhere else."""

    LOGO = "logo"  # 单位标志
    PAPER = "paper"  # 证明材料: licence, authorisation letter (A10)
    APPEAL_STATEMENT = "appeal_statement"  # 盖章说明 (A16)
    PICTURE = "picture"  # 图片


class MediaType(StrEnum):
    """What a file is, by its content."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"

    @property
    def is_image(self) -> bool:
        return self is not MediaType.PDF

    @property
    def word(self) -> str:
        """How people call it."""
        return "JPG" if self is MediaType.JPEG else self.name.replace("WEBP", "WebP")

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings of its file names, ours first."""
        if self is MediaType.JPEG:
            return ("jpg", "jpeg", "jpe", "jfif")
        return (self.name.lower(),)


@dataclass(frozen=True)
class Allowance:
    """What is taken for a purpose. Every picture is written anew (see ``pictures``)."""

    types: tuple[MediaType, ...]
    most_bytes: int  # of what was sent
    most_pixels: int = PHOTO_PIXELS
    by_visitors: bool = False  # whoever cannot log in may send it too

    @property
    def types_word(self) -> str:
        """``JPG、PNG 或 PDF``."""
        *first, last = (kind.word for kind in self.types)
        return f"{'、'.join(first)} 或 {last}" if first else last

    @property
    def size_word(self) -> str:
        """``100 KB``, ``2 MB``."""
        if self.most_bytes < MIB:
            return f"{self.most_bytes // KIB} KB"
        return f"{self.most_bytes // MIB} MB"


PICTURES = (MediaType.JPEG, MediaType.PNG, MediaType.WEBP)
ALLOWANCES = {
    Purpose.LOGO: Allowance(PICTURES, 100 * KIB, most_pixels=4_000_000),  # A19
    Purpose.PAPER: Allowance(
        (MediaType.JPEG, MediaType.PNG, MediaType.PDF), 5 * MIB, by_visitors=True
    ),
    Purpose.APPEAL_STATEMENT: Allowance((MediaType.JPEG,), 2 * MIB, by_visitors=True),  # A16
    Purpose.PICTURE: Allowance(PICTURES, 5 * MIB),
}
MOST_BYTES = max(allowance.most_bytes for allowance in ALLOWANCES.values())
