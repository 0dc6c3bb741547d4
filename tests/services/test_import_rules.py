"""A row that lacks something is taken in; one that contradicts itself is asked about. Saving keeps both."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.models.cadre import CADRE
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.import_preview import PreviewRow
from app.services.imports import Imports
from tests.exchange.sheets import save
from tests.fields.rule_cases import CASES

MAN = {"姓名": "廖应", "身份证号": "529999195203170012", "性别": "男"}


def only(database: Database, folder: Path, row: Mapping[str, str]) -> PreviewRow:
    preview = Imports(database).preview(save(folder, [list(row), list(row.values())]))
    (found,) = preview.rows()
    return found


@pytest.mark.parametrize(
    "row",
    [
        {"离退休类别": "离休", "参加工作时间": "1948.05", "参加革命工作时期": ""},
        {"政治面貌": "中共党员", "入党时间": "1974.05", "所在党支部": ""},
        {"政治面貌": "中共党员", "入党时间": "", "所在党支部": "机关支部"},
        {"易地安置": "是", "安置地": "", "居住地类别": "跨省"},
        {"健康状况": "有慢性病", "主要疾病": ""},
        {"手机": "", "固定电话": ""},
        {"职级": "副乡科级", "现享受待遇": "正乡科级", "待遇批准文号": ""},
    ],
    ids=lambda row: "-".join(row),
)
def test_what_a_row_lacks_makes_no_doubt(database: Database, tmp_path: Path, row: dict[str, str]):
    found = only(database, tmp_path, MAN | row)
    assert (found.pile, found.doubts) == ("new", [])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"政治面貌": "群众", "入党时间": "1974.05"}, "政治面貌是“群众”，却填了“入党时间”"),
        ({"离退休类别": "离休", "参加工作时间": "1950.05"}, "离休要求 1949.09.30 前参加革命工作"),
        (
            {"离退休类别": "离休", "参加工作时间": "1948.05", "参加革命工作时期": "抗战后期"},
            "应为“解放战争时期”",
        ),
        ({"易地安置": "是", "安置地": "贵阳市", "居住地类别": "本县（市）"}, "居住地类别却是“本县（市）”"),
        ({"参加工作时间": "1970.03", "离退休时间": "1969.03"}, "离退休时间 1969.03 早于参加工作时间 1970.03"),
    ],
    ids=lambda told: "-".join(told) if isinstance(told, dict) else "",
)
def test_what_contradicts_itself_is_asked_about(
    database: Database, tmp_path: Path, row: dict[str, str], told: str
):
    found = only(database, tmp_path, MAN | row)
    assert found.pile == "doubtful"
    assert any(told in doubt for doubt in found.doubts)


def test_a_wrong_number_hides_no_contradiction_in_a_row(database: Database, tmp_path: Path):
    row = {**MAN, "身份证号": "529999195203170013", "参加工作时间": "1970.03", "离退休时间": "1969.03"}
    found = only(database, tmp_path, row)
    assert {problem.code for problem in found.problems if problem.severity == "E"} == {"R-02", "R-20"}


@pytest.mark.parametrize("code", [code for code, cases in CASES.items() if cases.record is CADRE])
def test_an_unfinished_or_doubtful_file_is_kept(database: Database, code: str):
    cadres = Cadres(database)
    values = {**CASES[code].wrong[0].values}
    parts = {name: values.pop(name) for name in cadres.parts if name in values}
    (uid,) = cadres.save(CadreFile(values={"name": "廖应", **values}, parts=parts)).uids
    kept = cadres.read(uid)
    assert {name: kept.values[name] for name in values} == values
    assert code in {problem.code for problem in cadres.problems(kept)}
