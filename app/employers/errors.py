"""Rules about employers."""

from app.core.errors import Conflict, Denied, Invalid, NotFound


class EmployerNotFound(NotFound):
    title = "没有找到该单位"


class RecruiterNotFound(NotFound):
    title = "没有找到该招聘人员"


class UsccInvalid(Invalid):
    """The check digit of the 统一社会信用代码 does not fit (GB 32100-2015)."""

    title = "统一社会信用代码不正确，请核对后再填"


class UsccTaken(Conflict):
    title = "该统一社会信用代码已登记"


class UsccFixed(Conflict):
    """Name and code never change (A19)."""

    title = "单位名称和统一社会信用代码登记后不能修改"


class NotYourEmployer(Denied):
    title = "您不是该单位的招聘人员"


class SettlementNotFound(NotFound):
    title = "没有找到该入驻申请"
