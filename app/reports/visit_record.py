"""走访登记表: one visit on one page, for the file of the person visited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.fields.amounts import in_words, yuan
from app.reports.dates import long_date
from app.reports.fonts import FontBook, system_fonts
from app.reports.form_grid import Cell, Line, draw_grid, label
from app.reports.imprint import NOBODY, Imprint, draw_imprint, draw_sentence, sentence_height
from app.reports.page import A4, SMALL, TITLE, Paper
from app.reports.printed import CutText, Printed, find_missing

LEFT, WIDTH, TOP = 25.0, 168.0, 34.0
PHOTOS, PHOTO_HEIGHT = 2, 42
FOOT = 7.0  # from the lower edge


@dataclass(frozen=True)
class VisitRecord:
    """Plain texts as they are printed; dates YYYY, YYYY-MM or YYYY-MM-DD; money in 分."""

    unit: str
    on: str
    name: str
    sex: str = ""
    born: str | None = None
    category: str = ""
    treatment: str = ""
    address: str = ""
    phone: str = ""
    kind: str = ""
    place: str = ""
    leader: str = ""
    staff: str = ""
    money: int | None = None
    goods: str = ""
    health: str = ""
    living: str = ""
    situation: str = ""
    answer: str = ""
    remarks: str = ""
    preparer: str = ""
    reviewer: str = ""
    number: str = ""
    photos: tuple[Path, ...] = ()
    title: str = "走访慰问老干部登记表"
    imprint: Imprint = NOBODY


def write_visit_records(path: Path, records: Sequence[VisitRecord], fonts: FontBook | None = None) -> Printed:
    """A page for each, in the order given; at least one."""
    paper = Paper(fonts or system_fonts(), A4, records[0].title, records[0].unit)
    drawn = [_draw(paper, record) for record in records]
    paper.save(path)
    return Printed(
        pages=paper.pages,
        missing=tuple(missing for each in drawn for missing in each.missing),
        cut=tuple(cut for each in drawn for cut in each.cut),
        unreadable_photos=tuple(photo for each in drawn for photo in each.unreadable_photos),
    )


def _draw(paper: Paper, record: VisitRecord) -> Printed:
    lines = _lines(record, sentence_height(paper, record.imprint.one_person, WIDTH))
    _head(paper, record)
    drawn = draw_grid(paper, LEFT, TOP, WIDTH, lines)
    _foot(paper, record, drawn.bottom)
    paper.next_page()
    where = f"{long_date(record.on)} {record.name}"
    texts = [(where, cell.text) for line in lines for cell in line.cells]
    around = [("标题", record.title), ("表头", record.unit + record.number)]
    signing = ("落款", record.preparer + record.reviewer + record.imprint.text)
    return Printed(
        pages=1,
        missing=find_missing(paper.fonts, [*around, *texts, signing]),
        cut=tuple(CutText(where, name) for name in drawn.cut),
        unreadable_photos=tuple(drawn.unreadable),
    )


def _head(paper: Paper, record: VisitRecord) -> None:
    paper.text(LEFT + WIDTH / 2, 21, record.title, TITLE, "centre")
    paper.text(LEFT, 30, f"单位：{record.unit}")
    if record.number:
        paper.text(LEFT + WIDTH, 30, f"编号：{record.number}", align="right")


def _foot(paper: Paper, record: VisitRecord, bottom: float) -> None:
    signing = (f"填表人：{record.preparer}", f"审核人：{record.reviewer}", "单位（盖章）：")
    for n, text in enumerate(signing):
        paper.text(LEFT + n * WIDTH / 3, bottom + 8, text)
    below = draw_sentence(paper, record.imprint.one_person, LEFT, bottom + 11, WIDTH)
    note = "本表随走访情况归入本人档案（一人一档）。"
    paper.text(LEFT, below + 3, note, SMALL)
    draw_imprint(paper, record.imprint, LEFT, LEFT + WIDTH, A4[1] - FOOT)


def _lines(record: VisitRecord, sentence: float) -> tuple[Line, ...]:
    """`sentence` is the height that the foot takes more than usual."""
    return (
        Line(10, (*_pair("姓名", record.name, 26), *_pair("性别", record.sex, 12),
                  *_pair("出生日期", long_date(record.born) if record.born else "", 28))),
        Line(10, (*_pair("离退休类别", record.category, 44), *_pair("享受待遇", record.treatment, 44))),
        Line(10, (*_pair("家庭住址", record.address, 66), *_pair("联系电话", record.phone, 22))),
        Line(10, (*_pair("走访时间", long_date(record.on), 44), *_pair("走访类型", record.kind, 44))),
        Line(10, (*_pair("走访地点", record.place, 44), *_pair("带队领导", record.leader, 44))),
        Line(11.5, _wide("陪同及\n工作人员", record.staff)),
        Line(10, _wide("慰问金", _money(record.money))),
        Line(11, _wide("慰问品", record.goods)),
        Line(13, _wide("身体状况", record.health)),
        Line(13, _wide("生活状况", record.living)),
        Line((40 if record.photos else 84) - sentence, _wide("了解的\n情况与诉求", record.situation, at_top=True)),
        Line(22, _wide("答复及\n办理结果", record.answer, at_top=True)),
        *_photos(record.photos[:PHOTOS]),
        Line(14, (*_pair("走访对象\n(家属)签字", "", 44), *_pair("签字日期", "", 44))),
        Line(10, _wide("备注", record.remarks)),
    )  # fmt: skip


def _money(fen: int | None) -> str:
    return "" if fen is None else f"¥{yuan(fen)}　人民币（大写）：{in_words(fen)}"


def _pair(title: str, text: str, width: float) -> tuple[Cell, Cell]:
    return label(title, 22), Cell(text, width, name=title.replace("\n", ""))


def _wide(title: str, text: str, at_top: bool = False) -> tuple[Cell, Cell]:
    name = title.replace("\n", "")
    return label(title, 22), Cell(text, 22 + 88, align="left", at_top=at_top, name=name)


def _photos(photos: tuple[Path, ...]) -> tuple[Line, ...]:
    if not photos:
        return ()
    return (
        Line(
            PHOTO_HEIGHT,
            (label("走访照片", 22), *(Cell(photo=photo, width=110 / len(photos)) for photo in photos)),
        ),
    )
