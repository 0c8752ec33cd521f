"""The sections of a résumé: fields, limits, and what is refused."""

import marshmallow as ma
from marshmallow import validate

from app.core.wire import MOBILE

MONTH = validate.Regexp(r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])\Z", error="应为“年-月”，如 2026-06")
EMAIL = validate.Regexp(r"^[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s.]{2,20}\Z", error="邮箱格式不正确")
DEGREES = {"college": "专科", "bachelor": "本科", "master": "硕士", "doctor": "博士"}


class _Section(ma.Schema):
    """Blank means absent: an emptied field is dropped."""

    @ma.pre_load
    def drop_blank(self, content: object, **_: object) -> object:
        if not isinstance(content, dict):
            return content
        trimmed = {key: _trimmed(value) for key, value in content.items()}
        return {key: value for key, value in trimmed.items() if value not in (None, "", [])}


def _trimmed(value: object) -> object:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [one for one in map(_trimmed, value) if one not in (None, "")]
    return value


def _text(most: int, *, required: bool = False) -> ma.fields.String:
    return ma.fields.String(validate=validate.Length(1, most), required=required)


def _month() -> ma.fields.String:
    return ma.fields.String(validate=MONTH)


def _until() -> ma.fields.String:
    return ma.fields.String(
        validate=validate.Regexp(
            r"^((19|20)[0-9]{2}-(0[1-9]|1[0-2])|present)\Z", error="应为“年-月”或“至今”"
        )
    )


class BasicsSchema(_Section):
    """基本信息"""

    name = _text(20)
    gender = ma.fields.String(validate=validate.OneOf(["male", "female", "undisclosed"]))
    birth_month = _month()
    phone = ma.fields.String(validate=MOBILE)
    email = ma.fields.String(validate=EMAIL)
    school = _text(60)
    college = _text(60)
    major = _text(60)
    degree = ma.fields.String(validate=validate.OneOf(list(DEGREES), labels=list(DEGREES.values())))
    graduation_year = ma.fields.Integer(validate=validate.Range(1980, 2060))
    city = _text(40)


class IntentionSchema(_Section):
    """求职意向; pay in yuan a month"""

    positions = ma.fields.List(_text(30), validate=validate.Length(max=5))
    cities = ma.fields.List(_text(20), validate=validate.Length(max=5))
    salary_min = ma.fields.Integer(validate=validate.Range(0, 1_000_000))
    salary_max = ma.fields.Integer(validate=validate.Range(0, 1_000_000))
    available_from = _month()

    @ma.validates_schema
    def check_range(self, content: dict, **_: object) -> None:
        if content.get("salary_max", 10**9) < content.get("salary_min", 0):
            raise ma.ValidationError("最高薪资不能低于最低薪资", "salary_max")


class EducationSchema(_Section):
    """教育经历"""

    school = _text(60, required=True)
    major = _text(60)
    degree = ma.fields.String(validate=validate.OneOf(list(DEGREES)))
    start = _month()
    end = _until()
    description = _text(1000)


class ExperienceSchema(_Section):
    """实习经历、校园经历"""

    organization = _text(60, required=True)
    title = _text(40)
    start = _month()
    end = _until()
    description = _text(2000)


class ProjectSchema(_Section):
    """项目经历"""

    name = _text(60, required=True)
    role = _text(40)
    start = _month()
    end = _until()
    description = _text(2000)


class SkillSchema(_Section):
    """技能特长"""

    name = _text(30, required=True)
    level = _text(20)


class CertificateSchema(_Section):
    """证书"""

    name = _text(60, required=True)
    issued_on = _month()


class SelfEvaluationSchema(_Section):
    """自我评价"""

    text = _text(1000)


SECTION_SCHEMAS: dict[str, ma.Schema] = {
    "basics": BasicsSchema(),
    "intention": IntentionSchema(),
    "education": EducationSchema(many=True),
    "internships": ExperienceSchema(many=True),
    "projects": ProjectSchema(many=True),
    "campus": ExperienceSchema(many=True),
    "skills": SkillSchema(many=True),
    "certificates": CertificateSchema(many=True),
    "self_evaluation": SelfEvaluationSchema(),
}
MOST_ITEMS = 20


class ResumeContentSchema(ma.Schema):
    """A résumé's content by section; sections without content may be absent."""

    basics = ma.fields.Nested(BasicsSchema)
    intention = ma.fields.Nested(IntentionSchema)
    education = ma.fields.List(ma.fields.Nested(EducationSchema))
    internships = ma.fields.List(ma.fields.Nested(ExperienceSchema))
    projects = ma.fields.List(ma.fields.Nested(ProjectSchema))
    campus = ma.fields.List(ma.fields.Nested(ExperienceSchema))
    skills = ma.fields.List(ma.fields.Nested(SkillSchema))
    certificates = ma.fields.List(ma.fields.Nested(CertificateSchema))
    self_evaluation = ma.fields.Nested(SelfEvaluationSchema)
