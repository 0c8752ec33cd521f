"""The tests' hands on the sandbox's people: ``/sandbox/users/…``."""

from dataclasses import asdict

from flask import Response, jsonify, request

from scripts.wechat_sandbox import marks
from scripts.wechat_sandbox.control import blp, known_fields, player, wanted
from scripts.wechat_sandbox.gate import world
from scripts.wechat_sandbox.people import User
from scripts.wechat_sandbox.play import Unplayable


def shown(user: User) -> dict:
    """A user as tests and the phone page see one."""
    return asdict(user)


@blp.get("/users")
def users() -> Response:
    """All users."""
    return jsonify([shown(user) for user in world().users.values()])


@blp.post("/users")
def create_user() -> Response:
    """A new person with a phone; id, nickname, phone, openids and more may be given."""
    asked = known_fields(User, wanted())
    here = world()
    user_id = asked.setdefault("id", f"u{len(here.users) + 1}-{marks.nonce()}")
    if user_id in here.users:
        raise Unplayable(f"user {user_id} exists")
    asked.setdefault("nickname", "微信用户")
    return jsonify(shown(here.add_user(User(**asked))))


@blp.get("/users/<user_id>")
def one_user(user_id: str) -> Response:
    """One user."""
    return jsonify(shown(player().user(user_id)))


@blp.patch("/users/<user_id>")
def change_user(user_id: str) -> Response:
    """Change a user: risky, phone, nickname, accepts, …"""
    user = player().user(user_id)
    with world().lock:
        for name, content in known_fields(User, wanted()).items():
            setattr(user, name, content)
        world().keep(user)
    return jsonify(shown(user))


@blp.post("/users/<user_id>/login-code")
def login_code(user_id: str) -> Response:
    """wx.login on the user's phone."""
    app = player().account("mini", wanted().get("appid", ""))
    return jsonify(code=world().make_code("login", app.appid, player().user(user_id).id).code)


@blp.post("/users/<user_id>/phone-code")
def phone_code(user_id: str) -> Response:
    """The user taps a phone-number button."""
    app = player().account("mini", wanted().get("appid", ""))
    return jsonify(code=world().make_code("phone", app.appid, player().user(user_id).id).code)


@blp.post("/users/<user_id>/oauth-code")
def oauth_code(user_id: str) -> Response:
    """The user agrees on the OAuth page (without a browser)."""
    app = player().account("service", wanted().get("appid", ""))
    scope = wanted().get("scope", "snsapi_base")
    code = world().make_code("oauth", app.appid, player().user(user_id).id, scope=scope)
    return jsonify(code=code.code)


@blp.post("/users/<user_id>/subscriptions")
def subscriptions(user_id: str) -> Response:
    """The subscription popup is answered: results {template_id: accept|reject|ban}."""
    user = player().user(user_id)
    player().answer_popup(user, wanted()["results"], times=int(wanted().get("times", 1)))
    return jsonify(accepts=user.accepts)


@blp.post("/users/<user_id>/subscription-setting")
def subscription_setting(user_id: str) -> Response:
    """The user changes a template's setting on the message card."""
    user = player().user(user_id)
    template = player().template(wanted()["template_id"])
    player().change_setting(user, template, wanted().get("status", "reject"))
    return jsonify(accepts=user.accepts, refused=user.refused)


@blp.route("/users/<user_id>/follow", methods=["POST", "DELETE"])
def follow(user_id: str) -> Response:
    """Follow or unfollow the service account."""
    user = player().user(user_id)
    app = player().account("service", wanted().get("appid", ""))
    (player().follow if request.method == "POST" else player().unfollow)(user, app)
    return jsonify(follows=user.follows)
