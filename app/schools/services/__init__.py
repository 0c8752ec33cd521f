"""What the product asks of schools, their colleges and the posts held there."""

from app.schools.services.colleges import (
    add_college,
    close_college,
    get_college,
    rename_college,
    reopen_college,
)
from app.schools.services.posts import (
    appoint,
    appoint_by_name,
    end_post,
    posts_of,
    schools_under,
)
from app.schools.services.tenants import (
    create_school,
    get_school,
    is_open,
    schools_that_closed,
    set_switches,
    switches_of,
    update_school,
)

__all__ = [
    "add_college",
    "appoint",
    "appoint_by_name",
    "close_college",
    "create_school",
    "end_post",
    "get_college",
    "get_school",
    "is_open",
    "posts_of",
    "rename_college",
    "reopen_college",
    "schools_that_closed",
    "schools_under",
    "set_switches",
    "switches_of",
    "update_school",
]
