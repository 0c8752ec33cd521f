"""Page-shaped reads: one module a client page, one endpoint a page."""

from app.screens.alternatives import blp as alternatives
from app.screens.bookings import blp as bookings
from app.screens.booth import blp as booth
from app.screens.call import blp as call
from app.screens.config import blp as config
from app.screens.fair import blp as fair
from app.screens.hall import blp as hall
from app.screens.me import blp as me
from app.screens.my_interviews import blp as my_interviews
from app.screens.receipt import blp as receipt
from app.screens.recruiter import blp as recruiter
from app.screens.recruiter_hall import blp as recruiter_hall
from app.screens.recruiter_positions import blp as recruiter_positions
from app.screens.recruiter_schools import blp as recruiter_schools
from app.screens.registration import blp as registration
from app.screens.scene import blp as scene
from app.screens.talents import blp as talents

BLUEPRINTS = (
    config,
    scene,
    me,
    fair,
    hall,
    booth,
    alternatives,
    my_interviews,
    receipt,
    recruiter,
    recruiter_hall,
    recruiter_positions,
    recruiter_schools,
    talents,
    bookings,
    call,
    registration,
)
