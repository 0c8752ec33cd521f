"""Rules about ways back to a forgotten password."""

from app.core.errors import Conflict, Invalid, NotFound, Unauthenticated


class RecoveryNotFound(NotFound):
    title = "找回请求无效，请重新开始"


class RecoveryExpired(Conflict):
    """Older than its time, done with, or its code was tried five times."""

    title = "验证码或找回请求已失效，请重新获取"


class RecoveryCodeWrong(Invalid):
    """``tries_left`` says how often the same code may still be tried."""

    title = "验证码不正确"


class RecoveryChannelUnavailable(Conflict):
    """There is no such address, or the deployment cannot send there."""

    title = "该方式暂不可用，请换一种方式找回"


class ResetTokenInvalid(Unauthenticated):
    """Unknown, used, void or too old: nobody learns which."""

    title = "重设凭证无效或已过期，请重新申请"


class AppealNotFound(NotFound):
    """No such number, or another phone: nobody learns which."""

    title = "申诉编号或手机号不正确"


class AppealNotOpen(Conflict):
    """Only a draft can be changed and submitted."""

    title = "该申诉正在审核或已处理，不能修改"


class SealNameDiffers(Invalid):
    """The name on the seal must be the licence's (A16)."""

    title = "公章上的单位名称与营业执照上的名称不一致"


class PaperReasonDiffers(Invalid):
    """The reason on the stamped paper must be the form's (A16)."""

    title = "情况说明中的原因与填写的申诉原因不一致"


class StatementMissing(Invalid):
    title = "请上传加盖公章的情况说明（JPG）"


class AppealUnanswerable(Conflict):
    """Approving needs an account whose password can be chosen anew."""

    title = "该单位没有可重设密码的账号，请退回并说明"


class AppealCannotBeTold(Conflict):
    """An approval sends a code by SMS, and this deployment has none."""

    title = "未配置验证码短信，无法通过申诉；请在招聘人员页面使用“重设密码”"
