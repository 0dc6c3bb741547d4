"""What a machine needs before the program runs, asked without touching this machine."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SET_UP = Path(__file__).resolve().parent.parent / "packaging" / "set_up.py"


@pytest.fixture
def set_up() -> ModuleType:
    found = importlib.util.spec_from_file_location("set_up", SET_UP)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_an_old_python_can_read_it_far_enough_to_say_that_it_is_old() -> None:
    ast.parse(SET_UP.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_it_says_in_one_sentence_that_python_is_too_old(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 0))
    with pytest.raises(SystemExit, match="需要 Python"):
        set_up.main()


def test_a_machine_without_fonts_is_asked_for_one_of_each_style(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(set_up, "FONT_FOLDERS", (str(tmp_path),))
    assert set_up.missing_fonts() == [*set_up.PAPER_FONTS.values(), set_up.SCREEN_PACKAGE]


def test_a_machine_with_the_faces_of_windows_is_asked_only_for_rare_characters(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("SimSun.ttc", "simhei.ttf", "msyh.ttc"):
        (tmp_path / name).touch()
    monkeypatch.setattr(set_up, "FONT_FOLDERS", (str(tmp_path),))
    assert set_up.missing_fonts() == ["fonts-babelstone-han"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Debian and its kin are asked for packages")
def test_who_is_not_root_is_told_what_to_type(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="sudo apt-get install -y --no-install-recommends libegl1"):
        set_up.install(["libegl1"])


@pytest.mark.parametrize(
    ("machine", "says"),
    [("x86_64", "需要 glibc 2.34，这里是 2.31"), ("loongarch64", "没有适合这种处理器的 Qt")],
)
def test_a_system_that_qt_is_not_built_for_is_told_so(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, machine: str, says: str
) -> None:
    monkeypatch.setattr("platform.machine", lambda: machine)
    monkeypatch.setattr("platform.libc_ver", lambda: ("glibc", "2.31"))
    with pytest.raises(SystemExit, match=says):
        set_up.need_new_enough_glibc()


def test_an_environment_whose_python_is_gone_is_made_anew(set_up: ModuleType, tmp_path: Path) -> None:
    python = tmp_path / "bin" / "python"
    assert not set_up.usable(python)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path)], check=True)
    assert not set_up.usable(python)
