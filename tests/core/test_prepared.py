"""Queries whose SQL is written once."""

from app.accounts.models import Account
from app.core.prepared import Prepared, PreparedList, bind, blank_columns
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
    assert len(asked) == 2
