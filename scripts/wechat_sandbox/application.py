"""The sandbox as a Flask application."""

from flask import Flask, Response
from flask.json.provider import DefaultJSONProvider

from scripts.wechat_sandbox import (
    codes,
    control_people,
    gate,
    login,
    messages,
    newtmpl,
    oauth,
    phone,
    safety,
    sms,
    tokens,
    upkeep,
)
from scripts.wechat_sandbox.play import Player
from scripts.wechat_sandbox.push import PushSender
from scripts.wechat_sandbox.world import World


def create_sandbox(world: World) -> Flask:
    """Everything WeChat says over HTTP, the tests' controls and the phone page."""
    app = Flask(__name__, static_url_path="/phone/static")
    if isinstance(app.json, DefaultJSONProvider):
        app.json.ensure_ascii = False
        app.json.sort_keys = False
    app.config["MAX_CONTENT_LENGTH"] = 12 * 2**20
    app.extensions["world"] = world
    app.extensions["push"] = PushSender(world)
    app.extensions["player"] = Player(world, app.extensions["push"])
    for part in (
        tokens,
        login,
        oauth,
        codes,
        messages,
        newtmpl,
        safety,
        upkeep,
        control_people,
        phone,
        sms,
    ):
        app.register_blueprint(part.blp)

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.errorhandler(gate.Faulty)
    def faulty(fault: gate.Faulty) -> Response:
        return fault.response

    @app.errorhandler(gate.Dropped)
    def dropped(_: gate.Dropped) -> Response:
        return gate.drop_connection()

    world.store.start()
    return app
