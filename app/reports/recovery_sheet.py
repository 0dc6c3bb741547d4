"""恢复单: the words that open the data without a password, to be sealed in an envelope.

The file itself opens everything: whoever writes it prints it at once and wipes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from app.reports.dates import long_date
from app.reports.fonts import FontBook, system_fonts
from app.reports.form_grid import Cell, Line, draw_grid, label
from app.reports.page import A4, MM, SMALL, TITLE, Paper, Type
from app.reports.printed import CutText, Printed, find_missing
from app.reports.wrapping import wrap

PAGE = "数据恢复单"
LEFT, WIDTH = 25.0, 160.0
MIDDLE = LEFT + WIDTH / 2
COLUMNS = 3
WORD_HEIGHT = 22.5
GAP = 6.5
WORD, PINYIN, NUMBER = Type("song", 25, bold=True), Type("hei", 11.5), Type("hei", 10)
WARNING, TEXT, HEAD = Type("hei", 13), Type("song", 10.5), Type("hei", 11.5)
QR_SIZE = 41.0  # millimetres
QUIET = 6.0  # at least four modules that stay white around the square
OVERLAP = 1.04  # lines of modules must not show gaps between them
WARN = "谁拿到这张纸，谁就能打开全部数据。"
LOSS = "口令忘了，这张纸也丢了，数据就再也打不开，没有任何人能找回。"
STEPS = (
    "在登录画面选“用恢复单打开”，按编号把上面的词逐个输入，同一个词出现两次也照样输入；有扫码枪的，扫左边的二维码。",
    "输入汉字或拼音都可以，大小写不论，词与词之间空不空格都行。",
    "打开后请立即设新口令、重新印恢复单。新单一印，本单作废，请当场销毁。",
    "数据文件夹里要有钥匙文件（sangyu.key.json）；没有时，从任何一份备份里取回。",
)
CARE = "请勿拍照、复印，请勿存入电脑或手机。用过或丢失后，请马上重新印恢复单。"


@dataclass(frozen=True)
class RecoverySheet:
    """`words` with their pinyin in order, `code` what the square holds; the date YYYY-MM-DD."""

    office: str
    data_number: str
    words: tuple[tuple[str, str], ...] = field(repr=False)
    code: str = field(repr=False)
    made_on: str | None = None
    printed_by: str = ""


def write_recovery_sheet(path: Path, sheet: RecoverySheet, fonts: FontBook | None = None) -> Printed:
    paper = Paper(fonts or system_fonts(), A4, PAGE, sheet.office)
    paper.text(MIDDLE, 26, PAGE, TITLE.sized(24), "centre")
    about = draw_grid(paper, LEFT, 37, WIDTH, _about(sheet))
    bottom = _warning(paper, about.bottom + GAP)
    bottom = _words(paper, sheet, bottom + GAP)
    bottom = _use(paper, sheet, bottom + GAP)
    sealed = draw_grid(paper, LEFT, bottom + GAP, WIDTH, _sealing())
    paper.text(MIDDLE, sealed.bottom + 7, CARE, SMALL, "centre")
    paper.next_page()
    paper.save(path)
    texts = [(PAGE, cell.text) for line in _about(sheet) for cell in line.cells]
    cut = tuple(CutText(PAGE, name) for name in about.cut)
    return Printed(paper.pages, find_missing(paper.fonts, texts), cut)


def _about(sheet: RecoverySheet) -> tuple[Line, ...]:
    return (
        Line(10, (*_entry("单位", sheet.office), *_entry("数据编号", sheet.data_number))),
        Line(10, (*_entry("印制日期", long_date(sheet.made_on)), *_entry("印制人", sheet.printed_by))),
    )


def _entry(title: str, text: str) -> tuple[Cell, Cell]:
    return label(title, 24), Cell(text, 56, name=title)


def _warning(paper: Paper, top: float) -> float:
    height = 19.0
    paper.frame(LEFT, top, WIDTH, height)
    paper.text(MIDDLE, top + 6.5, WARN, WARNING, "centre")
    paper.text(MIDDLE, top + 13.5, LOSS, TEXT, "centre")
    return top + height


def _words(paper: Paper, sheet: RecoverySheet, top: float) -> float:
    """One line of cells after the other, as a page is read."""
    width = WIDTH / COLUMNS
    for n, (word, pinyin) in enumerate(sheet.words):
        x, y = LEFT + n % COLUMNS * width, top + n // COLUMNS * WORD_HEIGHT
        paper.frame(x, y, width, WORD_HEIGHT, 0.4)
        paper.text(x + 3, y + 5, str(n + 1), NUMBER)
        paper.text(x + width / 2, y + 9, word, WORD, "centre")
        paper.text(x + width / 2, y + 18, pinyin, PINYIN, "centre")
    height = -(-len(sheet.words) // COLUMNS) * WORD_HEIGHT
    paper.frame(LEFT, top, WIDTH, height)
    return top + height


def _use(paper: Paper, sheet: RecoverySheet, top: float) -> float:
    """The square on the left, what to do on the right."""
    _square(paper, sheet.code, LEFT, top)
    x, y = LEFT + QR_SIZE + QUIET, top + 2.5
    paper.text(x, y, "忘了口令时，这样打开数据", HEAD)
    y += 2.2
    for number, step in enumerate(STEPS, start=1):
        lines = wrap(step, LEFT + WIDTH - x - 6, partial(paper.measure, kind=TEXT.sized(10)))
        height = len(lines) * TEXT.sized(10).leading
        paper.text(x, y + TEXT.sized(10).leading / 2 + 1.4, f"{number}.", TEXT.sized(10))
        paper.lines(x + 6, y + height / 2 + 1.4, lines, TEXT.sized(10))
        y += height + 0.6
    return top + QR_SIZE


def _square(paper: Paper, code: str, x: float, y: float) -> None:
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    qr = QRCode(None, QRErrorCorrectLevel.M)
    qr.addData(code)
    qr.make()
    side = QR_SIZE / len(qr.modules)
    for row, modules in enumerate(qr.modules):
        height = y + (row + 0.5) * side
        for column, dark in enumerate(modules):
            if dark:
                start = x + column * side
                paper.rule(start, height, start + side * OVERLAP, height, side * MM * OVERLAP)


def _sealing() -> tuple[Line, ...]:
    return (
        Line(9, (label("封　　存", 160),)),
        Line(11, (*_entry("信封编号", ""), *_entry("封存人", ""))),
        Line(11, (*_entry("日期", long_date(None)), *_entry("存放处", ""))),
    )
