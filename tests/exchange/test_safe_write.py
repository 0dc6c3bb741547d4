"""A file under its own name is whole, whatever happens to the disk or the program."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.exchange.bundle import verify_bundle
from app.exchange.disk_errors import disk_error, readable_size
from app.exchange.file_names import free_name, name_problem, safe_path, safe_paths, tidy_name
from app.exchange.safe_write import (
    PART,
    SPARE,
    Draft,
    leftovers,
    remove_leftover,
    room_problem,
    write_file,
    write_folder,
)

ROOT = Path(__file__).parents[2]
KILLS = 50
MB = 1 << 20


def _may_mount() -> bool:
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, check=False)
        if done.returncode == 0:
            subprocess.run(["umount", folder], check=True)
    return done.returncode == 0


needs_mount = pytest.mark.skipif(not _may_mount(), reason="only root on Linux may mount a small disk")
needs_posix = pytest.mark.skipif(os.name != "posix", reason="signals, pipes and limits are POSIX")


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A disk of 40 MB of its own."""
    place = tmp_path / "桑榆U盘"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", place], check=True)
    yield place
    subprocess.run(["umount", "-l", place], check=False, capture_output=True)


def _fill_up(folder: Path) -> None:
    with (folder / "ballast").open("wb", buffering=0) as ballast:
        block = b"x" * MB
        while True:
            try:
                ballast.write(block)
            except OSError:
                return


class Pipe:
    """A source that goes on only after something has happened to the disk."""

    def __init__(self, folder: Path, happening: object) -> None:
        self.path = folder / "source"
        os.mkfifo(self.path)
        self._happening = happening
        self._thread = threading.Thread(target=self._feed)

    def _feed(self) -> None:
        try:
            with self.path.open("wb", buffering=0) as pipe:
                pipe.write(b"a" * (4 * MB))
                assert callable(self._happening)
                self._happening()
                pipe.write(b"b" * (4 * MB))
        except BrokenPipeError:
            return  # the reader gave up, as it should

    def __enter__(self) -> Path:
        self._thread.start()
        return self.path

    def __exit__(self, *_: object) -> None:
        self._thread.join(timeout=10)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_nothing_else_is_left(tmp_path):
    sealed = write_file(tmp_path / "花名册.xlsx", b"abc" * 1000)
    assert (sealed.size, sealed.sha256) == (3000, hashlib.sha256(b"abc" * 1000).hexdigest())
    assert (tmp_path / "花名册.xlsx").read_bytes() == b"abc" * 1000
    assert names(tmp_path) == ["花名册.xlsx"]


def test_a_report_may_write_itself_and_a_file_may_be_copied(tmp_path):
    write_file(tmp_path / "台账.pdf", lambda stream: stream.write(b"%PDF"))
    write_file(tmp_path / "副本.pdf", tmp_path / "台账.pdf")
    assert (tmp_path / "副本.pdf").read_bytes() == b"%PDF"


