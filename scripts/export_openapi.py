"""Prints the application's OpenAPI document, the same text on every machine."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from app.config import Config
from app.factory import create_app
from scripts.stack.settings import Settings


def document() -> dict[str, Any]:
    """Build the application as a development machine would and return its document."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(Settings.on_free_ports(Path(folder)).environment())
        app = create_app(Config.from_env())
    apis = app.extensions["flask-smorest"]["apis"].values()
    return next(iter(apis))["ext_obj"].spec.to_dict()  # type: ignore[no-any-return]


def render(openapi: dict[str, Any]) -> str:
    """Return the document as it is checked in: sorted, so that a diff shows only real changes."""
    return json.dumps(openapi, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render(document()))
