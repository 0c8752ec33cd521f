"""What a client must know before it starts."""

import marshmallow as ma

from app.config import current
from app.core.auth import public
from app.core.problems import Blueprint
from app.notifications.services import asks_of_all
from app.notifications.templates import subscribe_template_ids

blp = Blueprint("client_config", __name__, url_prefix="/api", description="客户端设置")
POLL_SECONDS = 10
VERSION = "0.1.0"


class ClientConfigSchema(ma.Schema):
    """Addresses, WeChat's ids and message templates; ``poll_seconds`` while the socket is cut."""

    realtime_url = ma.fields.String(required=True)
    rtc_provider = ma.fields.String(required=True)
    mini_appid = ma.fields.String(required=True)
    service_appid = ma.fields.String(required=True)
    templates = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String(), required=True)
    asks = ma.fields.Dict(
        keys=ma.fields.String(), values=ma.fields.List(ma.fields.String()), required=True
    )  # template ids to ask for, by tap
    poll_seconds = ma.fields.Integer(required=True)
    version = ma.fields.String(required=True)


@blp.get("/client-config")
@public
@blp.shows(ClientConfigSchema)
def get_client_config() -> dict:
    """Settings of the deployment that clients need."""
    config = current()
    return {
        "realtime_url": config.realtime_url,
        "rtc_provider": config.rtc_provider,
        "mini_appid": config.wechat_mini.appid,
        "service_appid": config.wechat_service.appid,
        "templates": subscribe_template_ids(config.wechat_templates),
        "asks": asks_of_all(),
        "poll_seconds": POLL_SECONDS,
        "version": VERSION,
    }
