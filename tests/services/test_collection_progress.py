"""采集进度: figures that add up and open their names; who is reminded of what, read back from paper."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.errors import UserError
from app.models.database import Database
from app.services.collection_progress import CollectionProgress, Place
from app.services.paper import Paper
from tests.reports.reading import pages
from tests.services.review_town import CHECKER, MAKER, Town, make_town

FIGURES = ("new", "checked", "approved", "reported", "returned")
UNTIL = "2026-12-01"


@pytest.fixture
def town(database: Database) -> Town:
    return make_town(database)


def progress(town: Town) -> CollectionProgress:
    town.database.actor = MAKER
    return CollectionProgress(town.database)


def places(town: Town, by: str = "village") -> dict[str, Place]:
    return {place.name: place for place in progress(town).places(by)}  # type: ignore[arg-type]


def names(place: Place, figure: str) -> list[str]:
    return [each.name for each in place.of(figure)]  # type: ignore[arg-type]


def rows(paper: Paper) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(paper.content)).get_sheet_by_index(0).to_python()


def text(paper: Paper, tmp_path: Path) -> list[str]:
    path = tmp_path / "催报单.pdf"
    path.write_bytes(paper.content)
    return pages(path)


def test_every_state_is_counted_once_so_the_figures_add_up(town: Town) -> None:
    town.check("廖应", "单䶮生")
    town.approve("单䶮生")
    for place in places(town).values():
        assert sum(len(place.of(figure)) for figure in FIGURES) == len(place.people)  # type: ignore[arg-type]
    east = places(town)["东门村"]
    assert (names(east, "checked"), names(east, "new")) == (["廖应"], ["夏秀英"])
    assert names(places(town)["西门村"], "approved") == ["单䶮生"]


def test_changed_counts_as_not_checked_and_settled_as_reported(town: Town) -> None:
    for name in ("廖应", "夏秀英"):
        town.check(name)
        town.approve(name)
        town.move(MAKER, "review_report", name)
    town.move(MAKER, "review_settle", "夏秀英")
    town.edit("廖应", mobile="19900001234")
    east = places(town)["东门村"]
    assert (names(east, "new"), names(east, "reported")) == (["廖应"], ["夏秀英"])


def test_places_stand_by_sound_and_those_who_belong_nowhere_last(town: Town) -> None:
    assert list(places(town)) == ["东门村", "西门村"]
    assert list(places(town, "branch")) == ["第一支部", "不在支部"]
    town.edit("廖应", village=None)
    assert list(places(town)) == ["东门村", "西门村", "没有填村（社区）"]


def test_a_village_is_read_from_the_address_where_it_is_not_filled(town: Town) -> None:
    town.edit("廖应", village=None, home_address="贵州省清镇市卫城镇南门村3组")
    assert "南门村" in places(town)


def test_who_has_not_begun_is_new_and_nearly_empty(town: Town) -> None:
    east = places(town)["东门村"]
    assert all(each.percent < 30 for each in east.people)
    assert names(east, "idle") == names(east, "people")
    town.check("廖应")
    assert names(places(town)["东门村"], "idle") == ["夏秀英"]


def test_the_paper_names_whom_and_what_by_when(town: Town, tmp_path: Path) -> None:
    town.check("夏秀英")
    paper = progress(town).reminder("village", ["东门村"], UNTIL)
    assert paper.name == "东门村_信息采集催报单.pdf"
    (page,) = text(paper, tmp_path)
    assert "致：东门村" in page
    assert "离退休干部2人，其中1人" in page
    assert "于2026年12月1日前补齐" in page
    assert "廖应" in page
    assert "夏秀英" not in page, "somebody stands for this file already"
    assert "补齐：" in page
    assert "收到人（签字）" in page
    assert paper.facts.kind == "reminder"
    assert paper.facts.people == 1


def test_each_place_begins_a_page_of_its_own(town: Town, tmp_path: Path) -> None:
    first, second = text(progress(town).reminder("village", None, UNTIL), tmp_path)
    assert "致：东门村" in first
    assert "致：西门村" in second
    assert "单䶮生" in second
    assert "第1页/共1页" in first


def test_what_is_to_be_mended_stands_before_what_is_missing(town: Town) -> None:
    town.check("廖应")
    town.move(CHECKER, "review_return", "廖应", remark="入党时间和档案不一致")
    paper = progress(town).reminder_book("village", ["东门村"], UNTIL)
    line = next(row for row in rows(paper) if "廖应" in row)
    assert str(line[5]).startswith("更正：入党时间和档案不一致；补齐：")
    assert line[3] == "待更正"


def test_a_number_in_the_reviewers_words_leaves_covered(town: Town) -> None:
    town.check("廖应")
    town.move(CHECKER, "review_return", "廖应", remark="号码应为 529999195203170012")
    paper = progress(town).reminder_book("village", ["东门村"], UNTIL)
    line = next(row for row in rows(paper) if "廖应" in row)
    assert str(line[5]).startswith("更正：号码应为 **************0012")


def test_the_workbook_has_everybody_due_as_one_list(town: Town) -> None:
    paper = progress(town).reminder_book("branch", None, UNTIL)
    told = rows(paper)
    assert told[0][0] == "离退休干部信息采集催报单"
    assert [row[1:3] for row in told[3:6]] == [
        ["第一支部", "廖应"], ["第一支部", "夏秀英"], ["不在支部", "单䶮生"],
    ]  # fmt: skip
    assert paper.look is not None
    assert paper.look.count == 3


def test_nobody_is_asked_for_what_the_review_itself_fills(town: Town) -> None:
    missing = {label for each in progress(town).standings() for label in each.missing}
    assert "照片" in missing
    assert not missing & {"填表人", "填表日期", "审核人", "审核日期"}


def test_where_nobody_is_due_that_is_said(town: Town) -> None:
    town.check(*town.people)
    with pytest.raises(UserError, match="没有要催的人"):
        progress(town).reminder("village", None, UNTIL)
