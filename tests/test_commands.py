"""The command line as product.md has it: JSON, Chinese, exit codes; bad input is one sentence."""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app import bootstrap
from app.exchange.safe_write import PART
from app.fields.kinds import Code
from app.models.cadre import CADRE
from app.models.database import Database, table_counts
from app.paths import DATA_FILE, DATA_VARIABLE
from app.services.practice import PRACTICE_PASSWORD, make_practice
from app.services.vault import Vault
from tests.desks import PASSWORD, desk_of, with_door

ROOT = Path(__file__).parent.parent
SAMPLES = Path(__file__).parent / "samples"
TRUTH = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
ROSTER = SAMPLES / "花名册_卫城镇.xlsx"
OLD = SAMPLES / "退休教师花名册.xls"
SAID = {
    "id_number": ("id_number", "E"),
    "id_number_15": ("id_number", "I"),
    "id_number_missing": ("id_number", "W"),
    "sex_vs_id": ("sex", "W"),
}


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Ask = Callable[..., Answer]


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody would type."""
    monkeypatch.setenv("SANGYU_PASSWORD", PASSWORD)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def ask(folder: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """`main.py --data DIR …`, within this process."""

    def ask(*words: object) -> Answer:
        try:
            code = bootstrap.run(["--data", str(folder), *map(str, words)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        return Answer(code, *capsys.readouterr())

    return ask


@pytest.fixture(scope="session")
def township(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the practice township, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("township") / "data"
    desk = desk_of(folder)
    make_practice(desk)
    desk.close()
    return with_door(folder)


@pytest.fixture
def practice(township: Path, folder: Path) -> Path:
    shutil.copytree(township, folder)
    return folder


def rows(path: Path, password: str = PASSWORD) -> dict[str, int]:
    """What the office owns; who came in, and what the program remembers, is no part of it."""
    database = Database(path, Vault(path.parent).unlock(password).keys)
    with database.reading() as session:
        counts = table_counts(session)
    database.close()
    return {name: count for name, count in counts.items() if not name.startswith(("audit", "user", "note"))}


def main(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "main.py", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        env=os.environ | environment,
    )


# import


def test_the_json_of_an_import_has_the_agreed_keys(ask: Ask):
    answer = ask("import", ROSTER, "--json")
    assert answer.code == 0
    told = answer.json
    assert set(told) >= {"file", "sheets", "counts"}
    assert told["file"] == ROSTER.name
    assert set(told["counts"]) == {"read", "new", "changed", "same", "doubtful", "applied"}
    (sheet,) = told["sheets"]
    assert set(sheet) >= {"sheet", "header_rows", "first_row", "columns", "ignored_columns", "rows"}
    for row in sheet["rows"]:
        assert set(row) >= {"row", "pile", "values", "problems"}
        assert row["pile"] in {"new", "changed", "same", "doubtful"}
        assert all(isinstance(text, str) for text in row["values"].values())
        for problem in row["problems"]:
            assert set(problem) == {"field", "severity", "code", "message"}
            assert problem["severity"] in "EWI"


def test_the_roster_in_json_is_laid_out_as_the_truth_says(ask: Ask):
    (sheet,) = ask("import", ROSTER, "--json").json["sheets"]
    assert sheet["sheet"] == TRUTH["roster"]["sheet"]
    assert sheet["header_rows"] == TRUTH["roster"]["header_rows"]
    assert sheet["first_row"] == TRUTH["roster"]["first_row"]
    assert sheet["columns"]["姓  名"] == "name"
    assert sheet["ignored_columns"] == ["序号"]
    assert [row["row"] for row in sheet["rows"]] == [row["row"] for row in TRUTH["roster"]["rows"]]


@pytest.mark.parametrize("name", ["roster", "schools", "qianlao"])
def test_every_cell_that_a_roster_holds_agrees_with_the_truth(ask: Ask, name: str):
    (sheet,) = ask("import", SAMPLES / TRUTH[name]["file"], "--json").json["sheets"]
    told = {row["row"]: row["values"] for row in sheet["rows"]}
    held = set(sheet["columns"].values()) | {field for values in told.values() for field in values}
    for person in TRUTH[name]["rows"]:
        wanted = {field: text for field, text in person.items() if field in held}
        if name == "schools" and wanted["political_status"] != "中共党员":
            wanted["political_status"] = ""  # the column only says 否, which is not 群众
        assert {field: told[person["row"]].get(field, "") for field in wanted} == wanted


def test_every_fault_of_the_roster_is_flagged_in_json(ask: Ask):
    (sheet,) = ask("import", ROSTER, "--json").json["sheets"]
    found = {
        row["row"]: (problem["field"], problem["severity"])
        for row in sheet["rows"]
        for problem in row["problems"]
        if problem["field"] in {"id_number", "sex"}
    }
    wanted = {
        row["row"]: SAID[row["problem"]] for row in TRUTH["roster"]["rows"] if row.get("problem") in SAID
    }
    assert found == wanted


@pytest.mark.parametrize("person", [TRUTH["filled_form"], *TRUTH["lrmx"]], ids=lambda person: person["file"])
def test_a_file_of_one_person_agrees_with_the_truth(ask: Ask, person: dict[str, Any]):
    (sheet,) = ask("import", SAMPLES / person["file"], "--json").json["sheets"]
    (row,) = sheet["rows"]
    told = {field: text for field, text in row["values"].items() if field in person}
    told = {field: text for field, text in told.items() if field not in {"family", "resume"}}
    assert told == {field: person[field] for field in told}
    assert {"name", "birth_date", "former_unit", "family"} <= set(row["values"])


def test_the_visit_ledger_agrees_with_the_truth(ask: Ask):
    (sheet,) = ask("import", SAMPLES / TRUTH["visits"]["file"], "--json").json["sheets"]
    told = [
        {
            "row": row["row"],
            "date": row["values"]["date"],
            "names": row["values"]["names"].split("、"),
            "kind": row["values"]["kind"],
            "money": int(float(row["values"].get("money", "0").replace(",", ""))),
            "goods": row["values"].get("goods", ""),
        }
        for row in sheet["rows"]
    ]
    assert told == TRUTH["visits"]["rows"]


def test_the_payments_agree_with_the_truth(ask: Ask):
    (sheet,) = ask("import", SAMPLES / TRUTH["payments"]["file"], "--json").json["sheets"]
    told = [
        {
            "row": row["row"],
            "name": row["values"]["name"],
            "amount": int(float(row["values"]["amount"].replace(",", ""))),
        }
        for row in sheet["rows"]
    ]
    assert told == TRUTH["payments"]["rows"]


@pytest.mark.parametrize(
    "name", [ROSTER.name, OLD.name, "走访台账_2025年.xlsx", "春节慰问金发放表_2026.csv", "任免表1.lrmx"]
)
def test_the_counts_add_up_to_the_rows(ask: Ask, name: str):
    told = ask("import", SAMPLES / name, "--json").json
    counts = told["counts"]
    piles = [row["pile"] for sheet in told["sheets"] for row in sheet["rows"]]
    assert (
        counts["read"] == len(piles) == sum(counts[pile] for pile in ("new", "changed", "same", "doubtful"))
    )
    assert {pile: piles.count(pile) for pile in ("new", "changed", "same", "doubtful")} == {
        pile: counts[pile] for pile in ("new", "changed", "same", "doubtful")
    }


def test_looking_without_data_compares_with_nothing_and_creates_nothing(ask: Ask, folder: Path):
    answer = ask("import", ROSTER)
    assert answer.code == 0
    assert "新增 47，变化 0，相同 0，待定 3" in answer.out
    assert "只看未写" in answer.out
    assert not folder.exists()


def test_looking_at_a_file_does_not_change_the_data(ask: Ask, practice: Path):
    before = rows(practice / DATA_FILE)
    assert ask("import", ROSTER).code == 0
    assert rows(practice / DATA_FILE) == before


def test_applying_writes_what_is_sure_and_says_so_in_chinese(ask: Ask, folder: Path):
    answer = ask("import", ROSTER, "--apply")
    assert answer.code == 0
    assert "已写入 47 行" in answer.out
    assert "待定 第 59 行 司徒美蓉：司徒美蓉 与第 8 行是同一个人" in answer.out
    assert rows(folder / DATA_FILE)["cadre"] == 47


def test_applying_again_changes_nothing(ask: Ask, folder: Path):
    ask("import", ROSTER, "--apply")
    before = rows(folder / DATA_FILE)
    told = ask("import", ROSTER, "--apply", "--json").json
    assert told["counts"] == {"read": 50, "new": 0, "changed": 0, "same": 47, "doubtful": 3, "applied": 0}
    # The same three rows wait under the second file now; those of the first are settled.
    assert rows(folder / DATA_FILE) == before | {"intake": 2, "import_doubt": 6}


# Bad input


def bomb(folder: Path) -> Path:
    """A small workbook whose one sheet unpacks to 60 MB."""
    return changed(folder, b'<row r="99"><c r="A99" t="str"><v>' + b" " * 60_000_000 + b"</v></c></row>")


def wide(folder: Path) -> Path:
    """A workbook with a value in the last of 16,384 columns."""
    return changed(folder, b'<row r="99"><c r="XFD99"><v>1</v></c></row>')


def changed(folder: Path, row: bytes) -> Path:
    path = folder / "坏.xlsx"
    with (
        zipfile.ZipFile(ROSTER) as before,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as after,
    ):
        for part in before.namelist():
            content = before.read(part)
            if part.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", row + b"</sheetData>")
            after.writestr(part, content)
    return path


def locked(folder: Path) -> Path:
    """An encrypted .xlsx is an OLE file with such a stream."""
    before = "Workbook".encode("utf-16-le").ljust(64, b"\0")
    name = "EncryptedPackage".encode("utf-16-le")
    content = OLD.read_bytes()
    at = content.index(before)
    length = (len(name) + 2).to_bytes(2, "little")
    path = folder / "密.xlsx"
    path.write_bytes(content[:at] + name.ljust(64, b"\0") + length + content[at + 66 :])
    return path


def written(name: str, content: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return write


BAD = {
    "not a workbook": written("图.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(80)),
    "password": locked,
    "truncated xlsx": written("半.xlsx", ROSTER.read_bytes()[:4000]),
    "truncated xls": written("半.xls", OLD.read_bytes()[:3000]),
    "empty": written("空.xlsx", b""),
    "too many columns": wide,
    "zip bomb": bomb,
    "text named xlsx": written("通知.xlsx", "关于召开会议的通知".encode()),
    "damaged lrmx": written("坏.lrmx", b"<?xml version='1.0'?><Person><XingMing>"),
    "no people": lambda _: SAMPLES / "采集表_空表.xlsx",
    "missing": lambda folder: folder / "没有.xlsx",
    "a folder": lambda folder: folder,
}


@pytest.mark.parametrize("apply", [[], ["--apply"]], ids=["look", "apply"])
@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_one_sentence_and_the_data_stays_as_it_was(
    ask: Ask, newest_file: Path, folder: Path, tmp_path: Path, bad: str, apply: list[str]
):
    (tmp_path / "in").mkdir()
    path = BAD[bad](tmp_path / "in")
    folder.mkdir()
    shutil.copyfile(newest_file, folder / DATA_FILE)
    before = rows(with_door(folder) / DATA_FILE)
    answer = ask("import", path, *apply)
    assert (answer.code, answer.out) == (1, "")
    assert path.name in answer.err
    assert answer.err.count("\n") == 1
    assert "Traceback" not in answer.err
    assert rows(folder / DATA_FILE) == before


@pytest.mark.parametrize("bad", ["truncated xlsx", "missing"])
def test_bad_input_leaves_no_empty_data_folder_behind(ask: Ask, folder: Path, tmp_path: Path, bad: str):
    assert ask("import", BAD[bad](tmp_path), "--apply").code == 1
    assert not folder.exists()


def test_bad_input_in_json_is_a_sentence_too(ask: Ask, tmp_path: Path):
    answer = ask("import", tmp_path / "没有.xlsx", "--json")
    assert answer.code == 1
    assert list(answer.json) == ["error"]
    assert "没有.xlsx" in answer.json["error"]


def test_a_text_table_named_xlsx_is_simply_read(ask: Ask, tmp_path: Path):
    path = written("名册.xlsx", "姓名,性别,民族\n廖开,男,汉\n".encode("gb18030"))(tmp_path)
    assert ask("import", path, "--json").json["counts"]["new"] == 1


def test_a_file_that_may_not_be_read_is_told(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = shutil.copyfile(ROSTER, tmp_path / "锁.xlsx")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)  # the tests may run as root, who may read everything
    answer = ask("import", path)
    assert (answer.code, "锁.xlsx" in answer.err) == (1, True)


def test_a_file_that_another_program_has_locked_is_still_read(ask: Ask, tmp_path: Path):
    path = shutil.copyfile(ROSTER, tmp_path / "开.xlsx")
    (tmp_path / ".~lock.开.xlsx#").write_text(",wps,", encoding="utf-8")
    with path.open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert ask("import", path).code == 0


@pytest.mark.parametrize(
    "words", [["import", ROSTER, "--apply"], ["check"], ["export", "roster", "--to", "x"]]
)
def test_data_that_is_damaged_is_a_sentence_and_stays(
    ask: Ask, folder: Path, words: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    folder.mkdir()
    (with_door(folder) / DATA_FILE).write_bytes(b"\xff" * 5000)
    answer = ask(*words)
    assert (answer.code, answer.out) == (1, "")
    assert "可能数据文件已经损坏" in answer.err.replace("也可能", "可能")
    assert (folder / DATA_FILE).read_bytes() == b"\xff" * 5000


@pytest.mark.parametrize("words", [["import", ROSTER, "--apply"], ["demo", "{}"]])
def test_a_data_folder_that_cannot_be_made_is_a_sentence(
    folder: Path, words: list[object], capsys: pytest.CaptureFixture[str]
):
    folder.write_text("a file where the folder should be", encoding="utf-8")
    inside = folder / "data"
    code = bootstrap.run(["--data", str(inside), *(str(word).format(inside) for word in words)])
    told = capsys.readouterr()
    assert (code, told.out) == (1, "")
    assert "请换一个文件夹或检查权限" in told.err


@pytest.mark.parametrize("words", [["check"], ["check", "--json"], ["export", "roster", "--to", "{}/out"]])
def test_without_data_there_is_nothing_to_check_or_export(
    ask: Ask, folder: Path, words: list[str], tmp_path: Path
):
    answer = ask(*(word.format(tmp_path) for word in words))
    assert answer.code == 1
    assert "还没有数据" in answer.err
    assert not folder.exists()


# export, check, demo


def opens(path: Path) -> bool:
    if path.suffix == ".pdf":
        return path.read_bytes().startswith(b"%PDF") and b"%%EOF" in path.read_bytes()[-64:]
    load_workbook(io.BytesIO(path.read_bytes())).close()
    return True


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_the_demo_writes_every_kind_of_result_and_never_over_another(ask: Ask, tmp_path: Path):
    demo = tmp_path / "demo"
    answer = ask("demo", demo)
    assert (answer.code, answer.err) == (0, "")
    assert {path.name for path in demo.iterdir()} == {
        "data",
        "forms",
        "roster",
        "visits",
        "payments",
        "public",
        "bundle",
        "gaps",
        "lrmx",
        "photos",
    }
    people = rows(demo / "data" / DATA_FILE, PRACTICE_PASSWORD)["cadre"]
    assert len(files(demo / "forms")) == people + 1
    for kind in ("forms", "roster", "visits", "payments", "public", "gaps", "lrmx", "photos"):
        written_files = files(demo / kind)
        assert written_files
        assert all(opens(path) for path in written_files if path.suffix in {".pdf", ".xlsx"})
    (manifest,) = (demo / "bundle").rglob("manifest.json")
    assert json.loads(manifest.read_text(encoding="utf-8"))
    before = hashlib.sha256((demo / "data" / DATA_FILE).read_bytes()).hexdigest()
    again = ask("demo", demo)
    assert again.code == 1
    assert "已经有数据" in again.err
    assert hashlib.sha256((demo / "data" / DATA_FILE).read_bytes()).hexdigest() == before


@pytest.mark.parametrize("kind", ["roster", "visits", "payments", "public", "bundle", "lrmx", "photos"])
def test_each_kind_is_exported_and_named(ask: Ask, practice: Path, tmp_path: Path, kind: str):
    out = tmp_path / "out"
    answer = ask("export", kind, "--to", out, "--period", "2025")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("已写出 ")
    told = [
        Path(line.removeprefix("已写出 ")) for line in answer.out.splitlines() if line.startswith("已写出 ")
    ]
    assert told
    assert all(path.exists() and path.is_relative_to(out) for path in told)
    assert not [path for path in files(out) if path.name.endswith((".part", ".tmp"))]


def test_an_exported_roster_is_read_back_as_the_same_people(ask: Ask, practice: Path, tmp_path: Path):
    ask("export", "roster", "--to", tmp_path / "out")
    (path,) = (tmp_path / "out").glob("*.xlsx")
    counts = ask("import", path, "--json").json["counts"]
    assert (counts["new"], counts["changed"]) == (0, 0)
    assert counts["same"] + counts["doubtful"] == counts["read"] == rows(practice / DATA_FILE)["cadre"]


def numbers_in(path: Path) -> set[str]:
    """Whole identity numbers in a workbook."""
    cells = [
        cell
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    return {cell for cell in cells if isinstance(cell, str) and re.fullmatch(r"\d{17}[\dX]", cell)}


def test_numbers_leave_whole_unless_their_ends_are_asked_for(ask: Ask, practice: Path, tmp_path: Path):
    for words, whole in (([], True), (["--full"], True), (["--masked"], False)):
        out = tmp_path / f"out{''.join(words)}"
        assert ask("export", "roster", "--to", out, *words).code == 0
        (path,) = out.glob("*.xlsx")
        assert bool(numbers_in(path)) == whole


def test_what_for_and_to_whom_stands_in_the_log(ask: Ask, practice: Path, tmp_path: Path):
    out = tmp_path / "out"
    ask("export", "roster", "--to", out)
    ask("export", "forms", "--to", out, "--purpose", "省厅抽查", "--recipient", "省委老干部局", "--masked")
    desk = desk_of(practice)
    logged = [line for line in desk.log.lines() if line.act == "export"]
    desk.close()
    told = [
        (line.source, line.details["purpose"], line.details["recipient"], line.details["masked"])
        for line in logged
    ]
    assert [each[1:] for each in told] == [
        ("省厅抽查", "省委老干部局", True),
        ("省厅抽查", "省委老干部局", True),
        ("本单位工作", "梧桐镇人民政府", False),
    ]
    assert {each[0] for each in told} == {"命令行"}
    assert "count" in logged[1].details


def test_a_bundle_is_never_shortened(ask: Ask, practice: Path, tmp_path: Path):
    answer = ask("export", "bundle", "--to", tmp_path / "out", "--masked")
    assert (answer.code, answer.err) == (
        1,
        "上报包给县委老干部局，号码必须完整，不能加 --masked。请去掉它再试。\n",
    )
    assert not (tmp_path / "out").exists()


def test_what_a_broken_writing_left_is_named_after_exporting(ask: Ask, practice: Path, tmp_path: Path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / f"旧名册.xlsx{PART}").write_bytes(b"half")
    answer = ask("export", "roster", "--to", tmp_path / "out")
    assert f"这里有上次没有写完、不能用的，可以删掉：旧名册.xlsx{PART}" in answer.out
    assert "可以拔出" not in answer.out


def test_exporting_to_where_nothing_can_be_written_is_a_sentence(ask: Ask, practice: Path, tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer = ask("export", "roster", "--to", tmp_path / "file")
    assert (answer.code, answer.out) == (1, "")
    assert "请换一个文件夹或检查权限" in answer.err


def test_the_check_says_what_it_found(ask: Ask, practice: Path):
    answer = ask("check")
    assert answer.code == (1 if "[E]" in answer.out else 0)
    assert answer.out.startswith(f"共 {rows(practice / DATA_FILE)['cadre']} 人，平均完整度 ")
    told = ask("check", "--json").json
    keys = {"people", "complete_percent", "findings", "accepted", "groups", "completeness"}
    assert set(told) == keys
    assert {"uid", "name", "percent", "village", "gaps"} == set(told["completeness"][0])
    assert len(told["completeness"]) == told["people"]
    assert [group["code"] for group in told["groups"] if group["code"] == "R-00"] == ["R-00"]
    for finding in told["findings"]:
        assert {"uid", "name", "field", "severity", "code", "message"} <= set(finding)


def test_the_check_groups_what_it_found_by_rule(ask: Ask, tmp_path: Path):
    people = "姓名,性别,身份证号\n廖开,女,529999195203170012\n廖安,女,62999919350930003X\n"
    path = written("名册.csv", people.encode())(tmp_path)
    assert ask("import", path, "--apply").code == 0
    told = ask("check", "--json").json
    counted = {group["code"]: group["count"] for group in told["groups"]}
    assert counted["R-06"] == 2
    assert sum(count for code, count in counted.items() if code != "R-00") == len(told["findings"])


def test_the_gap_list_is_written_as_pdf_and_workbook(ask: Ask, practice: Path, tmp_path: Path):
    answer = ask("export", "gaps", "--to", tmp_path / "out")
    assert answer.code == 0
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".pdf", ".xlsx"}


def test_a_check_that_finds_errors_asks_to_act(ask: Ask, tmp_path: Path):
    wrong = "姓名,性别,身份证号,出生年月,参加工作时间,离退休时间\n廖开,男,,1960.03,1980.01,1970.01\n"
    path = written("名册.csv", wrong.encode())(tmp_path)
    assert ask("import", path, "--apply").code == 0
    assert ask("check").code == 0


# Usage


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["import"], "还缺 FILE"),
        (["export", "roster"], "还缺 --to"),
        (["export", "nonsense", "--to", "x"], "KIND 没有 'nonsense'"),
        (["nonsense"], "没有 'nonsense'"),
        (["import", "x", "--nonsense"], "不认识 --nonsense"),
        (["export", "roster", "--to"], "--to 后面要写一项"),
        (["export", "visits", "--to", "x", "--period", "去年"], "“去年”不是期间"),
        (["export", "visits", "--to", "x", "--period", "2026-13"], "“2026-13”不是期间"),
        (["export", "visits", "--to", "x", "--period", "../2026"], "“../2026”不是期间"),
        (["check", "--apply"], "不认识 --apply"),
    ],
)
def test_wrong_usage_is_exit_code_2_in_chinese(ask: Ask, words: list[str], says: str):
    answer = ask(*words)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
    assert "用法：" in answer.err
    assert "argument" not in answer.err


@pytest.mark.parametrize("words", [["--help"], ["import", "--help"], ["export", "-h"]])
def test_help_is_chinese(ask: Ask, words: list[str]):
    answer = ask(*words)
    assert answer.code == 0
    assert answer.out.startswith("用法：main.py")
    for english in ("usage", "options", "positional", "show this help"):
        assert english not in answer.out


def test_help_names_every_kind_of_file_that_can_be_taken_in(ask: Ask):
    said = ask("--help").out
    assert all(
        f" {ending} " in f" {said.replace('；', ' ')} "
        for ending in (".xlsx", ".xls", ".csv", ".lrmx", ".lrm")
    )


# As a program of its own


def test_the_folder_of_the_environment_is_used(tmp_path: Path):
    done = main("import", OLD, "--apply", "--json", **{DATA_VARIABLE: str(tmp_path / "data")})
    assert done.returncode == 0
    assert json.loads(done.stdout)["counts"]["applied"] == 27
    assert rows(tmp_path / "data" / DATA_FILE)["cadre"] == 27


def test_an_old_console_does_not_stop_at_a_rare_character(tmp_path: Path):
    said = main("--data", tmp_path / "data", "import", ROSTER, PYTHONIOENCODING="gb2312", PYTHONUTF8="0")
    assert (said.returncode, said.stderr) == (0, b"")
    assert "新增 47" in said.stdout.decode("gb2312")
    told = main("--data", tmp_path, "import", ROSTER, "--json", PYTHONIOENCODING="gb2312", PYTHONUTF8="0")
    assert "王𬎆" in told.stdout.decode("utf-8")


def test_codes_are_told_by_their_labels(ask: Ask):
    (sheet,) = ask("import", ROSTER, "--json").json["sheets"]
    coded = [field.name for field in CADRE.fields if isinstance(field.kind, Code)]
    told = {text for row in sheet["rows"] for name, text in row["values"].items() if name in coded}
    assert {"男", "女", "汉族", "退休"} <= told
    assert not [text for text in told if text.isdigit()]
