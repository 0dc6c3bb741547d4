"""Photos of many people at once: whose each is, by the name of its file; what is uncertain a person decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from app.errors import UserError
from app.exchange.child import PORTRAIT, READERS
from app.exchange.file_kind import read_bytes
from app.fields import identity, names
from app.fields.masking import covered
from app.fields.names import SEPARATOR
from app.models.cadre import Cadre
from app.models.database import Database, describe
from app.models.pictures import Picture
from app.progress import Progress, silent
from app.services.changes import Change
from app.services.matching import Known, People, known_people
from app.services.photo_frames import Frame
from app.services.pictures import store_picture, upright_jpeg

ENDINGS = (".jpg", ".jpeg", ".png", ".bmp", ".webp")
MOST_FILES = 300
"""All of them are in the memory until they are taken."""
LARGEST = 50 * 2**20
_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])|(?<!\d)\d{15}(?!\d)")
_WORDS = re.compile(r"照片|相片|证件照|登记照|寸照|一寸|二寸|\d寸|免冠|近照|头像|正面|photo", re.IGNORECASE)
_APART = re.compile(r"[^\w·]+|_|\d+")
LEAST_NAME = 2


@dataclass
class FoundPhoto:
    """One picture file; `uid` is whose it is where the name of the file leaves no doubt."""

    path: Path
    jpeg: bytes
    size: tuple[int, int]
    uid: str | None = None
    why: str = ""
    """By what it was recognised, or why it was not."""
    candidates: Sequence[Known] = ()


@dataclass
class PhotosFound:
    """The pictures of a folder, and each file that is none with its sentence."""

    photos: list[FoundPhoto] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class PhotoChoice:
    """Whose photo a picture becomes, and what of it is shown."""

    uid: str
    jpeg: bytes
    frame: Frame
    name: str = ""


@dataclass(frozen=True)
class Sitter:
    """Somebody whose photo it may be."""

    uid: str
    name: str
    told_apart: str
    id_number: str
    photo: str | None


class PhotoIntake:
    """Nothing is written before `take`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sitters(self) -> list[Sitter]:
        """Everybody, with the photo that is kept."""
        wanted = (
            Cadre.uid, Cadre.name, Cadre.birth_date, Cadre.former_unit, Cadre.id_number, Cadre.photo,
        )  # fmt: skip
        query = select(*wanted).order_by(Cadre.search_key, Cadre.uid)
        with self._database.reading() as session:
            return [
                Sitter(uid, name or "", _told(birth, unit), number or "", photo)
                for uid, name, birth, unit, number, photo in session.execute(query)
            ]

    def look(self, paths: Sequence[Path], progress: Progress = silent) -> PhotosFound:
        """Every picture upright, with whose it is. A bad file does not stop the others."""
        files = files_in(paths)
        with self._database.reading() as session:
            people = known_people(session)
        found = PhotosFound()
        for done, path in enumerate(files):
            progress(done, len(files), f"读取照片“{covered(path.name)}”")
            try:
                found.photos.append(_looked_at(path, people))
            except UserError as error:
                found.refused.append((covered(path.name), covered(str(error))))
        _without_rivals(found.photos)
        return found

    def take(self, choices: Sequence[PhotoChoice], progress: Progress = silent) -> Change:
        """Cuts and keeps all of them as one step: the picture as `photo_original`, what lies in the frame as `photo`.

        Raises UserError when two are meant for one person or somebody is not there any more.
        """
        if not choices:
            raise UserError("还没有选定哪张照片是谁的。")
        uids = [choice.uid for choice in choices]
        if len(set(uids)) < len(uids):
            raise UserError("有两张照片选给了同一个人，请去掉一张再收入。")
        cut = list[tuple[PhotoChoice, bytes]]()
        for done, choice in enumerate(choices):
            progress(done, len(choices), f"裁剪{choice.name}的照片")
            cut.append((choice, portrait(choice.jpeg, choice.name, choice.frame)))
        self._write(cut)
        return Change("cadre", frozenset(uids))

    def _write(self, cut: Sequence[tuple[PhotoChoice, bytes]]) -> None:
        with self._database.transaction("take_photos", f"{len(cut)} 人") as session:
            told = list[str]()
            for choice, small in cut:
                cadre = session.get(Cadre, choice.uid)
                if cadre is None:
                    raise UserError("有一份档案刚被删除，照片没有收入。请重新选照片。")
                cadre.photo_original = store_picture(session, choice.jpeg)
                cadre.photo = store_picture(session, small)
                cadre.version += 1
                told.append(cadre.name or "")
            describe(session, _few(told))

    def kept(self, key: str | None) -> bytes | None:
        """The photo that somebody has."""
        if not key:
            return None
        with self._database.reading() as session:
            return session.scalar(select(Picture.content).where(Picture.sha256 == key))


