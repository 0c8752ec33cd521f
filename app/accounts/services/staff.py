"""The school's staff: accounts made by a command or by an administrator, signed in by password."""

from app.accounts.errors import LastAdmin, StaffLoginRefused, StaffNameTaken, StaffNotFound
from app.accounts.models import StaffUser
from app.accounts.passwords import check_strength, fits, hash_of
from app.core import audit, clock, ratelimit
from app.core.database import atomic, locked

TRIES = 5  # of one name from one address
TRY_SECONDS = 300
ADDRESS_TRIES = 30  # of all names from one address
NAME_TRIES = 60  # of one name from everywhere


def create_staff(
    username: str,
    password: str,
    *,
    role: StaffUser.StaffRole = StaffUser.StaffRole.VIEWER,
    name: str = "",
    is_platform: bool = True,
) -> StaffUser:
    """Open a staff account: of the platform with a *role*, or for posts at schools.

    :raises PasswordTooWeak: fewer than 10 characters, digits only, or the name itself
    :raises StaffNameTaken: the name is in use
    """
    check_strength(username, password)
    with atomic():
        if StaffUser.get_or_none(StaffUser.username == username):
            raise StaffNameTaken
        staff = StaffUser.create(
            username=username,
            name=name or username,
            password_hash=hash_of(password),
            role=role if is_platform else StaffUser.StaffRole.VIEWER,
            is_platform=is_platform,
        )
        after = {"username": username, "role": staff.role, "is_platform": is_platform}
        audit.record(staff, "create", after=after)
    return staff


def sign_in_staff(username: str, password: str, address: str) -> StaffUser:
    """Who signs in; in five minutes five tries of a name from one address, sixty from everywhere.

    Nobody can lock a colleague out from elsewhere with a handful of wrong passwords.

    :raises TooMany: the tries are used up
    :raises StaffLoginRefused: unknown, wrong or closed — the same words and time for each
    """
    ratelimit.limit(f"staff-address:{address}", times=ADDRESS_TRIES, seconds=TRY_SECONDS)
    here = f"staff-name:{username}:{address}"
    ratelimit.limit(here, times=TRIES, seconds=TRY_SECONDS)
    ratelimit.limit(f"staff-name:{username}", times=NAME_TRIES, seconds=TRY_SECONDS)
    staff = StaffUser.get_or_none(StaffUser.username == username)
    right = fits(staff.password_hash if staff else None, password)
    if staff is None or not right or staff.disabled_at:
        _note_refusal(staff)
        raise StaffLoginRefused
    ratelimit.forget(here)
    with atomic():
        StaffUser.update(last_login_at=clock.now()).where(StaffUser.id == staff.id).execute()
        audit.record(staff, "sign_in")
    return staff


def _note_refusal(staff: StaffUser | None) -> None:
    """The history of a colleague's account shows who was turned away; the limits bound it."""
    if staff is not None:
        with atomic():
            audit.record(staff, "sign_in_refused")


def change_staff_password(staff: StaffUser, password: str) -> None:
    """Set a new password.

    :raises PasswordTooWeak: see :func:`create_staff`
    """
    check_strength(staff.username, password)
    with atomic():
        StaffUser.update(password_hash=hash_of(password)).where(StaffUser.id == staff.id).execute()
        audit.record(staff, "change_password")


def update_staff(
    staff_id: int, *, name: str, role: StaffUser.StaffRole, password: str = ""
) -> StaffUser:
    """Change a colleague's name, role or (when given) password, all or nothing.

    A new role or password ends the colleague's sessions. Who holds posts has no role.

    :raises StaffNotFound: no such staff account
    :raises PasswordTooWeak: see :func:`create_staff`
    :raises LastAdmin: nobody would be left to manage staff
    """
    staff = get_staff(staff_id)
    role = role if staff.is_platform else staff.role
    wanted = {"name": name.strip() or staff.username, "role": role}
    changes = {key: value for key, value in wanted.items() if value != getattr(staff, key)}
    with atomic():
        if password:
            change_staff_password(staff, password)
        if role != StaffUser.StaffRole.ADMIN:
            _keep_an_admin(staff)
        if changes:
            before = {key: getattr(staff, key) for key in changes}
            StaffUser.update(changes).where(StaffUser.id == staff_id).execute()
            audit.record(staff, "update", before=before, after=changes)
    return get_staff(staff_id)


def close_staff(staff_id: int, reason: str = "") -> StaffUser:
    """End a colleague's access at once.

    :raises StaffNotFound: no such staff account
    :raises LastAdmin: nobody would be left to manage staff
    """
    staff = get_staff(staff_id)
    with atomic():
        _keep_an_admin(staff)
        open_still = (StaffUser.id == staff_id) & StaffUser.disabled_at.is_null()
        if StaffUser.update(disabled_at=clock.now()).where(open_still).execute():
            audit.record(staff, "close_account", reason=reason)
    return get_staff(staff_id)


def reopen_staff(staff_id: int) -> StaffUser:
    """Let a closed colleague in again.

    :raises StaffNotFound: no such staff account
    """
    staff = get_staff(staff_id)
    with atomic():
        closed = (StaffUser.id == staff_id) & StaffUser.disabled_at.is_null(False)
        if StaffUser.update(disabled_at=None).where(closed).execute():
            audit.record(staff, "reopen_account")
    return get_staff(staff_id)


def sign_out_staff(staff: StaffUser) -> None:
    """Write down that a session was ended on purpose."""
    with atomic():
        audit.record(staff, "sign_out")


def get_staff(staff_id: int) -> StaffUser:
    """:raises StaffNotFound: no such staff account"""
    staff = StaffUser.get_or_none(StaffUser.id == staff_id)
    if staff is None:
        raise StaffNotFound
    return staff


def find_staff(staff_id: int) -> StaffUser | None:
    """The staff member of a signed-in browser, unless closed."""
    staff = StaffUser.get_or_none(StaffUser.id == staff_id)
    return None if staff is None or staff.disabled_at else staff


def _keep_an_admin(staff: StaffUser) -> None:
    """:raises LastAdmin: *staff* is the only open administrator"""
    if staff.role != StaffUser.StaffRole.ADMIN or staff.disabled_at:
        return
    admins = (StaffUser.role == StaffUser.StaffRole.ADMIN) & StaffUser.disabled_at.is_null()
    rows = StaffUser.select(StaffUser.id).where(admins).order_by(StaffUser.id)
    # Of two administrators who close each other at once the second has to see the first's work.
    if staff.id in (ids := {row.id for row in locked(rows)}) and len(ids) == 1:
        raise LastAdmin
