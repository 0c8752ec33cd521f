"""How large a rehearsal is, and how soon its people read what they hear."""

from scripts.rehearse.plan import (
    AT_ONCE_SECONDS,
    EVERYBODY_SECONDS,
    ON_ITS_WAY_SECONDS,
    Plan,
    news_seconds,
    pace_seconds,
    read_plan,
)


def test_who_stands_near_the_head_looks_more_often():
    paces = [pace_seconds(ahead) for ahead in (0, 3, 10, 200, None)]
    assert paces == sorted(paces) and paces[0] <= 10 and paces[3] == 180


def test_news_is_read_at_the_pace_that_it_asks_for():
    dice = Plan().dice("student", 1)

    def soon(kind: str, status: str = "", known: str = "waiting") -> float:
        return news_seconds(kind, {"status": status}, {"status": known}, 60.0, dice)

    assert soon("interview.changed", "ringing") == AT_ONCE_SECONDS
    assert soon("queue.changed") == 60
    assert soon("interview.changed", "waiting", known="pending") == ON_ITS_WAY_SECONDS
    ends = [soon("fair.changed") for _ in range(50)]
    assert max(ends) - min(ends) > 10 and max(ends) <= EVERYBODY_SECONDS


def test_the_command_line_plays_the_whole_fair_by_default():
    assert read_plan([]) == Plan()
    assert read_plan(["--small"]).database == "sqlite"
