"""A résumé in sections over HTTP: what is kept, what is refused, who sees what."""

import json

import pytest

from app.accounts.models import Account
from app.core.database import db
from app.students.models import Resume, Student
from tests.racing import at_once

PHONE, MAIL = "13912345678", "lin.xiaoman@example.com"


@pytest.fixture
def me(factory, login):
    """A student before the first save."""
    return login(factory.account())


def save(client, key, content, **more):
    return client.put(f"/api/resume/sections/{key}", json={"content": content, **more})


def refusals(answer):
    assert (answer.status_code, answer.json["type"]) == (422, "/problems/section-invalid")
    return {error["pointer"]: error["detail"] for error in answer.json["errors"]}


def test_resume_is_empty_before_the_first_save(me):
    resume = me.get("/api/resume").json
    assert (resume["version"], resume["content"], resume["completeness"]) == (0, {}, 0)
    assert len(resume["sections"]) == 9


@pytest.mark.spec("D01")
def test_saved_section_counts_at_once(me):
    answer = save(me, "basics", {"name": "林小满", "phone": PHONE, "email": MAIL})
    assert answer.status_code == 200, answer.json
    assert (answer.json["version"], answer.json["completeness"]) == (1, 14)
    assert answer.json["content"]["basics"]["phone"] == PHONE
    assert me.get("/api/resume").json == answer.json


def test_phone_and_mail_are_nowhere_in_the_database_in_the_clear(me):
    save(me, "basics", {"name": "林小满", "phone": PHONE, "email": MAIL})
    for table in db.get_tables():
        rows = str(db.execute_sql(f'SELECT * FROM "{table}"').fetchall())
        assert PHONE not in rows and MAIL not in rows, table
    assert set(Resume.get().content["basics"]) == {"name"}
    student = Student.get()
    assert (student.phone, student.email) == (PHONE, MAIL)
    assert Account.get_by_id(student.account_id).email == MAIL


def test_emptied_phone_is_gone_everywhere(me):
    save(me, "basics", {"name": "林小满", "phone": PHONE, "email": MAIL})
    answer = save(me, "basics", {"name": "林小满", "phone": "", "email": "  "})
    assert answer.json["content"]["basics"] == {"name": "林小满"}
    assert Student.get().phone is None and Account.get().email is None


def test_blank_fields_and_entries_are_dropped_and_edges_trimmed(me):
    basics = save(me, "basics", {"name": "  林小满 ", "city": "   ", "major": None}).json
    assert basics["content"]["basics"] == {"name": "林小满"}
    intention = save(me, "intention", {"positions": [" ", "后端 ", ""], "cities": ["  "]}).json
    assert intention["content"]["intention"] == {"positions": ["后端"]}
    wanted = next(s for s in intention["sections"] if s["key"] == "intention")
    assert wanted["score"] == 5


@pytest.mark.parametrize(
    ("key", "content", "pointer", "word"),
    [
        ("basics", {"phone": "1380000666"}, "#/content/phone", "11 位"),
        ("basics", {"phone": "１３８００００６６６６"}, "#/content/phone", "11 位"),
        ("basics", {"phone": "138٠٠٠٠٦٦٦٦"}, "#/content/phone", "11 位"),
        ("basics", {"email": "lin@"}, "#/content/email", "邮箱"),
        ("basics", {"email": "a b@example.com"}, "#/content/email", "邮箱"),
        ("basics", {"birth_month": "2004-13"}, "#/content/birth_month", "年-月"),
        ("basics", {"graduation_year": "明年"}, "#/content/graduation_year", "整数"),
        ("basics", {"graduation_year": 1900}, "#/content/graduation_year", "1980"),
        ("basics", {"gender": "x"}, "#/content/gender", "可选范围"),
        ("basics", {"name": "长" * 21}, "#/content/name", "20"),
        ("basics", {"name": 7}, "#/content/name", "文字"),
        ("basics", {"nickname": "满满"}, "#/content/nickname", "不认识"),
        ("intention", {"salary_min": 9, "salary_max": 8}, "#/content/salary_max", "最高薪资"),
        ("intention", {"positions": ["岗"] * 6}, "#/content/positions", "5"),
        ("education", [{"major": "软件"}], "#/content/0/school", "必填"),
        ("education", [{"school": "A"}, {"school": " "}], "#/content/1/school", "必填"),
        ("internships", [{"organization": "远航", "end": "now"}], "#/content/0/end", "至今"),
        ("skills", {"name": "Python"}, "#/content", "列表"),
        ("self_evaluation", {"text": "好" * 1001}, "#/content/text", "1000"),
        ("self_evaluation", "我很好", "#/content", "格式"),
    ],
)
def test_wrong_field_is_named_in_chinese_and_nothing_is_kept(me, key, content, pointer, word):
    found = refusals(save(me, key, content))
    assert pointer in found and word in found[pointer], found
    assert me.get("/api/resume").json["version"] == 0


