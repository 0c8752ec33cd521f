"""Registering a company step by step: what is kept, what is missing, what cannot be changed."""

import pytest

from app.core.audit import AuditEntry
from app.core.errors import InvalidTransition
from app.employers import uscc
from app.employers.choices import NATURES
from app.employers.errors import (
    EmployerKnown,
    RegistrationIncomplete,
    RegistrationLocked,
    RegistrationNotFound,
    RegistrationOpen,
    UsccInvalid,
)
from app.employers.gates import Entry
from app.employers.models import Certification, Employer, EmployerPaper, Recruiter
from app.employers.services import create_employer, drafts, papers
from app.employers.services.reading import show_registration
from app.files.errors import UploadNotFound
from app.files.models import Upload
from tests.employers.conftest import REAL_BUT_FAILING
from tests.factories import valid_uscc

Kind = EmployerPaper.Kind
REAL = (
    "91350100M000100Y43", "9144030071526726XG", "91440300708461136T", "91330100799655058B",
    "914403001922038216", "91110000802100433B", "91110000101623741K", "911101066976941872",
    "12100000400000624D", "12100000400002259P",
)  # fmt: skip
WRONG = ("91310115MA1H8R7C6D", "91350100M000100Y44", "9135010OM000100Y43")


def missing_of(account) -> set[str]:
    return {one["pointer"] for one in show_registration(account.id)["missing"]}


@pytest.mark.spec("A06")
@pytest.mark.parametrize("code", REAL)
def test_real_codes_pass(companies, registrant, code):
    assert uscc.is_valid(code)
    employer = companies.draft(registrant, code)
    assert (employer.uscc, employer.status) == (code, "draft")


@pytest.mark.spec("A06")
@pytest.mark.parametrize("code", WRONG)
def test_code_that_is_wrong_is_refused(companies, registrant, code):
    with pytest.raises(UsccInvalid):
        companies.draft(registrant, code)
    assert Employer.select().count() == 0


@pytest.mark.spec("A06")
def test_real_code_with_a_failing_digit_can_be_insisted_on(companies, registrant):
    with pytest.raises(UsccInvalid) as refusal:
        companies.draft(registrant, REAL_BUT_FAILING)
    assert refusal.value.extensions["can_insist"] is True
    employer = companies.draft(registrant, REAL_BUT_FAILING, is_sure=True)
    assert show_registration(registrant.id)["code_fits"] is False
    assert not Employer.get_by_id(employer.id).uscc_override


@pytest.mark.spec("A06")
def test_whoever_begins_is_the_administrator_and_may_not_act_yet(companies, registrant):
    employer = companies.draft(registrant)
    recruiter = Recruiter.get(Recruiter.employer == employer)
    assert (recruiter.account_id, recruiter.is_admin, recruiter.title) == (
        registrant.id,
        True,
        "招聘经理",
    )
    entry = AuditEntry.get(AuditEntry.action == "register")
    assert entry.after["uscc"] == employer.uscc


@pytest.mark.spec("A05")
@pytest.mark.parametrize("entry", list(Entry))
def test_each_door_is_remembered_with_its_school(companies, registrant, entry):
    employer = companies.draft(registrant, entry=entry)
    kept = Employer.get_by_id(employer.id)
    assert (kept.entry, kept.school.name) == (entry, "江海大学")


@pytest.mark.spec("A05")
@pytest.mark.parametrize("entry", [Entry.PLATFORM, Entry.SCHOOL])
def test_door_with_a_school_gate_asks_for_the_school(companies, registrant, entry):
    companies.draft(registrant, entry=entry, school_id=None)
    assert "#/company/school_id" in missing_of(registrant)
    drafts.save_company(registrant.id, companies.company(entry=entry))
    assert "#/company/school_id" not in missing_of(registrant)


def test_centre_door_needs_no_school(companies, registrant):
    companies.draft(registrant, school_id=None)
    assert "#/company/school_id" not in missing_of(registrant)


@pytest.mark.spec("A09")
def test_everything_but_the_tags_is_needed(companies, registrant):
    companies.draft(registrant)
    drafts.save_certification(registrant.id, {"nature": "民营企业"})
    names = {p.removeprefix("#/certification/") for p in missing_of(registrant) if "certif" in p}
    assert names == {
        "province", "city", "address", "phone", "email", "recruiting_email", "postcode",
        "industry", "size", "capital",
    }  # fmt: skip
    companies.fill(registrant)
    drafts.save_certification(registrant.id, {"tags": []})
    assert missing_of(registrant) == set()


@pytest.mark.spec("A09")
@pytest.mark.parametrize("nature", [one for one in NATURES if not one.endswith("企业")])
def test_offices_and_schools_have_no_capital(companies, registrant, nature):
    companies.complete(registrant)
    drafts.save_certification(registrant.id, {"nature": nature, "capital": None})
    assert "#/certification/capital" not in missing_of(registrant)


@pytest.mark.spec("A09")
def test_what_is_typed_is_kept_field_by_field(companies, registrant):
    employer = companies.draft(registrant)
    drafts.save_certification(registrant.id, {"phone": "0571-88886666", "city": "杭州"})
    drafts.save_certification(registrant.id, {"tags": ["双休"]})
    shown = show_registration(registrant.id)["certification"]
    assert (shown["phone"], shown["city"], shown["tags"]) == ("0571-88886666", "杭州", ["双休"])
    assert Employer.get_by_id(employer.id).city == "杭州"