def test_a_report_that_fails_leaves_the_old_file_whole(tmp_path):
    target = tmp_path / "台账.pdf"
    target.write_bytes(b"old")

    def broken(stream):
        stream.write(b"half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_file(target, broken)
    assert (names(tmp_path), target.read_bytes()) == (["台账.pdf"], b"old")


def test_a_source_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(UserError, match=r"读不出.*照片\.jpg"):
        write_file(tmp_path / "副本.jpg", tmp_path / "照片.jpg")
    assert names(tmp_path) == []


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(UserError, match="盘可能被拔出"):
        write_file(tmp_path / "没有" / "花名册.xlsx", b"x")


def test_a_new_folder_never_takes_the_place_of_an_old_one(tmp_path):
    first = write_folder(tmp_path, "第07包", lambda draft: draft.add("data/a.txt", b"1"))
    second = write_folder(tmp_path, "第07包", lambda draft: draft.add("data/a.txt", b"2"))
    assert names(tmp_path) == ["第07包", "第07包_2"]
    assert [(path / "data" / "a.txt").read_bytes() for path in (first, second)] == [b"1", b"2"]


def test_a_user_who_stops_leaves_nothing_behind(tmp_path):
    class StoppedError(Exception):
        pass

    def stop(_done: int, _total: int, _text: str) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        write_folder(tmp_path, "包", lambda draft: draft.add("a", b"1"), progress=stop)
    assert names(tmp_path) == []


def test_a_disk_that_gives_back_something_else_is_found_out(tmp_path):
    def fake_stick(_done: int, _total: int, _text: str) -> None:
        (tmp_path / f"包{PART}" / "a").write_bytes(b"0")

    with pytest.raises(UserError, match="读回来不一样"):
        write_folder(tmp_path, "包", lambda draft: draft.add("a", b"1"), progress=fake_stick)
    assert names(tmp_path) == []


def test_leftovers_are_shown_and_can_be_deleted(tmp_path):
    (tmp_path / f"第07包{PART}" / "data").mkdir(parents=True)
    (tmp_path / f"花名册.xlsx{PART}").write_bytes(b"half")
    (tmp_path / "电影.mkv.part").write_bytes(b"of another program")
    found = leftovers(tmp_path)
    assert [path.name for path in found] == [f"第07包{PART}", f"花名册.xlsx{PART}"]
    for path in found:
        remove_leftover(path)
    assert names(tmp_path) == ["电影.mkv.part"]
    with pytest.raises(ValueError, match="not a leftover"):
        remove_leftover(tmp_path / "电影.mkv.part")
    assert leftovers(tmp_path / "nowhere") == []


def test_a_leftover_does_not_stop_the_next_writing(tmp_path):
    (tmp_path / f"包{PART}" / "old").mkdir(parents=True)
    (tmp_path / f"表.xlsx{PART}").write_bytes(b"half")
    write_folder(tmp_path, "包", lambda draft: draft.add("a", b"1"))
    write_file(tmp_path / "表.xlsx", b"whole")
    assert names(tmp_path) == ["包", "表.xlsx"]
    assert names(tmp_path / "包") == ["a"]


@needs_mount
def test_too_little_room_is_said_before_writing(stick):
    with pytest.raises(UserError, match=r"空间不够：需要 40\.0 MB，还剩 40\.0 MB"):
        write_file(stick / "大.xlsx", bytes(20 * MB + 1))
    assert names(stick) == []


@needs_mount
def test_a_disk_that_fills_up_meanwhile_keeps_the_old_file(stick, tmp_path):
    (stick / "台账.pdf").write_bytes(b"old")
    with Pipe(tmp_path, lambda: _fill_up(stick)) as source, pytest.raises(UserError, match="空间不够"):
        write_file(stick / "台账.pdf", source)
    assert (names(stick), (stick / "台账.pdf").read_bytes()) == (["ballast", "台账.pdf"], b"old")


@needs_mount
def test_a_disk_that_fills_up_leaves_no_half_folder(stick):
    def fill(draft: Draft) -> None:
        draft.add("forms/1.xlsx", bytes(MB))
        _fill_up(stick)
        draft.add("forms/2.xlsx", bytes(MB))

    with pytest.raises(UserError, match="空间不够"):
        write_folder(stick, "第07包", fill)
    assert names(stick) == ["ballast"]


@needs_mount
def test_a_stick_pulled_out_while_a_folder_is_written(stick):
    def fill(draft: Draft) -> None:
        draft.add("data/1.jsonl", bytes(MB))
        subprocess.run(["umount", "-l", stick], check=True)
        draft.add("data/2.jsonl", bytes(MB))

    with pytest.raises(UserError, match="盘可能被拔出"):
        write_folder(stick, "第07包", fill)
    assert names(stick) == []


@needs_mount
@needs_posix
def test_a_stick_pulled_out_while_a_file_is_written(stick, tmp_path):
    pull = ["umount", "-l", str(stick)]
    with (
        Pipe(tmp_path, lambda: subprocess.run(pull, check=True)) as source,
        pytest.raises(UserError, match="盘可能被拔出"),
    ):
        write_file(stick / "台账.pdf", source)
    assert names(stick) == []


@needs_mount
def test_a_read_only_stick_is_told_and_keeps_its_file(stick):
    (stick / "台账.pdf").write_bytes(b"old")
    subprocess.run(["mount", "-o", "remount,ro", stick], check=True)
    with pytest.raises(UserError, match="只读"):
        write_file(stick / "台账.pdf", b"new")
    with pytest.raises(UserError, match="只读"):
        write_folder(stick, "第07包", lambda draft: draft.add("a", b"1"))
    assert (names(stick), (stick / "台账.pdf").read_bytes()) == (["台账.pdf"], b"old")


def test_a_target_that_vanishes_while_it_is_written(tmp_path):
    target = tmp_path / "U盘"
    target.mkdir()

    def fill(draft: Draft) -> None:
        draft.add("a", b"1")
        target.rename(tmp_path / "elsewhere")

    with pytest.raises(UserError, match="盘可能被拔出"):
        write_folder(target, "包", fill)
    assert names(tmp_path / "elsewhere") == [f"包{PART}"]


@needs_posix
def test_a_folder_without_rights_is_told():
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer) / "别人的"
        folder.mkdir()
        (folder / "台账.pdf").write_bytes(b"old")
        Path(outer).chmod(0o755)
        folder.chmod(0o555)
        user = os.geteuid()
        if user == 0:  # nothing is forbidden to root
            os.seteuid(65534)
        try:
            with pytest.raises(UserError, match="没有权限"):
                write_file(folder / "台账.pdf", b"new")
            with pytest.raises(UserError, match="没有权限"):
                write_folder(folder, "包", lambda draft: draft.add("a", b"1"))
        finally:
            os.seteuid(user)
        folder.chmod(0o755)
        assert (folder / "台账.pdf").read_bytes() == b"old"


