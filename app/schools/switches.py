"""What a school opens or closes for itself (K02): each switch with its default."""

from typing import NamedTuple


class Switch(NamedTuple):
    """A feature of the product that a school may do without."""

    label: str
    hint: str
    default: bool


SWITCHES: dict[str, Switch] = {
    "settlements": Switch(
        "接受单位入驻申请", "关闭后，用人单位不能再向本校申请入驻；已入驻的单位不受影响", True
    ),
    "bookings": Switch(
        "接受单位预定展位", "关闭后，本校所有双选会都不显示“单位预定”；已提交的报名照常审核", True
    ),
}
