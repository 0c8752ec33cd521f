"""The call engine in two real browsers: whose picture arrives, and what happens when it stops."""

import time

import pytest
from playwright.sync_api import Browser

from scripts.stack.valkey import Valkey
from tests.journeys import media
from tests.journeys.callroom import CallPage, WebProcesses, wait_seconds
from tests.journeys.cast import CENTRE_COLOUR, FLAGS, KEEP_CONNECTIONS
from tests.realtime.stage import free_port

NEWEST_FRAMES = """
async () => {
  const report = await __connections.at(-1)?.getStats();
  if (!report) return 0;
  const videos = [...report.values()].filter((one) => one.kind === 'video');
  return videos.find((one) => one.type === 'inbound-rtp')?.framesDecoded ?? 0;
}
"""
SIDES = {"student": "green", "recruiter": "blue"}


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    valkey = Valkey(free_port(), tmp_path_factory.mktemp("valkey"))
    valkey.start()
    processes = WebProcesses(tmp_path_factory.mktemp("web"), valkey.url)
    try:
        processes.start()
        yield processes
    finally:
        processes.stop()
        valkey.stop()


@pytest.fixture(scope="module")
def browsers(playwright, chromium, tmp_path_factory):
    """One browser per side, since all pages of a browser share one fake camera."""
    films = tmp_path_factory.mktemp("films")
    opened: dict[str, Browser] = {}
    for side, colour in SIDES.items():
        flags = [
            *FLAGS,
            f"--use-file-for-fake-video-capture={media.camera(films, colour)}",
            f"--use-file-for-fake-audio-capture={media.microphone(films, colour)}",
        ]
        opened[side] = playwright.chromium.launch(executable_path=chromium, args=flags)
    yield opened
    for browser in opened.values():
        browser.close()


@pytest.fixture
def parties(web, browsers):
    """A room with a page for each side, not yet joined."""
    room = web.open_room()
    accounts = {"student": room.student_account_id, "recruiter": room.recruiter_account_id}
    contexts = []
    pages = {}
    for side, account_id in accounts.items():
        context = browsers[side].new_context()
        context.add_init_script(KEEP_CONNECTIONS)
        contexts.append(context)
        pages[side] = CallPage(context.new_page(), web, room, account_id)
    yield pages["student"], pages["recruiter"]
    for context in contexts:
        context.close()


def frames(side: CallPage) -> int:
    """Pictures decoded on the newest connection."""
    return side.page.evaluate(NEWEST_FRAMES)


def colour(side: CallPage) -> str | None:
    rgb = side.page.locator("#remote").evaluate(CENTRE_COLOUR)
    return media.nearest_colour(tuple(rgb)) if rgb else None


def sees(side: CallPage, other: str) -> bool:
    """Whether the other side's picture arrives and moves, now."""
    before = frames(side)
    wait_seconds(side.page, 0.7)
    return side.state == "connected" and frames(side) > before and colour(side) == other


def assert_see_each_other(student: CallPage, recruiter: CallPage, seconds: float = 25) -> None:
    deadline = time.monotonic() + seconds
    while not (sees(student, "blue") and sees(recruiter, "green")):
        assert time.monotonic() < deadline, (student.seen("states"), recruiter.seen("states"))


@pytest.mark.spec("E13")
@pytest.mark.parametrize("first", ["student", "recruiter"])
def test_each_side_sees_the_other_whoever_comes_first(parties, first):
    student, recruiter = parties
    for side in (student, recruiter) if first == "student" else (recruiter, student):
        side.join()
        wait_seconds(side.page, 0.5)
    assert_see_each_other(student, recruiter)
    assert student.seen("faults") == recruiter.seen("faults") == []


@pytest.mark.spec("E10")
def test_the_servers_clock_counts_the_talk(parties, web):
    student, recruiter = parties
    student.join()
    recruiter.join()
    assert_see_each_other(student, recruiter)
    before = web.talk_seconds(student.room)
    spent = wait_seconds(student.page, 6)
    counted = web.talk_seconds(student.room) - before
    assert abs(counted - spent) <= 1.6
    assert student.seen("talk") >= 4


def test_mute_is_shown_to_the_other_side(parties):
    student, recruiter = parties
    student.join()
    recruiter.join()
    assert_see_each_other(student, recruiter)
    student.page.evaluate("call.setMuted('audio', true)")
    recruiter.page.wait_for_function("seen.peer?.audioMuted === true", timeout=6000)
    assert recruiter.seen("peer.videoMuted") is False
    wait_seconds(student.page, 3)
    assert recruiter.state == "connected", "silence is not a broken connection"


