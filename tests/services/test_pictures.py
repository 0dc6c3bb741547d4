"""Photos: upright, of a sane size, kept once; anything else gets a sentence."""

from __future__ import annotations

import hashlib
import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from app.errors import UserError
from app.exchange.photos import LONGEST_SIDE
from app.models.database import Database, table_counts
from app.services.pictures import Pictures

SAMPLES = Path(__file__).parent.parent / "samples" / "照片"


@pytest.fixture
def pictures(database: Database) -> Pictures:
    return Pictures(database)


def kept(pictures: Pictures, key: str) -> Image.Image:
    content = pictures.content(key)
    assert content is not None
    return Image.open(io.BytesIO(content))


def save(folder: Path, image: Image.Image, name: str = "照片.jpg", **options: object) -> Path:
    image.save(folder / name, **options)
    return folder / name


@pytest.mark.parametrize("file", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_the_photos_that_an_office_has_are_kept(pictures: Pictures, file: Path):
    image = kept(pictures, pictures.take_in(file))
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert max(image.size) <= LONGEST_SIDE


def test_the_key_is_the_hash_of_what_is_kept(pictures: Pictures, tmp_path: Path):
    key = pictures.take_in(save(tmp_path, Image.new("RGB", (30, 40), "red")))
    assert hashlib.sha256(pictures.content(key) or b"").hexdigest() == key


def test_the_same_picture_is_kept_once(pictures: Pictures, tmp_path: Path, database: Database):
    path = save(tmp_path, Image.new("RGB", (30, 40), "red"))
    assert pictures.take_in(path) == pictures.take_in(path)
    with database.reading() as session:
        assert table_counts(session)["picture"] == 1


def test_a_photo_lying_on_its_side_is_put_upright(pictures: Pictures, tmp_path: Path):
    image = Image.new("RGB", (40, 20), "white")
    image.paste("black", (0, 0, 20, 20))
    exif = image.getexif()
    exif[0x0112] = 6  # turn by 90 degrees to the right
    upright = kept(pictures, pictures.take_in(save(tmp_path, image, exif=exif)))
    assert upright.size == (20, 40)
    assert upright.getpixel((10, 5)) < (60, 60, 60)
    assert upright.getpixel((10, 35)) > (200, 200, 200)
    assert not upright.getexif()


@pytest.mark.parametrize(
    ("mode", "name"), [("RGBA", "透明.png"), ("P", "调色.png"), ("L", "黑白.bmp"), ("CMYK", "印刷.jpg")]
)
def test_every_kind_of_picture_becomes_a_jpeg(pictures: Pictures, tmp_path: Path, mode: str, name: str):
    path = save(tmp_path, Image.new(mode, (30, 40)), name)
    assert kept(pictures, pictures.take_in(path)).mode == "RGB"


def test_a_large_photo_is_made_smaller_and_a_small_one_is_not_blown_up(pictures: Pictures, tmp_path: Path):
    large = save(tmp_path, Image.new("L", (4000, 3000)))
    assert kept(pictures, pictures.take_in(large)).size == (1600, 1200)
    small = save(tmp_path, Image.new("L", (40, 30)), "小.jpg")
    assert kept(pictures, pictures.take_in(small)).size == (40, 30)


def png_of(width: int, height: int) -> bytes:
    """A small file that declares a huge picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7_000, 10_000, 60_000])
def test_a_picture_that_would_fill_the_memory_is_refused(pictures: Pictures, tmp_path: Path, side: int):
    path = tmp_path / "炸弹.png"
    path.write_bytes(png_of(side, side))
    with pytest.raises(UserError, match=r"照片“炸弹\.png”太大"):
        pictures.take_in(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"\xff\xd8\xff\xe0" + bytes(50),
        b"GIF89a" + bytes(50),
        b"%PDF-1.7",
        png_of(0, 0),
        png_of(9, 9),
    ],
)
def test_what_is_no_picture_gets_a_sentence(
    pictures: Pictures, tmp_path: Path, content: bytes, database: Database
):
    path = tmp_path / "照片.jpg"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"“照片\.jpg”不是能打开的照片，请选 JPG 或 PNG 文件"):
        pictures.take_in(path)
    with database.reading() as session:
        assert table_counts(session)["picture"] == 0


def test_half_a_photo_gets_a_sentence(pictures: Pictures, tmp_path: Path):
    path = tmp_path / "半.jpg"
    path.write_bytes(next(SAMPLES.iterdir()).read_bytes()[:2000])
    with pytest.raises(UserError, match="不是能打开的照片"):
        pictures.take_in(path)


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_photo_is_taken_or_told(pictures: Pictures, tmp_path: Path, seed: int):
    chance = random.Random(seed)
    image, exif = Image.new("RGB", (60, 80), "red"), Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "maker"
    content = bytearray(save(tmp_path, image, exif=exif).read_bytes())
    for _ in range(chance.choice((1, 3, 20))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path = tmp_path / "坏.jpg"
    path.write_bytes(content)
    try:
        key = pictures.take_in(path)
    except UserError as told:
        assert "坏.jpg" in str(told)  # noqa: PT017 either outcome is right
    else:
        assert max(kept(pictures, key).size) <= LONGEST_SIDE


def test_a_photo_that_is_gone_gets_a_sentence(pictures: Pictures, tmp_path: Path):
    with pytest.raises(UserError, match=r"照片“没有\.jpg”读不出来"):
        pictures.take_in(tmp_path / "没有.jpg")
    with pytest.raises(UserError, match="读不出来"):
        pictures.take_in(tmp_path)


@pytest.mark.parametrize("key", [None, "", "0" * 64])
def test_a_key_of_nothing_gives_nothing(pictures: Pictures, key: str | None):
    assert pictures.content(key) is None
