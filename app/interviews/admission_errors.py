"""Rules of being admitted to a line that may not be able to keep its word."""

from app.core.errors import Conflict


class UnlikelyToBeSeen(Conflict):
    """The chance of a turn before closing lies below the fair's bar; ``offers`` can be kept.

    ``seen_chance`` in percent; ``low_at``, ``high_at``, ``closes_at`` as a promise has them.
    """

    title = "按目前的进度，可能在结束前轮不到您"


class SlotTaken(Conflict):
    """Somebody else has this guaranteed slot."""

    title = "该时段刚刚被其他同学预约，请另选时段"


class SlotNotOffered(Conflict):
    """Not one of the booth's free slots, or the line itself is short enough."""

    title = "该时段不可预约，请刷新后再试"


class SlotsClash(Conflict):
    """One guaranteed slot per student and hour; ``slot_at`` names the other one."""

    title = "您在同一小时内已预约了其他单位的时段"
