"""Endpoints of the inbox, the popups and WeChat's message push."""

from flask import Response, current_app, g, request

from app.core.auth import Role, public, requires
from app.core.pagination import CursorInvalid
from app.core.problems import Blueprint
from app.integrations.wechat import PushRefused, PushReplayed
from app.integrations.wechat.push import PushDesk
from app.notifications import schemas, services
from app.notifications.errors import NotificationNotFound

blp = Blueprint("notifications", __name__, url_prefix="/api", description="通知")
PLAIN = "text/plain; charset=utf-8"


def _pushes() -> PushDesk:
    return current_app.extensions["wechat"].pushes


@blp.get("/notifications")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.arguments(schemas.InboxQuerySchema, location="query")
@blp.shows(schemas.InboxSchema)
@blp.problems(CursorInvalid)
def list_notifications(query: dict) -> services.InboxPage:
    """My notifications, the newest first."""
    return services.list_inbox(g.account_id, query["cursor"])


@blp.post("/notifications/<int:notification_id>/read")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.done
@blp.problems(NotificationNotFound)
def read_notification(notification_id: int) -> None:
    """Mark one of mine as read."""
    services.mark_read(g.account_id, notification_id)


@blp.post("/subscriptions")
@requires(Role.STUDENT, Role.RECRUITER)
@blp.arguments(schemas.PopupSchema)
@blp.done
def report_subscriptions(body: dict) -> None:
    """What the subscription popup answered; a hint, WeChat's own push is what counts."""
    services.remember_popup(g.account_id, body["results"])


@blp.get("/subscriptions/asks")
@requires(Role.STUDENT)
@blp.arguments(schemas.AsksQuerySchema, location="query")
@blp.shows(schemas.AsksSchema)
def list_asks(query: dict) -> dict:
    """Which messages to ask for at a tap, those with the fewest credits left first."""
    return {"template_ids": services.asks_for(g.account_id, query["tap"])}


@blp.get("/wechat/push")
@public
@blp.response(200, {"type": "string"}, content_type="text/plain")
@blp.problems(PushRefused)
def verify_push_address() -> Response:
    """WeChat checks that this address is ours."""
    return Response(_pushes().verify_address(request.args), content_type=PLAIN)


@blp.post("/wechat/push")
@public
@blp.response(200, {"type": "string"}, content_type="text/plain")
@blp.problems(PushRefused)
def receive_push() -> Response:
    """WeChat tells us something: plain or secure, JSON or XML."""
    try:
        with _pushes().receive(request.args, request.get_data()) as message:
            services.take_push(message)
    except PushReplayed:
        current_app.logger.info("a push that WeChat repeated")
    return Response("success", content_type=PLAIN)
