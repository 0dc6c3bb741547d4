"""What leaves is whole, stands in the log, and is taken out only by those who may."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from app.errors import UserError
from app.exchange.safe_write import PART
from app.fields.actors import Actor
from app.services.audit_log import LogLine
from app.services.desk import Desk
from app.services.exports import MAY_PULL, Errand, Exports
from app.services.paper import Facts, Paper
from tests.services.test_deliveries import drive

ERRAND = Errand("本人要求", "本人")
PAPER = Paper("花名册.xlsx", b"new", facts=Facts("roster", 48, 50, ["姓名", "身份证号"], masked=True))


def logged(desk: Desk, act: str) -> list[LogLine]:
    return [line for line in desk.log.lines() if line.act == act]


def test_saving_never_takes_a_name_that_is_taken(practice: Desk, tmp_path: Path) -> None:
    (tmp_path / "花名册.xlsx").write_bytes(b"old")
    for target in (tmp_path, tmp_path / "花名册.xlsx"):
        (path,) = practice.exports.save(PAPER, target, ERRAND).paths
        assert path.read_bytes() == b"new"
    assert [path.name for path in sorted(tmp_path.glob("*.xlsx"))] == [
        "花名册.xlsx",
        "花名册_2.xlsx",
        "花名册_3.xlsx",
    ]
    assert (tmp_path / "花名册.xlsx").read_bytes() == b"old"


def test_a_name_that_a_stick_cannot_hold_is_refused_before_anything_is_written(
    practice: Desk, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="名字里不能有"):
        practice.exports.save(PAPER, tmp_path / "2026:名册.xlsx", ERRAND)
    assert logged(practice, "export") == []


def test_a_long_name_that_is_taken_gets_its_number_within_eighty_signs(
    practice: Desk, tmp_path: Path
) -> None:
    name = "长" * 75 + ".xlsx"
    (tmp_path / name).write_bytes(b"old")
    (path,) = practice.exports.save(Paper(name, b"new"), tmp_path, ERRAND).paths
    assert path.name == "长" * 73 + "_2.xlsx"


def test_the_log_says_who_took_what_for_whom_and_which_bytes(practice: Desk, tmp_path: Path) -> None:
    practice.exports.save(PAPER, tmp_path, ERRAND)
    (line,) = logged(practice, "export")
    assert (line.actor, line.about) == ("林晓芸", "花名册")
    assert dict(line.details) == {
        "purpose": "本人要求",
        "recipient": "本人",
        "kind": "roster",
        "people": 48,
        "rows": 50,
        "fields": ["姓名", "身份证号"],
        "masked": True,
        "to": "本机",
        "path": str(tmp_path),
        "file": "花名册.xlsx",
        "size": 3,
        "sha256": hashlib.sha256(b"new").hexdigest(),
    }


def test_several_files_are_one_act_with_each_hash(practice: Desk, tmp_path: Path) -> None:
    forms = practice.printing.forms([row.uid for row in practice.cadres.rows(["name"])][:3]).papers
    practice.exports.save_all(forms, tmp_path / "采集表", ERRAND)
    (line,) = logged(practice, "export")
    assert (line.about, line.details["count"], line.details["people"]) == ("采集表 3 个文件", 3, 3)
    hashes = {each["file"]: each["sha256"] for each in line.details["files"]}
    assert hashes == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "采集表").iterdir()
    }


def test_on_a_stick_one_is_told_how_to_pull_it_out(practice: Desk, tmp_path: Path) -> None:
    (tmp_path / "stick" / "名册").mkdir(parents=True)
    exports = Exports(practice.database, lambda: [drive(tmp_path / "stick")])
    exported = exports.save(PAPER, tmp_path / "stick" / "名册", ERRAND)
    assert exported.told == MAY_PULL == "可以拔出了：请先“安全弹出”。"
    assert exports.save(PAPER, tmp_path, ERRAND).told == ""
    assert [(line.details["to"], line.details.get("stick")) for line in logged(practice, "export")] == [
        ("本机", None),
        ("U盘", "老干局"),
    ]


def test_what_could_not_be_written_is_said_too(practice: Desk, tmp_path: Path) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done == 1:
            raise UserError("停")

    papers = [Paper(name, b"x", facts=PAPER.facts) for name in ("a.xlsx", "b.xlsx")]
    with pytest.raises(UserError, match="停"):
        practice.exports.save_all(papers, tmp_path, ERRAND, stop)
    assert [(line.act, line.about) for line in practice.log.lines()[:2]] == [
        ("export_failed", "花名册 2 个文件"),
        ("export", "花名册 2 个文件"),
    ]
    assert practice.log.lines()[0].details["count"] == 1


@pytest.mark.parametrize("roles", [("reader",), ("admin",)])
def test_whoever_may_not_take_anything_out_does_not(
    practice: Desk, tmp_path: Path, roles: tuple[str, ...]
) -> None:
    practice.database.actor = Actor("r", "王查阅", roles, "window")
    with pytest.raises(UserError, match="这件事由填报或审核或负责人来做"):
        practice.exports.save(PAPER, tmp_path, ERRAND)
    with pytest.raises(UserError, match="打印"):
        practice.exports.printed(PAPER, ERRAND, 1, 1, "HP")
    with pytest.raises(UserError, match="上报"):
        practice.deliveries.deliver(tmp_path, "2026")
    assert (list(tmp_path.glob("*.xlsx")), practice.exports.allowed) == ([], False)


def test_a_print_is_logged_with_its_pages_copies_and_printer(practice: Desk) -> None:
    practice.exports.printed(PAPER, ERRAND, 4, 2, "HP LaserJet")
    (line,) = logged(practice, "print")
    told = {name: line.details[name] for name in ("pages", "copies", "printer", "purpose", "recipient")}
    assert told == {
        "pages": 4,
        "copies": 2,
        "printer": "HP LaserJet",
        "purpose": "本人要求",
        "recipient": "本人",
    }


def test_the_usual_answer_is_the_last_one_for_this_kind_of_paper(practice: Desk) -> None:
    exports = practice.exports
    assert exports.usual("forms") == Errand("上报县委老干部局", "练习县委老干部局")
    assert exports.usual("sign_off") == Errand("财务报账", "本单位财务", masked=True)
    exports.remember("forms", Errand("公示", "公示栏", masked=True))
    assert exports.usual("forms") == Errand("公示", "公示栏", masked=True)
    assert exports.usual("roster").purpose == "本单位工作"


def test_the_command_line_takes_the_usual_answers_and_writes_numbers_as_ever(practice: Desk) -> None:
    exports = practice.exports
    exports.remember("roster", Errand("公示", "公示栏", masked=True))
    assert exports.unasked("roster") == Errand("本单位工作", "梧桐镇人民政府")
    assert exports.unasked("sign_off").masked
    assert exports.unasked("roster", "report", masked=True) == Errand(
        "上报县委老干部局", "练习县委老干部局", masked=True
    )
    assert exports.unasked("roster", "省厅抽查", "省委老干部局") == Errand("省厅抽查", "省委老干部局")


def test_leftovers_are_found_and_removed(practice: Desk, tmp_path: Path) -> None:
    left = tmp_path / f"花名册.xlsx{PART}"
    left.write_bytes(b"half")
    assert practice.exports.leftovers(tmp_path) == [left]
    practice.exports.remove_leftover(left)
    assert practice.exports.leftovers(tmp_path) == []
