"""The forms of colleagues' accounts."""

from flask_admin.form import BaseForm
from wtforms import PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.accounts.models import StaffUser
from app.admin.fields import stripped
from app.admin.words import status_options

PLATFORM = "platform"


class StaffEditForm(BaseForm):
    """A colleague."""

    name = StringField("姓名", [Optional(), Length(max=40)], filters=[stripped])
    role = SelectField(
        "角色",
        choices=[SelectChoice(value, word) for value, word in status_options(StaffUser.StaffRole)],
        description="平台人员：管理员可管理工作人员；会务人员可办会；只读人员只能查看。"
        "学校人员的权限以任职为准",
    )
    password = PasswordField(
        "新密码",
        [Optional(), Length(max=200)],
        description="留空表示不修改；修改后该人员需重新登录",
        render_kw={"autocomplete": "new-password"},
    )


class StaffForm(StaffEditForm):
    """A new colleague."""

    order = ("username", "name", "scope", "role", "password")
    scope = SelectField(
        "工作范围",
        choices=[SelectChoice(PLATFORM, "平台：全部学校"), SelectChoice("schools", "学校：按任职")],
        description="学校人员创建后，在“学校任职”里任命职责",
    )
    username = StringField(
        "用户名",
        [InputRequired("请填写用户名"), Length(max=40)],
        filters=[stripped],
        description="登录时使用，创建后不能修改",
    )
    password = PasswordField(
        "初始密码",
        [InputRequired("请填写初始密码"), Length(max=200)],
        description="至少 10 位，不能只有数字",
        render_kw={"autocomplete": "new-password"},
    )