def test_reloaded_page_finds_back_into_the_call(parties):
    student, recruiter = parties
    student.join()
    recruiter.join()
    assert_see_each_other(student, recruiter)
    for side in (student, recruiter):
        side.load()
        side.join()
        assert_see_each_other(student, recruiter)


@pytest.mark.parametrize("broken", ["student", "recruiter"])
def test_watchdog_replaces_a_dead_connection(parties, broken):
    student, recruiter = parties
    student.join(stalledAfter=3000)
    recruiter.join(stalledAfter=3000)
    assert_see_each_other(student, recruiter)
    victim = student if broken == "student" else recruiter
    victim.page.evaluate("__connections.at(-1).close()")
    victim.until_state("recovering")
    assert_see_each_other(student, recruiter)
    assert victim.page.evaluate("__connections.length") >= 2


def test_hanging_up_closes_both_sides_and_every_track(parties):
    student, recruiter = parties
    student.join()
    recruiter.join()
    assert_see_each_other(student, recruiter)
    tracks = "seen.tracks = seen.local.getTracks()"
    student.page.evaluate(tracks)
    recruiter.page.evaluate(tracks)
    student.page.evaluate("call.hangUp()")
    recruiter.until_state("closed", 6)
    assert student.seen("reasons") == ["here"]
    assert recruiter.seen("reasons") == ["peer"]
    for side in (student, recruiter):
        states = side.page.evaluate("seen.tracks.map((track) => track.readyState)")
        assert states == ["ended", "ended"]


def test_closing_the_room_on_the_server_closes_both_sides(parties, web):
    student, recruiter = parties
    student.join()
    recruiter.join()
    assert_see_each_other(student, recruiter)
    web.close_room(student.room)
    for side in (student, recruiter):
        side.until_state("closed", 8)
        assert side.seen("reasons") == ["ended"]


def test_second_page_of_a_side_takes_the_call_over(parties, web, browsers):
    student, recruiter = parties
    student.join()
    recruiter.join()
    assert_see_each_other(student, recruiter)
    context = browsers["student"].new_context()
    context.add_init_script(KEEP_CONNECTIONS)
    newer = CallPage(context.new_page(), web, student.room, student.account_id)
    newer.join()
    student.until_state("closed", 8)
    assert student.seen("reasons") == ["replaced"]
    assert_see_each_other(newer, recruiter)
    context.close()


@pytest.mark.spec("E08")
def test_device_test_previews_measures_and_calls_itself(parties):
    page = parties[0].page
    cameras = page.evaluate("CallEngine.listDevices().then(({cameras}) => cameras.length)")
    assert cameras >= 1
    preview = page.evaluate(
        "CallEngine.previewCamera().then((preview) => {"
        " const {width, height} = preview; preview.stop();"
        " return [width > 0, height > 0, preview.stream.getTracks()[0].readyState]; })"
    )
    assert preview == [True, True, "ended"]
    loudest = page.evaluate(
        "new Promise(async (resolve) => { let most = 0;"
        " const hear = (level) => { most = Math.max(most, level); };"
        " const meter = await CallEngine.meterMicrophone(hear);"
        " setTimeout(() => { meter.stop(); resolve(most); }, 1500); })"
    )
    assert 0.3 < loudest <= 1
    result = page.evaluate(
        "CallEngine.callOneself().then(async (loop) => {"
        " const result = await loop.result; loop.stop(); return result; })"
    )
    assert (result["video"], result["audio"]) == (True, True)
    page.evaluate("CallEngine.playTestTone()")


@pytest.mark.spec("E08")
def test_refused_camera_is_named(playwright, chromium, web):
    """Without the flag that answers the question, a headless browser refuses."""
    flags = [flag for flag in FLAGS if flag != "--use-fake-ui-for-media-stream"]
    browser = playwright.chromium.launch(executable_path=chromium, args=flags)
    room = web.open_room()
    student = CallPage(browser.new_context().new_page(), web, room, room.student_account_id)
    student.join()
    assert student.state == "failed"
    assert student.seen("faults") == ["denied"]
    browser.close()


@pytest.mark.spec("E08")
def test_missing_devices_are_named(playwright, chromium, web):
    flags = [flag for flag in FLAGS if flag != "--use-fake-device-for-media-stream"]
    browser = playwright.chromium.launch(executable_path=chromium, args=flags)
    room = web.open_room()
    student = CallPage(browser.new_context().new_page(), web, room, room.student_account_id)
    student.join()
    assert student.state == "failed"
    assert student.seen("faults") == ["missing"]
    browser.close()
