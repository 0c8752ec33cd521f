"""Staff in the wings: opens fairs and booths in a stack's own process, through the services.

Journeys about staff use the back office's pages; the others only need its outcome. Orders come
as lines of JSON on standard input, ``{"act": "open_fair", "name": …}``; answers go the same way.
"""

import json
import secrets
import sys
from datetime import timedelta
from typing import Any

from app.accounts.models import QrLogin
from app.accounts.services.passwords import open_password_account
from app.bookings.services import plan
from app.config import Config
from app.core import audit, clock
from app.core.database import db
from app.employers.models import Employer
from app.employers.services import bind_recruiter, create_employer
from app.factory import bare_app
from app.fairs.models import Booth, Fair, RecruiterCode
from app.fairs.services.booths import issue_recruiter_codes, open_booth, revoke_recruiter_code
from app.fairs.services.entry import fair_scene, recruiter_scene
from tests.factories import Factory, valid_uscc


class Stagehand:
    """What can be ordered; every method's name is an act."""

    def __init__(self, public_url: str) -> None:
        self._public_url = public_url
        self._factory = Factory()

    def open_fair(
        self, name: str, *, ends_in_hours: float | None = None, **rules: Any
    ) -> dict[str, Any]:
        """A fair that is live now, with rules of its own if any are named."""
        if ends_in_hours is not None:
            rules["ends_at"] = clock.now() + timedelta(hours=ends_in_hours)
        fair = self._factory.fair(name=name, **rules)
        return {"id": fair.id, "url": self._scan(fair_scene(fair))}

    def find_fair(self, name: str) -> int:
        """The id of a fair that staff made in the back office."""
        return Fair.get(Fair.name == name).id

    def find_booth(self, fair_id: int, number: str) -> int:
        """The id of such a fair's booth."""
        return Booth.get((Booth.fair == fair_id) & (Booth.number == number)).id

    def open_booth(self, fair_id: int, employer: str, number: str, position: str) -> dict[str, Any]:
        """A booth of a new employer with one position."""
        theirs = create_employer(
            name=employer,
            code=valid_uscc(secrets.randbelow(10**8)),
            nature="民营企业",
            industry="软件与信息服务",
            size="150-500 人",
            city="武汉",
            introduction="做产业软件十二年，应届生有导师带教，前三个月轮岗。",
        )
        offered = self._factory.position(theirs, position)
        booth = open_booth(
            fair_id=fair_id, employer_id=theirs.id, number=number, position_ids=[offered.id]
        )
        return {"id": booth.id, "employer": theirs.name, "position_id": offered.id}

    def open_company(self, company: str, **login: str) -> dict[str, Any]:
        """A company whose recruiter signs in by name and password."""
        theirs = create_employer(name=company, code=valid_uscc(secrets.randbelow(10**8)))
        account = open_password_account(**login)
        bind_recruiter(account, theirs.id, name=login["name"], title="招聘主管")
        return {"id": theirs.id, "uscc": theirs.uscc}

    def publish_position(self, employer_id: int, title: str) -> int:
        """An approved position of a company."""
        return self._factory.position(Employer.get_by_id(employer_id), title).id

    def draw_plan(self, fair_id: int, area: str, rows: int, cols: int) -> int:
        """A fair's floor plan; how many places."""
        return plan.lay_out(fair_id, areas=[area], rows=rows, cols=cols)

    def issue_code(self, booth_id: int, issued_hours_ago: int = 0, hours: int = 24) -> str:
        """What a recruiter's printed code says."""
        clock.travel(-timedelta(hours=issued_hours_ago))
        try:
            (code,) = issue_recruiter_codes(booth_id, hours=hours, label="journey")
        finally:
            clock.travel(None)
        return self._scan(recruiter_scene(code))

    def revoke_code(self, url: str) -> None:
        """Take a code back."""
        token = url.rsplit(".", 1)[1]
        revoke_recruiter_code(RecruiterCode.get(RecruiterCode.token == token).id, "发错了单位")

    def let_login_code_age(self, ticket: str) -> None:
        """Three minutes pass for one login code."""
        gone = {QrLogin.expires_at: clock.now() - timedelta(seconds=1)}
        QrLogin.update(gone).where(QrLogin.ticket == ticket).execute()

    def _scan(self, scene: str) -> str:
        return f"{self._public_url}/m/s?scene={scene}"


def main() -> None:
    """Take orders until the curtain falls."""
    config = Config.from_env()
    app, hand = bare_app(config), Stagehand(config.public_url)
    for line in sys.stdin:
        order = json.loads(line)
        act = order.pop("act")
        with app.app_context(), audit.acting(None, "operator"):
            try:
                answer = {"answer": getattr(hand, act)(**order)}
            except Exception as error:
                answer = {"error": repr(error)}
            if not db.is_closed():
                db.close()
        print(json.dumps(answer, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
