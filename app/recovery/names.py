"""Names of companies and sentences as they are compared: by NFKC, blanks aside. 单位名称"""

import unicodedata
from itertools import product

BRACKETS = {"(": "（", ")": "）"}
MOST_BRACKETS = 6  # each may be wide or narrow: 64 spellings


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same, full or half width, however they are spaced."""
    return normal(one) == normal(other)


def normal(text: str) -> str:
    """The text as it is compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def spellings(name: str) -> set[str]:
    """How a company of this name may have been recorded, for a look-up by index.

    Brackets are typed wide and narrow without thought, each for itself; letters and digits
    all wide or all narrow. Whoever finds a row compares it by :func:`same_text` as well.
    """
    spaced = " ".join(unicodedata.normalize("NFKC", name).split())
    found = {" ".join(name.split())}
    for narrow in (spaced, normal(name)):
        found |= _bracketed(narrow) | {"".join(_wide(sign) for sign in narrow)}
    return found


def _bracketed(narrow: str) -> set[str]:
    """The name with each of its brackets wide or narrow."""
    places = [place for place, sign in enumerate(narrow) if sign in BRACKETS][:MOST_BRACKETS]
    found = set()
    for chosen in product((False, True), repeat=len(places)):
        signs = list(narrow)
        for place, is_wide in zip(places, chosen, strict=True):
            if is_wide:
                signs[place] = BRACKETS[signs[place]]
        found.add("".join(signs))
    return found


def _wide(sign: str) -> str:
    return chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign
