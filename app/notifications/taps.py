"""Natural taps, and what a person will be told next after each: credits are asked for there."""

from app.notifications.models import NotificationKind

Kind = NotificationKind

# The most needed first.
TAPS: dict[str, tuple[NotificationKind, ...]] = {
    "apply": (
        *(Kind.INTERVIEW_RINGING, Kind.INTERVIEW_ACCEPTED, Kind.INTERVIEW_READY),
        *(Kind.INTERVIEW_REJECTED, Kind.INTERVIEW_INVITED),
    ),
    "agree": (
        *(Kind.INTERVIEW_RINGING, Kind.INTERVIEW_READY, Kind.INTERVIEW_RESULT),
        *(Kind.INTERVIEW_NUDGE, Kind.BOOTH_NOTICE),
    ),
    "hold": (
        *(Kind.INTERVIEW_RINGING, Kind.INTERVIEW_READY, Kind.INTERVIEW_NUDGE),
        *(Kind.INTERVIEW_MISSED, Kind.BOOTH_NOTICE),
    ),
    "return": (
        *(Kind.INTERVIEW_RINGING, Kind.INTERVIEW_NUDGE, Kind.INTERVIEW_MISSED),
        *(Kind.INTERVIEW_READY, Kind.INTERVIEW_RESULT),
    ),
    "ready": (
        *(Kind.INTERVIEW_RINGING, Kind.INTERVIEW_RESULT, Kind.INTERVIEW_NUDGE),
        *(Kind.SECOND_ROUND, Kind.INTERVIEW_MISSED),
    ),
}
