"""The main job over HTTP: from application to result."""

import pytest


@pytest.mark.spec("E01", "E04", "E07", "E10", "E13", "E14")
def test_student_applies_is_called_talks_and_reads_the_result(factory, login):
    fair = factory.fair()
    booth = factory.booth(fair)
    recruiter = factory.recruiter(booth)
    student = factory.participant(fair, "林小满")
    her, him = login(student.account), login(recruiter)

    applied = her.post(f"/api/booths/{booth.id}/interviews", json={})
    assert applied.status_code == 201, applied.json
    ticket = applied.json["id"]
    hall = him.get(f"/api/screens/recruiter/booths/{booth.id}/hall").json
    assert [row["student"]["name"] for row in hall["pending"]] == ["林小满"]
    assert him.post(f"/api/interviews/{ticket}/accept").json["status"] == "waiting"

    page = her.get(f"/api/screens/my-interviews?fair_id={fair.id}").json
    assert page["tickets"][0]["ahead"] == 0
    rung = him.post(f"/api/booths/{booth.id}/ring-next")
    assert rung.json["id"] == ticket, rung.json
    page = her.get("/api/screens/my-interviews").json
    assert page["active"]["actions"] == ["answer", "pass-ring"]
    assert her.post(f"/api/interviews/{ticket}/answer").json["status"] == "in_call"
    for side in (her, him):
        credential = side.post(f"/api/interviews/{ticket}/credentials")
        assert credential.json["webrtc"]["token"], credential.json
    assert him.put(f"/api/interviews/{ticket}/notes", json={"notes": "思路清晰"}).status_code == 200

    assert her.post(f"/api/interviews/{ticket}/hang-up").status_code == 204
    blocked = him.post(f"/api/booths/{booth.id}/ring-next")
    assert blocked.json["type"] == "/problems/desk-busy"
    verdict = {"verdict": "pass", "remark": "进入复试"}
    assert him.post(f"/api/interviews/{ticket}/conclude", json=verdict).json["status"] == "finished"
    result = her.get("/api/screens/my-interviews").json["tickets"][0]["result"]
    assert result["label"] == "合适"
