"""The next best option of a student who was rejected: a booth alike where a turn is likely."""

from app.fairs.phases import may_apply
from app.interviews.services.finding import Found
from app.interviews.services.similar import similar_booths


def next_step(found: Found) -> str:
    """One sentence for the student; blank when no booth of the fair is known to be better."""
    if not may_apply(found.fair):
        return ""
    alike = similar_booths(found.booth, found.interview.student_id, found.fair.seen_bar)
    if not alike:
        return ""
    best = alike[0]
    titles = "、".join(best["titles"][:2])
    offers = f"在招{titles}，" if titles else ""
    low, high = best["wait"]["low_minutes"], best["wait"]["high_minutes"]
    return (
        f"可以看看 {best['number']} 展位的{best['employer_name']}："
        f"{offers}现在申请约 {low}–{high} 分钟轮到。"
    )
