"""Which face draws a character, and what is said where none does."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from app.errors import UserError
from app.reports.coverage import read_coverage
from app.reports.embedding import to_unicode
from app.reports.fonts import STYLES, Face, FontBook, system_fonts
from app.reports.page import A4, Paper
from tests.reports.reading import text

RARE = "䶮㛃𬎆𬱟𫖯堃喆祎赟翀昇玥"


def test_the_rare_characters_of_names_print_on_this_computer() -> None:
    assert system_fonts().missing(RARE + "王𬎆、单䶮生、阿依古丽·买买提，《晚霞》×2—¥1,234.50〔2026〕") == []


def test_a_character_no_face_has_is_named_once() -> None:
    assert system_fonts().missing("王\U0010fffd明\ue863\U0010fffd") == ["\U0010fffd", "\ue863"]


def test_marks_that_have_no_shape_are_not_missing() -> None:
    assert system_fonts().missing("王\u200b\ufe00\U000e0100\n\t明") == []


def test_a_face_is_loaded_only_when_a_character_needs_it() -> None:
    book = book_of(*system_fonts().faces("song"))
    book.width("卫城镇走访慰问老干部台账2025", "song", 10)
    assert len(book.loaded) == 1
    book.width(beyond(book.faces("song")[0]), "song", 10)
    assert len(book.loaded) == 2


def test_asking_for_a_character_nobody_has_loads_nothing() -> None:
    book = book_of(*system_fonts().faces("song"))
    assert book.missing("\U0003fffd") == ["\U0003fffd"]
    assert len(book.loaded) == 1


def test_each_piece_of_a_text_names_the_font_that_has_it() -> None:
    book = book_of(*system_fonts().faces("song"))
    rare = beyond(book.faces("song")[0])
    runs = list(book.runs(f"王{rare}王", "song"))
    assert [piece for _, piece in runs] == ["王", rare, "王"]
    assert runs[0][0] == runs[2][0] != runs[1][0]


def test_a_character_a_face_draws_badly_comes_from_another_one() -> None:
    first, second = system_fonts().faces("song")[0], system_fonts().faces("hei")[0]
    book = book_of(Face(first.path, first.index, without="。"), second)
    assert [font for font, _ in book.runs("中。", "song")] == [first.name, second.name]


def test_a_character_only_a_bad_face_has_still_comes_from_it() -> None:
    first = system_fonts().faces("song")[0]
    book = book_of(Face(first.path, first.index, without="。"))
    assert list(book.runs("中。", "song")) == [(first.name, "中。")]


def test_without_a_chinese_font_the_user_reads_which_package_to_install(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"\x00\x01\x00\x00\x00\x05")
    with pytest.raises(UserError, match="fonts-arphic-uming"):
        book_of(Face(broken), Face(tmp_path / "absent.ttf"))


def test_a_font_with_postscript_outlines_covers_nothing(tmp_path: Path) -> None:
    outlines = tmp_path / "outlines.otf"
    outlines.write_bytes(b"OTTO\x00\x01" + bytes(6) + b"CFF " + bytes(12))
    assert read_coverage(outlines) is None


def test_the_coverage_read_from_the_tables_is_what_the_loaded_face_has() -> None:
    from app.reports.embedding import EmbeddedFont

    for face in {style: system_fonts().faces(style)[0] for style in ("song", "hei")}.values():
        flags = read_coverage(face.path, face.index)
        font = EmbeddedFont("compared " + face.name, face.path, face.index)
        assert flags is not None
        covered = {point for point in range(0x3400, len(flags)) if flags[point]}
        assert covered == {
            point for point, glyph in font.face.charToGlyph.items() if glyph and point >= 0x3400
        }


def test_the_map_to_unicode_is_utf16_in_blocks_of_a_hundred() -> None:
    written = to_unicode([0, *range(0x4E00, 0x4E00 + 150), 0x2C386])
    assert "<01> <4E00>" in written
    assert "<97> <D870DF86>" in written
    assert "100 beginbfchar" in written
    assert "51 beginbfchar" in written
    assert "<00> <0000>" not in written


def test_rare_characters_are_copied_as_themselves(tmp_path: Path) -> None:
    assert text(rare_page(tmp_path)) == RARE + "王𬎆"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_another_reader_copies_rare_characters_as_themselves_too(tmp_path: Path) -> None:
    command = ["pdftotext", "-enc", "UTF-8", str(rare_page(tmp_path)), "-"]
    read = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert read.split() == [RARE, "王𬎆"]


def test_every_font_is_inside_the_file(tmp_path: Path) -> None:
    content = rare_page(tmp_path).read_bytes()
    assert b"Helvetica" not in content
    assert content.count(b"/Type /Font ") == content.count(b"/FontFile2 ") >= 2


def rare_page(folder: Path) -> Path:
    paper = Paper(system_fonts(), A4, "试印", "卫城镇")
    paper.text(20, 20, RARE)
    paper.text(20, 30, "王𬎆")
    paper.next_page()
    paper.save(folder / "rare.pdf")
    return folder / "rare.pdf"


def book_of(*faces: Face) -> FontBook:
    return FontBook(dict.fromkeys(STYLES, faces))


def beyond(face: Face) -> str:
    """A rare character of names that this face lacks."""
    flags = read_coverage(face.path, face.index)
    assert flags is not None
    return next(character for character in RARE if not flags[ord(character)])
