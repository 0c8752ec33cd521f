"""The small parts everything stands on: cursors, counting windows, keys, clock, presence, audit."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet, InvalidToken
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import audit, clock, crypto, presence, ratelimit
from app.core.audit import AuditEntry
from app.core.database import LIFE_SECONDS, READ_BY_INDEX, PooledPostgres, connect
from app.core.errors import InvalidTransition, TooMany
from app.core.pagination import CursorInvalid, decode_cursor, encode_cursor
from app.fairs.models import Fair
from app.fairs.services.staging import announce_fair, cancel_fair, postpone_fair

KINDS = {int: st.integers(-(2**63) + 1, 2**63 - 1), str: st.text()}


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first text builds Unicode's tables
@given(st.lists(st.sampled_from([int, str]), max_size=3).flatmap(
    lambda kinds: st.tuples(st.just(kinds), st.tuples(*[KINDS[kind] for kind in kinds]))
))  # fmt: skip
def test_cursor_returns_what_was_put_in(drawn):
    kinds, key = drawn
    assert decode_cursor(encode_cursor(*key), *kinds) == list(key)


@given(st.text(max_size=200))
def test_invented_cursor_is_refused_and_never_a_fault(text):
    try:
        assert decode_cursor(text, str, int) is None or not text
    except CursorInvalid:
        assert text


@pytest.mark.parametrize(
    "key", [(1,), ("a", "b"), (1, "a"), ("a", 1.5), ("a", True), ("a", 2**63), (["a"], 1), ()]
)
def test_cursor_of_another_list_is_refused(key):
    with pytest.raises(CursorInvalid):
        decode_cursor(encode_cursor(*key), str, int)


def test_window_allows_so_many_and_says_when_the_next_begins(app):
    for _ in range(3):
        ratelimit.limit("door", times=3, seconds=20)
    with pytest.raises(TooMany) as refusal:
        ratelimit.limit("door", times=3, seconds=20)
    assert 1 <= refusal.value.extensions["retry_after"] <= 20
    ratelimit.limit("another door", times=3, seconds=20)
    ratelimit.forget("door")
    ratelimit.limit("door", times=3, seconds=20)


def test_window_ends_by_itself(app):
    ratelimit.limit("blink", times=1, seconds=1)
    with pytest.raises(TooMany):
        ratelimit.limit("blink", times=1, seconds=1)
    time.sleep(1.1)
    ratelimit.limit("blink", times=1, seconds=1)


def test_window_is_open_while_redis_is_away(app, frail_redis):
    frail_redis.kill()
    for _ in range(3):
        ratelimit.limit("door", times=1, seconds=20)


@pytest.fixture
def keys(app, config):
    """Key changes of a test end with it."""
    yield Fernet.generate_key().decode(), Fernet.generate_key().decode()
    crypto.use_keys(config.data_key)


def test_what_an_old_key_hid_is_read_after_a_rotation_and_found_by_its_hash(keys):
    old, new = keys
    crypto.use_keys(old)
    hidden, found_by = crypto.encrypt("13800006666"), crypto.lookup_hash("13800006666")
    crypto.use_keys(f"{new}, {old}")
    assert crypto.decrypt(hidden) == "13800006666"
    assert crypto.lookup_hash("13800006666") == found_by
    fresh = crypto.encrypt("13800006666")
    crypto.use_keys(new)
    assert crypto.decrypt(fresh) == "13800006666"
    with pytest.raises(InvalidToken):
        crypto.decrypt(hidden)


def test_ciphertext_tells_nothing_of_equal_texts(app):
    assert crypto.encrypt("同一个号码") != crypto.encrypt("同一个号码")


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812345678", "138****5678"), ("+85291234567", "+85****4567"), ("62345678", "****78"),
     ("110", "****10"), ("", ""), (None, None)],
)  # fmt: skip
def test_phone_is_never_shown_whole(phone, shown):
    assert crypto.mask_phone(phone) == shown


def test_clock_moves_only_while_it_is_told_to(travel):
    there = datetime(2030, 1, 1, 8, tzinfo=UTC)
    travel(there)
    assert timedelta(0) <= clock.now() - there < timedelta(seconds=5)
    travel(timedelta(hours=1))
    assert timedelta(hours=1) <= clock.now() - there < timedelta(hours=1, seconds=5)
    assert clock.local(there).isoformat() == "2030-01-01T16:00:00+08:00"
    clock.travel(None)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=1)


def test_instant_comes_back_from_the_database_as_it_went(factory):
    starts = datetime(2031, 5, 20, 9, 0, 0, 123456, tzinfo=clock.SHANGHAI)
    fair = factory.fair(starts_at=starts, ends_at=starts + timedelta(hours=9))
    kept = Fair.get_by_id(fair.id)
    assert kept.starts_at == starts and kept.starts_at.tzinfo is UTC
    assert Fair.select().where(Fair.starts_at == starts).count() == 1
    assert Fair.select().where(Fair.starts_at > starts).count() == 0


@pytest.mark.spec("E07")
def test_lease_holds_while_it_is_renewed_and_lapses_by_itself(app):
    presence.renew(7)
    presence.renew(8)
    assert presence.online([7, 8, 9]) == {7, 8}
    assert 40 <= app.extensions["redis"].ttl(presence.KEY.format(7)) <= 45
    presence.leave(8)
    assert presence.online([7, 8, 9]) == {7}
    app.extensions["redis"].pexpire(presence.KEY.format(7), 30)
    time.sleep(0.06)
    assert presence.online([7]) == set()
    assert presence.online([]) == set()


def test_nobody_can_say_who_is_there_without_redis(app, frail_redis):
    presence.renew(7)
    frail_redis.kill()
    with pytest.raises(presence.PresenceUnknown):
        presence.online([7])
    assert presence.online_or_none([7]) == set()
    presence.renew(7)
    presence.leave(7)


def test_audit_row_names_who_acted_in_which_role_and_request(factory, login):
    booth = factory.booth()
    recruiter = factory.recruiter(booth)
    ticket = factory.pending(booth)
    header = {"X-Request-Id": "story-0001"}
    login(recruiter).post(f"/api/interviews/{ticket.id}/accept", headers=header)
    entry = AuditEntry.get(AuditEntry.action == "accept")
    assert entry.subject == f"interview:{ticket.id}"
    assert (entry.actor_id, entry.actor_role) == (recruiter.id, "recruiter")
    assert entry.request_id == "story-0001"
    assert (entry.before, entry.after) == ({"status": "pending"}, {"status": "waiting"})


def test_audit_of_the_clock_names_nobody(app):
    with audit.acting(5, "staff", "r-1"):
        with audit.acting(None, "clock"):
            audit.record("fair:1", "end", reason="x" * 900)
        assert audit.actor().id == 5
    entry = AuditEntry.get()
    assert (entry.actor_id, entry.actor_role, len(entry.reason)) == (None, "clock", 500)


def test_move_that_is_not_allowed_changes_nothing_and_is_not_written_down(factory):
    fair = factory.fair()
    cancel_fair(fair.id, "天气")
    rows = AuditEntry.select().count()
    for move in (announce_fair, postpone_fair, cancel_fair):
        with pytest.raises(InvalidTransition) as refusal:
            move(fair.id)
        assert refusal.value.extensions["current"] == "cancelled"
    assert Fair.get_by_id(fair.id).status == "cancelled"
    assert AuditEntry.select().count() == rows


def test_move_from_a_row_read_too_early_names_the_true_former_status(factory):
    fair = factory.fair(announced=False)
    stale = Fair.get_by_id(fair.id)
    announce_fair(fair.id)
    stale.cancel(reason="天气")
    entry = AuditEntry.get(AuditEntry.action == "cancel")
    assert entry.before == {"status": "announced"} and entry.reason == "天气"


def test_address_of_postgresql_keeps_its_options():
    database = connect("postgresql://an%40na:p%2Fw@db.example:5433/fairs?sslmode=require")
    assert isinstance(database, PooledPostgres)
    asked = database.connect_params
    assert (database.database, asked["user"], asked["password"]) == ("fairs", "an@na", "p/w")
    assert (asked["host"], asked["port"], asked["sslmode"]) == ("db.example", 5433, "require")
    assert (asked["connect_timeout"], asked["options"]) == ("5", READ_BY_INDEX)


def test_a_pooler_that_refuses_options_is_sent_none():
    assert connect("postgresql://pooler/fairs?options=").connect_params["options"] == ""


def test_connections_of_one_moment_do_not_end_together():
    database = connect("postgresql://pooler/fairs")
    opened = time.time() - LIFE_SECONDS
    births = [int(opened) + part / 20 for part in range(20)]
    ended = [database._is_stale(birth) for birth in births]
    assert ended[0] and not ended[-1] and 5 < sum(ended) < 15
    assert not database._is_stale(time.time() - LIFE_SECONDS / 2 + 5)
    assert database._is_stale(time.time() - 1.5 * LIFE_SECONDS - 5)


def test_another_kind_of_database_is_refused():
    with pytest.raises(ValueError, match="mysql"):
        connect("mysql://localhost/x")
