"""Deferred work: one run for whatever was asked for in a moment."""

import pytest
from flask import Flask

from app.core.database import atomic
from app.core.jobs import REGISTRY, QueueName, job

runs: list[tuple[int, ...]] = []


@job(QueueName.NOTIFY, gather_seconds=0.01)
def remember(*ids: int) -> None:
    """What a run was given."""
    runs.append(ids)


@pytest.fixture
def asked(app: Flask):
    """How many runs wait for a worker."""
    runs.clear()
    return lambda: len(app.extensions["queues"]["notify"].jobs)


def test_many_ids_become_one_run(asked):
    for number in range(5):
        with atomic():
            remember.enqueue(number)
            assert asked() == bool(number), "nothing is asked for before the commit"
    assert asked() == 1
    REGISTRY[remember.name]()
    assert runs == [(0, 1, 2, 3, 4)]


def test_what_comes_during_a_run_starts_another(asked):
    remember.enqueue(1)
    remember()
    assert (runs, asked()) == ([(1,)], 1), "the worker takes its job away, not the run"
    remember.enqueue(2)
    assert asked() == 2
    remember()
    assert runs == [(1,), (2,)]


def test_a_long_list_is_run_in_pieces_and_none_without_ids(asked):
    remember.enqueue(*range(700))
    remember()
    assert [len(ids) for ids in runs] == [300, 300, 100]
    remember()
    assert len(runs) == 3


def test_called_with_ids_it_runs_at_once(asked):
    remember(7, 8)
    assert (runs, asked()) == ([(7, 8)], 0)
