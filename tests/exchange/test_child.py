"""Foreign files are read by another process; whatever becomes of it, the user gets a sentence and goes on."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from app.errors import UserError
from app.exchange import child as reading
from app.exchange.child import DOCUMENT, PICTURE, Job, Readers
from app.exchange.documents import read_document
from tests.exchange.sheets import SAMPLES, find

ROOT = Path(__file__).parent.parent.parent
ROSTER = SAMPLES / "花名册_卫城镇.xlsx"
FILES = sorted(path for path in SAMPLES.iterdir() if path.is_file() and path.suffix != ".json")
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="Windows limits a process in another way")
LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to the limit of memory")

Started = list[list[str]]


@pytest.fixture
def readers() -> Iterator[Readers]:
    made = Readers()
    yield made
    made.close()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """The commands of all processes that are started from now on."""
    commands: Started = []

    def noted() -> tuple[list[str], Path]:
        command, folder = wanted()
        commands.append(command)
        return command, folder

    wanted = reading.reading_command
    monkeypatch.setattr(reading, "reading_command", noted)
    return commands


def instead(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """The process that reads is this program."""
    monkeypatch.setattr(reading, "reading_command", lambda: ([sys.executable, "-c", program], ROOT))


def red() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (30, 40), "red").save(made, "PNG")
    return made.getvalue()


def told(readers: Readers, job: Job = DOCUMENT, content: bytes = b"x") -> str:
    with pytest.raises(UserError) as sentence:
        readers.read(job, "名册.xlsx", content)
    assert "名册.xlsx" in str(sentence.value)
    return str(sentence.value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_finds_what_is_found_without_it(path: Path) -> None:
    assert read_document(path) == find(path)


def test_its_sentences_arrive_unchanged(readers: Readers) -> None:
    assert (
        told(readers, content=b"%PDF-1.7")
        == "“名册.xlsx”不是工作簿，其实是PDF 文件；请选花名册、台账等表格文件"
    )


def test_the_frozen_program_reads_when_it_starts_itself(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "read-files"]
    monkeypatch.setattr(reading, "reading_command", lambda: (command, ROOT))
    assert readers.read(PICTURE, "红.png", red()).startswith(b"\xff\xd8\xff")


def test_any_thread_may_ask(readers: Readers) -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: readers.read(PICTURE, "红.png", red()), range(12)))
    assert len(set(answers)) == 1


# One process for what


def test_photos_share_one_process(readers: Readers, started: Started) -> None:
    for _ in range(3):
        readers.read(PICTURE, "红.png", red())
    assert len(started) == 1


def test_every_workbook_gets_a_process_of_its_own(readers: Readers, started: Started) -> None:
    for _ in range(2):
        readers.read(DOCUMENT, ROSTER.name, ROSTER.read_bytes())
    assert len(started) == 2


def test_the_one_started_ahead_is_used(readers: Readers, started: Started) -> None:
    readers.prepare().join()
    readers.prepare().join()
    readers.read(DOCUMENT, ROSTER.name, ROSTER.read_bytes())
    assert len(started) == 1


def test_one_that_has_died_meanwhile_is_replaced(
    readers: Readers, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        instead(patch, "")
        readers.prepare().join()
    wait_for_end_of(readers)
    assert readers.read(PICTURE, "红.png", red())
    assert len(started) == 1


def wait_for_end_of(readers: Readers) -> None:
    assert readers._idle is not None
    readers._idle._process.wait()


# What may become of it


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "raise SystemExit",
        "import sys; sys.stdout.buffer.write(b'x' * 500)",
        "import sys; sys.stdout.buffer.write((5).to_bytes(8, 'little') + b'[1,2]' * 9)",
        "import sys; sys.stdout.buffer.write(b'\\xff' * 16)",
    ],
    ids=[
        "aborts",
        "ends",
        "says more than it may",
        "says something else",
        "says that it will say everything",
    ],
)
def test_a_process_that_breaks_is_a_sentence(
    readers: Readers, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    instead(monkeypatch, program)
    assert "读取程序中断" in told(readers)
    assert "另存为新的 .xlsx" in told(readers)
    assert "另存为较小的 JPG" in told(readers, PICTURE)


def test_one_that_never_ends_is_ended(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, "while True: pass")
    impatient = Job("document", 0, "请另存")
    assert "还没有读完" in told(readers, impatient)


@POSIX_ONLY
def test_the_system_ends_one_that_computes_too_long() -> None:
    program = "from app.exchange.child_limits import *\nallow_seconds(0)\nwhile True: pass"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode < 0


@LINUX_ONLY
def test_one_that_wants_too_much_memory_is_a_sentence(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = "import app.exchange.child_limits as limits; limits.MOST_MEMORY = 120 * 2**20"
    instead(monkeypatch, f"{few}; from app.exchange.child_main import serve; serve()")
    assert "内存太多" in told(readers, content=(b"abcdefgh," * 20 + b"\n") * 100_000)


@POSIX_ONLY
def test_it_can_write_no_file(tmp_path: Path) -> None:
    writes = "import sys; open(sys.argv[1], 'wb', 0).write(b'x')"
    program = f"from app.exchange.child_limits import *; limit_itself(); {writes}"
    words = [sys.executable, "-c", program, str(tmp_path / "out")]
    ended = subprocess.run(words, cwd=ROOT, check=False, capture_output=True)
    assert b"File too large" in ended.stderr
    assert (tmp_path / "out").read_bytes() == b""


def test_a_fault_of_ours_is_told_with_its_place_and_without_what_was_read(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = "import app.exchange.child_main as main; main.WORKS['document'] = lambda name, content: [][len(content)]"
    instead(monkeypatch, f"{faulty}; main.serve()")
    assert "IndexError, <string>:1" in told(readers)


def test_a_prepared_answer_can_only_lie_about_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lies = "import app.exchange.child_main as main; main.WORKS['document'] = lambda name, content: b'[{\"day\": []}]'"
    instead(monkeypatch, f"{lies}; main.serve()")
    (tmp_path / "名册.csv").write_text("姓名,性别\n", encoding="utf-8")
    with pytest.raises(UserError, match="文件可能有害"):
        read_document(tmp_path / "名册.csv")


class StoppedByUser(Exception):  # noqa: N818 it is no error
    pass


def test_whoever_stops_ends_it(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, "while True: pass")
    ended = []
    close = reading.Child.close
    monkeypatch.setattr(reading.Child, "close", lambda child: (ended.append(child), close(child)))

    def stop(done: int, total: int, what: str) -> None:
        raise StoppedByUser(what)

    with pytest.raises(StoppedByUser, match=r"读取“名册\.xlsx”"):
        readers.read(DOCUMENT, "名册.xlsx", b"x", stop)
    assert [child.is_alive for child in ended] == [False]
    monkeypatch.undo()
    assert readers.read(PICTURE, "红.png", red())


def test_a_computer_that_starts_nothing_is_a_sentence(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "reading_command", lambda: (["/no/such/program"], ROOT))
    assert "启动不了" in told(readers)