@needs_posix
def test_a_file_larger_than_the_disk_takes_is_told(tmp_path):
    import resource

    (tmp_path / "表.xlsx").write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signals = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(UserError, match="太大"):
            write_file(tmp_path / "表.xlsx", bytes(200_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, signals)
    assert (names(tmp_path), (tmp_path / "表.xlsx").read_bytes()) == (["表.xlsx"], b"old")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "需要 5.0 MB，还剩"),
        (errno.EROFS, "写保护开关"),
        (errno.EIO, "盘可能被拔出或已损坏"),
        (errno.ENODEV, "盘可能被拔出了"),
        (errno.ENOTCONN, "盘可能被拔出了"),
        (errno.EACCES, "没有权限"),
        (errno.EBUSY, "正被别的程序（如 WPS）打开"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.EMFILE, "没有写成"),
    ],
)
def test_what_the_system_says_becomes_a_sentence(tmp_path, number, said):
    error = disk_error(OSError(number, os.strerror(number)), tmp_path / "表.xlsx", 5 * MB)
    assert said in str(error)


@pytest.mark.parametrize(
    ("number", "said"),
    [(32, "正被别的程序"), (112, "空间不够"), (1167, "拔出"), (19, "只读"), (5, "没有权限")],
)
def test_the_number_of_windows_is_asked_first(tmp_path, number, said):
    error = OSError(errno.EACCES, "Permission denied")
    error.winerror = number  # type: ignore[attr-defined]
    assert said in str(disk_error(error, tmp_path / "表.xlsx"))


def test_the_room_that_must_be_free():
    assert room_problem(10 * MB, 12 * MB + SPARE) is None
    assert room_problem(10 * MB, 12 * MB + SPARE - 1) is not None
    assert "FAT32" in str(room_problem(4 << 30, 100 << 30, 4 << 30, "vfat"))
    assert room_problem(4 << 30, 100 << 30, 4 << 30, "exfat") is None
    assert readable_size(1023) == "1023 字节"
    assert readable_size(3 << 30) == "3.0 GB"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a/b",
        "a\\b",
        "表:1",
        "表?",
        "a.",
        "a ",
        " a",
        "CON",
        "con.txt",
        "lpt1.pdf",
        "a\nb",
        "a\u202eb",
        "长" * 81,
    ],
)
def test_names_that_some_computer_cannot_hold_are_refused(tmp_path, name):
    assert name_problem(name)
    with pytest.raises(UserError, match="不能用作文件名"):
        write_folder(tmp_path, name, lambda draft: draft.add("a", b"1"))
    assert name_problem(tidy_name(name)) is None
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["采集表_阿依古丽·买买提_1234.xlsx", "王𬎆.pdf", "长" * 80, ".hidden", "CONTENT"]
)
def test_names_that_every_computer_holds_are_kept(tmp_path, name):
    assert tidy_name(name) == name
    write_file(tmp_path / name, b"x")
    assert names(tmp_path) == [name]