@pytest.mark.spec("A09")
def test_contact_details_are_sealed_at_rest(companies, registrant):
    companies.complete(registrant)
    raw = Certification.raw("SELECT phone, email, recruiting_email FROM certification").tuples()
    rows = list(Certification._meta.database.execute_sql(raw.sql()[0]).fetchall())
    assert rows and all("8888" not in value and "example" not in value for value in rows[0])


@pytest.mark.spec("A10")
def test_one_licence_fills_both_slots_and_clears_both(companies, registrant):
    employer = companies.draft(registrant)
    upload = companies.factory.upload(registrant)
    papers.put_paper(registrant.id, Kind.BUSINESS_LICENCE, upload.id)
    rows = {one.kind: one.upload_id for one in EmployerPaper.select()}
    assert rows == {Kind.BUSINESS_LICENCE: upload.id, Kind.ORGANISATION_CODE: upload.id}
    papers.remove_paper(registrant.id, Kind.BUSINESS_LICENCE)
    assert papers.list_papers(employer.id) == []
    assert Upload.get_or_none(Upload.id == upload.id) is None


@pytest.mark.spec("A10")
def test_separate_licences_keep_their_own_slots(companies, registrant):
    companies.draft(registrant)
    drafts.save_certification(registrant.id, {"is_one_licence": False})
    first, second = companies.factory.upload(registrant), companies.factory.upload(registrant)
    papers.put_paper(registrant.id, Kind.BUSINESS_LICENCE, first.id)
    papers.put_paper(registrant.id, Kind.ORGANISATION_CODE, second.id)
    rows = {one.kind: one.upload_id for one in EmployerPaper.select()}
    assert rows == {Kind.BUSINESS_LICENCE: first.id, Kind.ORGANISATION_CODE: second.id}
    drafts.save_certification(registrant.id, {"is_one_licence": True})
    assert {one.upload_id for one in EmployerPaper.select()} == {first.id}
    assert Upload.get_or_none(Upload.id == second.id) is None


@pytest.mark.spec("A10")
@pytest.mark.parametrize("nature", ["院校", "培训机构"])
def test_schools_and_training_bodies_show_their_licence(companies, registrant, nature):
    companies.complete(registrant)
    drafts.save_certification(registrant.id, {"nature": nature})
    assert missing_of(registrant) == {"#/papers/school_licence"}
    upload = companies.factory.upload(registrant)
    papers.put_paper(registrant.id, Kind.SCHOOL_LICENCE, upload.id)
    assert missing_of(registrant) == set()


@pytest.mark.spec("A10")
def test_paper_of_somebody_else_is_not_taken(companies, registrant, factory):
    companies.draft(registrant)
    strangers = factory.upload()
    with pytest.raises(UploadNotFound):
        papers.put_paper(registrant.id, Kind.AUTHORISATION_LETTER, strangers.id)


@pytest.mark.spec("A06", "N03")
def test_incomplete_registration_is_not_taken_and_says_what_is_missing(companies, registrant):
    companies.draft(registrant)
    with pytest.raises(RegistrationIncomplete) as refusal:
        drafts.submit_registration(registrant.id)
    pointers = [one["pointer"] for one in refusal.value.extensions["errors"]]
    assert pointers[0] == "#/papers/authorisation_letter" and pointers[-1] == "#/services"


@pytest.mark.spec("A06")
def test_what_is_under_review_is_not_edited_until_it_is_taken_back(
    companies, registrant, status_of
):
    employer = companies.submitted(registrant)
    for edit in (
        lambda: drafts.save_certification(registrant.id, {"city": "宁波"}),
        lambda: drafts.save_company(registrant.id, companies.company()),
        lambda: drafts.save_services(registrant.id, []),
        lambda: papers.remove_paper(registrant.id, Kind.BUSINESS_LICENCE),
        lambda: drafts.submit_registration(registrant.id),
    ):
        with pytest.raises(RegistrationLocked):
            edit()
    drafts.recall_registration(registrant.id)
    assert status_of(employer) == "draft"
    drafts.save_certification(registrant.id, {"city": "宁波"})
    with pytest.raises(InvalidTransition):
        drafts.recall_registration(registrant.id)


@pytest.mark.spec("A19")
def test_name_and_code_of_an_admitted_company_stay(companies, registrant):
    companies.admitted(registrant)
    with pytest.raises(RegistrationLocked):
        drafts.save_company(registrant.id, companies.company())


def test_account_has_one_registration_at_a_time(companies, registrant):
    companies.draft(registrant)
    with pytest.raises(RegistrationOpen):
        companies.draft(registrant)
    assert Employer.select().count() == 1


def test_to_begin_keeps_nobody_elses_company_out(companies, registrant, factory, status_of):
    code = valid_uscc(77)
    squatter = companies.draft(factory.account("占用"), code)
    employer = companies.submitted(registrant, code)
    assert (status_of(employer), status_of(squatter)) == ("submitted", "draft")
    other = factory.account("第三")
    with pytest.raises(EmployerKnown):
        companies.draft(other, code)


def test_code_that_staff_recorded_is_known(companies, registrant):
    create_employer(name="远航科技", code=valid_uscc(78))
    with pytest.raises(EmployerKnown):
        companies.draft(registrant, valid_uscc(78))


def test_who_registers_nothing_has_nothing_to_edit(companies, registrant):
    for act in (drafts.submit_registration, drafts.recall_registration):
        with pytest.raises(RegistrationNotFound):
            act(registrant.id)
    assert show_registration(registrant.id) is None