@pytest.mark.parametrize("key", ["education", "internships", "projects", "campus", "certificates"])
def test_twenty_entries_are_kept_and_the_twenty_first_refused(me, key):
    name = {"education": "school", "projects": "name", "certificates": "name"}.get(
        key, "organization"
    )
    assert save(me, key, [{name: f"第{n}段"} for n in range(20)]).status_code == 200
    assert refusals(save(me, key, [{name: f"第{n}段"} for n in range(21)])) == {
        "#/content": "最多 20 项"
    }


def test_unknown_section_is_not_found(me):
    answer = save(me, "hobbies", {})
    assert (answer.status_code, answer.json["type"]) == (404, "/problems/section-unknown")


def test_old_version_is_refused_and_the_present_one_told(me):
    save(me, "basics", {"name": "林小满"}, version=0)
    answer = save(me, "basics", {"name": "别人"}, version=0)
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/resume-changed")
    assert answer.json["version"] == 1
    assert me.get("/api/resume").json["content"]["basics"]["name"] == "林小满"
    assert save(me, "basics", {"name": "小满"}, version=1).json["version"] == 2


@pytest.mark.serial
def test_of_two_devices_that_save_at_once_no_section_is_lost(app, factory, login):
    account = factory.account()
    save(login(account), "basics", {"name": "林小满"})
    version = 1

    def one(key, content):
        return save(login(account), key, content, version=version).status_code

    codes = at_once(
        app,
        lambda: one("skills", [{"name": "Python"}]),
        lambda: one("self_evaluation", {"text": "踏实"}),
    )
    assert sorted(codes) == [200, 409]
    content = login(account).get("/api/resume").json["content"]
    assert len(content) == 2 and "basics" in content


def test_lists_show_what_the_basics_say(me):
    save(me, "basics", {"name": "林小满", "school": "江海大学", "degree": "master"})
    save(me, "skills", [{"name": f"技能{n}"} for n in range(10)])
    save(me, "intention", {"positions": ["后端", "数据"]})
    student = Student.get()
    assert (student.name, student.school_name, student.degree) == ("林小满", "江海大学", "master")
    assert len(student.skills) == 8 and student.intention == ["后端", "数据"]


def test_recruiter_who_saves_a_resume_without_a_name_keeps_the_name(factory, login):
    recruiter = factory.recruiter(factory.booth(), "周敏")
    save(login(recruiter), "basics", {"city": "杭州"})
    assert Account.get_by_id(recruiter.id).name == "周敏"


@pytest.mark.parametrize("text", ["林\x00小满", "\ud800"])
def test_text_that_no_column_can_hold_is_refused(me, text):
    body = json.dumps({"content": {"name": text}})
    answer = me.put("/api/resume/sections/basics", data=body, content_type="application/json")
    assert answer.status_code == 422, answer.json
    assert answer.json["errors"] == [{"pointer": "#", "detail": "含有无法保存的字符"}]
    assert me.get("/api/resume").json["version"] == 0


def test_resume_of_another_is_out_of_reach(factory, login):
    hers, his = login(factory.account()), login(factory.account())
    save(hers, "basics", {"name": "林小满"})
    assert his.get("/api/resume").json["content"] == {}


@pytest.mark.spec("E08")
@pytest.mark.parametrize(
    ("camera", "microphone", "speaker", "passed"),
    [
        ("ok", "ok", "ok", True),
        ("ok", "ok", "untested", True),
        ("denied", "ok", "ok", False),
        ("ok", "missing", "ok", False),
        ("failed", "failed", "failed", False),
    ],
)
def test_device_test_passes_with_camera_and_microphone(
    factory, me, camera, microphone, speaker, passed
):
    fair = factory.fair()
    found = {"camera": camera, "microphone": microphone, "speaker": speaker, "browser": "微信"}
    answer = me.post("/api/device-checks", json=found)
    assert (answer.status_code, answer.json["passed"]) == (201, passed)
    shown = me.get(f"/api/screens/fairs/{fair.id}").json["me"]["device_checked_at"]
    assert (shown is not None) == passed


def test_device_state_outside_the_list_is_refused(me):
    answer = me.post("/api/device-checks", json={"camera": "great", "microphone": "ok"})
    pointers = {error["pointer"] for error in answer.json["errors"]}
    assert answer.status_code == 422 and pointers == {"#/camera", "#/speaker"}
