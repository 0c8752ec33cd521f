"""How gunicorn runs the gateway.

``gunicorn -c app/realtime/gunicorn_conf.py app.gateway:app``: by its path, since
importing the app here would be before gevent patches the worker.

One gevent worker per process; more machines or processes share the load by Redis.
"""

import gevent
from gunicorn.workers.ggevent import GeventWorker

bind = "127.0.0.1:8001"
workers = 1
worker_class = "gevent"
worker_connections = 20_000  # gunicorn's default of 1,000 leaves further pages hanging
graceful_timeout = 10
keepalive = 5


def post_worker_init(worker: GeventWorker) -> None:
    """On SIGTERM say goodbye to every page; otherwise they hang until the grace time ends."""
    gevent.spawn(_close_when_ending, worker)


def _close_when_ending(worker: GeventWorker) -> None:
    while worker.alive:
        gevent.sleep(0.2)
    worker.wsgi.extensions["hub"].shut_down()
