"""Makes every call once, one after the other, and writes down the SQL of each."""

import sys
from collections.abc import Sequence
from pathlib import Path

from flask.testing import FlaskClient

from app.config import Config
from app.core.database import db
from app.factory import create_app
from scripts.bench import traces
from scripts.bench.dataset import read_calls
from scripts.bench.load import Call
from scripts.bench.traces import Trace, recording

RECORDED_READS = 100


def record(client: FlaskClient, call: Call) -> Trace:
    """Make one call and return what it did.

    :raises SystemExit: when the call does not succeed; a floor must not be measured on refusals
    """
    headers = {"Authorization": f"Bearer {call.token}", "Accept": "application/json"}
    if call.key:
        headers["Idempotency-Key"] = call.key
    with recording(db.obj) as trace:
        answer = client.open(
            call.path,
            method=call.method,
            data=call.body or None,
            headers=headers,
            content_type="application/json",
        )
    if not 200 <= answer.status_code < 300:
        raise SystemExit(f"{call.method} {call.path}: {answer.status_code} {answer.text[:400]}")
    trace.answer = answer.get_json()
    return trace


def _worth_recording(calls: Sequence[Call]) -> Sequence[Call]:
    """Every write, for each can be made once; of the reads enough to vary what is read."""
    only_reads = all(call.method == "GET" for call in calls)
    return calls[:RECORDED_READS] if only_reads else calls


def main(calls_path: Path, traces_path: Path) -> None:
    """Record every operation against the database that the environment names."""
    client = create_app(Config.from_env()).test_client()
    several = {
        name: [record(client, call) for call in _worth_recording(calls)]
        for name, calls in read_calls(calls_path).items()
    }
    traces.save(several, traces_path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
