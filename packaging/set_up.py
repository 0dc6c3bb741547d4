"""Makes `.venv` ready: `set_up.py run` for using the program, `set_up.py dev` for working on it.

Only the standard library, and nothing newer than Python 3.7's syntax, so that an old Python reads far enough
to say that it is too old.
"""

from __future__ import annotations

import csv
import ctypes
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}

# The oldest C library that Qt's wheels are built for, by processor.
GLIBC = {"x86_64": (2, 34), "aarch64": (2, 39)}

# What Qt loads at run time and its wheel does not bring, with the Debian package that does.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libbrotlidec.so.1": "libbrotli1",
    "libcups.so.2": "libcups2",  # without it Qt finds no printer
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# The faces for paper, by style: any one of those that resources/fonts/order.csv lists will do.
PAPER_FONTS = {
    "song": "fonts-arphic-uming",
    "hei": "fonts-wqy-zenhei",
    "rare": "fonts-babelstone-han",  # 𬎆, 𬱟, 𫖯 in a name
}
# One good face for the screen; which of these is there does not matter.
SCREEN_FONTS = ("notosanscjk-regular.ttc", "sourcehansanssc-regular.otf", "msyh.ttc", "wqy-microhei.ttc")
SCREEN_PACKAGE = "fonts-noto-cjk"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def main() -> None:
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    if sys.version_info < (3, 11):
        sys.exit("需要 Python 3.11 或更新的版本。 / Python 3.11 or newer is needed.")
    if sys.platform == "linux":
        need_new_enough_glibc()
        install(missing_packages())
    install_locked(LOCKS[purpose])
    (VENV / f"ready-{purpose}").touch()


def need_new_enough_glibc() -> None:
    """Else pip says that PySide6 does not exist."""
    wanted = GLIBC.get(platform.machine())
    if wanted is None:
        sys.exit("没有适合这种处理器的 Qt。 / Qt has no build for this processor: " + platform.machine())
    name, version = platform.libc_ver()
    if name == "glibc" and tuple(map(int, version.split("."))) < wanted:
        needed = "{}.{}".format(*wanted)
        sys.exit(
            f"系统太旧：需要 glibc {needed}，这里是 {version}。 / This system is too old for Qt: see glibc."
        )


def missing_packages() -> list[str]:
    packages = [package for library, package in LIBRARIES.items() if not loads(library)]
    if importlib.util.find_spec("ensurepip") is None:
        packages.append("python3-venv")
    return packages + missing_fonts()


def missing_fonts() -> list[str]:
    present = font_files()
    with (ROOT / "resources/fonts/order.csv").open(encoding="utf-8") as listed:
        rows = list(csv.DictReader(line for line in listed if not line.startswith("#")))
    styles = {row["style"] for row in rows if row["file"].lower() in present}
    packages = [package for style, package in PAPER_FONTS.items() if style not in styles]
    return packages if present.intersection(SCREEN_FONTS) else [*packages, SCREEN_PACKAGE]


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def font_files() -> set[str]:
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return {file.name.lower() for folder in folders for file in folder.rglob("*") if file.is_file()}


def install(packages: list[str]) -> None:
    """By Debian's own means when root; otherwise says what to type and ends."""
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        typed = " ".join(["sudo", *command])
        sys.exit(f"缺少系统组件，请先输入这一行再试 / system packages are missing, first type: {typed}")
    say("正在安装系统组件…", "Installing system packages: " + " ".join(packages))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt(["apt-get", "update", "-qq"], environment)
    apt([*command, "-qq"], environment)


def apt(command: list[str], environment: dict[str, str]) -> None:
    if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
        typed = " ".join(command)
        sys.exit(f"系统组件没有装上，请检查网络后再试。 / This did not work, see above: {typed}")


def install_locked(locks: list[str]) -> None:
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not usable(python):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    say("正在安装程序所用的部件，第一次要几分钟…", "Installing what the lock files name.")
    wanted = [argument for lock in locks for argument in ("-r", str(ROOT / lock))]
    # Built packages only: an office PC has no compiler, and a wheel's hash says more than a source's.
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    command = [str(python), "-m", "pip", "install", *options, *wanted]
    if subprocess.run(command, check=False).returncode:
        sys.exit("没有装完，请检查网络后再试一次。 / Not finished: check the network and try again.")


def usable(python: Path) -> bool:
    """Whether an environment is there and its Python still is (a system upgrade may have taken it away)."""
    if not python.exists():
        return False
    return subprocess.run([str(python), "-c", "import pip"], capture_output=True, check=False).returncode == 0


def say(chinese: str, english: str) -> None:
    print(f"{chinese} / {english}", flush=True)


if __name__ == "__main__":
    main()
