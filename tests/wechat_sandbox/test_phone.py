"""The phone page: what its buttons do."""

import io
from urllib.parse import quote

import pytest
import qrcode
import requests

from tests.sandbox import SandboxControl

HOME = "http://127.0.0.1:8000"
LOGIN = f"{HOME}/api/login/oauth?next="


class Phone:
    """A browser with the phone page."""

    def __init__(self, sandbox: SandboxControl, user_id: str = "lin-xiaoman") -> None:
        self.root, self.http = sandbox.root, requests.Session()
        if user_id:
            self.put("/phone/me", id=user_id)

    def put(self, path: str, /, **body: object) -> requests.Response:
        return self.http.put(self.root + path, json=body, timeout=10)

    def post(self, path: str, /, **body: object) -> requests.Response:
        return self.http.post(self.root + path, json=body, timeout=10)

    def state(self) -> dict:
        return self.http.get(self.root + "/phone/state", timeout=10).json()

    def scan(self, text: str) -> requests.Response:
        return self.post("/phone/scan", text=text)

    def scan_picture(self, raw: bytes) -> requests.Response:
        headers = {"Content-Type": "image/png"}
        return self.http.post(self.root + "/phone/scan", data=raw, headers=headers, timeout=10)


@pytest.fixture
def phone(wechat_sandbox: SandboxControl) -> Phone:
    return Phone(wechat_sandbox)


def picture_of(text: str) -> bytes:
    sink = io.BytesIO()
    qrcode.make(text).save(sink, "PNG")
    return sink.getvalue()


def opened(path: str) -> str:
    return LOGIN + quote(path, safe="")


def test_the_page_needs_nothing_from_elsewhere(wechat_sandbox: SandboxControl) -> None:
    page = requests.get(wechat_sandbox.root, timeout=10)
    assert page.status_code == 200
    for name in ("phone.css", "phone.js", "dom.js", "scanner.js", "subscriptions.js"):
        asset = requests.get(f"{wechat_sandbox.root}/phone/static/{name}", timeout=10)
        assert asset.status_code == 200
        foreign = asset.text.replace("http://www.w3.org", "")
        assert "http://" not in foreign
        assert "https://" not in foreign


def test_nobody_owns_a_new_phone(wechat_sandbox: SandboxControl) -> None:
    stranger = Phone(wechat_sandbox, "")
    assert stranger.state() == {"me": None}
    assert stranger.scan("x").status_code == 400
    people = stranger.http.get(stranger.root + "/phone/people", timeout=10).json()["people"]
    assert "林小满" in [person["nickname"] for person in people]


def test_a_new_user_takes_the_phone(wechat_sandbox: SandboxControl) -> None:
    phone = Phone(wechat_sandbox, "")
    assert phone.post("/phone/people", nickname="").status_code == 400
    assert phone.post("/phone/people", nickname="赵六", phone="123").status_code == 400
    assert phone.post("/phone/people", nickname="赵六").status_code == 200
    assert phone.state()["me"]["nickname"] == "赵六"


@pytest.mark.spec("A02")
def test_a_printed_code_opens_the_page_logged_in(phone: Phone) -> None:
    address = f"{HOME}/m/s?scene=f.k3J9xQ2p"
    for answer in (phone.scan(address), phone.scan_picture(picture_of(address))):
        assert answer.json()["opens"] == opened("/m/s?scene=f.k3J9xQ2p")


def test_a_mini_program_code_opens_its_page(phone: Phone, wechat_sandbox: SandboxControl) -> None:
    code = '{"appid":"x","page":"pages/scene/scene","scene":"r.abc","env_version":"release"}'
    assert phone.scan(code).json()["opens"] == opened("/m/pages/scene/scene?scene=r.abc")


def test_other_codes_are_opened_as_they_are_or_shown(phone: Phone) -> None:
    assert phone.scan("https://example.com/x").json()["opens"] == "https://example.com/x"
    assert phone.scan("javascript:alert(1)").json() == {
        "kind": "text",
        "opens": "",
        "label": "javascript:alert(1)",
    }
    for nonsense in (b"", b"not a picture", picture_of("x")[:200]):
        assert phone.scan_picture(nonsense).status_code == 400


def test_an_old_link_is_dead(phone: Phone, wechat_sandbox: SandboxControl) -> None:
    wanted = {
        "grant_type": "client_credential",
        "appid": wechat_sandbox.mini_appid,
        "secret": wechat_sandbox.mini_secret,
    }
    token = phone.post("/cgi-bin/stable_token", **wanted).json()["access_token"]
    body = {"path": "/pages/a", "query": "id=1", "expire_type": 1, "expire_interval": 1}
    link = phone.post(f"/wxa/generate_urllink?access_token={token}", **body).json()["url_link"]
    assert phone.scan(link).json()["opens"] == opened("/m/pages/a?id=1")
    wechat_sandbox.advance(86_401)
    assert phone.scan(link).json()["error"] == "链接已失效"


def test_subscriptions_and_following_change_the_persons_rights(
    phone: Phone, wechat_sandbox: SandboxControl
) -> None:
    nudge = wechat_sandbox.template_id("interview_nudge")
    phone.post("/phone/subscriptions", results={nudge: "accept"})
    phone.post("/phone/follow", follow=True)
    state = phone.state()
    assert {one["id"]: one["accepts"] for one in state["templates"]}[nudge] == 1
    assert state["service"]["followed"]
    assert phone.post("/phone/subscriptions", results={nudge: "perhaps"}).status_code == 400
    phone.post("/phone/subscription-setting", template_id=nudge, status="reject")
    assert {one["id"]: one["refused"] for one in phone.state()["templates"]}[nudge]


@pytest.mark.spec("E11")
def test_a_tapped_message_leads_back_to_its_page(
    phone: Phone, wechat_sandbox: SandboxControl
) -> None:
    notice = wechat_sandbox.template_id("fair_notice")
    user = wechat_sandbox.user("lin-xiaoman")
    wechat_sandbox.accept(user, notice)
    wanted = {
        "grant_type": "client_credential",
        "appid": wechat_sandbox.mini_appid,
        "secret": wechat_sandbox.mini_secret,
    }
    token = phone.post("/cgi-bin/stable_token", **wanted).json()["access_token"]
    body = {
        "touser": user.openid,
        "template_id": notice,
        "page": "pages-interview/queue/queue?id=88",
        "data": {"thing1": {"value": "会"}, "time2": {"value": "9:00"}, "thing3": {"value": "开"}},
    }
    phone.post(f"/cgi-bin/message/subscribe/send?access_token={token}", **body)
    (message,) = phone.state()["messages"]
    page = opened("/m/pages-interview/queue/queue?id=88")
    assert message["opens"] == page
    assert not message["read"]
    assert phone.post(f"/phone/messages/{message['id']}/tap").json()["opens"] == page
    assert phone.state()["messages"][0]["read"]
    stranger = Phone(wechat_sandbox, "zhou-min")
    assert stranger.post(f"/phone/messages/{message['id']}/tap").status_code == 400
