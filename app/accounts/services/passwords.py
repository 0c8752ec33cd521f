"""Signing in by name and password at the desk, and changing the password (A13, A18)."""

import re
import unicodedata
from datetime import timedelta
from typing import Any

from app.accounts.errors import (
    CaptchaNeeded,
    OldPasswordWrong,
    PasswordNotSet,
    PasswordOutdated,
    PasswordSet,
    PasswordSignInRefused,
    SignInNotFresh,
    UsernameInvalid,
    UsernameTaken,
)
from app.accounts.models import Account, LoginSession, PasswordLogin
from app.accounts.passwords import check_strength, fits, hash_of
from app.accounts.services.people import log_in
from app.core import audit, clock, crypto, ratelimit
from app.core.captchas import check_captcha
from app.core.database import atomic
from app.core.secrets import digest

FREE_TRIES = 3  # failures of a name, or of an address, before a captcha is asked for (A13)
FREE_SECONDS = 900
TRY_SECONDS = 300
TRIES = 10  # of one name from one address
ADDRESS_TRIES = 60  # of all names from one address
NAME_TRIES = 60  # of one name from everywhere, each behind a captcha
CHANGES = 5  # wrong old passwords of one account
FRESH = timedelta(minutes=10)
NOBODY = "account:0"
_USERNAME = re.compile(r"[\w.@-]{4,40}")


def open_password_account(
    *, username: str, password: str, name: str, phone: str, email: str
) -> Account:
    """A new account that signs in by password; inside the caller's transaction.

    :raises UsernameInvalid: not 4 to 40 letters, digits or ``. _ @ -``
    :raises UsernameTaken: somebody has the name, whatever its case
    :raises PasswordTooWeak: fewer than 10 characters, digits only, or the name itself
    """
    username = _checked(username, password)
    with atomic():
        account = Account.create(
            name=name[:40],
            email=email or None,
            phone=phone or None,
            phone_lookup=crypto.lookup_hash(phone) if phone else None,
        )
        _add_login(account.id, username, password)
    return account


def set_password(account_id: int, username: str, password: str, *, refresh_token: str) -> None:
    """Give a WeChat account a name and password, within ten minutes of signing in (A18).

    :raises SignInNotFresh: this device signed in earlier
    :raises PasswordSet: there is one already
    :raises UsernameInvalid: see :func:`open_password_account`
    :raises UsernameTaken: see :func:`open_password_account`
    :raises PasswordTooWeak: see :func:`open_password_account`
    """
    username = _checked(username, password)
    mine = (LoginSession.account == account_id) & LoginSession.ended_at.is_null()
    here = LoginSession.refresh_hash == digest(refresh_token)
    with atomic():
        login = LoginSession.get_or_none(mine & here)
        if login is None or login.created_at < clock.now() - FRESH:
            raise SignInNotFresh
        _add_login(account_id, username, password)


def sign_in_with_password(
    username: str, password: str, *, captcha_id: str, captcha_answer: str, address: str
) -> dict[str, object]:
    """Who signs in: an access token and a refresh token (A13).

    From the fourth try of a name or of an address within 15 minutes on, each try answers a
    captcha. The limits behind it count answered captchas only, so that nobody can lock a
    colleague out from elsewhere by sending wrong passwords.

    :raises CaptchaNeeded: three failures, and no answer
    :raises CaptchaWrong: another answer
    :raises CaptchaUnavailable: an answer is needed and nobody can tell
    :raises TooMany: the tries are used up
    :raises PasswordSignInRefused: unknown, wrong or closed — the same words and time for each
    :raises PasswordOutdated: right, but staff have opened a reset
    """
    key = key_of(username)
    ratelimit.limit(f"password-address:{address}", times=ADDRESS_TRIES, seconds=TRY_SECONDS)
    name_tries, address_tries = _tries_of(key, address)
    tries = max(ratelimit.use(one, seconds=FREE_SECONDS) for one in (name_tries, address_tries))
    if tries > FREE_TRIES:
        _demand_captcha(captcha_id, captcha_answer)
    here = f"password-name:{key}:{address}"
    ratelimit.limit(here, times=TRIES, seconds=TRY_SECONDS)
    ratelimit.limit(f"password-name:{key}", times=NAME_TRIES, seconds=TRY_SECONDS)
    login = _find_login(key)
    right = fits(login.password_hash if login else None, password)
    if login is None or not right or login.account.disabled_at:
        _note_refusal(login)
        raise PasswordSignInRefused(captcha_needed=tries >= FREE_TRIES)
    ratelimit.forget(here)
    ratelimit.forget(name_tries)
    ratelimit.give_back(address_tries)
    if login.must_change:
        raise PasswordOutdated
    with atomic():
        audit.record(login.account, "sign_in_by_password")
        return log_in(login.account)


