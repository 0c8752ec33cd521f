"""CPU time of server processes, from /proc: what a request costs whatever else goes on."""

import os
from collections.abc import Iterable
from typing import NamedTuple

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class Process(NamedTuple):
    """A row of the process table."""

    parent: int
    ticks: int  # of CPU, its ended children's too


Processes = dict[int, Process]


def processes() -> Processes:
    """The process table of this moment, by pid: one pass for however many questions."""
    found = {}
    for name in os.listdir("/proc"):
        if name.isdigit() and (fields := _stat(name)):
            # state, parent, …, utime stime cutime cstime
            found[int(name)] = Process(int(fields[1]), sum(map(int, fields[11:15])))
    return found


def family(roots: Iterable[int], among: Processes | None = None) -> set[int]:
    """Return *roots* and all their descendants, as far as they live."""
    table = processes() if among is None else among
    children: dict[int, list[int]] = {}
    for pid, process in table.items():
        children.setdefault(process.parent, []).append(pid)
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            waiting += children.get(pid, [])
    return found


def seconds(roots: Iterable[int], among: Processes | None = None) -> float:
    """Return the CPU time used so far by *roots* and their descendants, ended ones too."""
    table = processes() if among is None else among
    ticks = sum(table[pid].ticks for pid in family(roots, table) if pid in table)
    return ticks / TICKS_PER_SECOND


def _stat(pid: str) -> list[bytes]:
    """Return the fields of /proc/pid/stat after the name: state, parent, …"""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
