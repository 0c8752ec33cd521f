"""What a registration still lacks: fields by rule of A09, papers by rule of A10. No queries."""

from collections.abc import Collection, Iterator

from app.employers.choices import EDUCATIONAL
from app.employers.gates import wants_school
from app.employers.models import Certification, Employer, EmployerPaper

Kind = EmployerPaper.Kind
PAPER_WORDS = {
    Kind.AUTHORISATION_LETTER: "账号授权书",
    Kind.BUSINESS_LICENCE: "营业执照",
    Kind.ORGANISATION_CODE: "组织机构代码证",
    Kind.SCHOOL_LICENCE: "办学许可证",
}
OF_THE_EMPLOYER = ("nature", "industry", "size", "city")
OF_THE_CERTIFICATION = ("province", "address", "phone", "email", "recruiting_email", "postcode")


def needed_papers(employer: Employer) -> tuple[Kind, ...]:
    """Letter and both slots for everybody; schools and training bodies show their licence too."""
    everybody = (Kind.AUTHORISATION_LETTER, Kind.BUSINESS_LICENCE, Kind.ORGANISATION_CODE)
    return (*everybody, Kind.SCHOOL_LICENCE) if employer.nature in EDUCATIONAL else everybody


def lacks(
    employer: Employer, certification: Certification, papers: Collection[Kind]
) -> list[dict[str, str]]:
    """What is missing, as ``{pointer, detail}`` in the order of the steps."""
    found = [("company/school_id", "请选择拟入驻的学校")] if _lacks_school(employer) else []
    found += [
        (f"papers/{kind}", f"请上传{PAPER_WORDS[kind]}")
        for kind in needed_papers(employer)
        if kind not in papers
    ]
    found += [(f"certification/{name}", "必填") for name in _blanks(employer, certification)]
    if not certification.services:
        found.append(("services", "请至少选择一项服务"))
    return [{"pointer": f"#/{place}", "detail": words} for place, words in found]


def _lacks_school(employer: Employer) -> bool:
    return wants_school(employer.entry) and employer.school_id is None


def _blanks(employer: Employer, certification: Certification) -> Iterator[str]:
    yield from (name for name in OF_THE_EMPLOYER if not getattr(employer, name))
    yield from (name for name in OF_THE_CERTIFICATION if not getattr(certification, name))
    # Offices and schools have no registered capital.
    if employer.nature.endswith("企业") and certification.capital is None:
        yield "capital"