@pytest.mark.parametrize(
    "path",
    ["../a", "a/../b", "/etc/passwd", "a//b", "C:/a", "a/NUL", "a\\b", "x/" * 100 + "x", "a/./b", "~/a:b"],
)
def test_paths_that_leave_the_folder_are_refused(path):
    with pytest.raises(UserError, match="不合规则"):
        safe_path(path)


def test_two_names_that_are_one_file_on_a_stick_are_refused():
    with pytest.raises(UserError, match="重名"):
        safe_paths(["forms/A.xlsx", "forms/a.xlsx"])


def test_a_taken_name_gets_a_number(tmp_path):
    (tmp_path / "花名册.xlsx").touch()
    (tmp_path / "花名册_2.xlsx").touch()
    assert free_name(tmp_path / "花名册.xlsx").name == "花名册_3.xlsx"


WRITES_FOR_EVER = """
import hashlib, itertools, os, sys
from pathlib import Path
from app.exchange.safe_write import write_file, write_folder
from app.exchange.bundle import BundleContent, BundleHead, write_bundle
place = Path(sys.argv[1])
print("ready", flush=True)
for turn in itertools.count():
    body = os.urandom(300_000)
    write_file(place / "台账.pdf", hashlib.sha256(body).digest() + body)
    head = BundleHead("529999", "卫城镇", "site", f"uid-{turn}", turn, "2026-10", "", "测试", 1, "0", {})
    people = ({"uid": f"{turn}-{n}", "name": "张三"} for n in range(300))
    photos = {f"photos/{hashlib.sha256(b).hexdigest()}.jpg": b for b in (os.urandom(9000) for _ in range(9))}
    write_bundle(place, BundleContent(head, {"person": people}, photos))
"""


@needs_posix
def test_a_program_killed_while_it_writes_leaves_no_half_file_under_its_name(tmp_path):
    chance = random.Random(20261031)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    broken_off = whole = 0
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-S", "-c", WRITES_FOR_EVER, str(tmp_path)],
            stdout=subprocess.PIPE,
            env=environment,
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.0, 0.12))  # the blow falls anywhere in the writing
            writer.kill()
        broken_off += len(leftovers(tmp_path))
        for found in tmp_path.iterdir():
            if found.is_dir() and not found.name.endswith(PART):
                verify_bundle(found)
                whole += 1
        if (ledger := tmp_path / "台账.pdf").exists():
            content = ledger.read_bytes()
            assert hashlib.sha256(content[32:]).digest() == content[:32]
        for left in tmp_path.iterdir():
            if left.is_dir():
                shutil.rmtree(left)
    assert broken_off >= KILLS // 10  # else the blows missed and this test proves nothing
    assert whole >= KILLS // 10


def test_a_title_that_is_too_long_is_cut_before_its_ending():
    assert tidy_name("表" * 100, ".xlsx") == "表" * 75 + ".xlsx"
    assert tidy_name("2026/春节: 签领表", ".pdf") == "2026_春节_ 签领表.pdf"
    assert name_problem(tidy_name("CON", ".pdf")) is None


def test_a_free_name_keeps_within_the_limit(tmp_path):
    (tmp_path / ("包" * 80)).mkdir()
    assert free_name(tmp_path / ("包" * 80)).name == "包" * 78 + "_2"


def test_what_is_done_before_naming_sees_everything_and_nothing_under_its_name(tmp_path):
    seen = []

    def look(part: Path) -> None:
        seen.append((part.name, (part / "a").read_bytes(), (tmp_path / "包").exists()))

    write_folder(tmp_path, "包", lambda draft: draft.add("a", b"1"), before_naming=look)
    assert seen == [(f"包{PART}", b"1", False)]


def test_what_fails_before_naming_leaves_nothing(tmp_path):
    def fail(_part: Path) -> None:
        raise UserError("没有记下来")

    with pytest.raises(UserError, match="没有记下来"):
        write_folder(tmp_path, "包", lambda draft: draft.add("a", b"1"), before_naming=fail)
    assert names(tmp_path) == []


def test_a_file_that_is_another_under_its_own_name_is_no_success(tmp_path, monkeypatch):
    def lying_disk(part: Path, path: Path) -> None:
        part.unlink()
        path.write_bytes(b"")

    monkeypatch.setattr("app.exchange.safe_write.rename", lying_disk)
    with pytest.raises(UserError, match="读回来不一样"):
        write_file(tmp_path / "表.xlsx", b"whole")
