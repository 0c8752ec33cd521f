"""WeChat's content safety as one more screen of postings (C10)."""

from collections.abc import Iterator, Mapping

from app.integrations.wechat import WeChat
from app.positions.screening import Flag

LONGEST_PIECE = 2_400  # WeChat takes 2,500
PASSES = "pass"
LABELS = {
    10001: "广告",
    20001: "时政",
    20002: "色情",
    20003: "辱骂",
    20006: "违法犯罪",
    20008: "欺诈",
    20012: "低俗",
    20013: "版权",
}
OTHER = "其他"


class WeChatScreen:
    """Asks WeChat about each text, as written by a person it knows by *openid*.

    :meth:`look` may raise what :meth:`WeChat.check_text` raises.
    """

    name = "wechat"

    def __init__(self, wechat: WeChat, openid: str) -> None:
        self._wechat, self._openid = wechat, openid

    def look(self, texts: Mapping[str, str]) -> list[Flag]:
        """A flag for each keyword it names, or for the whole field where it names none."""
        return [
            flag
            for field, text in texts.items()
            for start, piece in _pieces(text)
            for flag in self._of_piece(field, start, piece)
        ]

    def _of_piece(self, field: str, start: int, piece: str) -> Iterator[Flag]:
        verdict = self._wechat.check_text(self._openid, piece)
        if verdict.suggest == PASSES:
            return
        level = "review" if verdict.suggest == "risky" else "warn"
        word = LABELS.get(verdict.label, OTHER)
        found = [(piece.find(one), one) for one in verdict.keywords if one in piece]
        for place, phrase in found or [(0, piece)]:
            yield {
                "screen": self.name,
                "category": str(verdict.label),
                "word": f"微信提示：{word}",
                "level": level,
                "field": field,
                "start": start + place,
                "end": start + place + len(phrase),
                "phrase": phrase[:60],
                "note": "微信内容安全检测的提示，请人工核对",
            }


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    for start in range(0, len(text), LONGEST_PIECE):
        piece = text[start : start + LONGEST_PIECE]
        if piece.strip():
            yield start, piece
