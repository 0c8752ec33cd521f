"""The channels: whom each can reach with what, and how it sends one letter."""

import time

from app.config import Config
from app.core.secrets import new_token
from app.integrations.mail import Mailer
from app.integrations.sms import SmsProvider
from app.integrations.wechat import NotSubscribed, ReceiverBusy, WeChat, fit_field
from app.notifications.jobs.letters import Fate, Letter, Receiver
from app.notifications.ledger import Spending
from app.notifications.models import Channel, CreditEvent
from app.notifications.templates import Template, sms_template_of, template_of
from app.notifications.texts import render, values

BUSY_TRIES, BUSY_PAUSE_SECONDS = 4, 0.25  # of an urgent letter behind another one's send


class Channels:
    """What the deployment has: WeChat's two, SMS and mail."""

    def __init__(self, config: Config, *, wechat: WeChat, sms: SmsProvider, mailer: Mailer) -> None:
        self._config = config
        self._wechat = wechat
        self._sms = sms
        self._mailer = mailer

    @property
    def uses_mail(self) -> bool:
        """Whether mail is a channel here."""
        return self._mailer.is_available

    def may_use_sms(self, letter: Letter) -> bool:
        """Whether this letter could go out as an SMS, if its receiver has a number."""
        wanted = not letter.only or Channel.SMS in letter.only
        return wanted and self._sms.is_available and self._sms_template(letter) is not None

    def reaches(self, channel: Channel, letter: Letter, receiver: Receiver) -> bool:
        """Whether this person can be sent this letter here; a spent credit is gone."""
        if letter.only and channel not in letter.only:
            return False
        match channel:
            case Channel.MAIL:
                return bool(receiver.email) and self.uses_mail
            case Channel.SMS:
                known = bool(receiver.phone) and receiver.sms_left > 0
                return known and self.may_use_sms(letter)
            case Channel.SERVICE:
                return bool(receiver.service_openid) and self._has_template(letter, channel)
            case Channel.SUBSCRIBE:
                template = template_of(self._config.wechat_templates, letter.kind, channel)
                agreed = template is not None and receiver.credits.get(template.id, 0) > 0
                return bool(receiver.mini_openid) and agreed

    def send(self, channel: Channel, letter: Letter, receiver: Receiver, fate: Fate) -> str:
        """Send by a channel that reaches the receiver; the channel's own id.

        :raises DomainError: the channel did not take it
        """
        match channel:
            case Channel.SUBSCRIBE:
                return self._send_subscribe(letter, receiver, fate)
            case Channel.SERVICE:
                return self._send_service(letter, receiver)
            case Channel.SMS:
                return self._send_sms(letter, receiver)
            case Channel.MAIL:
                return self._send_mail(letter, receiver)

    def _has_template(self, letter: Letter, channel: Channel) -> bool:
        return template_of(self._config.wechat_templates, letter.kind, channel) is not None

    def _template(self, letter: Letter, channel: Channel) -> Template:
        template = template_of(self._config.wechat_templates, letter.kind, channel)
        assert template is not None, "only a channel with a template is tried"
        return template

    def _sms_template(self, letter: Letter) -> Template | None:
        return sms_template_of(self._config.sms.templates, letter.kind)

    def _send_subscribe(self, letter: Letter, receiver: Receiver, fate: Fate) -> str:
        template = self._template(letter, Channel.SUBSCRIBE)
        seen = receiver.credits[template.id]
        try:
            message_id = self._patiently(letter, receiver, template)
        except NotSubscribed:
            receiver.credits[template.id] = 0
            fate.spendings.append(_spending(letter, receiver, template.id, seen))
            raise
        receiver.credits[template.id] = seen - 1
        fate.spendings.append(_spending(letter, receiver, template.id, 0))
        return message_id

    def _patiently(self, letter: Letter, receiver: Receiver, template: Template) -> str:
        """WeChat takes one message at a time for a person; an urgent one waits for the other."""
        fields = template.fill(values(letter.kind, letter.params, letter.created_at))
        for left in reversed(range(BUSY_TRIES if letter.is_urgent else 1)):
            try:
                return self._wechat.send_subscribe(
                    receiver.mini_openid, template.id, fields=fields, page=letter.page
                )
            except ReceiverBusy:
                if not left:
                    raise
                time.sleep(BUSY_PAUSE_SECONDS)
        raise AssertionError("the last try returns or raises")

    def _send_service(self, letter: Letter, receiver: Receiver) -> str:
        template = self._template(letter, Channel.SERVICE)
        return self._wechat.send_template(
            receiver.service_openid,
            template.id,
            fields=template.fill(values(letter.kind, letter.params, letter.created_at)),
            client_msg_id=f"shuangxuan-{letter.id}",
            mini_page=letter.page,
            url=self._link(letter),
        )

    def _send_sms(self, letter: Letter, receiver: Receiver) -> str:
        template = self._sms_template(letter)
        assert template is not None, "only a channel with a template is tried"
        told = values(letter.kind, letter.params, letter.created_at)
        serial = self._sms.send(
            receiver.phone, template.id, list(template.words(told)), tag=str(letter.id)
        )
        receiver.sms_left -= 1
        return serial

    def _send_mail(self, letter: Letter, receiver: Receiver) -> str:
        title, body = render(letter.kind, letter.params)
        moment = fit_field("time", letter.created_at)
        text = f"{body}\n\n{moment}\n{self._link(letter)}\n\n本邮件由双选会平台自动发送，请勿回复。"
        return self._mailer.send(receiver.email, f"【双选会】{title}", text)

    def _link(self, letter: Letter) -> str:
        """The page's twin in the browser."""
        return f"{self._config.public_url}/m/{letter.page}"


def _spending(letter: Letter, receiver: Receiver, template_id: str, refused: int) -> Spending:
    source = CreditEvent.Source.REFUSED if refused else CreditEvent.Source.SPENT
    key = f"{source}:{letter.id}:{new_token(9)}"  # a letter may be sent again, by staff
    return Spending(receiver.account_id, template_id, refused or 1, source, key)
