"""走访慰问台账 on real pages, read back."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from app.errors import UserError
from app.reports.ledger import PageSetup
from app.reports.printed import CutText, MissingGlyph
from app.reports.visit_ledger import (
    LedgerHead,
    LedgerLine,
    Visited,
    VisitLedgerOptions,
    write_visit_ledger,
)
from tests.reports.reading import heights, pages, text

HEAD = LedgerHead(
    unit="卫城镇",
    period="2025年度",
    team="党建办",
    preparer="张某",
    reviewer="王镇长",
    printed_on="2025-12-31",
)
VISIT = LedgerLine(
    on="2025-01-20",
    people=(Visited("王𬎆", "男", 88), Visited("阿依古丽·买买提", "女", 85)),
    category="离休",
    kind="春节慰问",
    place="家中",
    leader="李书记",
    staff="单䶮生",
    money=1409_50,
    goods="大米×2袋",
    situation="身体尚好，生活能自理。",
    answer="当场答复",
)

GOLDEN = (
    "卫城镇走访慰问老干部台账单位：卫城镇期间：2025年度走访组：党建办金额单位：元"
    "序号走访时间走访对象(姓名/性别/年龄)离退休类别及待遇走访类型地点带队领导陪同及工作人员慰问金(元)"
    "慰问品(名称×数量,折价)了解的情况与诉求答复/办理结果对象(家属)签字备注"
    "12025.01.20王𬎆男88岁阿依古丽·买买提女85岁离休春节慰问家中李书记单䶮生1,409.50"
    "大米×2袋身体尚好，生活能自理。当场答复"
    "本页小计（走访1次，2人次）1,409.50"
    "合计（走访1次，2人次）1,409.50人民币（大写）：壹仟肆佰零玖元伍角整¥1,409.50"
    "填表人：张某审核人：王镇长单位（盖章）：日期：2025年12月31日第1页/共1页"
)


def test_one_visit_prints_every_column_and_the_sums(tmp_path: Path) -> None:
    printed = write_visit_ledger(tmp_path / "台账.pdf", HEAD, [VISIT])
    assert (printed.pages, printed.missing, printed.cut) == (1, (), ())
    assert text(tmp_path / "台账.pdf") == GOLDEN


def test_a_period_without_visits_prints_a_page_that_says_so(tmp_path: Path) -> None:
    assert write_visit_ledger(tmp_path / "台账.pdf", HEAD, []).pages == 1
    read = text(tmp_path / "台账.pdf")
    assert "本期没有走访记录" in read
    assert "人民币（大写）：零元整" in read


def test_every_page_has_heading_subtotal_signatures_and_its_number(tmp_path: Path) -> None:
    lines = [numbered(n) for n in range(1, 61)]
    printed = write_visit_ledger(tmp_path / "台账.pdf", HEAD, lines)
    read = pages(tmp_path / "台账.pdf")
    assert len(read) == printed.pages > 3
    for number, page in enumerate(read, start=1):
        assert page.startswith("卫城镇走访慰问老干部台账单位：卫城镇")
        assert "序号走访时间走访对象" in page
        assert page.count("本页小计") == page.count("填表人：张某") == 1
        assert page.endswith(f"第{number}页/共{printed.pages}页")


def test_the_subtotals_add_up_to_the_total_on_the_last_page(tmp_path: Path) -> None:
    lines = [numbered(n) for n in range(1, 61)]
    write_visit_ledger(tmp_path / "台账.pdf", HEAD, lines)
    read = pages(tmp_path / "台账.pdf")
    found = [re.findall(r"本页小计（走访(\d+)次，(\d+)人次）([\d,.]+\.\d\d)", page) for page in read]
    subtotals = [(int(v), int(p), fen(money)) for page in found for v, p, money in page]
    assert tuple(map(sum, zip(*subtotals, strict=True))) == (60, 60, sum(line.money or 0 for line in lines))
    assert ["合计" in page for page in read] == [False] * (len(read) - 1) + [True]
    assert "合计（走访60次，60人次）1,830.00" in read[-1]


def test_no_row_is_cut_in_two_and_none_is_lost(tmp_path: Path) -> None:
    lines = [
        replace(numbered(n), situation=f"起{n}。" + "反映情况，" * (n * 7 % 60) + f"止{n}。")
        for n in range(1, 41)
    ]
    write_visit_ledger(tmp_path / "台账.pdf", HEAD, lines)
    read = pages(tmp_path / "台账.pdf")
    starts = [[n for n in range(1, 41) if f"起{n}。" in page] for page in read]
    ends = [[n for n in range(1, 41) if f"止{n}。" in page] for page in read]
    assert starts == ends
    assert [n for page in starts for n in page] == list(range(1, 41))


def test_rows_leave_ten_millimetres_for_a_signature(tmp_path: Path) -> None:
    lines = [replace(numbered(n), people=(Visited("某人"),)) for n in range(1, 9)]
    write_visit_ledger(tmp_path / "台账.pdf", HEAD, lines)
    tops = heights(tmp_path / "台账.pdf", "某人")
    assert len(tops) == 8
    assert all(below - above >= 9.99 for above, below in pairwise(tops))


def test_the_user_chooses_how_many_rows_a_page_has(tmp_path: Path) -> None:
    options = VisitLedgerOptions(PageSetup(rows_per_page=5))
    printed = write_visit_ledger(tmp_path / "台账.pdf", HEAD, [numbered(n) for n in range(1, 13)], options)
    assert printed.pages == 3
    assert "走访2次" in pages(tmp_path / "台账.pdf")[2]


def test_a_long_text_is_printed_whole_in_smaller_type(tmp_path: Path) -> None:
    long = "老人近期住院治疗，反映医药费报销周期较长，希望尽快办理。" * 12
    printed = write_visit_ledger(tmp_path / "台账.pdf", HEAD, [replace(VISIT, situation=long)])
    assert (printed.pages, printed.cut) == (1, ())
    assert long in text(tmp_path / "台账.pdf")


def test_a_text_longer_than_a_page_is_cut_and_named(tmp_path: Path) -> None:
    printed = write_visit_ledger(
        tmp_path / "台账.pdf", HEAD, [VISIT, replace(VISIT, situation="很长。" * 900)]
    )
    assert printed.cut == (CutText("第2行 王𬎆、阿依古丽·买买提", "了解的情况与诉求"),)
    assert "很长。……" in text(tmp_path / "台账.pdf") or "很……" in text(tmp_path / "台账.pdf")


def test_a_character_without_glyph_is_named_with_its_person(tmp_path: Path) -> None:
    line = replace(VISIT, people=(Visited("李\U0010fffd", "男", 70),))
    printed = write_visit_ledger(tmp_path / "台账.pdf", HEAD, [VISIT, line])
    assert printed.missing == (MissingGlyph("\U0010fffd", "第2行 李\U0010fffd"),)
    assert "李〓" in text(tmp_path / "台账.pdf")


def test_photos_of_a_visit_stand_on_a_page_of_their_own(tmp_path: Path) -> None:
    Image.new("RGB", (640, 480), "navy").save(tmp_path / "走访.jpg")
    (tmp_path / "坏.jpg").write_bytes(b"no picture")
    line = replace(VISIT, photos=(tmp_path / "走访.jpg", tmp_path / "坏.jpg"))
    options = VisitLedgerOptions(photo_pages=True)
    printed = write_visit_ledger(tmp_path / "台账.pdf", HEAD, [numbered(1), line], options)
    assert (printed.pages, printed.unreadable_photos) == (2, ("坏.jpg",))
    page = pages(tmp_path / "台账.pdf")[1]
    for said in (
        "走访时间2025年1月20日",
        "走访对象王𬎆、阿依古丽·买买提",
        "走访人员李书记、单䶮生",
        "照片无法读取",
    ):
        assert said in page


def test_photos_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    line = replace(VISIT, photos=(tmp_path / "absent.jpg",))
    assert write_visit_ledger(tmp_path / "台账.pdf", HEAD, [line]).pages == 1


def test_the_bound_side_changes_on_two_sided_paper(tmp_path: Path) -> None:
    lines = [numbered(n) for n in range(1, 13)]
    plain, both = tmp_path / "单面.pdf", tmp_path / "双面.pdf"
    write_visit_ledger(plain, HEAD, lines, VisitLedgerOptions(PageSetup(binder=10, rows_per_page=6)))
    write_visit_ledger(
        both, HEAD, lines, VisitLedgerOptions(PageSetup(binder=10, rows_per_page=6, two_sided=True))
    )
    assert left_edges(plain) == pytest.approx([20, 20], abs=0.5)
    assert left_edges(both) == pytest.approx([20, 10], abs=0.5)


def test_a_folder_that_is_gone_gives_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不存在或已断开"):
        write_visit_ledger(tmp_path / "拔出的盘" / "台账.pdf", HEAD, [VISIT])
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_of_that_name_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "台账.pdf").write_bytes(b"older")
    write_visit_ledger(tmp_path / "台账.pdf", HEAD, [VISIT])
    assert [file.name for file in tmp_path.iterdir()] == ["台账.pdf"]
    assert text(tmp_path / "台账.pdf") == GOLDEN


def numbered(n: int) -> LedgerLine:
    return LedgerLine(
        on="2025-06-28", people=(Visited(f"人员{n:02d}", "女", 70),), money=n * 1_00, situation="情绪稳定。"
    )


def fen(figures: str) -> int:
    return int(re.sub("[,.]", "", figures))


def left_edges(path: Path) -> list[float]:
    """Millimetres from the left edge to the words 单位 on each page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    edges = []
    for page in document:
        whole = page.get_textpage()
        search = whole.search("单位：")
        start, _ = search.get_next()
        edges.append(whole.get_charbox(start, loose=True)[0] * 25.4 / 72)
        for opened in (search, whole, page):
            opened.close()
    document.close()
    return edges
