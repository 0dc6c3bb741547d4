"""上报: a real folder, read again and compared; disks that refuse."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import delete

from app import clock
from app.errors import UserError
from app.exchange.bundle import verify_bundle
from app.exchange.safe_write import PART
from app.models.database import Database
from app.models.delivery import Delivery
from app.services.deliveries import Deliveries, Drive
from app.services.delivery_numbers import DeliveryNumbers
from app.services.desk import Desk
from app.services.visits import VisitFile
from tests.reports.reading import text

PERIOD = "2025-Q1"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def full_stick(tmp_path: Path) -> Iterator[Path]:
    """So small that the folder does not fit, and so large that this is only noticed while writing."""
    place = tmp_path / "full"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may make a small disk")
    yield place
    subprocess.run(["umount", place], check=True)


def drive(path: Path, **given: object) -> Drive:
    return replace(Drive("老干局", path, 1 << 30, 2 << 30, "vfat", False), **given)  # type: ignore[arg-type]


def test_what_is_delivered_is_whole_and_counted_right(practice: Desk, stick: Path) -> None:
    delivered = practice.deliveries.deliver(stick, PERIOD)
    read = verify_bundle(delivered.path, delivered.check_code)
    counts = practice.today.counts()
    assert (delivered.counts["cadres"], delivered.counts["visits"]) == (counts["cadres"], counts["visits"])
    assert dict(read.counts) == {name: delivered.counts[name] for name in read.counts}
    assert delivered.path.name == "梧桐镇_2025年第1季度_第01包"
    assert (
        delivered.counts["forms"] == len(list((delivered.path / "forms").iterdir())) == counts["cadres"] + 1
    )
    assert delivered.size == sum(file.stat().st_size for file in delivered.path.rglob("*") if file.is_file())
    assert list(stick.iterdir()) == [delivered.path]


def test_the_ledgers_are_those_of_the_period(practice: Desk, stick: Path) -> None:
    year = practice.visits.years()[0]
    first = practice.deliveries.deliver(stick, f"{year}-Q1")
    second = practice.deliveries.deliver(stick, f"{year}-Q2")
    names = [{path.name for path in (each.path / "ledgers").iterdir()} for each in (first, second)]
    assert names[0] == {
        f"梧桐镇_{year}年第1季度走访慰问台账.pdf",
        f"梧桐镇_{year}年春节慰问金_签领表.pdf",
    }
    assert names[1] == {f"梧桐镇_{year}年第2季度走访慰问台账.pdf"}


def test_every_person_of_the_data_is_there_with_the_parts(practice: Desk, stick: Path) -> None:
    delivered = practice.deliveries.deliver(stick, PERIOD)
    lines = (delivered.path / "data" / "cadres.jsonl").read_text(encoding="utf-8").splitlines()
    people = {row["name"]: row for row in map(json.loads, lines)}
    assert {"王𬎆", "单䶮生", "阿依古丽·买买提"} <= people.keys()
    assert people["王𬎆"]["resume"]


def test_photos_of_people_and_visits_go_along(practice: Desk, stick: Path, tmp_path: Path) -> None:
    Image.new("RGB", (64, 48), "navy").save(tmp_path / "seen.jpg")
    taken = practice.pictures.take_in(tmp_path / "seen.jpg")
    person = practice.cadres.rows(["photo"])
    practice.visits.save(
        VisitFile(values={"date": "2025-02-03", "kind": "spring"}, people=[person[0].uid], photos=[taken])
    )
    delivered = practice.deliveries.deliver(stick, PERIOD)
    inside = {path.stem for path in (delivered.path / "photos").iterdir()}
    assert inside == {row.values[0] for row in person if row.values[0]} | {taken}
    assert delivered.counts["photos"] == len(inside)


def test_the_second_names_the_first_and_both_are_listed(practice: Desk, stick: Path) -> None:
    first = practice.deliveries.deliver(stick, "2025")
    second = practice.deliveries.deliver(stick, "2025-06")
    assert verify_bundle(second.path).manifest["previous"] == verify_bundle(first.path).sha256
    assert [(past.seq, past.period, past.check_code) for past in practice.deliveries.past()] == [
        (2, "2025-06", second.check_code),
        (1, "2025", first.check_code),
    ]
    assert practice.today.last_delivery().check_code == second.check_code


def test_what_the_sender_knows_to_be_wrong_is_said_along(practice: Desk, stick: Path) -> None:
    file = practice.cadres.read_all()[0]
    file.values["birth_date"], file.values["retired_on"] = "1950-01", "1949-01"
    practice.cadres.save(file)
    delivered = practice.deliveries.deliver(stick, PERIOD)
    doubts = verify_bundle(delivered.path).manifest["doubts"]
    assert any(doubt.startswith(f"{file.values['name']}：") for doubt in doubts)


def test_a_full_stick_gives_its_sentence_and_keeps_nothing(practice: Desk, full_stick: Path) -> None:
    with pytest.raises(UserError, match="空间不够"):
        practice.deliveries.deliver(full_stick, PERIOD)
    assert list(full_stick.iterdir()) == []
    assert practice.deliveries.past() == []


def test_a_folder_that_is_gone_gives_its_sentence(practice: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到"):
        practice.deliveries.deliver(tmp_path / "pulled", PERIOD)
    assert practice.deliveries.past() == []


@pytest.mark.parametrize("stop_at", ["正在填写", "正在写入", "正在读回核对", "正在核对上报包"])
def test_whoever_stops_leaves_nothing_behind(practice: Desk, stick: Path, stop_at: str) -> None:
    class StoppedError(Exception):
        pass

    def stop(_done: int, _total: int, told: str) -> None:
        if told.startswith(stop_at):
            raise StoppedError

    with pytest.raises(StoppedError):
        practice.deliveries.deliver(stick, PERIOD, stop)
    assert list(stick.iterdir()) == []
    assert practice.deliveries.past() == []


def test_a_stick_that_is_still_there_is_written(database: Database, practice: Desk, stick: Path) -> None:
    shown = drive(stick)
    deliveries = Deliveries(practice.database, lambda: [replace(shown, free=5)])
    assert deliveries.deliver_to(shown, PERIOD).path.parent == stick


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (None, "已经不在了"),
        ({"label": "别的盘"}, "已经不在了"),
        ({"total": 9}, "已经不在了"),
        ({"read_only": True}, "是只读的"),
    ],
)
def test_a_stick_that_changed_since_it_was_shown_is_refused(
    practice: Desk, stick: Path, now: dict[str, object] | None, sentence: str
) -> None:
    plugged = [] if now is None else [drive(stick, **now)]
    with pytest.raises(UserError, match=sentence):
        Deliveries(practice.database, lambda: plugged).deliver_to(drive(stick), PERIOD)
    assert list(stick.iterdir()) == []


def test_an_office_without_a_name_delivers_nothing(database: Database, stick: Path) -> None:
    with pytest.raises(UserError, match="还没有填写乡镇名称"):
        Deliveries(database).deliver(stick, PERIOD)


def test_leftovers_are_found_and_removed(practice: Desk, stick: Path) -> None:
    left = stick / f"梧桐镇_2025年_第01包{PART}"
    (left / "data").mkdir(parents=True)
    assert practice.deliveries.leftovers(stick) == [left]
    practice.deliveries.remove_leftover(left)
    assert list(stick.iterdir()) == []


def test_the_cover_says_what_the_screen_says(practice: Desk, stick: Path, tmp_path: Path) -> None:
    delivered = practice.deliveries.deliver(stick, PERIOD)
    cover = practice.deliveries.cover_sheet(delivered)
    (tmp_path / "cover.pdf").write_bytes(cover.content)
    printed = text(tmp_path / "cover.pdf")
    assert cover.pages == 1
    for said in (delivered.check_code, "第01包", "2025年第1季度", "练习县委老干部局", "离退休干部48人"):
        assert said in printed


def test_remarks_name_the_people_behind_each_number(practice: Desk) -> None:
    remarks = practice.deliveries.remarks()
    assert [remark.text.split(" ", 1)[1] for remark in remarks if "签领" in remark.text] == [
        "笔发放还没有签领"
    ]
    for remark in remarks:
        assert remark.text.startswith(str(len(remark.people)))


def test_an_empty_office_has_nothing_that_stands_out(database: Database) -> None:
    assert [(remark.level, list(remark.people)) for remark in Deliveries(database).remarks()] == [("ok", [])]


def test_the_manifest_says_where_the_log_ended(practice: Desk, stick: Path) -> None:
    before = practice.database.head()
    delivered = practice.deliveries.deliver(stick, PERIOD)
    assert verify_bundle(delivered.path).manifest["audit_head"] == {"seq": before.seq, "mac": before.mac}


def test_a_delivery_stands_in_the_log_from_its_beginning(practice: Desk, stick: Path) -> None:
    deliveries = Deliveries(practice.database, lambda: [drive(stick)])
    delivered = deliveries.deliver(stick, PERIOD)
    done, begun = (line for line in practice.log.lines() if line.act in {"deliver", "begin_delivery"})
    for line in (begun, done):
        told = {name: line.details[name] for name in ("purpose", "recipient", "people", "to", "stick")}
        assert told == {
            "purpose": "上报县委老干部局",
            "recipient": "练习县委老干部局",
            "people": 48,
            "to": "U盘",
            "stick": "老干局",
        }
    assert (done.details["sha256"], done.details["code"]) == (
        verify_bundle(delivered.path).sha256,
        delivered.check_code,
    )
    assert delivered.stick == "老干局"


class PowerCutError(BaseException):
    """Nothing more of the program runs: not even what cleans up."""


def cut_off(practice: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch, *, named: bool) -> None:
    """The power fails when the folder has its name and the record has not been made, or just before."""

    def fail(*_: object) -> None:
        raise PowerCutError

    with monkeypatch.context() as patch:
        patch.setattr(DeliveryNumbers, "give_back", fail)
        patch.setattr(DeliveryNumbers, "record", fail)
        if not named:
            patch.setattr("app.exchange.safe_write.rename", fail)
            patch.setattr("app.exchange.safe_write._remove", lambda _path: None)
        with pytest.raises(PowerCutError):
            practice.deliveries.deliver(stick, PERIOD)


def test_a_bundle_that_got_its_name_before_the_power_failed_is_recorded_next_time(
    practice: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(practice, stick, monkeypatch, named=True)
    assert practice.deliveries.past() == []
    (path,) = stick.iterdir()
    assert practice.deliveries.settle() is not None
    (past,) = practice.deliveries.past()
    assert (past.seq, past.check_code) == (1, verify_bundle(path).check_code)
    assert practice.deliveries.settle() is None
    assert practice.deliveries.deliver(stick, PERIOD).seq == 2


def test_a_number_that_left_on_a_stick_is_never_given_again(
    practice: Desk, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(practice, stick, monkeypatch, named=True)
    stick.rename(tmp_path / "at the county")
    (tmp_path / "another").mkdir()
    assert [practice.deliveries.deliver(tmp_path / "another", PERIOD).seq for _ in range(2)] == [2, 3]


def test_a_damaged_bundle_is_no_delivery_and_keeps_its_number(
    practice: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(practice, stick, monkeypatch, named=True)
    (path,) = stick.iterdir()
    (path / "readme.txt").write_bytes(b"")
    assert practice.deliveries.settle() is None
    assert practice.deliveries.deliver(stick, PERIOD).seq == 2
    assert [past.seq for past in practice.deliveries.past()] == [2]


@pytest.mark.parametrize(("hours", "number"), [(1, 2), (3, 1)])
def test_a_folder_that_never_got_its_name_gives_its_number_back_when_nobody_writes_any_more(
    practice: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch, hours: int, number: int
) -> None:
    cut_off(practice, stick, monkeypatch, named=False)
    assert [path.name.endswith(PART) for path in stick.iterdir()] == [True]
    later = clock.now() + dt.timedelta(hours=hours)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert practice.deliveries.deliver(stick, PERIOD).seq == number


def test_whoever_stops_gets_the_same_number_again(practice: Desk, stick: Path) -> None:
    def stop(_done: int, _total: int, told: str) -> None:
        if told.startswith("正在核对上报包"):
            raise UserError("停")

    with pytest.raises(UserError, match="停"):
        practice.deliveries.deliver(stick, PERIOD, stop)
    assert "export_failed" in [line.act for line in practice.log.lines()]
    assert practice.deliveries.deliver(stick, PERIOD).seq == 1


def test_data_from_a_backup_counts_on_from_what_lies_on_the_stick(practice: Desk, stick: Path) -> None:
    practice.deliveries.deliver(stick, PERIOD)
    with practice.database.transaction("deliver") as session:
        session.execute(delete(Delivery))
    assert practice.deliveries.deliver(stick, PERIOD).seq == 2
