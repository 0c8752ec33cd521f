"""The account of whoever registers an employer or joins one (A06 step ②)."""

from app.accounts.services.passwords import open_password_account
from app.accounts.services.people import log_in
from app.core import audit
from app.core.captchas import check_captcha
from app.core.database import atomic


def open_registrant(
    *,
    username: str,
    password: str,
    name: str,
    phone: str,
    email: str,
    captcha_id: str,
    captcha_answer: str,
) -> dict[str, object]:
    """Open an account with name and password behind a captcha, and sign it in.

    :raises CaptchaWrong: wrong, used or older than five minutes
    :raises CaptchaUnavailable: nobody can tell
    :raises UsernameInvalid, UsernameTaken, PasswordTooWeak: see :func:`open_password_account`
    """
    check_captcha(captcha_id, captcha_answer)
    with atomic():
        account = open_password_account(
            username=username, password=password, name=name, phone=phone, email=email
        )
        audit.record(account, "create", after={"username": username})
        return log_in(account)
