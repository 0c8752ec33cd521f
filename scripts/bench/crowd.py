"""Runs inside the product: a crowd that can be reached, a broadcast to it, and how it fared.

``prepare N`` makes N people at the sandbox and here; ``tell`` writes the broadcast and queues it;
``fate`` prints how many are done, how many were sent, and the seconds from the commit to the last.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests
from peewee import chunked, fn

from app.accounts.models import Account, WeChatIdentity
from app.config import Config
from app.core.database import atomic
from app.factory import bare_app
from app.notifications.models import Notification, NotificationKind, SubscriptionCredit
from app.notifications.services import notify_many
from scripts.wechat_sandbox import demo

KIND = NotificationKind.FAIR_NOTICE
SUBJECT = "bench:broadcast"
TEMPLATE = demo.template_id("mini", KIND.value)
HANDS = 16


def prepare(config: Config, size: int) -> None:
    """Make people who accepted one message each."""
    sandbox = f"{config.wechat_api_root}/sandbox"

    def meet(number: int) -> str:
        with requests.Session() as http:
            http.trust_env = False
            person = http.post(f"{sandbox}/users", json={"nickname": f"考生{number}"}).json()
            accepted = {"results": {TEMPLATE: "accept"}, "times": 1}
            http.post(f"{sandbox}/users/{person['id']}/subscriptions", json=accepted)
            return str(person["openids"][config.wechat_mini.appid])

    with ThreadPoolExecutor(HANDS) as hands:
        openids = list(hands.map(meet, range(size)))
    first = Account.select(fn.MAX(Account.id)).scalar() or 0
    accounts = range(first + 1, first + 1 + size)
    with atomic():
        _insert(Account, [{"id": n, "name": f"考生{n}"} for n in accounts])
        appid = config.wechat_mini.appid
        pairs = zip(accounts, openids, strict=True)
        _insert(WeChatIdentity, [{"account": n, "appid": appid, "openid": o} for n, o in pairs])
        credits = [{"account": n, "template_id": TEMPLATE, "remaining": 1} for n in accounts]
        _insert(SubscriptionCredit, credits)
    requests.post(f"{sandbox}/switches", json={"delay_ms": 100}, timeout=10).raise_for_status()


def tell() -> None:
    """Write the broadcast; its jobs are queued when it commits."""
    reached = SubscriptionCredit.select(SubscriptionCredit.account).tuples()
    params = {"fair": "秋季双选会", "text": "明早九点开始，请提前测试设备"}
    accounts = [account_id for (account_id,) in reached]
    notify_many(accounts, KIND, params=params, page="pages-fair/fair/fair?id=1", subject=SUBJECT)


def fate() -> dict[str, Any]:
    """Return how the broadcast stands."""
    mine = Notification.subject == SUBJECT
    sent = mine & (Notification.status == Notification.Status.SENT)
    done = sent | (mine & (Notification.status == Notification.Status.EXHAUSTED))
    began = Notification.select(fn.MIN(Notification.created_at)).where(mine).scalar()
    ended = Notification.select(fn.MAX(Notification.sent_at)).where(sent).scalar()
    return {
        "all": Notification.select().where(mine).count(),
        "done": Notification.select().where(done).count(),
        "sent": Notification.select().where(sent).count(),
        "seconds": (ended - began).total_seconds() if began and ended else 0.0,
    }


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    for batch in chunked(rows, 200):
        model.insert_many(batch).execute()


def main(word: str, *more: str) -> None:
    """Do one of the three."""
    config = Config.from_env()
    with bare_app(config).app_context():
        if word == "prepare":
            prepare(config, int(more[0]))
        elif word == "tell":
            tell()
        sys.stdout.write(json.dumps(fate()) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
