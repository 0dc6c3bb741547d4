"""Foreign files are read by another process with limits of memory and time (docs/decisions/0012).

A file that breaks a parser, fills the memory or never comes to an end costs that process and a sentence.
"""

from __future__ import annotations

import atexit
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread, Timer

from app.errors import UserError
from app.exchange.frames import read_frame, write_frame
from app.exchange.limits import LARGEST_ANSWER
from app.exchange.requests import MOST, Answer, Request, Work
from app.paths import reading_command
from app.progress import Progress, silent

LOOKS = 0.1
"""Seconds between two looks whether the user has stopped."""
MOST_FILES = 100
"""A process that reads small files is used that often."""
IDLE = 30.0
"""Seconds; then it goes, with what of the last photo may still be in its memory."""
LARGEST_KEPT = 300 * 2**20
"""A process that once took more is not used again."""


@dataclass(frozen=True)
class Job:
    """A kind of work: how long it may take and what to do when the process that reads it comes to grief."""

    work: Work
    seconds: int
    advice: str
    again: bool = False
    """Whether the same process may read the next file as well."""


DOCUMENT = Job("document", 120, "请用 WPS 打开、删去多余的行列和图片、另存为新的 .xlsx 再导入")
PORTRAIT = Job("portrait", 20, "请换一张，或用看图软件另存为较小的 JPG 再选", again=True)
PICTURE = Job("picture", 20, "请换一张，或用看图软件另存为较小的 JPG 再选", again=True)


class ReaderError(Exception):
    """The process that reads has broken, was ended, or said what it cannot have read."""


class StoppedError(ReaderError):
    """It took longer than it may."""


class Child:
    """One process that reads. Not for two threads at once."""

    def __init__(self) -> None:
        command, folder = reading_command()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.files = 0

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(
        self, request: Request, content: bytes, seconds: float, progress: Progress = silent
    ) -> tuple[Answer, bytes]:
        """What it makes of the file. Raises ReaderError; it is of no more use then, nor after `progress` raised."""
        self.files += 1
        answers: SimpleQueue[tuple[Answer, bytes] | None] = SimpleQueue()
        Thread(target=self._talk, args=(request, content, answers), daemon=True).start()
        for _ in range(max(1, round(seconds / LOOKS))):
            progress(0, 0, f"读取“{request.name}”")
            with suppress(Empty):
                if (answer := answers.get(timeout=LOOKS)) is None:
                    raise ReaderError(request.name)
                return answer
        raise StoppedError(request.name)

    def _talk(
        self, request: Request, content: bytes, answers: SimpleQueue[tuple[Answer, bytes] | None]
    ) -> None:
        """On a thread of its own: a pipe cannot be waited for with one eye on the clock, on Windows least of all."""
        source, target = self._process.stdout, self._process.stdin
        assert source is not None
        assert target is not None
        try:
            write_frame(target, request.to_bytes())
            write_frame(target, content)
            answers.put((Answer.from_bytes(read_frame(source, MOST)), read_frame(source, LARGEST_ANSWER)))
        except (OSError, EOFError, ValueError, MemoryError):
            answers.put(None)

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was still to be written finds nobody
                if pipe:
                    pipe.close()


class Readers:
    """Gives work to processes that read; one of them is kept at hand."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._idle: Child | None = None
        self._timer: Timer | None = None

    def prepare(self) -> Thread:
        """Starts a process ahead, so that nobody waits for it once a file is chosen."""
        starting = Thread(target=self._start_ahead, daemon=True)
        starting.start()
        return starting

    def read(
        self, job: Job, name: str, content: bytes, progress: Progress = silent, how: tuple[float, ...] = ()
    ) -> bytes:
        """What the process made of the file. Raises UserError: its own sentences, or what became of it."""
        try:
            child = self._take()
        except OSError as error:
            raise UserError(f"没有读“{name}”：电脑太忙，读取程序启动不了。请关掉一些程序再试。") from error
        kept = False
        try:
            request = Request(job.work, name, job.seconds, how)
            answer, found = child.ask(request, content, job.seconds, progress)
            kept = job.again and _may_go_on(child, answer)
        except StoppedError as error:
            raise UserError(f"“{name}”读了 {job.seconds} 秒还没有读完，已经停下；{job.advice}") from error
        except ReaderError as error:
            raise UserError(
                f"读“{name}”时读取程序中断，文件可能已损坏或有害，没有读入；{job.advice}"
            ) from error
        finally:
            if kept:
                self._keep(child)
            else:
                child.close()
        return _read_or_told(job, name, answer, found)

    def close(self) -> None:
        with self._lock:
            child, self._idle = self._idle, None
            if self._timer:
                self._timer.cancel()
        if child:
            child.close()

    def _start_ahead(self) -> None:
        with self._lock:
            if self._idle is None:
                with suppress(OSError):  # told when there is something to read
                    self._idle = Child()

    def _take(self) -> Child:
        with self._lock:
            child, self._idle = self._idle, None
            if self._timer:
                self._timer.cancel()
        if child and not child.is_alive:
            child.close()
            child = None
        return child or Child()

    def _keep(self, child: Child) -> None:
        with self._lock:
            before, self._idle = self._idle, child
            self._timer = Timer(IDLE, self.close)
            self._timer.daemon = True
            self._timer.start()
        if before:
            before.close()


def _may_go_on(child: Child, answer: Answer) -> bool:
    return answer.outcome in ("read", "refused") and child.files < MOST_FILES and answer.peak < LARGEST_KEPT


def _read_or_told(job: Job, name: str, answer: Answer, found: bytes) -> bytes:
    if answer.outcome == "refused":
        raise UserError(answer.text)
    if answer.outcome == "memory":
        raise UserError(f"“{name}”读起来要用的内存太多，没有读入；{job.advice}")
    if answer.outcome == "fault":
        raise UserError(
            f"读“{name}”时程序出了错（{answer.text}），没有读入；{job.advice}，仍不行请把这句话告诉维护的人"
        )
    return found


READERS = Readers()
atexit.register(READERS.close)
