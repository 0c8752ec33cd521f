"""Mail over SMTP, the last channel of a notification."""

import logging
import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

from app.core import clock
from app.core.errors import Invalid, UpstreamFailed

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10.0
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class MailUnavailable(UpstreamFailed):
    """The mail server did not take the mail; trying again later may help."""

    title = "邮件服务暂时不可用，请稍后再试"


class MailAddressRefused(Invalid):
    """There is no such mailbox, or the address cannot be one."""

    title = "邮箱地址无效"


@dataclass(frozen=True)
class _Server:
    scheme: str
    host: str
    port: int
    username: str
    password: str


class Mailer:
    """Sends mail through the server named by ``MAIL_URL``; without one there is no mail.

    ``smtp://``, ``smtp+starttls://`` or ``smtps://user:password@host:port``.
    """

    def __init__(
        self, mail_url: str, sender: str, *, timeout_seconds: float = TIMEOUT_SECONDS
    ) -> None:
        self._server = _server_of(mail_url) if mail_url else None
        self._sender = sender
        self._timeout = timeout_seconds

    @property
    def is_available(self) -> bool:
        """Whether mail is a channel at all."""
        return self._server is not None

    def send(self, to: str, subject: str, text: str) -> str:
        """Send a plain-text mail; the answer is its Message-ID.

        :raises MailAddressRefused: the address is malformed or the server knows no such box
        :raises MailUnavailable: no server is set, or it did not take the mail
        """
        if self._server is None:
            raise MailUnavailable("未配置邮件服务")
        letter = self._letter(to, subject, text)
        try:
            with self._connected(self._server) as server:
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as fault:
            raise _recipient_fault(fault) from None
        except (smtplib.SMTPException, OSError, ssl.SSLError) as fault:
            log.warning("mail: %s", type(fault).__name__)
            raise MailUnavailable from None
        return letter["Message-ID"]

    def _letter(self, to: str, subject: str, text: str) -> EmailMessage:
        name, sender = parseaddr(self._sender)
        letter = EmailMessage()
        letter["From"] = Address(name, addr_spec=sender)
        try:
            letter["To"] = Address(addr_spec=to)
        except (ValueError, IndexError):
            raise MailAddressRefused from None
        if "@" not in to or not to.isascii():
            raise MailAddressRefused
        letter["Subject"] = " ".join(subject.split())
        letter["Date"] = formatdate(clock.now().timestamp())
        letter["Message-ID"] = make_msgid(domain=sender.partition("@")[2] or "localhost")
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(text)
        return letter

    def _connected(self, server: _Server) -> smtplib.SMTP:
        """A session with the server, greeted and logged in."""
        if server.scheme == "smtps":
            context = ssl.create_default_context()
            session: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout, context=context
            )
        else:
            session = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            if server.scheme == "smtp+starttls":
                session.starttls(context=ssl.create_default_context())
            if server.username:
                session.login(server.username, server.password)
        except BaseException:
            session.close()
            raise
        return session


def _server_of(mail_url: str) -> _Server:
    parts = urlsplit(mail_url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("MAIL_URL must be smtp://, smtp+starttls:// or smtps:// with a host")
    return _Server(
        parts.scheme,
        parts.hostname,
        parts.port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def _recipient_fault(fault: smtplib.SMTPRecipientsRefused) -> Exception:
    """5xx: the box does not exist; 4xx: the server asks for patience."""
    codes = [code for code, _ in fault.recipients.values()]
    if codes and all(code >= 500 for code in codes):
        return MailAddressRefused()
    return MailUnavailable()
