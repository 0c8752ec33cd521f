"""The school's staff: accounts made by a command or by an administrator, signed in by password."""

from werkzeug.security import check_password_hash, generate_password_hash

from app.accounts.errors import PasswordTooWeak, StaffLoginRefused, StaffNameTaken
from app.accounts.models import StaffUser
from app.core import audit, clock, ratelimit
from app.core.database import atomic

TRIES = 5
TRY_SECONDS = 300
ADDRESS_TRIES = 30
NOBODY = generate_password_hash("nobody", method="scrypt")


def create_staff(username: str, password: str, *, role: StaffUser.StaffRole, name: str = "") -> StaffUser:
    """Open a staff account.

    :raises PasswordTooWeak: fewer than 10 characters, digits only, or the name itself
    :raises StaffNameTaken: the name is in use
    """
    _check_strength(username, password)
    with atomic():
        if StaffUser.get_or_none(StaffUser.username == username):
            raise StaffNameTaken
        staff = StaffUser.create(
            username=username,
            name=name or username,
            password_hash=generate_password_hash(password, method="scrypt"),
            role=role,
        )
        audit.record(staff, "create", after={"username": username, "role": role})
    return staff


def sign_in_staff(username: str, password: str, address: str) -> StaffUser:
    """Who signs in; five tries in five minutes a name, thirty an address.

    :raises TooMany: the tries are used up
    :raises StaffLoginRefused: unknown, wrong or closed — the same words and time for each
    """
    ratelimit.limit(f"staff-address:{address}", times=ADDRESS_TRIES, seconds=TRY_SECONDS)
    ratelimit.limit(f"staff-name:{username}", times=TRIES, seconds=TRY_SECONDS)
    staff = StaffUser.get_or_none(StaffUser.username == username)
    right = check_password_hash(staff.password_hash if staff else NOBODY, password)
    if staff is None or not right or staff.disabled_at:
        raise StaffLoginRefused
    ratelimit.forget(f"staff-name:{username}")
    with atomic():
        StaffUser.update(last_login_at=clock.now()).where(StaffUser.id == staff.id).execute()
        audit.record(staff, "sign_in")
    return staff


def change_staff_password(staff: StaffUser, password: str) -> None:
    """Set a new password.

    :raises PasswordTooWeak: see :func:`create_staff`
    """
    _check_strength(staff.username, password)
    with atomic():
        StaffUser.update(password_hash=generate_password_hash(password, method="scrypt")).where(
            StaffUser.id == staff.id
        ).execute()
        audit.record(staff, "change_password")


def find_staff(staff_id: int) -> StaffUser | None:
    """The staff member of a signed-in browser, unless closed."""
    staff = StaffUser.get_or_none(StaffUser.id == staff_id)
    return None if staff is None or staff.disabled_at else staff


def _check_strength(username: str, password: str) -> None:
    if len(password) < 10 or password.isdigit() or password.lower() == username.lower():
        raise PasswordTooWeak
