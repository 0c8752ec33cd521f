"""Mail over real SMTP, against a server that keeps what it gets."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from app.core.errors import Invalid, UpstreamFailed
from app.integrations.mail import MailAddressRefused, Mailer, MailUnavailable
from tests.sandbox import free_port


class Mailroom:
    """Takes letters; knows no box named nobody, and is busy for patience."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.logins: list[str] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such box"
        if address.startswith("patience@"):
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append(letter)
        return "250 taken"

    def authenticate(self, server, session, envelope, mechanism, auth) -> AuthResult:
        self.logins.append(auth.login.decode())
        return AuthResult(success=auth.password == b"p@ss")


@pytest.fixture
def mailroom() -> Iterator[tuple[Mailroom, int]]:
    room, port = Mailroom(), free_port()
    controller = Controller(
        room,
        hostname="127.0.0.1",
        port=port,
        authenticator=room.authenticate,
        auth_require_tls=False,
    )
    controller.start()
    yield room, port
    controller.stop()


def test_a_letter_arrives_whole(mailroom: tuple[Mailroom, int]) -> None:
    room, port = mailroom
    mailer = Mailer(f"smtp://127.0.0.1:{port}", "双选会 <noreply@fair.example>")
    number = mailer.send("lin@school.example", "面试叫号提醒", "林小满：\n请回到候场页面。\n")
    (letter,) = room.letters
    assert letter["Subject"] == "面试叫号提醒"
    assert letter["From"].addresses[0].display_name == "双选会"
    assert letter["To"] == "lin@school.example"
    assert letter["Message-ID"] == number
    assert letter.get_content().replace("\r\n", "\n") == "林小满：\n请回到候场页面。\n"


def test_the_mailer_logs_in(mailroom: tuple[Mailroom, int]) -> None:
    room, port = mailroom
    Mailer(f"smtp://fair:p%40ss@127.0.0.1:{port}", "a@b.example").send("c@d.example", "题", "文")
    assert room.logins == ["fair"]
    address = f"smtp://fair:wrong@127.0.0.1:{port}"
    wrong = Mailer(address, "a@b.example", timeout_seconds=1)
    with pytest.raises(MailUnavailable):
        wrong.send("c@d.example", "题", "文")
    assert len(room.letters) == 1


@pytest.mark.parametrize(
    "address",
    ["nobody@d.example", "not an address", "", "a@b.example\r\nBcc: x@y.example", "中文@d.example"],
)
def test_an_address_that_is_none_is_refused(mailroom: tuple[Mailroom, int], address: str) -> None:
    room, port = mailroom
    with pytest.raises(MailAddressRefused) as caught:
        Mailer(f"smtp://127.0.0.1:{port}", "a@b.example").send(address, "题", "文")
    assert isinstance(caught.value, Invalid)
    assert not room.letters


def test_a_subject_cannot_add_headers(mailroom: tuple[Mailroom, int]) -> None:
    room, port = mailroom
    mailer = Mailer(f"smtp://127.0.0.1:{port}", "a@b.example")
    mailer.send("c@d.example", "题\r\nBcc: x@y.example", "文")
    assert room.letters[0]["Bcc"] is None


def test_a_busy_server_is_an_upstream_failure(mailroom: tuple[Mailroom, int]) -> None:
    mailer = Mailer(f"smtp://127.0.0.1:{mailroom[1]}", "a@b.example")
    with pytest.raises(MailUnavailable) as caught:
        mailer.send("patience@d.example", "题", "文")
    assert isinstance(caught.value, UpstreamFailed)


def test_a_dead_server_is_an_upstream_failure() -> None:
    with pytest.raises(MailUnavailable):
        Mailer(f"smtp://127.0.0.1:{free_port()}", "a@b.example").send("c@d.example", "题", "文")


def test_a_silent_server_is_given_up() -> None:
    done = Event()
    with socket.create_server(("127.0.0.1", free_port())) as silent:
        Thread(target=lambda: (silent.accept(), done.wait(5)), daemon=True).start()
        port = silent.getsockname()[1]
        mailer = Mailer(f"smtp://127.0.0.1:{port}", "a@b.example", timeout_seconds=0.3)
        with pytest.raises(MailUnavailable):
            mailer.send("c@d.example", "题", "文")
        done.set()


def test_without_an_address_there_is_no_mail() -> None:
    mailer = Mailer("", "a@b.example")
    assert not mailer.is_available
    with pytest.raises(MailUnavailable):
        mailer.send("c@d.example", "题", "文")


@pytest.mark.parametrize("address", ["http://127.0.0.1", "smtp://", "mail"])
def test_a_wrong_setting_is_found_at_the_start(address: str) -> None:
    with pytest.raises(ValueError, match="MAIL_URL"):
        Mailer(address, "a@b.example")
