"""What others are told of our limits is what holds: the clients, and the proxies in front."""

import re
from pathlib import Path

import pytest

from app.files.purposes import ALLOWANCES, MIB, MOST_BYTES, Purpose

ROOT = Path(__file__).resolve().parents[2]
RULE = re.compile(r"^  (\w+): \{ types: \[([^\]]*)\], mostBytes: ([\d_]+) \},$", re.MULTILINE)


def test_clients_know_the_same_limits():
    text = (ROOT / "miniprogram/src/shared/uploads.ts").read_text(encoding="utf-8")
    told = {
        name: (re.findall(r"'([^']+)'", types), int(most.replace("_", "")))
        for name, types, most in RULE.findall(text)
    }
    assert told == {
        purpose.value: ([kind.value for kind in allowance.types], allowance.most_bytes)
        for purpose, allowance in ALLOWANCES.items()
    }


def test_clients_know_the_same_purposes():
    text = (ROOT / "miniprogram/src/shared/api/types/upload.ts").read_text(encoding="utf-8")
    words = re.search(r"UploadPurpose = (.*);", text)
    assert words and re.findall(r"'(\w+)'", words[1]) == list(Purpose)
    words = re.search(r"VisitorPurpose = Extract<UploadPurpose, (.*)>;", text)
    by_visitors = {purpose for purpose in Purpose if ALLOWANCES[purpose].by_visitors}
    assert words and set(re.findall(r"'(\w+)'", words[1])) == by_visitors


@pytest.mark.parametrize("place", ["scripts/stack/proxy.py", "README.md", "README.zh-CN.md"])
def test_proxies_let_the_largest_file_through(place):
    limits = re.findall(r"client_max_body_size (\d+)m;", (ROOT / place).read_text(encoding="utf-8"))
    assert limits and all(int(limit) * MIB > MOST_BYTES + MIB for limit in limits)
