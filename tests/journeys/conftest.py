"""The stage of the journeys: one whole product per run, browsers of their own per journey."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Page, Playwright, sync_playwright

from scripts.setup import clients, node
from scripts.setup.paths import VAR
from scripts.stack.postgres import postgres_url
from scripts.stack.stack import Stack
from scripts.testing import browser
from tests.journeys.backstage import Backstage
from tests.journeys.cast import Browsers, Cast, TakePicture, screenshots_on_failure

FAILED = pytest.StashKey[bool]()
PICTURES = VAR / "test" / "journeys"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember that a journey failed, so that its pages can still be photographed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser; without one there are no journeys, and ``make test`` says so loudly."""
    found = browser.find()
    if not found:
        pytest.skip("no Chromium: set CHROMIUM or install one")
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver, one per run."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole product on free ports. ``JOURNEY_DATABASE=postgresql`` puts it on PostgreSQL."""
    python = Path(sys.executable)
    VAR.mkdir(exist_ok=True)
    with FileLock(VAR / "journeys-build.lock"):  # the first worker builds, the others find it done
        for target in (clients.H5, clients.DESK_PAGE):
            clients.build(target, node.find(python), python)
    folder = tmp_path_factory.mktemp("stack")
    with ExitStack() as exits:
        database = ""
        if os.environ.get("JOURNEY_DATABASE") == "postgresql":
            database = exits.enter_context(postgres_url(folder / "postgres", is_durable=False))
        yield exits.enter_context(Stack.on_free_ports(folder, database))


@pytest.fixture(scope="session")
def backstage(stack: Stack) -> Iterator[Backstage]:
    """Fairs and people that a journey finds when it begins."""
    found = Backstage(stack)
    yield found
    found.close()


@pytest.fixture
def picture() -> TakePicture:
    """Keeps a picture of a page, for people to look at."""

    def take(page: Page, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.bring_to_front()
        page.screenshot(path=PICTURES / f"{name}.png", scale="css", animations="disabled")

    return take


@pytest.fixture(scope="session")
def browsers(
    playwright: Playwright, chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browsers]:
    """The browsers of the run: to launch them for every journey took a fifth of its time."""
    found = Browsers(playwright, chromium, tmp_path_factory.mktemp("films"))
    yield found
    found.close()


@pytest.fixture
def cast(request: pytest.FixtureRequest, browsers: Browsers, stack: Stack) -> Iterator[Cast]:
    """Whoever plays in this journey. It fails when any page complained."""
    people = Cast(browsers, stack)
    folder = PICTURES / request.node.name
    try:
        with screenshots_on_failure(people, folder, lambda: request.node.stash.get(FAILED, False)):
            yield people
    finally:
        people.close()
    assert people.complaints() == []
