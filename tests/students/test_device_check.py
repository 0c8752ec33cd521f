"""Camera and microphone are tested once a day before a line is joined (E08)."""

from datetime import timedelta

import pytest

from app.core import clock
from app.fairs.models import Participation
from app.fairs.services.staging import update_fair
from app.interviews.services import queue
from app.interviews.services.needs import write_needs
from app.students.errors import DeviceUntested
from app.students.models import DeviceCheck

WORKS = {"camera": "ok", "microphone": "ok", "speaker": "ok", "browser": "Chrome"}


@pytest.fixture
def untested(factory):
    """A booth of a live fair, and a student who has entered without a test."""
    booth = factory.booth()
    student = factory.student()
    Participation.create(fair=booth.fair, student=student)
    return booth, student


@pytest.mark.spec("E08")
def test_untested_student_cannot_apply_until_camera_and_microphone_work(untested, login):
    booth, student = untested
    client = login(student.account)
    apply = f"/api/booths/{booth.id}/interviews"
    refused = client.post(apply, json={})
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/device-untested")
    client.post("/api/device-checks", json=WORKS | {"microphone": "denied"})
    assert client.post(apply, json={}).status_code == 409
    client.post("/api/device-checks", json=WORKS | {"speaker": "failed"})
    assert client.post(apply, json={}).status_code == 201


@pytest.mark.spec("E08")
def test_yesterdays_test_does_not_count(untested, travel):
    booth, student = untested
    update_fair(booth.fair_id, can_apply_ahead=True)
    midnight = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    check = DeviceCheck.create(account=student.account_id, is_passed=True, **WORKS)
    DeviceCheck.update(checked_at=midnight - timedelta(seconds=1)).execute()
    with pytest.raises(DeviceUntested):
        queue.apply_for_interview(booth.id, student.account_id)
    DeviceCheck.update(checked_at=midnight).where(DeviceCheck.id == check.id).execute()
    assert queue.apply_for_interview(booth.id, student.account_id)


@pytest.mark.spec("E06", "E08")
def test_invited_student_tests_before_agreeing(untested, factory):
    booth, student = untested
    recruiter = factory.recruiter(booth)
    ticket = queue.invite_student(booth.id, recruiter.id, student.id)
    with pytest.raises(DeviceUntested):
        queue.agree_to_invitation(ticket, student.account_id)
    factory.device_check(student)
    queue.agree_to_invitation(ticket, student.account_id)


def test_student_who_asked_for_typed_talk_needs_no_devices(untested):
    booth, student = untested
    needs = {"captions": False, "large_type": False, "extra_minutes": 0}
    write_needs(student.account_id, typed_talk=False, **needs)
    with pytest.raises(DeviceUntested):
        queue.apply_for_interview(booth.id, student.account_id)
    write_needs(student.account_id, typed_talk=True, **needs)
    assert queue.apply_for_interview(booth.id, student.account_id)


def test_fair_may_do_without(untested):
    booth, student = untested
    update_fair(booth.fair_id, requires_device_check=False)
    assert queue.apply_for_interview(booth.id, student.account_id)
