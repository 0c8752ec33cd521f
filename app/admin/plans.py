"""展位图: the places of a fair, laid out and kept back by staff (B07)."""

from typing import Any

from flask import flash, redirect, request
from flask_admin import expose

from app.admin.guard import text_of
from app.admin.picking import is_number
from app.bookings.services import plan
from app.core.errors import DomainError

STATE_WORDS = {
    "free": ("空闲", "plain"),
    "reserved": ("预留", "note"),
    "held": ("审核中", "warn"),
    "taken": ("已定", "good"),
}
MOST_TEXT = 40_000


class PlanPages:
    """Mixed into the fairs' pages: a fair's floor plan, drawn as its areas and rows."""

    @expose("/<int:fair_id>/plan")
    def plan(self, fair_id: int) -> str:
        """The plan, with who holds which place."""
        fair = self.get_one(fair_id)  # type: ignore[attr-defined]
        places = plan.floor_plan(fair_id)
        counts = {
            state: sum(1 for place in places if place["state"] == state) for state in STATE_WORDS
        }
        return self.render(  # type: ignore[attr-defined]
            "office/plan.html",
            fair=fair,
            areas=_by_area(places),
            total=len(places),
            counts=counts,
            words=STATE_WORDS,
        )

    @expose("/<int:fair_id>/plan", methods=("POST",))
    def change_plan(self, fair_id: int) -> Any:
        """Add places, keep some back, or take some away."""
        self.get_one(fair_id)  # type: ignore[attr-defined]
        try:
            flash(_change(fair_id, request.form.get("act", "")), "good")
        except DomainError as error:
            flash(text_of(error), "bad")
        return redirect(self.get_url(".plan", fair_id=fair_id))  # type: ignore[attr-defined]


def _change(fair_id: int, act: str) -> str:
    """Do what the button says; the words that tell it."""
    chosen = [int(number) for number in request.form.getlist("place") if is_number(number)]
    if act == "lay_out":
        areas = request.form.get("areas", "")[:200]
        words = [word for word in areas.replace("，", " ").replace("、", " ").split() if word]
        rows, cols = (_number(request.form.get(name, "")) for name in ("rows", "cols"))
        return f"已新增 {plan.lay_out(fair_id, areas=words, rows=rows, cols=cols)} 个展位"
    if act == "paste":
        text = request.form.get("numbers", "")[:MOST_TEXT]
        return f"已新增 {plan.lay_out_list(fair_id, text)} 个展位，已有的展位号不变"
    if not chosen:
        return "没有选中展位，什么也没有改变"
    if act == "remove":
        gone = plan.take_away(fair_id, chosen)
        kept = len(chosen) - gone
        return f"已移除 {gone} 个展位" + (f"，{kept} 个已有单位的展位保留" if kept else "")
    if act not in ("reserve", "open"):
        return "什么也没有改变"
    count = plan.keep_back(fair_id, chosen, is_reserved=act == "reserve")
    return f"已{'预留' if act == 'reserve' else '开放'} {count} 个展位"


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def _by_area(places: list[dict[str, Any]]) -> list[tuple[str, list[list[dict[str, Any]]]]]:
    """Areas in order, each with its rows of places."""
    areas: dict[str, dict[int, list[dict[str, Any]]]] = {}
    for place in places:
        areas.setdefault(place["area"], {}).setdefault(place["row"], []).append(place)
    return [(area, list(rows.values())) for area, rows in areas.items()]
