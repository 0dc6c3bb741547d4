"""Sticks on Windows: drive letters, and the bus of each, because USB disks call themselves fixed."""

from __future__ import annotations

import sys
from pathlib import Path

from app.exchange.drives import Drive

if sys.platform == "win32":
    import ctypes
    import shutil
    from ctypes import wintypes

    REMOVABLE, FIXED, REMOTE = 2, 3, 4
    BUS_USB, BUS_SD, BUS_MMC = 7, 12, 13
    READ_ONLY_VOLUME = 0x0008_0000
    SHARE_READ_WRITE, OPEN_EXISTING = 3, 3
    STORAGE_QUERY_PROPERTY = 0x002D_1400
    NO_DIALOGS = 0x0001  # an empty card reader must not ask for a card
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateFileW.restype = wintypes.HANDLE
    _kernel.CreateFileW.argtypes = [
        wintypes.LPCWSTR,
        wintypes.DWORD,
        wintypes.DWORD,
        wintypes.LPVOID,
        wintypes.DWORD,
        wintypes.DWORD,
        wintypes.HANDLE,
    ]
    _kernel.DeviceIoControl.argtypes = [
        wintypes.HANDLE,
        wintypes.DWORD,
        wintypes.LPVOID,
        wintypes.DWORD,
        wintypes.LPVOID,
        wintypes.DWORD,
        wintypes.LPVOID,
        wintypes.LPVOID,
    ]
    _kernel.CloseHandle.argtypes = [wintypes.HANDLE]

    class _Query(ctypes.Structure):
        """STORAGE_PROPERTY_QUERY; all zero asks for the device descriptor."""

        _fields_ = [("property", wintypes.DWORD), ("query", wintypes.DWORD), ("more", ctypes.c_byte * 4)]

    class _Descriptor(ctypes.Structure):
        """STORAGE_DEVICE_DESCRIPTOR up to the bus."""

        _fields_ = [
            ("version", wintypes.DWORD),
            ("size", wintypes.DWORD),
            ("device_type", ctypes.c_byte),
            ("device_type_modifier", ctypes.c_byte),
            ("removable_media", ctypes.c_byte),
            ("command_queueing", ctypes.c_byte),
            ("vendor_offset", wintypes.DWORD),
            ("product_offset", wintypes.DWORD),
            ("revision_offset", wintypes.DWORD),
            ("serial_offset", wintypes.DWORD),
            ("bus", wintypes.DWORD),
        ]

    def removable_drives() -> list[Drive]:
        before = _kernel.SetErrorMode(NO_DIALOGS)
        try:
            return [drive for root in _roots() if _is_stick(root) and (drive := _drive(root))]
        finally:
            _kernel.SetErrorMode(before)

    def file_system_of(folder: Path) -> str:
        anchor = folder.absolute().anchor
        return _volume(anchor)[1]

    def is_on_network(folder: Path) -> bool:
        return bool(_kernel.GetDriveTypeW(folder.absolute().anchor) == REMOTE)

    def _roots() -> list[str]:
        letters = _kernel.GetLogicalDrives()
        return [f"{chr(ord('A') + bit)}:\\" for bit in range(26) if letters >> bit & 1]

    def _is_stick(root: str) -> bool:
        kind = _kernel.GetDriveTypeW(root)
        return kind == REMOVABLE or (kind == FIXED and _bus(root) in {BUS_USB, BUS_SD, BUS_MMC})

    def _bus(root: str) -> int:
        handle = _kernel.CreateFileW(f"\\\\.\\{root[:2]}", 0, SHARE_READ_WRITE, None, OPEN_EXISTING, 0, None)
        if handle in {None, ctypes.c_void_p(-1).value}:
            return 0
        query, answer, length = _Query(), _Descriptor(), wintypes.DWORD()
        try:
            answered = _kernel.DeviceIoControl(
                handle,
                STORAGE_QUERY_PROPERTY,
                ctypes.byref(query),
                ctypes.sizeof(query),
                ctypes.byref(answer),
                ctypes.sizeof(answer),
                ctypes.byref(length),
                None,
            )
        finally:
            _kernel.CloseHandle(handle)
        return int(answer.bus) if answered else 0

    def _volume(root: str) -> tuple[str, str, bool]:
        """Label, file system, read-only."""
        label, system = ctypes.create_unicode_buffer(261), ctypes.create_unicode_buffer(261)
        flags = wintypes.DWORD()
        known = _kernel.GetVolumeInformationW(
            root, label, len(label), None, None, ctypes.byref(flags), system, len(system)
        )
        return (label.value, system.value, bool(flags.value & READ_ONLY_VOLUME)) if known else ("", "", False)

    def _drive(root: str) -> Drive | None:
        try:
            room = shutil.disk_usage(root)
        except OSError:  # a card reader without a card
            return None
        label, system, read_only = _volume(root)
        return Drive(label or f"U 盘（{root[:2]}）", Path(root), room.free, room.total, system, read_only)
