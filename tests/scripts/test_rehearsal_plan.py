"""How large a rehearsal is, and how soon its people read what they hear."""

from scripts.rehearse.lines import (
    AT_ONCE_SECONDS,
    EVERYBODY_SECONDS,
    NOTICE_SECONDS,
    Lines,
    pace_seconds,
)
from scripts.rehearse.plan import Plan, read_plan

APPLIED = "2026-11-21T01:00:30+00:00"


def lines(status: str = "waiting") -> Lines:
    """A student with one ticket, five before it, as it was read at two."""
    student = Lines(Plan().dice("student", 1))
    ticket = {"id": 1, "status": status, "booth": {"id": 3}, "ahead": 5, "slot_at": None}
    student.read([ticket | {"queued_at": APPLIED}], "2026-11-21T02:00:00+00:00")
    return student


def left(second: int, at: str = "2026-11-21T02:00:01+00:00") -> dict[str, object]:
    """News of somebody who applied at that second and left the line."""
    return {"booth_id": 3, "step": -1, "place": f"2026-11-21T01:00:{second}+00:00", "at": at}


def test_who_stands_near_the_head_looks_more_often():
    paces = [pace_seconds(ahead) for ahead in (0, 3, 10, 200, None)]
    assert paces == sorted(paces) and paces[0] <= 60 and paces[3] == 300


def test_a_page_counts_who_leaves_before_it_and_reads_at_the_pace_of_its_place():
    student = lines()
    assert student.hear("queue.changed", left(29)) == pace_seconds(4)
    assert student.hear("queue.changed", left(31)) is None
    assert student.hear("queue.changed", left(28, at="2026-11-21T01:59:00+00:00")) == pace_seconds(
        4
    )
    reordered = {"booth_id": 3, "step": 0, "place": None, "at": "2026-11-21T02:00:02+00:00"}
    assert student.hear("queue.changed", reordered) == pace_seconds(4)
    assert student.tickets[1]["ahead"] == 4
    assert student.hear("notification.new", {"id": 9}) is None
    assert student.hear("queue.ready", {"interview_id": 1}) == AT_ONCE_SECONDS


def test_what_a_booth_tells_its_line_is_read_soon_and_not_by_all_at_once():
    student = lines()
    paces = [student.hear("queue.changed", {"booth_id": 3}) or 0 for _ in range(50)]
    assert max(paces) <= NOTICE_SECONDS < pace_seconds(0)
    assert max(paces) - min(paces) > NOTICE_SECONDS / 2
    assert student.hear("queue.changed", {"booth_id": 4}) is None
    assert lines("pending").hear("queue.changed", {"booth_id": 3}) is None


def test_a_day_longer_than_the_play_is_cut_short_by_staff():
    whole = read_plan(["--minutes", "50", "--day", "9"])
    assert (whole.fair_seconds, whole.is_cut_short) == (9 * 3600, True)
    short = read_plan(["--minutes", "50"])
    assert short.fair_seconds == short.play_seconds + short.last_talks_seconds
    assert not short.is_cut_short


def test_an_application_is_shown_where_its_event_says():
    student = lines("pending")
    assert student.topics() == []
    news = {"interview_id": 1, "booth_id": 3}
    assert student.hear("interview.changed", news | {"status": "pending"}) is None
    made = {"interview_id": 2, "booth_id": 4, "status": "pending"}
    assert student.hear("interview.changed", made) is None, "its answer is on the way"
    accepted = news | {"status": "waiting", "ahead": 2}
    assert student.hear("interview.changed", accepted) == pace_seconds(2)
    assert student.topics() == ["booth:3"]
    assert student.hear("interview.changed", news | {"status": "in_call"}) == AT_ONCE_SECONDS


def test_the_end_of_a_fair_is_not_read_by_all_at_once():
    student = lines()
    ends = [student.hear("fair.changed", {}) or 0 for _ in range(50)]
    assert max(ends) - min(ends) > 10 and max(ends) <= EVERYBODY_SECONDS


def test_the_command_line_plays_the_whole_fair_by_default():
    assert read_plan([]) == Plan()
    assert read_plan(["--small"]).database == "sqlite"
