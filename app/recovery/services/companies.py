"""Recovery ①: from a company's name to the addresses of its administrator's account (A15).

No oracle: whoever guesses a company that has no account here gets an answer of the same
shape by the same work, with addresses that belong to nobody. They are drawn from a keyed
hash of the name, so that asking twice tells no more than asking once.
"""

from dataclasses import dataclass
from typing import Any

from app.accounts.models import Account, PasswordLogin
from app.core import crypto
from app.core.captchas import check_captcha
from app.employers.models import KNOWN, Employer, Recruiter
from app.recovery.models import PasswordRecovery
from app.recovery.names import normal, same_text, spellings
from app.recovery.services.codes import open_recovery

PREFIXES = "135 136 137 138 139 150 151 152 158 159 177 180 186 187 188 189".split()
DOMAINS = "corp.cn hr.com group.com.cn 163.com qq.com 126.com work.cn zhaopin.net".split()
LETTERS = "abcdefghjlmqswxyz"


@dataclass(frozen=True)
class Contact:
    """Where a company's administrator can be reached; one of the two may be missing."""

    phone: str | None
    email: str | None


def begin_recovery(company: str, *, captcha_id: str, captcha_answer: str) -> PasswordRecovery:
    """The addresses that a company's administrator left, to choose one (A15).

    :raises CaptchaWrong: the captcha's answer is another, or used
    :raises CaptchaUnavailable: nobody can tell
    """
    check_captcha(captcha_id, captcha_answer)
    return recovery_for(company)


def recovery_for(company: str) -> PasswordRecovery:
    """The addresses of a company's administrator, or of nobody, by the same work."""
    key = crypto.lookup_hash(f"company:{normal(company)}")
    account = find_administrator(Employer.name.in_(spellings(company)), named=company)
    decoy = _decoy(key)  # made in either case, as the work is to be the same
    found = Contact(account.phone, account.email) if account else decoy
    return open_recovery(
        account.id if account else None, target=key, phone=found.phone, email=found.email
    )


def find_administrator(
    of: Any, *, named: str | None = None, reachable: bool = True
) -> Account | None:
    """A company's account that signs in by password: its administrator, else the oldest one.

    The admitted company comes first, then those handed in; a draft, which anybody may begin, last.

    *of* is a condition on employers; a name is compared by NFKC besides. Not *reachable*
    asks for no address.
    """
    is_admitted = Employer.status == Employer.Status.ACTIVE
    is_known = Employer.status.in_(KNOWN)
    rows = (
        Account.select(Account, Employer.name.alias("employer_name"))
        .join(PasswordLogin, on=(PasswordLogin.account == Account.id))
        .switch(Account)
        .join(Recruiter, on=(Recruiter.account == Account.id))
        .join(Employer)
        .where(of & (Recruiter.status == Recruiter.Status.ACTIVE) & Account.disabled_at.is_null())
        .order_by(is_admitted.desc(), is_known.desc(), Recruiter.is_admin.desc(), Recruiter.id)
        .limit(20)
        .objects()
    )
    for account in rows:
        is_meant = named is None or same_text(named, account.employer_name)
        if is_meant and (account.phone or account.email or not reachable):
            return account
    return None


def _decoy(key: str) -> Contact:
    """Addresses of nobody, the same for the same name; some companies left only one."""
    drawn = bytes.fromhex(key)
    prefix, domain = PREFIXES[drawn[0] % len(PREFIXES)], DOMAINS[drawn[1] % len(DOMAINS)]
    phone = f"{prefix}{int.from_bytes(drawn[2:8]) % 100_000_000:08d}"
    email = f"{LETTERS[drawn[8] % len(LETTERS)]}@{domain}"
    missing = drawn[9] % 8
    return Contact(None if missing == 1 else phone, None if missing == 2 else email)
