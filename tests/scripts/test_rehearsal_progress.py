"""What a rehearsal tells while it plays."""

from scripts.rehearse.journal import Journal
from scripts.rehearse.progress import Progress


def journal_at(minutes: float) -> Journal:
    """A journal that began so long ago."""
    journal = Journal()
    journal.began -= 60 * minutes
    return journal


def test_nothing_is_told_before_a_minute_has_passed():
    assert Progress(journal_at(0.9)).line({}) is None


def test_a_line_tells_the_last_minute_only():
    journal = journal_at(10)
    progress = Progress(journal)
    for second, took in ((10, 9.0), (570, 0.2), (580, 0.1)):
        journal.calls["apply"].add(second, took)
    journal.arrivals.extend([570.0] * 120)
    progress._told_at = 540.0
    line = progress.line({"web-live": 0.5, "player": 0.25})
    assert line is not None
    assert "2.0 arrivals/s" in line
    assert "2 applying, p99 200 ms" in line
    assert "no queue page" in line and "0.75 cores (player 0.25)" in line
    assert progress.line({}) is None


def test_troubles_are_told_as_soon_as_there_are_any():
    journal = journal_at(2)
    journal.call("apply", journal.now(), 503)
    journal.call("apply", journal.now(), 0)
    line = Progress(journal).line({})
    assert line is not None and "1 5xx" in line and "1 unanswered" in line
