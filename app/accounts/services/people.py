"""Accounts and the WeChat identities that lead to them."""

from datetime import timedelta

from app.accounts.errors import AccountDisabled, ExchangeCodeInvalid, RefreshTokenInvalid
from app.accounts.models import Account, LoginSession, WeChatIdentity
from app.core import audit, clock, crypto
from app.core.auth import ACCESS_TOKEN_SECONDS, issue_token
from app.core.database import EncryptedField, atomic
from app.core.prepared import Prepared, PreparedCreate, bind
from app.core.secrets import digest, new_token
from app.integrations.wechat import WeChat

REFRESH_DAYS = 30
EXCHANGE_SECONDS = 60
# Phone and mail stay sealed: opening them costs more than the query.
_UNSEALED = [
    field for field in Account._meta.sorted_fields if not isinstance(field, EncryptedField)
]
_KNOWN = Prepared(
    lambda: (
        WeChatIdentity.select(WeChatIdentity, *_UNSEALED)
        .join(Account)
        .where((WeChatIdentity.appid == bind("appid")) & (WeChatIdentity.openid == bind("openid")))
    )
)
_open_session = PreparedCreate(LoginSession)


def log_in_by_miniprogram(wechat: WeChat, code: str) -> dict[str, object]:
    """Trade ``wx.login``'s code for a login (A01). The session key is dropped at once.

    :raises LoginCodeRefused: wrong, used or older than five minutes
    :raises UpstreamFailed: WeChat did not answer
    """
    person = wechat.code_to_session(code)
    return log_in(_account_of(wechat.mini_appid, person.openid, person.unionid))


def log_in_by_oauth(wechat: WeChat, code: str) -> Account:
    """The account behind an OAuth code of WeChat's browser (A01, A03).

    :raises LoginCodeRefused: wrong, used or expired code
    """
    person = wechat.oauth_exchange(code)
    return _account_of(wechat.service_appid, person.openid, person.unionid)


def _account_of(appid: str, openid: str, unionid: str | None) -> Account:
    """The account of an identity; the union id joins mini-program and service account."""
    identity = _KNOWN.first(appid=appid, openid=openid)
    if identity is None:
        return _new_account_of(appid, openid, unionid)
    if unionid and identity.unionid != unionid:
        with atomic():
            WeChatIdentity.update(unionid=unionid).where(WeChatIdentity.id == identity.id).execute()
    return identity.account


def _new_account_of(appid: str, openid: str, unionid: str | None) -> Account:
    with atomic():
        known = WeChatIdentity.get_or_none(unionid=unionid) if unionid else None
        account = known.account if known else Account.create()
        WeChatIdentity.insert(
            account=account, appid=appid, openid=openid, unionid=unionid or None
        ).on_conflict_ignore().execute()
        kept = WeChatIdentity.get(appid=appid, openid=openid).account
        if kept.id != account.id and known is None:
            account.delete_instance()  # a simultaneous first login was faster
        return kept


def log_in(account: Account) -> dict[str, object]:
    """Open a login on one device: an access token for two hours, a refresh token for 30 days.

    :raises AccountDisabled: staff closed the account
    """
    if account.disabled_at:
        raise AccountDisabled
    return _session(account, _open_login(account, timedelta(days=REFRESH_DAYS)))


def open_exchange(account: Account) -> str:
    """A code that :func:`exchange_login` trades for a login, within a minute and once."""
    return _open_login(account, timedelta(seconds=EXCHANGE_SECONDS))


def exchange_login(code: str) -> dict[str, object]:
    """The login behind the code of an OAuth return.

    :raises ExchangeCodeInvalid: unknown, used or older than a minute
    :raises AccountDisabled: staff closed the account
    """
    login = _renewed(code)
    if login is None:
        raise ExchangeCodeInvalid
    return login


def renew_login(refresh_token: str) -> dict[str, object]:
    """A new access token; the refresh token is exchanged too and cannot be used again.

    :raises RefreshTokenInvalid: unknown, used, ended or older than 30 days
    """
    login = _renewed(refresh_token)
    if login is None:
        raise RefreshTokenInvalid
    return login


