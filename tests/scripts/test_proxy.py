"""The front door: live calls have workers of their own, everything else goes to the others."""

import subprocess

import pytest
from flask import Flask

from scripts.stack import proxy
from scripts.stack.ports import find_free
from scripts.stack.services import services
from scripts.stack.settings import Settings


@pytest.mark.parametrize(
    "path",
    [
        "/api/interviews/42/answer",
        "/api/interviews/42/hang-up",
        "/api/booths/7/ring-next",
        "/api/booths/7/interviews",
        "/api/rooms/r-1/sync",
        "/api/presence",
        "/api/screens/my-interviews",
        "/api/screens/calls/42",
        "/api/screens/recruiter/booths/7/hall",
    ],
)
def test_live_calls_have_workers_of_their_own(path):
    assert proxy.is_live(path)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/m/",
        "/desk/",
        "/admin/",
        "/api/login/miniprogram",
        "/api/screens/fairs/1/hall",
        "/api/screens/booths/7",
        "/api/screens/recruiter/booths/7/talents",
        "/api/resume",
        "/api/wechat/push",
        "/metrics",
    ],
)
def test_browsing_goes_to_the_others(path):
    assert not proxy.is_live(path)


def test_every_live_rule_meets_a_route_of_the_product(shared_app: Flask):
    """A renamed endpoint must not fall back among the browsers without a word."""
    routes = [str(rule) for rule in shared_app.url_map.iter_rules()]
    samples = [route.replace("<int:", "<").replace("<string:", "<") for route in routes]
    shown = ["".join("7" if part.endswith(">") else part for part in _split(s)) for s in samples]
    for pattern in proxy.LIVE_PATHS:
        assert any(proxy.re.match(f"^{pattern}", path) for path in shown), pattern


def _split(route: str) -> list[str]:
    """Pieces of a route; the variable ones end in ``>``."""
    return [piece for part in route.split("<") for piece in _ended(part)]


def _ended(part: str) -> list[str]:
    name, bracket, rest = part.partition(">")
    return [name + bracket, rest] if bracket else [part]


def test_nginx_accepts_its_settings(tmp_path):
    port, live, browse = find_free(3)
    file = proxy.write_configuration(tmp_path, port=port, live=live, browse=browse)
    done = subprocess.run([*proxy.command(file), "-t"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_public_address_is_the_proxys(tmp_path):
    settings = Settings.on_free_ports(tmp_path)
    named = {service.name: service for service in services(settings)}
    assert named["proxy"].ready_url == f"{settings.public_url}/readyz"
    assert str(settings.live_port) in " ".join(named["web-live"].argv)
    assert str(settings.browse_port) in " ".join(named["web-browse"].argv)
    assert len(set(settings.own_ports().values())) == 6
