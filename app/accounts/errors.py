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


class WeChatElsewhere(Conflict):
    """The WeChat belongs to an account that is in use."""

    title = "该微信已用于另一个账号，请换一个微信扫码"


class WeChatBound(Conflict):
    """One person's WeChat for each account."""

    title = "该账号已绑定微信，无需重复绑定"


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


class UsernameInvalid(Invalid):
    title = "用户名应为 4 至 40 个字符，可用文字、数字和 . _ @ -，不含空格"


class UsernameTaken(Conflict):
    title = "该用户名已被使用，请换一个"


class PasswordSet(Conflict):
    """The account signs in by password already; whoever knows it can change it."""

    title = "该账号已设置登录密码，请使用“修改密码”"


class PasswordNotSet(Conflict):
    title = "该账号还没有设置登录密码"


class PasswordSignInRefused(Unauthenticated):
    """Unknown, wrong or closed: nobody learns which. ``captcha_needed`` of the next try."""

    title = "用户名或密码不正确"


class PasswordOutdated(Conflict):
    """Staff have opened a reset: the old password lets nobody in any more (A17)."""

    title = "该密码已停用，请使用工作人员提供的重设码设置新密码"


class OldPasswordWrong(Invalid):
    title = "原密码不正确"


class SignInNotFresh(Denied):
    """Setting a first password asks for a sign-in of the last minutes."""

    title = "请重新扫码登录后 10 分钟内设置密码"


class CaptchaNeeded(Conflict):
    """After three failures of a name or of an address (A13)."""

    title = "请输入图形验证码"


class PhoneNotGiven(Invalid):
    title = "没有获取到手机号，请重试"
