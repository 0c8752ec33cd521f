"""What the product asks of employers, their recruiters and their places at schools."""

from app.employers.services.registry import (
    account_ids_of,
    bind_recruiter,
    create_employer,
    get_active_employer,
    get_employer,
    get_recruiter,
    revoke_recruiter,
    update_employer,
)

__all__ = [
    "account_ids_of",
    "bind_recruiter",
    "create_employer",
    "get_active_employer",
    "get_employer",
    "get_recruiter",
    "revoke_recruiter",
    "update_employer",
]
