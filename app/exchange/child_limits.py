"""How much the process that reads may take. It binds itself before it is handed anything."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.exchange.limits import MOST_MEMORY

_PEAK = "VmHWM:"

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    _PROCESS_TIME, _ACTIVE_PROCESSES, _PROCESS_MEMORY, _NO_FAULT_WINDOW = 0x2, 0x8, 0x100, 0x400
    _TICKS = 10_000_000  # of 100 ns, in a second
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel.CreateJobObjectW.argtypes = [wintypes.LPVOID, wintypes.LPCWSTR]
    _kernel.SetInformationJobObject.argtypes = [
        wintypes.HANDLE,
        ctypes.c_int,
        wintypes.LPVOID,
        wintypes.DWORD,
    ]
    _kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]

    class _Basic(ctypes.Structure):
        """JOBOBJECT_BASIC_LIMIT_INFORMATION"""

        _fields_ = [
            ("process_time", wintypes.LARGE_INTEGER),
            ("job_time", wintypes.LARGE_INTEGER),
            ("flags", wintypes.DWORD),
            ("least_working_set", ctypes.c_size_t),
            ("most_working_set", ctypes.c_size_t),
            ("active_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        ]

    class _Extended(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION"""

        _fields_ = [
            ("basic", _Basic),
            ("io_counters", ctypes.c_ulonglong * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        ]

    _kernel.GetCurrentProcess.restype = wintypes.HANDLE
    _job = _kernel.CreateJobObjectW(None, None)

    def limit_itself() -> None:
        """Memory, and no second process. A system that forbids job objects leaves the scans and the program's
        patience, which is better than reading no file at all."""
        _limit(_ACTIVE_PROCESSES | _PROCESS_MEMORY | _NO_FAULT_WINDOW)
        _kernel.AssignProcessToJobObject(_job, _kernel.GetCurrentProcess())

    def allow_seconds(seconds: int) -> None:
        """The system ends what computes for longer in one process."""
        limits = _ACTIVE_PROCESSES | _PROCESS_MEMORY | _NO_FAULT_WINDOW | _PROCESS_TIME
        _limit(limits, int((os.times().user + seconds) * _TICKS))

    def _limit(flags: int, ticks: int = 0) -> None:
        wanted = _Extended()
        wanted.basic.flags, wanted.basic.process_time = flags, ticks
        wanted.basic.active_processes = 1
        wanted.process_memory = MOST_MEMORY
        _kernel.SetInformationJobObject(_job, _EXTENDED_LIMITS, ctypes.byref(wanted), ctypes.sizeof(wanted))

    def peak_memory() -> int:
        return 0

else:
    import resource
    import signal

    def limit_itself() -> None:
        """Memory, no file written, no core dump: it would hold people's data. macOS does not keep to the first."""
        for what, most in (
            (resource.RLIMIT_AS, MOST_MEMORY),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(what)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (most, most))
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which then ends this one

    def allow_seconds(seconds: int) -> None:
        """So much computing from now on; the system ends what takes more."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))

    def peak_memory() -> int:
        """Bytes of memory at most until now. Linux counts what stood in `ru_maxrss` before the start as well."""
        status = Path("/proc/self/status")
        if status.exists():
            lines = status.read_text(encoding="utf-8").splitlines()
            return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(_PEAK))
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS
