"""Companies on their way in: drafts, complete ones, and staff at the gates."""

from collections.abc import Callable
from typing import Any

import pytest

from app.accounts.models import Account, StaffUser
from app.employers.gates import Entry
from app.employers.models import Employer, EmployerPaper
from app.employers.services import drafts, papers, review
from tests.factories import Factory, valid_uscc

REAL_BUT_FAILING = "91350211M0000XUF46"  # in use, although its check digit does not fit
DETAILS: dict[str, Any] = {
    "province": "浙江省",
    "city": "杭州",
    "address": "文三路 100 号",
    "phone": "0571-88886666",
    "email": "hr@example.com",
    "recruiting_email": "jobs@example.com",
    "postcode": "310012",
    "nature": "民营企业",
    "industry": "软件与信息服务",
    "size": "150-500 人",
    "capital": 1000,
    "tags": ["双休", "五险一金"],
    "is_one_licence": True,
}


class Companies:
    """Makes registrations through the services, as far as wanted."""

    def __init__(self, factory: Factory) -> None:
        self.factory = factory
        self.number = 500

    def company(
        self, code: str = "", *, entry: Entry = Entry.CENTRE, **more: Any
    ) -> drafts.Company:
        self.number += 1
        school_id = self.factory.school().id
        values = {"name": f"远航科技有限公司{self.number}", "code": code or valid_uscc(self.number)}
        return drafts.Company(**(values | {"entry": entry, "school_id": school_id} | more))

    def draft(self, account: Account | None = None, code: str = "", **more: Any) -> Employer:
        """Begun, nothing filled in."""
        account = account or self.factory.account("周敏")
        company = self.company(code, **more)
        return drafts.open_draft(account.id, company, person="周敏", title="招聘经理")

    def complete(self, account: Account, code: str = "", **more: Any) -> Employer:
        """Everything filled in, not handed in."""
        employer = self.draft(account, code, **more)
        self.fill(account)
        return employer

    def fill(self, account: Account) -> None:
        drafts.save_certification(account.id, DETAILS)
        drafts.save_services(account.id, ["video_fairs"])
        for kind in ("authorisation_letter", "business_licence"):
            upload = self.factory.upload(account)
            papers.put_paper(account.id, EmployerPaper.Kind(kind), upload.id)

    def submitted(self, account: Account, code: str = "", **more: Any) -> Employer:
        self.complete(account, code, **more)
        return drafts.submit_registration(account.id)

    def admitted(self, account: Account, code: str = "") -> Employer:
        """Through its one gate."""
        employer = self.submitted(account, code)
        return review.pass_gate(employer.id, review.Gate.CENTRE, self.staff("centre-person"))

    def staff(self, username: str = "reviewer", role: str = "operator") -> StaffUser:
        kept = StaffUser.get_or_none(StaffUser.username == username)
        return kept or StaffUser.create(
            username=username, name=username, password_hash="!", role=StaffUser.StaffRole(role)
        )


@pytest.fixture
def companies(factory: Factory) -> Companies:
    """Makes companies on their way in."""
    return Companies(factory)


@pytest.fixture
def registrant(factory: Factory) -> Account:
    """Somebody who registers a company."""
    return factory.account("周敏")


@pytest.fixture
def status_of() -> Callable[[Employer], str]:
    """Where an employer stands in the database."""
    return lambda employer: Employer.get_by_id(employer.id).status
