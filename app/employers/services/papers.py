"""The papers of a registration: slots that point to uploads (A10)."""

from typing import Any

from app.core import clock
from app.core.database import atomic
from app.employers.models import Employer, EmployerPaper, Membership
from app.employers.papers import Kind
from app.employers.services.finding import certification_of, editable_registration
from app.files.models import Upload
from app.files.purposes import Purpose
from app.files.services import attach_upload, delete_upload

BOTH_SLOTS = (Kind.BUSINESS_LICENCE, Kind.ORGANISATION_CODE)


def put_paper(account_id: int, kind: Kind, upload_id: int) -> Employer:
    """Put an upload into its slot; a one-licence firm's licence into both (A10).

    :raises RegistrationNotFound, RegistrationLocked: nothing to edit, or not now
    :raises UploadNotFound: not an upload of this account
    :raises UploadMisplaced: it was sent for another purpose
    """
    with atomic():
        employer = editable_registration(account_id)
        before = _uploads_of(employer)
        upload = attach_upload(upload_id, account_id, Purpose.PAPER)
        for slot in _slots(employer, kind):
            _put(employer, slot, upload.id)
        _let_go(before - _uploads_of(employer))
    return employer


def remove_paper(account_id: int, kind: Kind) -> Employer:
    """Clear a slot; of a one-licence firm both (A10).

    :raises RegistrationNotFound, RegistrationLocked: nothing to edit, or not now
    """
    with atomic():
        employer = editable_registration(account_id)
        before = _uploads_of(employer)
        slots = EmployerPaper.kind.in_(_slots(employer, kind))
        EmployerPaper.delete().where((EmployerPaper.employer == employer.id) & slots).execute()
        _let_go(before - _uploads_of(employer))
    return employer


def fill_both_slots(employer: Employer) -> None:
    """The one licence stands for both papers. Inside a command."""
    licence = EmployerPaper.get_or_none(employer=employer.id, kind=Kind.BUSINESS_LICENCE)
    if licence is not None:
        before = _uploads_of(employer)
        _put(employer, Kind.ORGANISATION_CODE, licence.upload_id)
        _let_go(before - _uploads_of(employer))


def kinds_of(employer: Employer) -> set[Kind]:
    """Which slots are filled."""
    rows: Any = EmployerPaper.select(EmployerPaper.kind)
    return {kind for (kind,) in rows.where(EmployerPaper.employer == employer.id).tuples()}


def list_papers(employer_id: int) -> list[EmployerPaper]:
    """An employer's papers with their uploads."""
    rows = EmployerPaper.select(EmployerPaper, Upload).join(Upload)
    return list(rows.where(EmployerPaper.employer == employer_id).order_by(EmployerPaper.id))


def _slots(employer: Employer, kind: Kind) -> tuple[Kind, ...]:
    together = kind in BOTH_SLOTS and certification_of(employer).is_one_licence
    return BOTH_SLOTS if together else (kind,)


def _put(employer: Employer, kind: Kind, upload_id: int) -> None:
    row = {"employer": employer.id, "kind": kind, "upload": upload_id, "created_at": clock.now()}
    EmployerPaper.insert(row).on_conflict(
        conflict_target=(EmployerPaper.employer, EmployerPaper.kind),
        preserve=(EmployerPaper.upload, EmployerPaper.created_at),
    ).execute()


def _uploads_of(employer: Employer) -> set[int]:
    rows: Any = EmployerPaper.select(EmployerPaper.upload)
    return {number for (number,) in rows.where(EmployerPaper.employer == employer.id).tuples()}


def _let_go(upload_ids: set[int]) -> None:
    """Files that were replaced or cleared go, unless a request shows one as its letter."""
    shown: Any = Membership.select(Membership.letter).where(Membership.letter.in_(upload_ids))
    kept = {number for (number,) in shown.tuples()}
    for upload in Upload.select().where(Upload.id.in_(upload_ids - kept)):
        delete_upload(upload)
