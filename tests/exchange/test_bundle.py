"""What the county office gets is what the township has, or it is refused."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.exchange.bundle import BundleContent, BundleHead, verify_bundle, write_bundle
from app.exchange.bundle_manifest import bundle_name, manifest_bytes
from app.exchange.bundle_rows import row_hash, row_line
from app.exchange.safe_write import PART
from app.fields import periods

PHOTO = b"\xff\xd8 a face"
PHOTO_NAME = f"photos/{hashlib.sha256(PHOTO).hexdigest()}.jpg"
HEAD = BundleHead(
    township_code="529999101",
    township="卫城镇",
    site_id="7f1c",
    bundle_uid="b-0007",
    seq=7,
    period="2026-10",
    created_at="2026-10-31 16:20",
    operator="李四",
    schema=3,
    program="0.1.0",
    province={"name": "贵州省"},
    previous="ab" * 32,
    doubts=("王某出生日期待核",),
    audit_seq=41,
    audit_mac="cd" * 32,
)
PEOPLE = [
    {
        "uid": "p1",
        "name": "王𬎆",
        "birth_date": "1935-08",
        "family": [{"uid": "f1", "name": "王小"}],
        "rev": 4,
    },
    {
        "uid": "p2",
        "name": "阿依古丽·买买提",
        "birth_date": None,
        "special_conditions": ["独居", "丧偶"],
        "rev": 1,
    },
]
CONTENT = BundleContent(
    HEAD,
    {"person": PEOPLE, "visit": []},
    {"forms/采集表_王𬎆_1234.xlsx": b"PK form", "ledgers/走访慰问台账.pdf": b"%PDF", PHOTO_NAME: PHOTO},
    {"person": "离退休干部", "visit": "走访"},
)


@pytest.fixture
def bundle(tmp_path):
    return write_bundle(tmp_path, CONTENT)


def test_a_bundle_holds_everything_under_its_name(bundle, tmp_path):
    assert [path.name for path in tmp_path.iterdir()] == ["卫城镇_2026年10月_第07包"]
    inside = sorted(p.relative_to(bundle.path).as_posix() for p in bundle.path.rglob("*") if p.is_file())
    assert inside == sorted(
        ["data/person.jsonl", "data/visit.jsonl", "manifest.json", "readme.txt", *CONTENT.files]
    )
    assert (bundle.counts, bundle.files) == ({"person": 2, "visit": 0}, 7)
    assert bundle.size == sum((bundle.path / name).stat().st_size for name in inside)
    assert verify_bundle(bundle.path, bundle.check_code) == bundle


def test_the_manifest_says_who_sends_what(bundle):
    manifest = json.loads((bundle.path / "manifest.json").read_bytes())
    files = manifest.pop("files")
    assert manifest == {
        "format": {"name": "sangyu-bundle", "version": 2},
        "schema": 3,
        "program": "0.1.0",
        "province": {"name": "贵州省"},
        "township": {"code": "529999101", "name": "卫城镇"},
        "site_id": "7f1c",
        "bundle_uid": "b-0007",
        "seq": 7,
        "previous": "ab" * 32,
        "period": "2026-10",
        "created_at": "2026-10-31 16:20",
        "operator": "李四",
        "doubts": ["王某出生日期待核"],
        "audit_head": {"seq": 41, "mac": "cd" * 32},
        "counts": {"person": 2, "visit": 0},
        "encryption": None,
        "signature": None,
    }
    assert {"path": PHOTO_NAME, "size": len(PHOTO), "sha256": hashlib.sha256(PHOTO).hexdigest()} in files


def test_a_row_is_kept_as_it_is_with_its_hash(bundle):
    lines = (bundle.path / "data" / "person.jsonl").read_bytes().splitlines()
    rows = [json.loads(line) for line in lines]
    assert rows == [{**row, "hash": row_hash("person", row, 3)} for row in PEOPLE]
    assert [list(row) for row in rows] == [sorted(row) for row in rows]


def test_the_readme_can_be_read_on_an_old_windows(bundle):
    raw = (bundle.path / "readme.txt").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "离退休干部：2 条\r\n走访：0 条" in raw.decode("utf-8-sig")


def test_the_check_code_is_short_and_follows_the_content(bundle, tmp_path):
    (tmp_path / "again").mkdir()
    again = write_bundle(tmp_path / "again", CONTENT)
    (tmp_path / "other").mkdir()
    other = write_bundle(tmp_path / "other", replace(CONTENT, head=replace(HEAD, seq=8)))
    assert len(bundle.check_code) == 11
    assert set(bundle.check_code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-")
    assert (again.check_code, again.sha256) == (bundle.check_code, bundle.sha256)
    assert other.check_code != bundle.check_code


def test_the_same_content_has_the_same_hash_however_it_is_written():
    row = {"uid": "p", "name": "e\u0301", "apps": ["b", "a"], "remarks": None, "rev": 1}
    same = {"rev": 9, "origin_site": "x", "remarks": "  ", "apps": ["a", "b"], "name": " \u00e9", "uid": "p"}
    assert row_hash("person", row, 1) == row_hash("person", same, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"uid": "p", "family": [{"name": "乙"}, {"name": "甲"}]},
        {"uid": "p", "family": [{"name": "甲"}]},
        {"uid": "q", "family": [{"name": "甲"}, {"name": "乙"}]},
        {"uid": "p", "family": [{"name": "甲"}, {"name": "乙"}], "deleted": True},
    ],
)
def test_other_content_has_another_hash(other):
    row = {"uid": "p", "family": [{"name": "甲"}, {"name": "乙"}]}
    assert row_hash("person", row, 1) != row_hash("person", other, 1)
    assert row_hash("person", row, 1) != row_hash("person", row, 2)
    assert row_hash("person", row, 1) != row_hash("visit", row, 1)


def test_a_row_without_identity_does_not_leave():
    with pytest.raises(ValueError, match="no uid"):
        row_line("person", {"name": "张三"}, 1)


def test_the_same_bundle_written_twice_gets_two_names(bundle, tmp_path):
    second = write_bundle(tmp_path, CONTENT)
    assert second.path.name == "卫城镇_2026年10月_第07包_2"
    assert second.check_code == bundle.check_code


@pytest.mark.parametrize(
    ("period", "said"), [("2026", "2026年"), ("2026-04", "2026年4月"), ("2026-Q3", "2026年第3季度")]
)
def test_the_period_is_said_in_words(period, said):
    assert periods.said(period) == said
    assert bundle_name(replace(HEAD, township="长" * 90, period=period)).endswith(f"_{said}_第07包")


@pytest.mark.parametrize("path", ["data/person.jsonl", "manifest.json", "readme.txt", "elsewhere/a"])
def test_files_have_their_place(tmp_path, path):
    with pytest.raises(ValueError, match="not a place"):
        write_bundle(tmp_path, replace(CONTENT, files={path: b""}))


def test_a_file_that_would_leave_the_bundle_is_refused_before_writing(tmp_path):
    with pytest.raises(UserError, match="不合规则"):
        write_bundle(tmp_path, replace(CONTENT, files={"forms/../../a": b""}))
    assert list(tmp_path.iterdir()) == []


def test_a_photo_that_is_gone_leaves_nothing_half_written(tmp_path):
    with pytest.raises(UserError, match="读不出"):
        write_bundle(tmp_path, replace(CONTENT, files={PHOTO_NAME: tmp_path / "gone.jpg"}))
    assert list(tmp_path.iterdir()) == []


def test_progress_goes_through_writing_reading_back_and_checking(tmp_path):
    seen = []
    write_bundle(tmp_path, CONTENT, lambda done, total, text: seen.append((done < total, text)))
    assert all(within for within, _ in seen)
    assert list(dict.fromkeys(text for _, text in seen)) == ["正在写入", "正在读回核对", "正在核对上报包"]


def _edited(bundle, change) -> None:
    file = bundle.path / "manifest.json"
    manifest = json.loads(file.read_bytes())
    change(manifest)
    file.write_bytes(manifest_bytes(manifest))


def test_a_bundle_of_the_first_format_is_still_read(bundle):
    def as_it_was(manifest):
        del manifest["audit_head"]
        manifest["format"]["version"] = 1

    _edited(bundle, as_it_was)
    assert verify_bundle(bundle.path).manifest["seq"] == 7


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.update(seq=8), "校验码"),
        (lambda m: m["counts"].update(person=3), "校验码"),
        (lambda m: m.update(seq=True), "不合格式"),
        (lambda m: m["format"].update(version=3), "更新版本"),
        (lambda m: m.pop("audit_head"), "不合格式"),
        (lambda m: m["audit_head"].update(seq="41"), "不合格式"),
        (lambda m: m["format"].update(name="zip"), "不是本程序的格式"),
        (lambda m: m.pop("seq"), "不合格式"),
    ],
)
def test_a_changed_manifest_is_refused(bundle, change, said):
    _edited(bundle, change)
    with pytest.raises(UserError, match=said):
        verify_bundle(bundle.path, bundle.check_code)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m["files"][0].update(path="../../etc/passwd"), "不合规则"),
        (lambda m: m["files"][0].update(path="C:/a"), "不合规则"),
        (lambda m: m["files"].append(m["files"][0]), "重复"),
        (lambda m: m["files"][0].update(path="Readme.TXT"), "重名"),
        (lambda m: m["files"][0].update(size=1 << 40), "太大"),
        (lambda m: m["files"][0].update(size=-1), "太大"),
        (lambda m: m["files"].pop(0), "多出"),
        (lambda m: m.update(files=[1]), "不合格式"),
        (lambda m: m["counts"].update(person=1), "应有 1 条，读到 2 条"),
        (lambda m: m["counts"].update(payment=0), "数据表与清单不符"),
    ],
)
def test_a_hostile_manifest_is_refused_without_a_check_code(bundle, change, said):
    _edited(bundle, change)
    with pytest.raises(UserError, match=said):
        verify_bundle(bundle.path)


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"null", b'{"format": 1}', b"[" * 100_000, b"\xff", b"9" * 5000]
)
def test_a_manifest_that_is_none_is_refused(bundle, text):
    (bundle.path / "manifest.json").write_bytes(text)
    with pytest.raises(UserError, match="上报包"):
        verify_bundle(bundle.path)


@pytest.mark.parametrize("odd", [b'"\\ud800"', b"NaN", b"[" * 900 + b"]" * 900])
def test_values_that_cannot_be_hashed_are_refused(bundle, odd):
    file = bundle.path / "manifest.json"
    file.write_bytes(file.read_bytes().replace("贵州省".encode().join([b'"', b'"']), odd))
    with pytest.raises(UserError, match="manifest"):
        verify_bundle(bundle.path)


def test_a_row_that_was_changed_with_all_file_hashes_is_still_found(bundle):
    table = bundle.path / "data" / "person.jsonl"
    table.write_bytes(table.read_bytes().replace(b"1935-08", b"1936-08"))

    def cover_up(manifest):
        entry = next(each for each in manifest["files"] if each["path"] == "data/person.jsonl")
        entry["sha256"] = hashlib.sha256(table.read_bytes()).hexdigest()

    _edited(bundle, cover_up)
    with pytest.raises(UserError, match="第 1 行与它的校验值不符"):
        verify_bundle(bundle.path)


def test_files_that_are_missing_or_were_added_are_named(bundle):
    (bundle.path / "Thumbs.db").write_bytes(b"dropped by Windows")
    verify_bundle(bundle.path)
    (bundle.path / "forms" / "病毒.exe").write_bytes(b"MZ")
    with pytest.raises(UserError, match="多出一个文件“forms/病毒"):
        verify_bundle(bundle.path)
    (bundle.path / "forms" / "病毒.exe").unlink()
    (bundle.path / "readme.txt").unlink()
    with pytest.raises(UserError, match="缺少文件“readme"):
        verify_bundle(bundle.path)


def test_a_link_out_of_the_bundle_is_refused(bundle, tmp_path):
    (tmp_path / "secret").write_bytes(PHOTO)
    (bundle.path / PHOTO_NAME).unlink()
    (bundle.path / PHOTO_NAME).symlink_to(tmp_path / "secret")
    with pytest.raises(UserError, match="链接"):
        verify_bundle(bundle.path)


def test_a_folder_that_is_no_bundle_is_told(tmp_path):
    with pytest.raises(UserError, match="不是上报包"):
        verify_bundle(tmp_path)
    with pytest.raises(UserError, match="不是上报包"):
        verify_bundle(tmp_path / "gone")


def test_every_cut_and_every_changed_byte_is_refused(bundle):
    chance = random.Random(7)
    files = [path for path in bundle.path.rglob("*") if path.is_file() and path.stat().st_size]
    tries = refused = 0
    for file in files:
        whole = file.read_bytes()
        for place in chance.sample(range(len(whole)), min(40, len(whole))):
            other = whole[place] ^ (1 << chance.randrange(8))
            for mutant in (whole[:place], whole[:place] + bytes([other]) + whole[place + 1 :], whole + b"x"):
                file.write_bytes(mutant)
                tries += 1
                refused += _refused(bundle)
        file.write_bytes(whole)
    assert tries > 400
    assert refused == tries
    assert verify_bundle(bundle.path, bundle.check_code) == bundle


def _refused(bundle) -> bool:
    try:
        verify_bundle(bundle.path, bundle.check_code)
    except UserError:
        return True
    return False


def test_a_bundle_may_be_copied_and_renamed_but_not_left_half(bundle, tmp_path):
    copy = shutil.copytree(bundle.path, tmp_path / "copied")
    assert verify_bundle(Path(copy), bundle.check_code).sha256 == bundle.sha256
    assert not list(tmp_path.glob(f"*{PART}"))


def test_a_user_who_stops_while_it_is_compared_leaves_no_bundle_behind(tmp_path):
    class StoppedError(Exception):
        pass

    def stop_when_compared(_done, _total, text):
        if text == "正在核对上报包":
            raise StoppedError

    with pytest.raises(StoppedError):
        write_bundle(tmp_path, CONTENT, stop_when_compared)
    assert list(tmp_path.iterdir()) == []
