"""The whole product in Debian's Chromium: granian and a worker over a clone of the databases.

A test makes what it needs by services (`tests/build.py`), in the same clone the server reads, and looks
at it as one person or several: each gets a browser context of their own.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.clones import Clone

from zhifa.config.environment import read
from zhifa.config.running import accepts, free_port, web_command

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the test's own thread

CHROMIUM = shutil.which("chromium")
_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
_PATIENCE_MS = 15_000
_STARTING_SECONDS = 60
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 900}
_ALIASES = {
    "web": "ZHIFA_DATABASE_URL",
    "worker": "ZHIFA_WORKER_DATABASE_URL",
    "owner": "ZHIFA_OWNER_DATABASE_URL",
    "auditor": "ZHIFA_AUDITOR_DATABASE_URL",
    "portal": "ZHIFA_PORTAL_DATABASE_URL",
}


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the browser, a module to a worker; `tests/conftest.py` runs it last."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
            item.add_marker(
                pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
            )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Add what the server said to the report of a test that failed."""
    report = yield
    site = getattr(item, "funcargs", {}).get("site")
    if report.failed and site:
        report.sections.append(("server", site.log.read_text()[-4000:]))
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": _FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return browser_context_args | {
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": DESK,
        "reduced_motion": "reduce",  # a page that scrolls by itself moves away from a click
    }


@dataclass(frozen=True, slots=True)
class Site:
    """The running product; `log` is what its processes say."""

    url: str
    log: Path

    def path(self, path: str) -> str:
        return self.url + path


@pytest.fixture(scope="module")
def site(
    django_db_setup: Clone, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Serve a clone of this module's own; the test process and the server share it.

    Commits are real and stay within the module.
    """
    clone = Clone(f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_site")
    clone.create()
    clone.use()
    try:
        with django_db_blocker.unblock(), _served(tmp_path_factory.mktemp("site") / "log") as site:
            yield site
    finally:
        django_db_setup.use()
        clone.drop()


@contextmanager
def _served(log: Path) -> Iterator[Site]:
    """Run web server and worker on the databases this process uses."""
    port = free_port()
    environment = _environment(port)
    commands = [web_command(read(environment)), [sys.executable, "-m", "zhifa", "worker"]]
    with log.open("wb") as output:
        processes = [
            subprocess.Popen(command, env=os.environ | environment, stdout=output, stderr=output)
            for command in commands
        ]
        try:
            deadline = time.monotonic() + _STARTING_SECONDS
            while not accepts("127.0.0.1", port):
                assert time.monotonic() < deadline, log.read_text()
                assert processes[0].poll() is None, log.read_text()
                time.sleep(0.1)
            yield Site(f"http://127.0.0.1:{port}", log)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(_STARTING_SECONDS)


def _environment(port: int) -> dict[str, str]:
    """Return the environment of a server on the databases this process uses."""
    from django.db import connections

    urls = {}
    for alias, variable in _ALIASES.items():
        login = connections[alias].settings_dict
        urls[variable] = (
            f"postgresql://{login['USER']}:{quote(login['PASSWORD'], safe='')}"
            f"@{quote(login['HOST'], safe='')}:{login['PORT']}/{login['NAME']}"
        )
    return urls | {
        "ZHIFA_DATA_DIR": os.environ["ZHIFA_DATA_DIR"],
        "ZHIFA_PORT": str(port),
        "ZHIFA_DEMO": "1",
    }


@pytest.fixture
def as_person(
    site: Site, browser: Browser, browser_context_args: dict
) -> Iterator[Callable[..., Page]]:
    """Return a function: sign in as someone in a context of their own and give the page."""
    contexts: list[BrowserContext] = []

    def signed_in(
        login_name: str, password: str, *, phone: bool = False, dark: bool = False
    ) -> Page:
        size = {"viewport": PHONE, "has_touch": True} if phone else {}
        scheme = {"color_scheme": "dark" if dark else "light"}
        context = browser.new_context(**(browser_context_args | size | scheme))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE_MS)
        page.goto(site.path("/accounts/login/"))
        page.get_by_label("登录名").fill(login_name)
        page.get_by_label("密码").fill(password)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
        return page

    yield signed_in
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(
    site: Site, browser: Browser, browser_context_args: dict
) -> Iterator[Callable[..., Page]]:
    """Return a function: a page of somebody who has not signed in."""
    contexts: list[BrowserContext] = []

    def opened(path: str, *, phone: bool = False, dark: bool = False) -> Page:
        size = {"viewport": PHONE, "has_touch": True} if phone else {}
        scheme = {"color_scheme": "dark" if dark else "light"}
        context = browser.new_context(**(browser_context_args | size | scheme))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE_MS)
        page.goto(site.path(path))
        return page

    yield opened
    for context in contexts:
        context.close()


def axe(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA: rule and place; [] is what a test wants."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def _picture(page: Page, scheme: str) -> None:
    """Keep a picture of every page that is checked, in the folder `SHOTS` names, to be looked at."""
    if folder := os.environ.get("SHOTS"):
        size = page.viewport_size or DESK
        name = re.sub(r"\W+", "-", urlsplit(page.url).path).strip("-") or "home"
        kind = f"{size['width']}.{scheme}"
        earlier = len(list(Path(folder).glob(f"{name}.{kind}*.png")))
        path = Path(folder) / f"{name}.{kind}{f'.{earlier + 1}' if earlier else ''}.png"
        page.screenshot(path=path, full_page=True)


@pytest.fixture
def check_page() -> Callable[[Page], None]:
    """Return a function: no axe violation in light and dark, nothing wider than the screen, no fault."""

    def check(page: Page) -> None:
        for scheme in ("light", "dark"):
            _seen(page, scheme)
        _fits(page)

    return check


def _fits(page: Page) -> None:
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{page.url}: {wider} px wider than the screen"


@pytest.fixture
def look_at() -> Callable[..., None]:
    """Return a function: the same page on a desk and, once more in light, as wide as a phone.

    Colours do not depend on the width, so that dark is looked at on the desk alone, and not at all
    where another page of the same template was.
    """

    def look(page: Page, *, dark: bool = True) -> None:
        for size, scheme in ((DESK, "dark"), (DESK, "light"), (PHONE, "light")):
            if scheme == "dark" and not dark:
                continue
            page.set_viewport_size(size)
            _seen(page, scheme)
            _fits(page)

    return look


def _seen(page: Page, scheme: str) -> None:
    """Check a page as it is drawn in one scheme."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)
    _picture(page, scheme)
    assert axe(page) == [], f"{page.url} {scheme} {page.viewport_size}"
