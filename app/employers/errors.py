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


class EmployerNotActive(Denied):
    """Not admitted yet, or suspended: its people reach the registration pages only (A11, N03)."""

    title = "单位尚未通过审核或已停用，暂不能使用此功能"


class RegistrationNotFound(NotFound):
    title = "没有找到您的注册申请"


class RegistrationOpen(Conflict):
    """One registration of an account at a time."""

    title = "您已有一份注册申请，请先完成或修改该申请"


class RegistrationLocked(Conflict):
    """Under review, or admitted: nothing of it can be edited now."""

    title = "注册申请正在审核或已通过，不能修改；审核中可先撤回"


class RegistrationIncomplete(Invalid):
    """Something is missing; ``errors`` names each field."""

    title = "资料还不完整，请补充标出的项目"


class UsccUnverified(Conflict):
    """The check digit fails and staff have not vouched for the code."""

    title = "统一社会信用代码校验位不符，请先核对代码并放行"


class UsccVerified(Conflict):
    title = "该代码无需放行"


class NotThisGate(Conflict):
    """A colleague was faster, or the registration came back."""

    title = "该申请已不在这一审核环节，请刷新后再操作"


class GateNotYours(Denied):
    title = "您不能在这一环节审核"


class EmployerKnown(Conflict):
    """The company is registered: its people join it (A07)."""

    title = "该单位已注册，请申请加入或申请成为管理员"


class AlreadyMember(Conflict):
    title = "您已是该单位的招聘人员"


class NoAdministrator(Conflict):
    """Nobody could say yes."""

    title = "该单位还没有管理员，请申请成为管理员"


class LetterNeeded(Invalid):
    title = "请上传加盖公章的授权书"


class RequestPending(Conflict):
    title = "您已向该单位提交申请，请等待处理"


class RequestNotFound(NotFound):
    title = "没有找到该申请"


class AdministratorOnly(Denied):
    title = "只有单位管理员可以进行此操作"


class ReasonNeeded(Invalid):
    title = "请填写原因"


class SettlementsClosed(Conflict):
    """The school takes no employers in at present (K02)."""

    title = "该校暂不接受单位入驻申请"


class SettlementNotFound(NotFound):
    title = "没有找到该入驻申请"
