"""The go/no-go sheet: one HTML file for the school's staff, one JSON file, one text."""

import json
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from scripts.rehearse import charts
from scripts.rehearse.figures import CROWDED_SHARE, P99_SECONDS, Figures
from scripts.rehearse.words import CALLS, count_word

STYLE = Path(__file__).with_name("sheet.css")


def write(figures: Figures, folder: Path) -> dict[str, Path]:
    """Write the three files; where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    whole = figures.as_json()
    files = {kind: folder / f"rehearsal-{stamp}.{kind}" for kind in ("html", "json", "txt")}
    files["html"].write_text(html(figures, whole), encoding="utf-8")
    files["json"].write_text(json.dumps(whole, ensure_ascii=False, indent=2, default=str) + "\n")
    files["txt"].write_text(summary(figures) + "\n", encoding="utf-8")
    return files


def summary(figures: Figures) -> str:
    """The sheet as a few lines of text."""
    plan, journal = figures.plan, figures.journal
    lines = [
        f"{'GO' if figures.is_go else 'NO-GO'}  {plan.booths} booths, {plan.students:,} students,"
        f" {plan.minutes:g} min at ×{plan.speed:g}, {plan.database}"
        f"{', chaos' if plan.chaos else ''}"
    ]
    lines += [
        f"  {'✓' if gate.is_open else '✗'} {gate.title}: {gate.value}（{gate.bound}）"
        for gate in figures.gates
    ]
    peak = max((rate for _, rate in figures.arrivals()), default=0.0)
    fan_out = journal.fan_out.between(0, float("inf"))
    middle = fan_out[len(fan_out) // 2] if fan_out else 0.0
    lines.append(
        f"  进场峰值 {peak:.1f}/s，仍达标的最高进场速度 {figures.highest_rate_that_held():.1f}/s；"
        f"面试 {figures.after.interviews}，"
        f"{figures.after.students_interviewed}/{plan.students} 名学生至少一次；"
        f"呼叫送达中位 {1000 * middle:.0f} ms"
    )
    lines.append(
        f"  演练程序占整机 CPU 最高 {figures.player_share:.0%}，平均核数: {figures.cores()}"
    )
    if journal.skipped:
        lines.append(f"  本版本没有、因而未演练: {', '.join(sorted(journal.skipped))}")
    return "\n".join(lines)


def html(figures: Figures, whole: dict[str, Any]) -> str:
    """The sheet as a page that needs nothing else."""
    parts = [
        _head(figures),
        _verdict(figures),
        _tiles(figures, whole),
        "<h2>开放条件</h2>",
        _gates(figures),
        "<h2>过程</h2>",
        f'<div class="charts">{"".join(_charts(figures))}</div>',
        "<h2>每种请求（开场一分钟以后，毫秒）</h2>",
        _calls(figures),
        _troubles(figures),
        "<h2>发生了什么</h2>",
        _counts(whole["counts"]),
    ]
    title = "双选会演练结果"
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE.read_text()}</style></head><body>{''.join(parts)}</body></html>"
    )


def _head(figures: Figures) -> str:
    plan = figures.plan
    day = datetime.now().strftime("%Y-%m-%d %H:%M")
    chaos = "，期间逐个强制关闭并重启各服务" if plan.chaos else ""
    return (
        f"<h1>双选会演练结果</h1><small>{day} · {plan.booths} 个展位 · {plan.students} 名学生 · "
        f"演练 {plan.minutes:g} 分钟，节奏为实际的 {plan.speed:g} 倍 · "
        f"{escape(plan.database)}{chaos}</small>"
    )


def _verdict(figures: Figures) -> str:
    if figures.is_go:
        word = '<div class="verdict go"><b>GO 可以开放</b><br>全部开放条件都已满足。</div>'
    else:
        shut = "".join(
            f"<li>{escape(g.title)}：{escape(g.value)}（要求 {escape(g.bound)}）</li>"
            for g in figures.gates
            if not g.is_open
        )
        word = f'<div class="verdict no"><b>NO-GO 暂不开放</b><ul>{shut}</ul></div>'
    if figures.player_share > CROWDED_SHARE:
        word += (
            f'<p class="note">演练程序自身最多占用整机 {figures.player_share:.0%} 的 CPU，'
            "与被测系统争用同一台机器，响应时间因此偏慢；仍能达标的最高进场速度为"
            f"每秒 {figures.highest_rate_that_held():.1f} 人。</p>"
        )
    return word


def _tiles(figures: Figures, whole: dict[str, Any]) -> str:
    after, told = figures.after, whole["notification_seconds"]
    share = 100 * after.students_interviewed / max(1, figures.plan.students)
    waits = whole["wait_seconds"]
    tiles = [
        (f"{whole['arrivals_per_second_peak']:.1f}/s", "进场峰值"),
        (f"{whole['sockets_peak']:,}", "同时在线连接"),
        (f"{figures.journal.referee.rings:,}", "呼叫次数"),
        (f"{after.interviews:,}", "面试场数"),
        (f"{share:.0f} %", "至少面试一次的学生"),
        (f"{waits['p50'] / 60:.1f} 分", "等待中位（演练时间）"),
        (f"{whole['fan_out_ms']['p99']:.0f} ms", "呼叫送达 p99"),
        (f"{told['p99']:.1f} s", "通知送达 p99"),
        (f"{after.told.sent:,} / {after.told.only_inbox:,}", "微信送达 / 仅站内"),
    ]
    shown = "".join(
        f'<div class="tile"><b>{value}</b><small>{name}</small></div>' for value, name in tiles
    )
    return f'<div class="tiles">{shown}</div>'


def _gates(figures: Figures) -> str:
    rows = "".join(
        f"<tr><td>{escape(g.title)}</td><td>{escape(g.value)}</td><td>{escape(g.bound)}</td>"
        f'<td class="{"ok" if g.is_open else "bad"}">{"通过" if g.is_open else "未通过"}</td></tr>'
        for g in figures.gates
    )
    return f"<table><tr><th>条件</th><th>结果</th><th>要求</th><th></th></tr>{rows}</table>"


def _charts(figures: Figures) -> list[str]:
    journal, bound = figures.journal, 1000 * P99_SECONDS
    names = {name for _, row in journal.cpu for name in row}
    cores = {
        ("演练程序" if name == "player" else name): [
            (at, row.get(name, 0.0)) for at, row in journal.cpu[1:]
        ]
        for name in sorted(names)
    }
    people = {"在线连接": journal.sockets, "排队中的票": journal.waiting}
    slow = ("apply", "queue page", "ring next", "recruiter's hall")
    return [
        charts.lines("进场（人/秒）", {"进场": figures.arrivals()}, ""),
        *(
            charts.lines(f"{CALLS[kind]}（毫秒）", figures.over_time(kind), "", bound=bound)
            for kind in slow
        ),
        charts.lines("在线与排队", people, ""),
        charts.lines("占用的 CPU 核数", cores, ""),
        charts.histogram(
            "从申请到被呼叫的等待（分）", [s / 60 for s in journal.waits.seconds], "分"
        ),
        charts.histogram(
            "呼叫送达学生页面（毫秒）", [1000 * s for s in journal.fan_out.seconds], "ms"
        ),
        charts.histogram("通知从产生到送达（秒）", figures.after.told.delays, "s"),
        charts.calibration("承诺的校准：告知的机会与实际", figures.after.promises.seen),
    ]


def _calls(figures: Figures) -> str:
    rows = []
    for row in figures.calls():
        spans = "".join(_number(f"{row[share]:.0f}") for share in ("p50", "p95", "p99"))
        name = escape(CALLS.get(row["call"], row["call"]))
        statuses = escape(_statuses(row["statuses"]))
        counted = _number(f"{row['count']:,}")
        rows.append(f"<tr><td>{name}</td>{counted}{spans}<td>{statuses}</td></tr>")
    words = "".join(f"<th class='n'>{word}</th>" for word in ("次数", "p50", "p95", "p99"))
    head = f"<tr><th>请求</th>{words}<th>应答</th></tr>"
    return f'<div class="scroll"><table>{head}{"".join(rows)}</table></div>'


def _number(text: str) -> str:
    return f"<td class='n'>{text}</td>"


def _statuses(statuses: dict[int, int]) -> str:
    words = {0: "无应答"}
    return "，".join(
        f"{words.get(code, code)} × {count:,}" for code, count in sorted(statuses.items())
    )


def _troubles(figures: Figures) -> str:
    lines = [
        f"{v.at:.1f} s {v.rule} {v.tickets}: {v.text}" for v in figures.journal.referee.violations
    ]
    lines += [f"{rule}: {text}" for rule, found in figures.after.rules.items() for text in found]
    lines += figures.after.told.lost
    lines += [f"5xx {fault}" for fault in figures.journal.faults]
    outages = "".join(
        f"<li>{escape(name)}：第 {start:.0f} 至 {end:.0f} 秒</li>"
        for start, end, name in figures.journal.outages
    )
    skipped = "，".join(sorted(figures.journal.skipped))
    told = f"<h2>停机</h2><ul>{outages}</ul>" if outages else ""
    told += (
        f'<p class="note">本版本没有、因而未演练的接口：{escape(skipped)}</p>' if skipped else ""
    )
    if lines:
        shown = "".join(f"<li>{escape(line)}</li>" for line in lines[:60])
        told += f"<h2>不符合规则之处（{len(lines)}）</h2><ul>{shown}</ul>"
    return told


def _counts(counts: dict[str, int]) -> str:
    rows = "".join(
        f"<tr><td>{escape(count_word(k))}</td><td class='n'>{v:,}</td></tr>"
        for k, v in counts.items()
    )
    return f"<table><tr><th>事件</th><th class='n'>次数</th></tr>{rows}</table>"
