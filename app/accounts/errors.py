"""Rules about logging in."""

from app.core.errors import Conflict, Denied, Invalid, NotFound, Unauthenticated


class AccountDisabled(Denied):
    title = "账号已停用，请联系工作人员"


class RefreshTokenInvalid(Unauthenticated):
    title = "登录已失效，请重新登录"


class ExchangeCodeInvalid(Unauthenticated):
    title = "登录凭证已失效，请重新扫码登录"


class OauthStateInvalid(Invalid):
    title = "登录请求已过期，请重新打开页面"


class LoginCodeNotFound(NotFound):
    """A desktop login code that we never made."""

    title = "登录二维码无效，请在电脑上刷新后重新扫描"


class LoginCodeExpired(Conflict):
    title = "登录二维码已过期，请在电脑上刷新后重新扫描"


class LoginCodeTaken(Conflict):
    """Another account scanned the code first."""

    title = "该二维码已被其他人扫描"


class StaffLoginRefused(Unauthenticated):
    title = "用户名或密码不正确"


class StaffNameTaken(Conflict):
    title = "该用户名已存在"


class StaffNotFound(NotFound):
    title = "没有找到该工作人员"


class LastAdmin(Conflict):
    """Somebody must be able to manage staff."""

    title = "至少要保留一名启用中的管理员"


class PasswordTooWeak(Invalid):
    title = "密码至少 10 位，且不能只有数字或与用户名相同"


class PhoneNotGiven(Invalid):
    title = "没有获取到手机号，请重试"
