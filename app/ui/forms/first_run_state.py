"""The questions of the first run and what may be answered; no Qt here."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from app.errors import UnreadableError
from app.paths import has_data
from app.services.office import OfficeProfile

Start = Literal["import", "practice", "empty"]
RECORD = OfficeProfile.record
TOWNSHIP = ("township", "county", "unit")
PEOPLE = ("officer", "preparer", "reviewer", "telephone")
MISSING = {
    "township": "请填写乡镇或街道的名称，例如“卫城镇”；它会印在每一张表上。",
    "unit": "请填写填报单位的全称，例如“清镇市卫城镇人民政府”。",
    "officer": "请填写您的姓名；走访和上报会记在您的名下。",
    "preparer": "请填写填报人的姓名；它会印在采集表和台账的落款处。",
}


@dataclass(frozen=True)
class FirstRunAnswers:
    """`workbook` is the file to begin the import with, where one was chosen."""

    office: dict[str, Any]
    folder: Path
    start: Start
    workbook: Path | None = None
    name: str = ""
    """Of the first login."""
    password: str = field(default="", repr=False)
    """'' for a folder that has data, and logins, already."""

    @property
    def person(self) -> dict[str, Any]:
        """What the user has told about himself; holds in any township."""
        return {name: value for name, value in self.office.items() if name in PEOPLE and value}


class FirstRunState:
    def __init__(
        self, folder: Path, known: Mapping[str, str] | None = None, practised_in: Path | None = None
    ) -> None:
        """`known` is what the user has told before; the folder of the practice township is not for real data."""
        self._practised_in = practised_in
        self.texts = dict.fromkeys((*TOWNSHIP, *PEOPLE), "") | dict(known or {})
        self.folder = folder
        self.start: Start = "import"
        self.workbook = ""
        self.password = ""
        self._own: set[str] = set(known or {})
        """Fields that the user has typed in, which are not filled from others any more."""

    def type_in(self, name: str, text: str) -> list[str]:
        """Returns the names of other fields that were filled from this one."""
        self.texts[name] = text
        self._own.add(name)
        filled = {"unit": self._proposed_unit(), "preparer": self.texts["officer"].strip()}
        changed = [
            other
            for other, proposed in filled.items()
            if other not in self._own and proposed != self.texts[other]
        ]
        for other in changed:
            self.texts[other] = filled[other]
        return changed

    def problem(self, name: str) -> str:
        """What cannot be kept in a field of the office, '' when nothing; a mere doubt is for 设置 to show."""
        text = self.texts[name].strip()
        if not text:
            return MISSING.get(name, "")
        try:
            flaws = RECORD.field(name).problems(RECORD.field(name).kind.parse(text))
        except UnreadableError as error:
            return str(error)
        return "；".join(flaw.message for flaw in flaws if flaw.severity == "E")

    @property
    def folder_problem(self) -> str:
        """Tried out at the nearest folder that is there; nothing is left behind."""
        if self.folder.is_file():
            return f"“{self.folder}”是一个文件，请选一个文件夹。"
        if self._practised_in and self.folder.resolve() == self._practised_in.resolve():
            return "这是练习镇的文件夹，自己的数据请放在另一个文件夹。"
        there = next((each for each in (self.folder, *self.folder.parents) if each.is_dir()), None)
        try:
            with tempfile.TemporaryFile(dir=there):
                return ""
        except OSError:
            return f"“{self.folder}”写不进去，请另选一个文件夹，例如“文档”里的文件夹。"

    @property
    def folder_has_data(self) -> bool:
        return has_data(self.folder)

    @property
    def start_problem(self) -> str:
        if self.start == "practice" and self.folder_has_data:
            return "这个文件夹里已经有数据，练习镇要放在空文件夹里。请回上一步另选文件夹。"
        if self.start == "import" and self.workbook and not Path(self.workbook).is_file():
            return f"找不到“{self.workbook}”，请重新选择；也可以先不选，进去以后再导入。"
        return ""

    @property
    def answers(self) -> FirstRunAnswers:
        office = {name: RECORD.field(name).kind.parse(text) for name, text in self.texts.items()}
        workbook = Path(self.workbook) if self.start == "import" and self.workbook else None
        return FirstRunAnswers(office, self.folder, self.start, workbook, self.name, self.password)

    @property
    def name(self) -> str:
        """Who logs in first: the one who fills the forms, or who told his name."""
        return self.texts["officer"].strip() or self.texts["preparer"].strip()

    @property
    def names(self) -> list[str]:
        """What must not be the password."""
        return [text for name in (*TOWNSHIP, *PEOPLE) if (text := self.texts[name].strip())]

    def _proposed_unit(self) -> str:
        township = self.texts["township"].strip()
        if not township:
            return ""
        county = self.texts["county"].strip()
        return f"{county}{township}{'办事处' if township.endswith('街道') else '人民政府'}"