def change_password(account_id: int, old: str, new: str, *, refresh_token: str) -> None:
    """Change one's own password; every other device is signed out (A18).

    :raises PasswordNotSet: the account has none
    :raises OldPasswordWrong: the old one is another
    :raises PasswordTooWeak: see :func:`open_password_account`
    :raises TooMany: five wrong old ones in 15 minutes
    """
    tries = f"password-change:{account_id}"
    ratelimit.limit(tries, times=CHANGES, seconds=FREE_SECONDS)
    login = find_password_login(account_id)
    if login is None:
        raise PasswordNotSet
    if not fits(login.password_hash, old):
        raise OldPasswordWrong
    check_strength(login.username, new)
    ratelimit.forget(tries)
    with atomic():
        if not _write(login, new, only_if=PasswordLogin.password_hash == login.password_hash):
            raise OldPasswordWrong  # another device was faster
        _end_logins(account_id, but=refresh_token)
        audit.record(login.account, "change_password")


def replace_password(account_id: int, password: str) -> None:
    """A new password for somebody whose right to it was proved otherwise; all devices end.

    Inside a command.

    :raises PasswordNotSet: the account has none
    :raises PasswordTooWeak: see :func:`open_password_account`
    """
    login = find_password_login(account_id)
    if login is None:
        raise PasswordNotSet
    check_strength(login.username, password)
    _write(login, password)
    _end_logins(account_id)
    audit.record(login.account, "reset_password")


def suspend_password(account_id: int) -> None:
    """The password lets nobody in until a new one is chosen; all devices end (A17).

    Inside a command.

    :raises PasswordNotSet: the account has none
    """
    mine = PasswordLogin.account == account_id
    if not PasswordLogin.update(must_change=True).where(mine).execute():
        raise PasswordNotSet
    _end_logins(account_id)


def find_password_login(account_id: int) -> PasswordLogin | None:
    """An account's name and password, if it has them."""
    return (
        PasswordLogin.select(PasswordLogin, Account)
        .join(Account)
        .where(PasswordLogin.account == account_id)
        .first()
    )


def key_of(username: str) -> str:
    """The name as it is compared: half width, without case or blanks around it."""
    return unicodedata.normalize("NFKC", username).strip().casefold()[:120]


def _checked(username: str, password: str) -> str:
    username = unicodedata.normalize("NFKC", username).strip()
    if not _USERNAME.fullmatch(username):
        raise UsernameInvalid
    check_strength(username, password)
    return username


def _add_login(account_id: int, username: str, password: str) -> None:
    """The unique indexes decide between two at once."""
    kept = hash_of(password)
    PasswordLogin.insert(
        account=account_id, username=username, username_key=key_of(username), password_hash=kept
    ).on_conflict_ignore().execute()
    mine = PasswordLogin.get_or_none(PasswordLogin.account == account_id)
    if mine is None:
        raise UsernameTaken
    if mine.password_hash != kept:
        raise PasswordSet
    audit.record(f"account:{account_id}", "set_password", after={"username": username})


def _find_login(key: str) -> PasswordLogin | None:
    return (
        PasswordLogin.select(PasswordLogin, Account)
        .join(Account)
        .where(PasswordLogin.username_key == key)
        .first()
    )


def _tries_of(key: str, address: str) -> tuple[str, str]:
    return f"password-tries:{key}", f"password-tries-from:{address}"


def _demand_captcha(captcha_id: str, answer: str) -> None:
    if not captcha_id or not answer:
        raise CaptchaNeeded(captcha_needed=True)
    check_captcha(captcha_id, answer)


def _note_refusal(login: PasswordLogin | None) -> None:
    """An account's history shows who was turned away; the limits bound it.

    What was tried on no account is written too, so that both take as long.
    """
    with atomic():
        audit.record(login.account if login else NOBODY, "password_refused")


def _write(login: PasswordLogin, password: str, *, only_if: Any = True) -> int:
    changes = {
        "password_hash": hash_of(password),
        "must_change": False,
        "changed_at": clock.now(),
    }
    same = PasswordLogin.id == login.id
    return PasswordLogin.update(changes).where(same & only_if).execute()


def _end_logins(account_id: int, *, but: str = "") -> None:
    """End the account's devices, the one that holds this refresh token apart."""
    open_still = (LoginSession.account == account_id) & LoginSession.ended_at.is_null()
    if but:
        open_still &= LoginSession.refresh_hash != digest(but)
    LoginSession.update(ended_at=clock.now()).where(open_still).execute()