def log_out(account_id: int, refresh_token: str | None) -> None:
    """End one device's login, or every login of the account."""
    mine = (LoginSession.account == account_id) & LoginSession.ended_at.is_null()
    if refresh_token:
        mine &= LoginSession.refresh_hash == digest(refresh_token)
    with atomic():
        LoginSession.update(ended_at=clock.now()).where(mine).execute()


def recognise_follower(appid: str, openid: str, unionid: str) -> bool:
    """Learn the service account's openid of somebody who has logged in before (M01).

    Whether the union id is anybody's. An openid that is known already stays whose it is.
    """
    with atomic():
        known = WeChatIdentity.get_or_none(unionid=unionid)
        if known is None:
            return False
        WeChatIdentity.insert(
            account=known.account_id, appid=appid, openid=openid, unionid=unionid
        ).on_conflict_ignore().execute()
        same = (WeChatIdentity.appid == appid) & (WeChatIdentity.openid == openid)
        WeChatIdentity.update(is_following=True).where(same).execute()
    return True


def bind_phone(wechat: WeChat, account_id: int, code: str) -> str:
    """Take the phone number that WeChat vouches for (使用当前微信手机号); returns it masked.

    :raises PhoneCodeRefused: wrong, used or older than five minutes
    """
    number = wechat.phone_number(code)
    with atomic():
        Account.update(phone=number, phone_lookup=crypto.lookup_hash(number)).where(
            Account.id == account_id
        ).execute()
        audit.record(f"account:{account_id}", "bind_phone")
    return crypto.mask_phone(number) or ""


def get_account(account_id: int) -> Account:
    """The account of a token.

    :raises RefreshTokenInvalid: it is gone
    """
    account = Account.get_or_none(Account.id == account_id)
    if account is None:
        raise RefreshTokenInvalid
    return account


def become_recruiter(account: Account, name: str) -> None:
    """Mark an account as recruiter; the next access token says so. Inside a command."""
    Account.update(is_recruiter=True, name=account.name or name).where(
        Account.id == account.id
    ).execute()
    account.is_recruiter, account.name = True, account.name or name


def forget_ended_logins() -> int:
    """Drop logins that ended or ran out more than a day ago; how many. For the clock."""
    oldest = clock.now() - timedelta(days=1)
    over = (LoginSession.expires_at < oldest) | (LoginSession.ended_at < oldest)
    with atomic():
        return LoginSession.delete().where(over).execute()


def _open_login(account: Account, lasts: timedelta) -> str:
    secret, now = new_token(32), clock.now()
    with atomic():
        _open_session(account=account.id, refresh_hash=digest(secret), expires_at=now + lasts)
    return secret


def _renewed(secret: str) -> dict[str, object] | None:
    """The login kept by *secret*, under a fresh one; None when it is over. Once for each secret.

    :raises AccountDisabled: staff closed the account
    """
    now, fresh = clock.now(), new_token(32)
    with atomic():
        login = LoginSession.get_or_none(refresh_hash=digest(secret))
        if login is None or login.ended_at or login.expires_at <= now:
            return None
        if login.account.disabled_at:
            raise AccountDisabled
        same = (LoginSession.id == login.id) & (LoginSession.refresh_hash == login.refresh_hash)
        expires_at = now + timedelta(days=REFRESH_DAYS)
        changed = LoginSession.update(refresh_hash=digest(fresh), expires_at=expires_at)
        if not changed.where(same & LoginSession.ended_at.is_null()).execute():
            return None
    return _session(login.account, fresh)


def _session(account: Account, refresh_token: str) -> dict[str, object]:
    return {
        "access_token": issue_token(account.id, account.roles),
        "expires_in": ACCESS_TOKEN_SECONDS,
        "refresh_token": refresh_token,
        "account": {"id": account.id, "name": account.name, "roles": list(account.roles)},
    }
