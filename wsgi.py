"""What gunicorn and the flask command load."""

import gc

from app.factory import create_app

app = create_app()

# What was made at start stays for good: the collector need not walk through it again and again.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 100)
