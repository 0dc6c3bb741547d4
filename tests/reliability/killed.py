"""Does one piece of work again and again, each time in a process that is killed at another moment.

    python -m tests.reliability.killed saving FOLDER 50

What is found each time is counted; the counts go to stdout as JSON. The process of its own is what may fork: that of
the tests holds a window.
"""

from __future__ import annotations

import json
import math
import os
import select
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
BEYOND = 1.1
"""Some moments lie behind the usual end, where the last steps are."""
KILLED = "killed at work"


@dataclass(frozen=True)
class Work:
    """`prepare` fills the folder that every trial begins with; `judge` says in words what a trial has left."""

    prepare: Callable[[Path], object]
    do: Callable[[Path], object]
    judge: Callable[[Path], str]


def verdicts(name: str, folder: Path, times: int) -> Counter[str]:
    """What was found, and under KILLED how often the blow fell while the work was going on."""
    command = [sys.executable, "-m", __name__, name, str(folder), str(times)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return Counter(json.loads(done.stdout))


def tried(work: Work, folder: Path, times: int) -> Counter[str]:
    """Moments all over the work, in a shuffled order; how long it takes is learnt from every trial that ends."""
    work.prepare(folder / "start")
    parts = [BEYOND * (turn + 1) / times for turn in range(times)]
    Random(times).shuffle(parts)
    takes, found = math.inf, Counter({KILLED: 0})
    for part in [math.inf, *parts]:
        trial = Path(shutil.copytree(folder / "start", folder / "trial"))
        began = time.perf_counter()
        if killed(work.do, trial, part * takes):
            found[KILLED] += 1
        else:
            takes = min(takes, time.perf_counter() - began)
        found[work.judge(trial)] += part < math.inf
        shutil.rmtree(trial)
    return found


def killed(do: Callable[[Path], object], trial: Path, after: float) -> bool:
    """Whether the blow came before the end of the work."""
    ending, open_while_working = os.pipe()
    child = os.fork()
    if not child:
        os.close(ending)
        try:
            do(trial)
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    os.close(open_while_working)
    select.select([ending], [], [], None if after == math.inf else after)
    os.close(ending)
    os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), "the work itself failed"
    return status != 0


if __name__ == "__main__":
    from tests.reliability.killed_works import WORKS

    json.dump(tried(WORKS[sys.argv[1]], Path(sys.argv[2]), int(sys.argv[3])), sys.stdout)
