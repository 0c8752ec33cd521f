"""The forms of schools, their colleges and the posts held there."""

from typing import Any

from flask_admin.form import BaseForm
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.admin.fields import stripped
from app.admin.forms import school_options
from app.admin.remit import NONE
from app.admin.words import status_options
from app.schools.models import College, Duty, School
from app.schools.services import switches_of
from app.schools.switches import SWITCHES

NOBODY = 0  # no centre above, no college


class OwnSchoolForm(BaseForm):
    """What a school's administrators change themselves: the short name and the switches (K02)."""

    short_name = StringField("简称", [Optional(), Length(max=20)], filters=[stripped])

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if isinstance(self._obj, School) and not self.is_submitted_with_fields():
            for name, is_on in switches_of(self._obj.id).items():
                self[name].data = is_on

    def is_submitted_with_fields(self) -> bool:
        """Whether a person sent the form: an empty box says no then."""
        return bool(self.short_name.raw_data)


for _name, _switch in SWITCHES.items():
    _box = BooleanField(_switch.label, description=_switch.hint, default=_switch.default)
    setattr(OwnSchoolForm, _name, _box)


class SchoolEditForm(OwnSchoolForm):
    """What the platform changes of a school: all but its kind."""

    order: tuple[str, ...] = ("name", "short_name", "province", "centre_id", *SWITCHES)
    name = StringField("名称", [InputRequired("请填写名称"), Length(max=80)], filters=[stripped])
    province = StringField(
        "省份", [Optional(), Length(max=20)], filters=[stripped], description="如 湖北省"
    )
    centre_id = SelectField(
        "上级就业中心", coerce=int, description="省级中心的审核员可审核下属高校"
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        centres = School.select(School.id, School.name).where(School.kind == School.Kind.CENTRE)
        self.centre_id.choices = [
            (NOBODY, "无"), *[(number, name) for number, name in centres.tuples()]
        ]  # fmt: skip
        if self.centre_id.data is None:
            self.centre_id.data = NOBODY


class SchoolForm(SchoolEditForm):
    """A new school or centre."""

    order = ("name", "short_name", "kind", "province", "centre_id", *SWITCHES)
    kind = SelectField("类型", choices=[
        SelectChoice(value, word) for value, word in status_options(School.Kind)
    ])  # fmt: skip


class CollegeEditForm(BaseForm):
    """A college's name."""

    name = StringField(
        "院系名称", [InputRequired("请填写院系名称"), Length(max=60)], filters=[stripped]
    )


class CollegeForm(CollegeEditForm):
    """A new college."""

    order = ("school_id", "name")
    school_id = SelectField("学校", [InputRequired("请选择学校")], coerce=int)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.school_id.choices = school_options(NONE)


class PostForm(BaseForm):
    """A duty for a person, who may be new."""

    order = ("school_id", "username", "name", "password", "duty", "college_id")
    school_id = SelectField("学校", [InputRequired("请选择学校")], coerce=int)
    username = StringField(
        "用户名", [InputRequired("请填写用户名"), Length(max=40)], filters=[stripped],
        description="已有账号的人员填其用户名；没有则在这里创建",
    )  # fmt: skip
    name = StringField(
        "姓名", [Optional(), Length(max=40)], filters=[stripped], description="新人员填写"
    )
    password = PasswordField(
        "初始密码", [Optional(), Length(max=200)],
        description="新人员填写：至少 10 位，不能只有数字",
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip
    duty = SelectField("职责", choices=[
        SelectChoice(value, word) for value, word in status_options(Duty)
    ])  # fmt: skip
    college_id = SelectField("院系", coerce=int, description="仅院系审核员选择")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.school_id.choices = school_options(NONE)
        schools = [number for number, _ in self.school_id.choices]
        rows = College.select(College.id, School.short_name, School.name, College.name)
        rows = rows.join(School).where(College.school.in_(schools) & College.closed_at.is_null())
        self.college_id.choices = [(NOBODY, "无")] + [
            (number, f"{short or school} · {name}")
            for number, short, school, name in rows.order_by(School.name, College.name).tuples()
        ]
        if self.college_id.data is None:
            self.college_id.data = NOBODY
