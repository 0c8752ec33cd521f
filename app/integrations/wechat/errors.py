"""What WeChat refuses, in our words. Numbers are WeChat's ``errcode``."""

from app.core.errors import Conflict, Denied, Invalid, Unauthenticated, UpstreamFailed


class WeChatUnavailable(UpstreamFailed):
    """No answer, a wrong one, or -1 "system busy": trying again later may help."""

    title = "微信服务暂时不可用，请稍后再试"


class WeChatQuotaSpent(UpstreamFailed):
    """45009 or 45011: the day's or the minute's calls are used up."""

    title = "微信接口调用次数已用完，请稍后再试"


class WeChatMisconfigured(UpstreamFailed):
    """Our account, secret or permissions are wrong: only an operator can help."""

    title = "微信接口配置有误，请联系平台"


class LoginCodeRefused(Unauthenticated):
    """40029 or 40163: the login code is wrong, late or used."""

    title = "微信登录已失效，请重新登录"


class PhoneCodeRefused(Invalid):
    """40029: the phone-number code is wrong, late or used."""

    title = "手机号授权已失效，请重新点击获取"


class HighRiskUser(Denied):
    """40226: WeChat holds this person's account for unsafe."""

    title = "微信提示该账号存在风险，暂时无法登录"


class SceneRefused(Invalid):
    """A mini-program code cannot carry this scene or page."""

    title = "小程序码的内容不符合微信要求"


class SendRefused(Conflict):
    """WeChat will not deliver this message to this person; sending it again does not help."""

    title = "微信未能送达该消息"


class NotSubscribed(SendRefused):
    """43101: no accepted popup is left for this template. Normal business."""

    title = "用户未订阅该消息"


class NotFollowing(SendRefused):
    """43004: the person does not follow the service account."""

    title = "用户未关注服务号"


class ReceiverUnknown(SendRefused):
    """40003: the openid is wrong or another account's."""

    title = "微信用户不存在"


class ReceiverBusy(SendRefused):
    """43108: another message to this person is on its way; try again in a moment."""

    title = "正在向该用户发送另一条消息"


class TemplateUnknown(SendRefused):
    """40037: the account has no such template."""

    title = "消息模板不存在"


class TemplateFieldRefused(SendRefused):
    """47003: a field is missing, empty or breaks the limits of its type."""

    title = "消息内容不符合微信要求"


class PageRefused(SendRefused):
    """41030: the mini-program has no such page."""

    title = "消息要打开的页面不存在"


class SensitiveWords(SendRefused):
    """45168: WeChat found forbidden words."""

    title = "消息含有微信不允许的词语"


class SendingBanned(SendRefused):
    """43107: WeChat has taken the account's right to send."""

    title = "小程序的订阅消息能力已被封禁"


class FieldUnfit(Invalid):
    """A value cannot be made to fit the type of its field."""

    title = "内容不符合消息字段的格式"


class PushRefused(Denied):
    """A message push is not WeChat's, or too old."""

    title = "消息推送校验失败"


class PushReplayed(PushRefused):
    """A message push has been received before; answer ``success`` and do nothing."""

    title = "消息推送已处理"


class WriterInactive(Conflict):
    """61010, 40003: WeChat checks texts only of people who used the mini-program lately."""

    title = "提交人近两小时内未使用小程序，微信无法检测内容"


class TextRefused(Invalid):
    """40097, 40129, 44002, 44991, 47001: the text cannot be checked as it is."""

    title = "内容不符合微信内容安全检测的要求"


GENERAL: dict[int, type[UpstreamFailed]] = dict.fromkeys(
    (40002, 40013, 40125, 40164, 40243, 41002, 41004, 48001, 50004, 50007, 89503, 89506, 89507),
    WeChatMisconfigured,
) | dict.fromkeys((45009, 45011, 44990, 44993), WeChatQuotaSpent)

LOGIN = dict.fromkeys((40029, 40163, 41008), LoginCodeRefused) | {40226: HighRiskUser}
PHONE = dict.fromkeys((40029, 40163), PhoneCodeRefused)
SENDING = {
    40003: ReceiverUnknown,
    40037: TemplateUnknown,
    41030: PageRefused,
    43004: NotFollowing,
    43101: NotSubscribed,
    43107: SendingBanned,
    43108: ReceiverBusy,
    45168: SensitiveWords,
    47003: TemplateFieldRefused,
}
SCENE = dict.fromkeys((40097, 40129, 40169, 41030, 85096), SceneRefused)
TEXT_CHECK = dict.fromkeys((61010, 40003), WriterInactive) | dict.fromkeys(
    (40097, 40129, 44002, 44991, 47001), TextRefused
)
