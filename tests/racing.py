"""Calls released at the same instant, in real threads on real connections."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from flask import Flask

from app.core.database import db


def at_once(app: Flask, *calls: Callable[[], Any]) -> list[Any]:
    """What each call gave, or the error it raised, in the order of *calls*."""
    barrier = Barrier(len(calls))
    outcomes: list[Any] = [None] * len(calls)

    def run(number: int, call: Callable[[], Any]) -> None:
        with app.app_context():
            try:
                barrier.wait(30)
                outcomes[number] = call()
            except Exception as error:
                outcomes[number] = error
            finally:
                if not db.is_closed():
                    db.close()

    threads = [Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a call hangs"
    return outcomes
