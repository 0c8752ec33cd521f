"""What pages show of a booth's meter, and what a pause does to them."""

from datetime import timedelta

from app.conduct.services import meters
from app.core import clock
from app.fairs.models import Booth
from app.interviews.models import Interview
from app.interviews.services import queue
from tests.counting import queries

HOUR = timedelta(hours=1)


def test_student_and_recruiter_see_the_same_meter(factory, login):
    doors = clock.now() - 3 * HOUR
    fair = factory.fair(doors_open_at=doors, starts_at=doors)
    booth = factory.booth(fair)
    recruiter, student = factory.recruiter(booth), factory.participant(fair)
    page, hall = (
        f"/api/screens/booths/{booth.id}",
        f"/api/screens/recruiter/booths/{booth.id}/hall",
    )
    assert login(student.account).get(page).json["line"]["meter"] is None
    first, _ = factory.pending(booth), factory.pending(booth)
    Interview.update(created_at=clock.now() - HOUR).execute()
    queue.accept_application(first.id, recruiter.id)
    meters.renew_meters()
    meter = login(student.account).get(page).json["line"]["meter"]
    assert abs(meter["median_seconds"] - 3600) <= 5
    assert (meter["answered_percent"], meter["overdue"]) == (50, 1)
    assert login(recruiter).get(hall).json["meter"] == meter


def test_paused_line_takes_no_applications_and_says_so(factory, login):
    booth = factory.booth()
    student = login(factory.participant(booth.fair).account)
    Booth.update(paused_at=clock.now()).where(Booth.id == booth.id).execute()
    page = student.get(f"/api/screens/booths/{booth.id}").json
    assert (page["line"]["paused"], page["can_apply"]) == (True, False)
    refused = student.post(f"/api/booths/{booth.id}/interviews", json={})
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/line-paused")


def test_meters_of_many_booths_are_one_query(stand):
    meters.renew_meters()
    ids = [stand.booth.id, *range(10_000, 10_060)]
    meters.meter_of(ids)
    with queries() as asked:
        found = meters.meter_of(ids)
    assert len(asked) == 1
    assert found[stand.booth.id] is not None and found[10_000] is None
