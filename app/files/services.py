"""Taking files in, tying them to the records they were sent for, letting them go."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from app.core import audit, clock
from app.core.database import atomic, locked, locked_or_left
from app.core.secrets import digest, new_token
from app.core.storage import storage
from app.files.errors import LinkExpired, PurposeNotForVisitors, UploadMisplaced, UploadNotFound
from app.files.inspection import Checked, inspect
from app.files.links import link_of, read_link
from app.files.models import LooseFile, Upload
from app.files.purposes import ALLOWANCES, MediaType, Purpose

LINK_SECONDS = 300
UNATTACHED_FOR = timedelta(hours=24)
LOOSE_FOR = timedelta(hours=1)  # longer than any file takes to be put
MOST_AT_ONCE = 200


def store_upload(account_id: int | None, purpose: Purpose, name: str, content: bytes) -> Upload:
    """Keep a file of an account's, or (None) of staff's; a record has yet to point to it.

    A10, A16, A19. Pictures are kept as they were written anew, without what rode along.
    Call it outside a transaction: it speaks to the storage.

    :raises Invalid: for each way in which a file can be bad, see :func:`inspection.inspect`
    :raises UploadTooLarge: more bytes than the purpose allows
    :raises StorageUnavailable: it was not kept
    """
    return _store(purpose, inspect(name, content, ALLOWANCES[purpose]), owner=account_id)


def store_visitor_upload(purpose: Purpose, name: str, content: bytes) -> tuple[Upload, str]:
    """Keep a file of somebody who cannot log in (A16), and the claim by which it is used, once.

    :raises PurposeNotForVisitors: such a file is taken after logging in only
    :raises Invalid: as for :func:`store_upload`
    :raises UploadTooLarge: more bytes than the purpose allows
    :raises StorageUnavailable: it was not kept
    """
    if not ALLOWANCES[purpose].by_visitors:
        raise PurposeNotForVisitors
    checked = inspect(name, content, ALLOWANCES[purpose])
    claim = new_token(32)
    return _store(purpose, checked, claim_hash=digest(claim)), claim


def attach_upload(upload_id: int, account_id: int | None, purpose: Purpose) -> Upload:
    """Use a file for a record, within the command that points the record to it.

    The same account may attach it again: one picture can stand in two places. None is staff.

    :raises UploadNotFound: no such file, somebody else's, or it was deleted meanwhile
    :raises UploadMisplaced: it was sent for another purpose
    """
    if account_id is None:
        mine = Upload.owner.is_null() & Upload.claim_hash.is_null()
    else:
        mine = Upload.owner == account_id
    return _attach((Upload.id == upload_id) & mine, purpose)


def attach_visitor_upload(claim: str, purpose: Purpose) -> Upload:
    """Use a visitor's file for a record, within the command that points to it: once.

    :raises UploadNotFound: no such claim, or it was used
    :raises UploadMisplaced: it was sent for another purpose
    """
    unused = (Upload.claim_hash == digest(claim)) & Upload.attached_at.is_null()
    return _attach(unused, purpose)


def link_to(upload: Upload | int, *, seconds: int = LINK_SECONDS) -> str:
    """An address under which anybody who has it sees the file for a while.

    Whoever hands it out has checked that its reader may see the file. It lives for
    *seconds* at least and twice that at most. A list may pass ids, without reading the rows.
    """
    return link_of(upload if isinstance(upload, int) else upload.id, seconds=seconds)


def find_linked(token: str) -> tuple[Upload, int]:
    """The file that a link names, and the seconds for which the link is still good.

    :raises LinkExpired: forged, worn out, or the file was deleted
    """
    upload_id, left = read_link(token)
    upload = Upload.get_or_none(Upload.id == upload_id)
    if upload is None:
        raise LinkExpired
    return upload, left


def content_of(upload: Upload) -> bytes:
    """The file itself.

    :raises FileMissing: the storage has lost it
    :raises StorageUnavailable: the storage does not answer
    """
    return storage().get(upload.key)


def delete_upload(upload: Upload) -> None:
    """Let a file go, within the command by which its record has let go of it; its links end.

    The content follows by the clock, once this has been committed.
    """
    with atomic():
        if Upload.delete().where(Upload.id == upload.id).execute():
            LooseFile.create(key=upload.key)
            audit.record(upload, "revoke", before={"name": upload.name})


def forget_unattached_uploads() -> int:
    """Let go of files that no record has pointed to for a day; how many. For the clock."""
    due = Upload.attached_at.is_null() & (Upload.created_at < clock.now() - UNATTACHED_FOR)
    with atomic():
        oldest = Upload.select(Upload.id, Upload.key).where(due).order_by(Upload.id)
        over = list(locked_or_left(oldest.limit(MOST_AT_ONCE)).tuples())
        if not over:
            return 0
        since = clock.now()
        LooseFile.insert_many([{"key": key, "since": since} for _, key in over]).execute()
        return Upload.delete().where(Upload.id.in_([number for number, _ in over])).execute()


def forget_loose_files() -> int:
    """Delete from the storage what no upload names; how many. For the clock.

    A row goes after its file did, so what the storage refuses now is tried again.

    :raises StorageUnavailable: the storage does not answer
    """
    due = LooseFile.select(LooseFile.key).where(LooseFile.since < clock.now() - LOOSE_FOR)
    keys = [key for (key,) in due.order_by(LooseFile.id).limit(MOST_AT_ONCE).tuples()]
    for key in keys:
        storage().delete(key)
    with atomic():
        return LooseFile.delete().where(LooseFile.key.in_(keys)).execute() if keys else 0


def _store(purpose: Purpose, checked: Checked, **whose: Any) -> Upload:
    """Put the content, then write its row; the key is known to the sweep until then."""
    key = _new_key(purpose, checked.media_type)
    with atomic():
        LooseFile.create(key=key)
    storage().put(key, checked.content, checked.media_type)
    with atomic():
        LooseFile.delete().where(LooseFile.key == key).execute()
        upload = Upload.create(
            purpose=purpose,
            name=checked.name,
            media_type=checked.media_type,
            size=len(checked.content),
            sha256=sha256(checked.content).hexdigest(),
            key=key,
            width=checked.width,
            height=checked.height,
            **whose,
        )
        audit.record(upload, "upload", after={"name": upload.name})
    return upload


def _attach(which: Any, purpose: Purpose) -> Upload:
    """Mark the file as used; its row is locked, so that no sweep takes it meanwhile."""
    with atomic():
        upload: Upload | None = locked(Upload.select().where(which)).first()
        if upload is None:
            raise UploadNotFound
        if upload.purpose != purpose:
            raise UploadMisplaced
        if upload.attached_at is None:
            upload.attached_at = clock.now()
            upload.save(only=[Upload.attached_at])
            audit.record(upload, "attach")
        return upload


def _new_key(purpose: Purpose, media_type: MediaType) -> str:
    """``paper/7h/7hK…w.pdf``: nobody guesses it, and no folder grows without end."""
    name = new_token(32)
    return f"{purpose}/{name[:2]}/{name}.{media_type.suffixes[0]}"
