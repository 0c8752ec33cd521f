"""Charts as inline SVG: no script, no font, nothing to fetch."""

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 560, 190
LEFT, RIGHT, TOP, BOTTOM = 48, 10, 12, 26
COLOURS = ("#2563eb", "#d97706", "#dc2626", "#059669", "#7c3aed", "#475569", "#0891b2", "#be185d")
Points = Sequence[tuple[float, float]]


def lines(
    title: str, series: Mapping[str, Points], unit: str, *, bound: float | None = None
) -> str:
    """A line for each series over seconds of play, shown in minutes."""
    points = [point for row in series.values() for point in row]
    if not points:
        return _empty(title)
    most_x = max(x for x, _ in points) or 1.0
    most_y = max([y for _, y in points] + ([bound] if bound else [])) * 1.08 or 1.0
    parts = [_axes(most_x / 60, most_y, unit)]
    if bound is not None:
        y = _y(bound, most_y)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" class="bound"/>'
        )
    legend = []
    for colour, (name, row) in zip(COLOURS, series.items(), strict=False):
        path = " ".join(f"{_x(x, most_x):.1f},{_y(y, most_y):.1f}" for x, y in row)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>'
        )
        legend.append(f'<span><i style="background:{colour}"></i>{escape(name)}</span>')
    return _figure(title, "".join(parts), "".join(legend))


def calibration(title: str, rows: Sequence[Mapping[str, float]]) -> str:
    """What was told against what came true, in percent; on the diagonal it is honest."""
    if not rows:
        return _empty(title)
    parts = [_axes(100, 100, "%", x_unit="%")]
    parts.append(
        f'<line x1="{_x(0, 100):.1f}" y1="{_y(0, 100):.1f}"'
        f' x2="{_x(100, 100):.1f}" y2="{_y(100, 100):.1f}" class="bound"/>'
    )
    for row in rows:
        radius = min(14.0, 3 + row["count"] ** 0.5 / 2)
        x, y = _x(row["chance"], 100), _y(row["seen"], 100)
        note = f"告知 {row['chance']:.0f} %，实际 {row['seen']:.0f} %，{row['count']:.0f} 条"
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{COLOURS[0]}" opacity=".7">'
            f"<title>{note}</title></circle>"
        )
    return _figure(title, "".join(parts), "<span>横轴：告知的机会；纵轴：实际面试到的比例</span>")


def histogram(title: str, values: Sequence[float], unit: str, bins: int = 24) -> str:
    """How a row of values is spread."""
    if not values:
        return _empty(title)
    most = max(values) or 1.0
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int(value / most * bins))] += 1
    tallest = max(counts)
    width = (WIDTH - LEFT - RIGHT) / bins
    bars = "".join(
        f'<rect x="{LEFT + n * width + 1:.1f}" y="{_y(count, tallest * 1.08):.1f}"'
        f' width="{width - 2:.1f}" height="{_y(0, 1) - _y(count, tallest * 1.08):.1f}"'
        f' fill="{COLOURS[0]}"/>'
        for n, count in enumerate(counts)
    )
    return _figure(title, _axes(most, tallest * 1.08, "", x_unit=unit) + bars, "")


def _x(value: float, most: float) -> float:
    return LEFT + value / most * (WIDTH - LEFT - RIGHT)


def _y(value: float, most: float) -> float:
    return HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM)


def _axes(most_x: float, most_y: float, unit: str, x_unit: str = "分") -> str:
    marks = []
    for part in range(5):
        y = _y(part / 4, 1)
        marks.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>'
        )
        label = f"{_short(most_y * part / 4)}{unit if part == 4 else ''}"
        marks.append(f'<text x="{LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
        x = _x(part / 4, 1)
        anchor = ("start", "middle", "middle", "middle", "end")[part]
        tick = f"{_short(most_x * part / 4)}{x_unit if part == 4 else ''}"
        marks.append(f'<text x="{x:.1f}" y="{HEIGHT - 8}" text-anchor="{anchor}">{tick}</text>')
    return "".join(marks)


def _short(value: float) -> str:
    if value >= 10_000:
        return f"{value / 1000:.0f}k"
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def _figure(title: str, inside: str, legend: str) -> str:
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' role="img" aria-label="{escape(title)}">{inside}</svg>'
        f'<div class="legend">{legend}</div></figure>'
    )


def _empty(title: str) -> str:
    return f"<figure><figcaption>{escape(title)}</figcaption><p class='none'>没有数据</p></figure>"
