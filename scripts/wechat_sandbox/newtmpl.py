"""Administration of the account's own message templates."""

from flask import Blueprint, Response, g, request

from scripts.wechat_sandbox import marks
from scripts.wechat_sandbox.gate import answer, api, body_object, world
from scripts.wechat_sandbox.people import Template
from scripts.wechat_sandbox.refusals import Refusal

blp = Blueprint("newtmpl", __name__)

OWN_LIMIT = 50

# The public library: tid → title and keywords (name, type, example).
LIBRARY: dict[int, tuple[str, list[tuple[str, str, str]]]] = {
    401: (
        "面试邀请通知",
        [
            ("公司名称", "thing", "深圳谷米科技有限公司"),
            ("面试岗位", "thing", "嵌入式工程师"),
            ("面试时间", "time", "2026年3月27日 09:00"),
            ("备注", "thing", "请提前十分钟进入会场"),
            ("联系人", "name", "周敏"),
        ],
    ),
    402: (
        "面试结果通知",
        [
            ("公司名称", "thing", "深圳谷米科技有限公司"),
            ("面试岗位", "thing", "嵌入式工程师"),
            ("面试结果", "phrase", "合格"),
            ("备注", "thing", "请留意后续通知"),
        ],
    ),
    403: (
        "双选会通知",
        [
            ("活动名称", "thing", "2026 届春季双选会"),
            ("开始时间", "time", "2026年3月27日 09:00"),
            ("通知内容", "thing", "双选会即将开始"),
        ],
    ),
    404: (
        "排队叫号提醒",
        [
            ("公司名称", "thing", "深圳谷米科技有限公司"),
            ("排队号码", "character_string", "A12"),
            ("前面人数", "number", "3"),
            ("叫号时间", "time", "09:20"),
        ],
    ),
}


@blp.get("/wxaapi/newtmpl/getcategory")
@api(kind="mini")
def getcategory() -> Response:
    """The account's categories."""
    return answer({"data": g.app.categories}, ok=True)


@blp.get("/wxaapi/newtmpl/getpubtemplatetitles")
@api(kind="mini")
def getpubtemplatetitles() -> Response:
    """Titles of the public library."""
    ids, start, limit = (request.args.get(name, "") for name in ("ids", "start", "limit"))
    if not start.isdigit():
        raise Refusal(200016)
    if not limit.isdigit() or not 0 < int(limit) <= 30:
        raise Refusal(200017)
    if not ids or not all(part.isdigit() for part in ids.split(",")):
        raise Refusal(200018)
    rows = [
        {"tid": tid, "title": title, "type": 2, "categoryId": ids.split(",")[0]}
        for tid, (title, _) in LIBRARY.items()
    ]
    page = rows[int(start) : int(start) + int(limit)]
    return answer({"count": len(rows), "data": page}, ok=True)


@blp.get("/wxaapi/newtmpl/getpubtemplatekeywords")
@api(kind="mini")
def getpubtemplatekeywords() -> Response:
    """Keywords of one public template."""
    _, keywords = _library_entry(request.args.get("tid", ""))
    rows = [
        {"kid": number, "name": name, "example": example, "rule": rule}
        for number, (name, rule, example) in enumerate(keywords, start=1)
    ]
    return answer({"count": len(rows), "data": rows}, ok=True)


def _library_entry(tid: str) -> tuple[str, list[tuple[str, str, str]]]:
    if not str(tid).isdigit() or int(tid) not in LIBRARY:
        raise Refusal(200014)
    return LIBRARY[int(tid)]


@blp.route("/wxaapi/newtmpl/addtemplate", methods=["GET", "POST"])
@api(post=True, kind="mini")
def addtemplate() -> Response:
    """Take a template of the library with 2 to 5 of its keywords, in any order."""
    wanted = body_object()
    if g.app.banned:
        raise Refusal(200011)
    tid = str(wanted.get("tid", ""))
    title, keywords = _library_entry(tid)
    kids = wanted.get("kidList")
    possible = set(range(1, len(keywords) + 1))
    if not isinstance(kids, list) or not 2 <= len(kids) <= 5 or not set(kids) <= possible:
        raise Refusal(200020)
    if len(set(kids)) != len(kids):
        raise Refusal(200020)
    scene = str(wanted.get("sceneDesc", ""))
    if not 1 <= len(scene) <= 15:
        raise Refusal(200021)
    with world().lock:
        own = [one for one in world().templates.values() if one.appid == g.app.appid]
        if len(own) >= OWN_LIMIT:
            raise Refusal(200012)
        if any(one.tid == tid and one.kids == kids for one in own):
            raise Refusal(200022)
        template = _compose(tid, title, kids, scene)
        world().templates[template.id] = template
        world().keep(template)
    return answer({"priTmplId": template.id}, ok=True)


def _compose(tid: str, title: str, kids: list[int], scene: str) -> Template:
    keywords = _library_entry(tid)[1]
    content, example = "", ""
    for kid in kids:
        name, rule, sample = keywords[kid - 1]
        content += f"{name}:{{{{{rule}{kid}.DATA}}}}\n"
        example += f"{name}:{sample}\n"
    return Template(
        marks.template_id(), g.app.appid, title, content, example, tid=tid, kids=kids, scene=scene
    )


@blp.get("/wxaapi/newtmpl/gettemplate")
@api(kind="mini")
def gettemplate() -> Response:
    """The account's own templates."""
    rows = [
        {
            "priTmplId": one.id,
            "title": one.title,
            "content": one.content,
            "example": one.example,
            "type": one.kind,
        }
        for one in list(world().templates.values())
        if one.appid == g.app.appid
    ]
    return answer({"data": rows}, ok=True)


@blp.route("/wxaapi/newtmpl/deltemplate", methods=["GET", "POST"])
@api(post=True, kind="mini")
def deltemplate() -> Response:
    """Give a template up."""
    wanted = body_object()
    with world().lock:
        template = world().templates.get(str(wanted.get("priTmplId", "")))
        if template is None or template.appid != g.app.appid:
            raise Refusal(40037)
        del world().templates[template.id]
        world().store.keep("template", template.id, None)
    return answer({}, ok=True)
