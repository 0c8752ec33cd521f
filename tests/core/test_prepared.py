"""Queries whose SQL is written once."""

import pytest
from peewee import JOIN, Model, PostgresqlDatabase, fn

from app.accounts.models import Account
from app.core.database import db
from app.core.prepared import (
    Prepared,
    PreparedCreate,
    PreparedList,
    bind,
    blank_columns,
    constant,
    is_there,
)
from app.fairs.models import Fair
from app.interviews.models import Interview
from app.positions.models import Position
from app.schools.models import School
from tests.counting import queries


def test_prepared_query_reads_like_the_query_itself(app, factory):
    people = [factory.account(name) for name in ("甲", "乙", "丙")]
    by_name = Prepared(lambda: Account.select().where(Account.name == bind("name", Account.name)))
    for person in people * 2:
        assert by_name.first(name=person.name) == person
    assert by_name.first(name="丁") is None


def test_prepared_text_is_written_once_and_its_values_never_stay(app, factory):
    built = []

    def build():
        built.append(1)
        return Account.select().where(Account.id == bind("account_id"))

    find = Prepared(build)
    first, second = factory.account("甲"), factory.account("乙")
    assert [find.first(account_id=one.id).name for one in (first, second, first)] == [
        "甲",
        "乙",
        "甲",
    ]
    assert built == [1]


def test_prepared_writes_convert_their_values_as_columns_do(app, factory):
    account = factory.account("甲")
    change = Prepared(
        lambda: Account.update(blank_columns(Account, ("phone", "name"))).where(
            Account.id == bind("account_id")
        )
    )
    assert change.write(phone="13800006666", name="乙", account_id=account.id) == 1
    assert change.write(phone=None, name="丙", account_id=0) == 0
    changed = Account.get_by_id(account.id)
    assert (changed.phone, changed.name) == ("13800006666", "乙")


def test_list_of_any_length_is_asked_in_few_pieces(app, factory):
    people = [factory.account().id for _ in range(23)]
    of_ids = PreparedList(
        lambda ids: (
            Account.select(Account.id).where(Account.id.in_(ids)).order_by(Account.id).tuples()
        )
    )
    for length in (0, 1, 3, 4, 5, 20, 21, 23):
        assert [row[0] for row in of_ids.all(people[:length])] == people[:length]
    with queries() as asked:
        of_ids.all([*people, *range(10_000, 10_400)])
    assert len(asked) == (1 if isinstance(db.obj, PostgresqlDatabase) else 2)


def test_prepared_create_gives_the_record_that_the_model_would(app, factory):
    create = PreparedCreate(Account)
    made = [create(name="甲", phone="13800006666"), create(name="乙", is_recruiter=True)]
    for record in made:
        stored = Account.get_by_id(record.id)
        assert all(getattr(record, name) == value for name, value in stored.__data__.items())
        assert not record.dirty_fields
    with queries() as asked:
        create(name="丙")
    assert len(asked) == 1


def test_prepared_rows_hold_what_peewee_would_read(app, factory):
    booth = factory.booth(factory.fair())
    factory.waiting(booth, factory.recruiter(booth))
    shapes = (
        Fair.select(Fair, School).join(School),
        Fair.select(),
        Fair.select(Fair.id, Fair.status, Fair.starts_at).tuples(),
        Fair.select(Fair.id, Fair.name, Fair.verdict_labels).namedtuples(),
        Fair.select(Fair.name, fn.COUNT(Fair.id).alias("n")).group_by(Fair.name).dicts(),
        Interview.select(Interview, Position).join(Position, JOIN.LEFT_OUTER),
    )
    for query in shapes:
        expected = [_plain(row) for row in query.clone()]
        twice = Prepared(lambda query=query: query)
        assert expected
        assert [_plain(row) for row in twice.all()] == expected
        assert [_plain(row) for row in twice.all()] == expected


def _plain(row):
    """Everything that a row holds, joined records and their absence included."""
    if not isinstance(row, Model):
        return row
    joined = {name: value and _plain(value) for name, value in row.__rel__.items()}
    return row.__data__, joined, row._dirty


def is_a_namesake_closed():
    """Whether another account of the same number was closed."""
    other = Account.alias()
    same = (other.phone_lookup == Account.phone_lookup) & (other.name == constant("甲"))
    return is_there(other, same & other.disabled_at.is_null(False))


def test_what_is_there_for_a_row_is_said_of_that_row(app, factory):
    open_, closed, alone = (factory.account("甲") for _ in range(3))
    Account.update(phone_lookup="x").where(Account.id.in_([open_.id, closed.id])).execute()
    Account.update(disabled_at=closed.created_at).where(Account.id == closed.id).execute()
    rows = Account.select(is_a_namesake_closed()).order_by(Account.id).tuples()
    assert [bool(found) for (found,) in rows] == [True, True, False]
    assert [one.id for one in Account.select().where(~is_a_namesake_closed())] == [alone.id]


@pytest.fixture
def postgresql(app):
    """The database, when it is PostgreSQL."""
    if not isinstance(db.obj, PostgresqlDatabase):
        pytest.skip("how PostgreSQL plans")
    return db


def test_few_rows_never_cost_a_reading_of_the_whole_table(postgresql, factory):
    made = factory.account().created_at
    rows = [{"phone_lookup": f"{n:05}", "created_at": made} for n in range(4000)]
    Account.insert_many(rows).execute()
    postgresql.execute_sql("ANALYZE account")
    few = Account.select(Account.id, is_a_namesake_closed()).order_by(Account.id).limit(20)
    sql, params = few.sql()
    plan = "\n".join(line for (line,) in postgresql.execute_sql(f"EXPLAIN {sql}", params))
    assert "Seq Scan" not in plan and "hashed" not in plan, plan


def test_numbers_of_any_size_make_one_statement(postgresql):
    either = Prepared(
        lambda: Account.select(Account.id).where(Account.id.in_([bind("one"), bind("other")]))
    )
    of_ids = PreparedList(lambda ids: Account.select(Account.name).where(Account.id.in_(ids)))
    for one in (1, 40_000, 3_000_000):
        for other in (2, 50_000, 4_000_000):
            either.all(one=one, other=other)
            of_ids.all([one, other, 3])
            of_ids.all([one])
    known = postgresql.execute_sql(
        "SELECT parameter_types::text FROM pg_prepared_statements"
        " WHERE statement LIKE %s ORDER BY statement",
        ('%FROM "account" AS "t1" WHERE ("t1"."id" IN (%',),
    )
    assert [types for (types,) in known] == ["{integer,integer}", "{integer[]}"]
    assert either.all(one=2**40, other=2**63) == [], "an address may name any number"