def _few(told: Sequence[str]) -> str:
    return "、".join(told[:5]) + (f"等 {len(told)} 人" if len(told) > 5 else "")


def _told(birth: str | None, unit: str | None) -> str:
    return "，".join(filter(None, ((birth or "").replace("-", "."), unit or "")))


def portrait(jpeg: bytes, name: str, frame: Frame) -> bytes:
    """Cut by the process that reads foreign files: the picture was made by one."""
    return READERS.read(PORTRAIT, name, jpeg, how=frame.parts)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Picture files, those of folders too. Raises UserError for none or too many."""
    found: list[Path] = []
    for path in paths:
        found += _in_folder(path) if path.is_dir() else [path]
    if not found:
        raise UserError("这里没有照片（JPG、PNG、BMP、WEBP）。请换一个文件夹。")
    if len(found) > MOST_FILES:
        raise UserError(f"一次最多收 {MOST_FILES} 张，这里有 {len(found)} 张。请分几次来收。")
    return found


def _in_folder(folder: Path) -> list[Path]:
    try:
        inside = sorted(folder.rglob("*"))
    except OSError as error:
        raise UserError(f"读不出文件夹“{folder.name}”，请检查 U 盘或权限。") from error
    return [path for path in inside if path.suffix.lower() in ENDINGS and path.is_file()]


def _looked_at(path: Path, people: People) -> FoundPhoto:
    content = read_bytes(path)
    if len(content) > LARGEST:
        raise UserError(f"照片“{path.name}”超过 {LARGEST // 2**20} MB，请先缩小再收。")
    jpeg = upright_jpeg(content, path.name)
    photo = FoundPhoto(path, jpeg, jpeg_size(jpeg))
    photo.uid, photo.why, photo.candidates = whose(path.stem, people)
    return photo


def whose(stem: str, people: People) -> tuple[str | None, str, tuple[Known, ...]]:
    """By the identity number in the file's name, else by a name that only one person has."""
    plain = unicodedata.normalize("NFC", stem)
    for written in _NUMBER.findall(unicodedata.normalize("NFKC", plain)):
        number = identity.from_old(written) if identity.is_old(written) else written.upper()
        if number and (known := people.by_number.get(number)):
            return known.uid, "文件名里的身份证号", ()
    found = _named(plain, people)
    if len(found) == 1:
        return found[0].uid, "文件名里的姓名", ()
    if found:
        return None, f"名单里有 {len(found)} 个{found[0].name}，请选一位", tuple(found)
    return None, "文件名里认不出是谁", ()


def _named(stem: str, people: People) -> list[Known]:
    """The words of the file's name, then everybody whose name stands anywhere in it; the longest name wins."""
    words = [names.clean_name(word) for word in _APART.split(_WORDS.sub(" ", _NUMBER.sub(" ", stem))) if word]
    for word in [*words, "".join(words)]:
        if found := people.named(word):
            return list(found)
    plain = names.clean_name("".join(words)).replace(SEPARATOR, "")
    inside = [
        name for name in people.by_name if len(name) >= LEAST_NAME and name.replace(SEPARATOR, "") in plain
    ]
    longest = max(map(len, inside), default=0)
    return [known for name in inside if len(name) == longest for known in people.named(name)]


def _without_rivals(photos: Sequence[FoundPhoto]) -> None:
    """Two pictures of one person: nobody guesses which is the better one."""
    by_uid: Mapping[str, list[FoundPhoto]] = {
        photo.uid: [each for each in photos if each.uid == photo.uid] for photo in photos if photo.uid
    }
    for rivals in by_uid.values():
        if len(rivals) > 1:
            for photo in rivals:
                others = "、".join(covered(each.path.name) for each in rivals if each is not photo)
                photo.uid, photo.why = None, f"“{others}”也像同一个人，请选一张"


def jpeg_size(jpeg: bytes) -> tuple[int, int]:
    """Width and height out of a JPEG of ours; (1, 1) where there is none."""
    at = 2
    while at + 9 < len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = jpeg[at + 5 : at + 7], jpeg[at + 7 : at + 9]
            return max(int.from_bytes(width, "big"), 1), max(int.from_bytes(height, "big"), 1)
        at += 2 + length
    return 1, 1
