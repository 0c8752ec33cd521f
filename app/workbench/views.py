"""Serves the built clients: the desk under ``/desk/``, the phone client under ``/m/``."""

from html import escape
from pathlib import Path

from flask import Blueprint, Response, redirect, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from app import config
from app.core.auth import public
from app.core.spa import Asset, BuiltClient, content_security_policy, origin_of, security_headers
from app.workbench.errors import PageFileMissing

PROJECT = Path(__file__).resolve().parents[2]
DESK = BuiltClient("招聘工作台", PROJECT / "app/workbench/client/dist", "make client")
PHONE = BuiltClient("学生端网页", PROJECT / "miniprogram/dist/build/h5", "make client")

NOT_BUILT = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{name}尚未构建</title>
<style>body{{font:16px/1.75 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:#1d2129;
background:#f5f7fa;display:grid;place-items:center;min-height:90vh;margin:0;padding:24px}}
main{{max-width:32em;background:#fff;border-radius:12px;padding:32px 40px}}
h1{{font-size:20px;margin:0 0 8px}}
code{{background:#f2f3f5;border-radius:4px;padding:2px 6px}}</style>
<main><h1>{name}尚未构建</h1>
<p>服务已经启动，但这个客户端的页面文件还没有生成。
请在项目目录运行 <code>{command}</code>，完成后刷新本页。</p></main>
</html>"""


def workbench_blueprint(desk: BuiltClient = DESK, phone: BuiltClient = PHONE) -> Blueprint:
    """The routes of both clients; the build folders are arguments so that tests bring their own."""
    blp = Blueprint("workbench", __name__)

    @blp.get("/")
    @public
    def front_door() -> BaseResponse:
        """Whoever types the bare address is most likely a student."""
        return redirect("/m/")

    @blp.get("/desk/", defaults={"path": ""})
    @blp.get("/desk/<path:path>")
    @public
    def desk_page(path: str) -> Response:
        """The recruiters' desk; nobody may frame it."""
        return client_page(desk, path, framed_by=())

    @blp.get("/m/", defaults={"path": ""})
    @blp.get("/m/<path:path>")
    @public
    def phone_page(path: str) -> Response:
        """The phone client; in development the WeChat sandbox's phone shows it in a frame."""
        return client_page(phone, path, framed_by=sandbox_frames())

    return blp


def client_page(client: BuiltClient, path: str, *, framed_by: tuple[str, ...]) -> Response:
    """One file of *client*, or its index page for an address of its own router.

    :raises PageFileMissing: when the path names a file that the build does not have
    """
    if not client.is_built:
        response = not_built(client)
    else:
        asset = client.find(path, lambda encoding: request.accept_encodings.quality(encoding) > 0)
        if asset is None:
            raise PageFileMissing
        response = asset_response(asset)
    settings = config.current()
    policy = content_security_policy(
        realtime_url=settings.realtime_url,
        agora=settings.rtc_provider == "agora",
        framed_by=framed_by,
    )
    response.headers.update(security_headers(policy))
    return response


def asset_response(asset: Asset) -> Response:
    """The file with its validators; an unchanged one is 304 without a body."""
    response = send_file(asset.path, mimetype=asset.content_type, etag=asset.etag, conditional=True)
    response.headers["Cache-Control"] = asset.cache_control
    response.headers["Vary"] = "Accept-Encoding"
    if asset.encoding:
        response.headers["Content-Encoding"] = asset.encoding
    return response


def not_built(client: BuiltClient) -> Response:
    """A page for whoever starts the server before building the clients."""
    page = NOT_BUILT.format(name=escape(client.name), command=escape(client.build_command))
    return Response(
        page, 503, {"Retry-After": "30", "Cache-Control": "no-store"}, mimetype="text/html"
    )


def sandbox_frames() -> tuple[str, ...]:
    """Who may frame the phone client: the WeChat sandbox, and only outside production."""
    settings = config.current()
    if settings.is_production:
        return ()
    return ("'self'", origin_of(settings.wechat_oauth_root))


blp = workbench_blueprint()
