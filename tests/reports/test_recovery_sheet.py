"""恢复单, read back and looked at."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from app.errors import UserError
from app.reports.recovery_sheet import RecoverySheet, write_recovery_sheet
from app.vault.recovery import words_of
from tests.reports.reading import heights, text

CODE = "daniang yuebing qiuguan xiaoxiang mudan yumao yangfeng congming yezi taijie chuanjiang ziwei"
WORDS = tuple((word.text, word.pinyin) for word in words_of(CODE))
SHEET = RecoverySheet("卫城镇老干部工作办公室", "7F3A-91C2", WORDS, CODE, "2026-11-22", "林晓芸")
SCALE = 4  # 288 dots an inch
LEFT, SIZE = 25.0, 41.0


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "恢复单.pdf"
    printed = write_recovery_sheet(path, SHEET)
    assert (printed.pages, printed.missing, printed.cut) == (1, (), ())
    return path


def test_the_sheet_says_whose_data_it_opens(sheet: Path) -> None:
    read = text(sheet)
    assert "单位卫城镇老干部工作办公室数据编号7F3A-91C2印制日期2026年11月22日印制人林晓芸" in read


def test_every_word_stands_with_its_number_and_its_pinyin(sheet: Path) -> None:
    read = text(sheet)
    assert "".join(f"{n}{word}{pinyin}" for n, (word, pinyin) in enumerate(WORDS, start=1)) in read


def test_the_sheet_warns_and_says_how_it_is_used(sheet: Path) -> None:
    read = text(sheet)
    for said in (
        "谁拿到这张纸，谁就能打开全部数据。",
        "口令忘了，这张纸也丢了，数据就再也打不开，没有任何人能找回。",
        "在登录画面选“用恢复单打开”",
        "新单一印，本单作废",
        "sangyu.key.json",
        "请勿拍照、复印，请勿存入电脑或手机。",
    ):
        assert said in read


def test_the_sheet_has_room_for_sealing_it(sheet: Path) -> None:
    assert "封存信封编号封存人日期年月日存放处" in text(sheet)


def test_the_square_holds_the_words(sheet: Path) -> None:
    """Module for module what the encoder makes of them, the right way round."""
    square = rendered_square(sheet)
    qr = QRCode(None, QRErrorCorrectLevel.M)
    qr.addData(CODE)
    qr.make()
    side = square.width / len(qr.modules)
    seen = [
        [
            square.getpixel((int((x + 0.5) * side), int((y + 0.5) * side))) < 128
            for x in range(len(qr.modules))
        ]
        for y in range(len(qr.modules))
    ]
    assert seen == [[bool(dark) for dark in row] for row in qr.modules]


def rendered_square(path: Path) -> Image.Image:
    """From the first dark line beside the heading of the steps downwards."""
    with closing(pypdfium2.PdfDocument(path)) as document, closing(document[0]) as page:
        image = page.render(scale=SCALE).to_pil().convert("L")
    dots = SCALE * 72 / 25.4
    near = heights(path, "忘了口令时")[0]
    strip = image.crop(
        (int(LEFT * dots), int((near - 8) * dots), int((LEFT + SIZE) * dots), int((near + 40) * dots))
    )
    box = strip.point(lambda level: 255 if level < 128 else 0).getbbox()
    assert box is not None
    assert abs((box[2] - box[0]) - (box[3] - box[1])) <= 3, "a square"
    return strip.crop(box)


def test_what_is_known_about_the_file_tells_no_word(sheet: Path) -> None:
    with closing(pypdfium2.PdfDocument(sheet)) as document:
        known = " ".join(document.get_metadata_dict().values()) + repr(SHEET)
    assert [spelling for pair in WORDS for spelling in pair if spelling in known] == []


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有保存"):
        write_recovery_sheet(tmp_path / "不在" / "恢复单.pdf", SHEET)
    assert list(tmp_path.iterdir()) == []
