"""The unified social credit code, GB 32100-2015. 统一社会信用代码"""

import unicodedata

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def normalise(code: str) -> str:
    """Upper case, half width, no spaces; O is not taken for 0."""
    return "".join(unicodedata.normalize("NFKC", code).split()).upper()


def has_form(code: str) -> bool:
    """Whether it is 18 characters of the set, whatever the check digit says."""
    return len(code) == 18 and all(character in CHARACTERS for character in code)


def is_valid(code: str) -> bool:
    """Whether the 18 characters are of the set and the check digit fits."""
    if not has_form(code):
        return False
    total = sum(CHARACTERS.index(code[i]) * WEIGHTS[i] for i in range(17))
    return CHARACTERS[(31 - total % 31) % 31] == code[17]
