"""How often each row of the acceptance table is tried, and what comes out of it.

`make test` tries each a little; `make soak` as often as a release asks, and writes docs/reliability.md.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.reliability.figures import PROPERTY, Figures, Table
from tests.reliability.power_cut.recording import compiled

IN_MEMORY = Path("/dev/shm")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--soak",
        nargs="?",
        const=1.0,
        type=float,
        metavar="PART",
        help="as often as for a release, or a part of it",
    )
    parser.addoption("--figures", type=Path, metavar="FILE", help="write the table of figures there")


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--figures", default=None)
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Table(path, config.getoption("--soak") or 0.0))


@pytest.fixture(scope="session")
def runs(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often: for each submission, and for a release."""
    part = request.config.getoption("--soak", default=None)
    return lambda submission, release: max(submission, round(release * part)) if part else submission


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Figures:
    return Figures(lambda figure: record_property(PROPERTY, figure))


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a thousand small files wait for no disk there."""
    if not IN_MEMORY.is_dir():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="sangyu-", dir=IN_MEMORY))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that writes down what a program does to its files."""
    if sys.platform != "linux" or not shutil.which("gcc"):
        pytest.skip("recording what a program writes needs Linux and gcc")
    return compiled(tmp_path_factory.mktemp("recorder"))
