"""Migrations: up and down, equal to the models, and one at a time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from peewee import PostgresqlDatabase

from app import migrate
from app.core.database import connect
from tests.conftest import models

ROOT = Path(__file__).resolve().parents[1]
HISTORY = "schema_migration"


@pytest.fixture
def fresh_url(shared_app, config, tmp_path):
    """Makes empty databases of the run's kind."""
    made = []

    def make(name: str) -> str:
        if config.database_url.startswith("sqlite"):
            return f"sqlite:///{tmp_path / name}.db"
        server = connect(config.database_url, pool_size=1)
        server.execute_sql(f'CREATE DATABASE "{name}"')
        server.close_all()
        made.append(name)
        before, _, after = config.database_url.rpartition("/postgres")
        assert before, config.database_url
        return f"{before}/{name}{after}"

    yield make
    for name in made:
        server = connect(config.database_url, pool_size=1)
        server.execute_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
        server.close_all()


def tables_of(url):
    database = connect(url, pool_size=1)
    try:
        return set(database.get_tables()) - {HISTORY}
    finally:
        database.close_all()


def schema_of(url):
    """Tables with their columns, keys and indexes, as the database itself tells them."""
    database = connect(url, pool_size=1)
    try:
        return {table: _table(database, table) for table in set(database.get_tables()) - {HISTORY}}
    finally:
        database.close_all()


def _table(database, table):
    columns = {
        c.name: (c.data_type.lower(), c.null, c.primary_key) for c in database.get_columns(table)
    }
    keys = {(k.column, k.dest_table, k.dest_column) for k in database.get_foreign_keys(table)}
    return {
        "columns": columns,
        "keys": keys,
        "rules": _rules(database, table),
        "indexes": _indexes(database, table),
    }


def _rules(database, table):
    """What happens to a row when the row it points to goes."""
    if isinstance(database, PostgresqlDatabase):
        sql = (  # of which column, and what the key does
            "SELECT conkey::text, confdeltype::text FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid = %s::regclass"
        )
        return {
            (name, kind) for name, kind in database.execute_sql(sql, (f'"{table}"',)).fetchall()
        }
    rows = database.execute_sql(f'PRAGMA foreign_key_list("{table}")').fetchall()
    return {(row[3], row[6]) for row in rows}


def _indexes(database, table):
    return {
        (tuple(index.columns), index.unique, _condition(index.sql))
        for index in database.get_indexes(table)
    }


def _condition(sql):
    """The condition of a partial index, without the dialects' brackets and quotes."""
    condition = (sql or "").upper().partition(" WHERE ")[2]
    for noise in ("::TEXT[]", "::TEXT", "::CHARACTER VARYING", '"', "(", ")", " "):
        condition = condition.replace(noise, "")
    return condition


def test_migrations_make_exactly_what_the_models_say(fresh_url):
    migrated, created = fresh_url("migrated"), fresh_url("created")
    migrate.run(migrated)
    database = connect(created, pool_size=1)
    with database.bind_ctx(models()):
        database.create_tables(models())
    database.close_all()
    by_migrations, by_models = schema_of(migrated), schema_of(created)
    assert by_migrations.keys() == by_models.keys()
    for table, shape in by_models.items():
        for part, wanted in shape.items():
            assert by_migrations[table][part] == wanted, (table, part)


@pytest.mark.spec("E04")
def test_what_must_never_be_true_is_refused_by_partial_indexes(fresh_url):
    url = fresh_url("partial")
    migrate.run(url)
    found = {one for one in schema_of(url)["interview"]["indexes"] if one[1] and one[2]}
    assert {columns for columns, _, _ in found} == {
        ("student_id", "booth_id"),
        ("student_id",),
        ("desk_id",),
        ("booth_id", "slot_at"),
    }


def test_down_takes_everything_back_and_up_brings_it_again(fresh_url):
    url = fresh_url("updown")
    up = migrate.run(url)
    assert len(up) >= 8 and tables_of(url) >= {"interview", "account", "fair"}
    whole = schema_of(url)
    assert migrate.run(url, "status") == []
    down = migrate.run(url, "down")
    assert sorted(down) == sorted(up) and tables_of(url) == set()
    assert migrate.run(url, "down") == []
    assert migrate.run(url, "status") == up
    assert migrate.run(url) == up and schema_of(url) == whole
    assert migrate.run(url) == []


def command(environment, url, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "app.migrate", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.serial
def test_three_runs_at_once_all_succeed_and_migrate_once(fresh_url, environment):
    url = fresh_url("atonce")
    runs = [command(environment, url) for _ in range(3)]
    said = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], said
    moved = sorted(out.split(" ", 1)[0] for out, _ in said)
    assert moved[:2] == ["0", "0"] and int(moved[2]) >= 8, said
    assert schema_of(url).keys() == tables_of(url) and "interview" in tables_of(url)


@pytest.mark.serial
def test_run_waits_while_another_one_holds_the_lock(fresh_url, environment):
    url = fresh_url("waiting")
    holder = connect(url, pool_size=1)
    with migrate.alone(holder):
        waiting = command(environment, url)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(4)
        assert tables_of(url) == set()
    assert waiting.wait(60) == 0 and "interview" in tables_of(url)
    holder.close_all()


def test_command_line_says_what_is_pending_and_what_is_wrong(fresh_url, environment):
    url = fresh_url("commands")
    pending = command(environment, url, "status")
    assert "0001_kernel" in pending.communicate(timeout=60)[0] and pending.returncode == 0
    wrong = command(environment, url, "sideways")
    assert "usage" in wrong.communicate(timeout=60)[1] and wrong.returncode == 2
    unset = command({**environment, "SECRET_KEY": ""}, url)
    assert unset.communicate(timeout=60)[1].strip() == "configuration: SECRET_KEY is not set"
    away = command(environment, "postgresql://nobody@127.0.0.1:1/none")
    assert away.communicate(timeout=60)[1].startswith("The database does not answer")
