"""Builds the program and proves that what was built works: `build.py`, inside an environment with PyInstaller.

The result lies in dist/: on Windows an installer, elsewhere an archive with an install script.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
FOLDER = DIST / "sangyu"
PROGRAM = FOLDER / ("sangyu-cli.exe" if os.name == "nt" else "sangyu")


def main() -> None:
    freeze()
    prove()
    print(installer() if os.name == "nt" else archive())


def freeze() -> None:
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(DIST), "--workpath", str(ROOT / "build")]
    subprocess.run([*command, *places, str(ROOT / "packaging/sangyu.spec")], check=True, cwd=ROOT)


def prove() -> None:
    """Away from the sources and from anybody's data, or a forgotten part would be found there."""
    if sys.platform == "linux" and (missing := unresolved()):
        sys.exit(
            f"missing on this computer: {' '.join(sorted(missing))}. Run `make run` first; it installs them."
        )
    with tempfile.TemporaryDirectory() as elsewhere:
        environment = {**os.environ, "SANGYU_DATA": elsewhere}
        if sys.platform == "linux":
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        for words in (["--help"], ["self-check"]):
            subprocess.run([PROGRAM, *words], check=True, cwd=elsewhere, env=environment, timeout=300)


def unresolved() -> set[str]:
    """Libraries that the window needs on Linux and this computer could not give; `make run` installs them."""
    found = FOLDER.rglob("libqxcb.so")
    said = [
        subprocess.run(["ldd", plugin], check=True, capture_output=True, text=True).stdout for plugin in found
    ]
    return {line.split()[0] for text in said for line in text.splitlines() if "not found" in line}


def version() -> str:
    with (ROOT / "pyproject.toml").open("rb") as project:
        return str(tomllib.load(project)["project"]["version"])


def installer() -> Path:
    compiler = shutil.which("ISCC") or r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe"
    script = str(ROOT / "packaging/installer.iss")
    subprocess.run([compiler, "/Q", f"/DVersion={version()}", script], check=True)
    return DIST / f"sangyu-{version()}-setup.exe"


def archive() -> Path:
    name = f"sangyu-{version()}-{sys.platform}-{os.uname().machine}"
    made = DIST / f"{name}.tar.gz"
    with tarfile.open(made, "w:gz") as packed:
        packed.add(FOLDER, f"{name}/sangyu")
        for part in sorted((ROOT / "packaging/linux").iterdir()):
            packed.add(part, f"{name}/{part.name}")
        packed.add(ROOT / "resources/icons/program.svg", f"{name}/sangyu.svg")
    return made


if __name__ == "__main__":
    main()
