"""Photos of many people at once: recognised by the names of their files, cut, kept as one step."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select

from app.errors import UserError
from app.models.audit import AUDIT_ACT
from app.models.cadre import Cadre
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.matching import Known, People
from app.services.photo_frames import RATIO, Frame, moved, resized, usual_frame
from app.services.photo_intake import PhotoChoice, PhotoIntake, jpeg_size, portrait, whose
from app.services.pictures import Pictures

PHOTOS = Path(__file__).parent.parent / "samples" / "照片"
NUMBER = "529999195505148814"
PEOPLE = People.of(
    [
        Known("1", "周光", "1955-05", NUMBER, None, "卫城中学"),
        Known("2", "廖开", None, None, None, "卫城中学"),
        Known("3", "廖开", None, None, None, "新桥小学"),
        Known("4", "阿依古丽·买买提", None, None, None, None),
        Known("5", "司徒美", None, None, None, None),
        Known("6", "司徒美蓉", None, None, None, None),
    ]
)


def picture(width: int = 300, height: int = 420, orientation: int = 0) -> bytes:
    made, out = Image.new("RGB", (width, height), "navy"), io.BytesIO()
    exif = made.getexif()
    if orientation:
        exif[274] = orientation
    made.save(out, "JPEG", exif=exif)
    return out.getvalue()


def named(folder: Path, files: Sequence[str], content: bytes | None = None) -> Path:
    for name in files:
        (folder / name).write_bytes(content or picture())
    return folder


@pytest.fixture
def intake(database: Database) -> PhotoIntake:
    for name in ("周光", "廖开", "司徒美蓉"):
        Cadres(database).save(CadreFile(None, 0, {"name": name}))
    return PhotoIntake(database)


@pytest.mark.parametrize(
    ("stem", "uid"),
    [
        (f"IMG_{NUMBER}", "1"),
        (f"{NUMBER.lower()}周某", "1"),
        ("周光", "1"),
        ("03-周 光-1寸", "1"),
        ("司徒美蓉一寸照片", "6"),
        ("阿依古丽买买提", "4"),
        ("卫城镇周光近照2024", "1"),
        ("廖开", None),
        ("DSC_0012", None),
        ("529999195505148815", None),
    ],
)
def test_whose_a_photo_is_by_the_name_of_its_file(stem: str, uid: str | None):
    assert whose(stem, PEOPLE)[0] == uid


def test_namesakes_are_offered_and_not_guessed():
    uid, why, candidates = whose("廖开", PEOPLE)
    assert (uid, [each.uid for each in candidates]) == (None, ["2", "3"])
    assert "2 个廖开" in why


def test_the_samples_stand_upright_and_find_their_people(intake: PhotoIntake):
    found = intake.look([PHOTOS])
    assert [(photo.path.stem, photo.size, photo.uid is not None) for photo in found.photos] == [
        ("03司徒美蓉-1寸", (413, 579), True),
        ("周光", (1200, 1600), True),
        ("廖开", (1200, 1600), True),
    ]


def test_two_pictures_of_one_person_wait_for_a_decision(intake: PhotoIntake, tmp_path: Path):
    found = intake.look([named(tmp_path, ["周光.jpg", "周光2.jpg"])])
    assert [photo.uid for photo in found.photos] == [None, None]


def test_all_are_kept_as_one_step_with_what_they_were_cut_from(intake: PhotoIntake, database: Database):
    found = intake.look([PHOTOS]).photos
    intake.take([PhotoChoice(photo.uid or "", photo.jpeg, usual_frame(*photo.size)) for photo in found])
    with database.reading() as session:
        people = list(session.scalars(select(Cadre).order_by(Cadre.name)))
        acts = (
            session.execute(select(AUDIT_ACT.c.about).where(AUDIT_ACT.c.act == "take_photos")).scalars().all()
        )
    assert len(acts) == 1
    for cadre in people:
        content = Pictures(database).content(cadre.photo)
        assert content is not None
        assert jpeg_size(content) == (413, 579)
        assert cadre.photo_original != cadre.photo
        assert Pictures(database).content(cadre.photo_original) in [photo.jpeg for photo in found]


def test_another_photo_has_not_the_original_of_the_one_before(intake: PhotoIntake, database: Database):
    photo = intake.look([PHOTOS]).photos[0]
    intake.take([PhotoChoice(photo.uid or "", photo.jpeg, usual_frame(*photo.size))])
    file = Cadres(database).read(photo.uid or "")
    Cadres(database).save(file)
    with database.reading() as session:
        assert session.get_one(Cadre, photo.uid).photo_original
    file = Cadres(database).read(photo.uid or "")
    file.values["photo"] = None
    Cadres(database).save(file)
    with database.reading() as session:
        assert session.get_one(Cadre, photo.uid).photo_original is None


def test_nothing_is_kept_when_one_of_them_cannot_be(intake: PhotoIntake, database: Database):
    one = intake.look([PHOTOS]).photos[0]
    whole = Frame(0, 0, 1, 1)
    with pytest.raises(UserError, match="刚被删除"):
        intake.take([PhotoChoice(one.uid or "", one.jpeg, whole), PhotoChoice("nobody", one.jpeg, whole)])
    with database.reading() as session:
        assert list(session.scalars(select(Cadre.photo).where(Cadre.photo.is_not(None)))) == []


def test_two_photos_for_one_person_are_refused(intake: PhotoIntake):
    one = intake.look([PHOTOS]).photos[0]
    choice = PhotoChoice(one.uid or "", one.jpeg, Frame(0, 0, 1, 1))
    with pytest.raises(UserError, match="同一个人"):
        intake.take([choice, choice])


def png_that_unpacks_to(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def test_a_bomb_and_what_is_no_picture_get_their_sentence(intake: PhotoIntake, tmp_path: Path):
    named(tmp_path, ["炸弹.png"], png_that_unpacks_to(60_000, 60_000))
    named(tmp_path, ["文字.jpg"], "不是照片".encode())
    named(tmp_path, ["半张.jpg"], picture()[:200])
    named(tmp_path, ["周光.jpg"])
    found = intake.look([tmp_path])
    assert [photo.path.name for photo in found.photos] == ["周光.jpg"]
    assert sorted(name for name, _ in found.refused) == ["半张.jpg", "文字.jpg", "炸弹.png"]
    assert all(name in why for name, why in found.refused)


def test_a_folder_without_pictures_is_told(intake: PhotoIntake, tmp_path: Path):
    (tmp_path / "名单.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="没有照片"):
        intake.look([tmp_path])


def test_a_small_photo_is_cut_and_never_blown_up():
    assert jpeg_size(portrait(picture(200, 400), "小", usual_frame(200, 400))) == (200, 280)


SIDES = st.integers(50, 4000)


@given(SIDES, SIDES, st.floats(-2, 2), st.floats(-2, 2), st.floats(0.1, 5))
def test_a_frame_stays_inside_and_keeps_its_proportions(
    width: int, height: int, across: float, down: float, factor: float
):
    frame = resized(moved(usual_frame(width, height), across, down), factor, width, height)
    assert frame.left >= -1e-9
    assert frame.top >= -1e-9
    assert frame.left + frame.width <= 1 + 1e-9
    assert frame.top + frame.height <= 1 + 1e-9
    assert frame.width * width / (frame.height * height) == pytest.approx(RATIO)
