"""One picture in front: its frame, whose it is, and the photo that is there already."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.fields.masking import covered
from app.ui.forms.whose_box import WhoseBox
from app.ui.photos.crop_view import CropView
from app.ui.photos.photos_state import PhotosState, Tray
from app.ui.widgets.buttons import push_button
from app.ui.widgets.photo import PhotoFrame
from app.ui.widgets.segments import Segments
from app.ui.widgets.words import label

SIDE_WIDTH = 330
KEPT_SIZE = QSize(90, 126)


class PhotoDetail(QWidget):
    changed = Signal()
    """Something was decided about the picture in front."""
    settled = Signal()
    """The one in front is decided: the next may come."""

    def __init__(self, state: PhotosState) -> None:
        super().__init__()
        self._state = state
        self._tray: Tray | None = None
        self.crop = CropView()
        self.file = label("", "section")
        self.why = label("", "quiet", wrap=True)
        self.person = WhoseBox("这是谁的照片")
        self.kept = PhotoFrame(KEPT_SIZE, "没有照片")
        self.kept.setEnabled(False)
        self.kept.setToolTip("")
        self.kept_told = label("", "warning", wrap=True)
        self.instead = Segments([("", "还没定"), ("new", "换成新的"), ("old", "留原来的")])
        self.instead.setAccessibleName("已有照片，用哪一张")
        self.drop = push_button("这张不收", self._drop, "quiet")
        self._lay_out()
        self.person.chosen.connect(self._give)
        self.crop.moved.connect(self._move)
        self.crop.resized.connect(self._resize)
        self.instead.chosen.connect(self._decide)

    def show_tray(self, tray: Tray | None) -> None:
        self._tray = tray
        self.setVisible(tray is not None)
        if tray is None:
            return
        self.crop.show_picture(tray.photo.jpeg, tray.frame)
        self.file.setText(covered(tray.photo.path.name))
        self.why.setText(tray.photo.why)
        likely = {known.uid for known in tray.photo.candidates} | {tray.uid}
        self.person.offer(self._state.sitters.values(), likely, tray.uid)
        self._show_kept(tray)

    def take_focus(self) -> None:
        """To what is asked: who it is, else which photo, else the frame."""
        if self._tray is None:
            return
        standing = self._state.standing(self._tray)
        if standing in ("nobody", "twice"):
            self.person.setFocus()
            self.person.line.selectAll()
        elif standing == "asked":
            self.instead.setFocus()
        else:
            self.crop.setFocus()

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.file)
        column.addWidget(self.why)
        column.addWidget(label("这是谁的照片"))
        column.addWidget(self.person)
        column.addWidget(self.kept_told)
        column.addWidget(self.kept)
        column.addWidget(self.instead)
        column.addStretch(1)
        column.addWidget(
            label("拖动或用方向键移动裁剪框，滚轮或加减号放大缩小。原图也会保留。", "quiet", wrap=True)
        )
        column.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self.crop, 1)
        line.addWidget(side)

    def _show_kept(self, tray: Tray) -> None:
        has_one = bool(self._state.kept_key(tray))
        self.kept.setVisible(has_one)
        self.instead.setVisible(has_one)
        standing = self._state.standing(tray)
        told = "另一张照片也选给了他，请去掉一张。" if standing == "twice" else ""
        if has_one:
            told = told or f"{self._state.name(tray)}已有照片："
            self.kept.show_picture(self._state.kept(tray))
            self.instead.choose(tray.instead)
        self.kept_told.setText(told)
        self.kept_told.setVisible(bool(told))
        self.drop.setText("还是要收" if tray.dropped else "这张不收")

    def _give(self, uid: str) -> None:
        if self._tray is None:
            return
        self._state.give(self._tray, uid)
        self._after()

    def _decide(self, instead: str) -> None:
        if self._tray is not None:
            self._tray.instead = instead  # type: ignore[assignment]
            self.changed.emit()

    def _drop(self) -> None:
        if self._tray is not None:
            self._tray.dropped = not self._tray.dropped
            self._after()

    def _after(self) -> None:
        tray = self._tray
        assert tray is not None
        self._show_kept(tray)
        self.changed.emit()
        if self._state.standing(tray) in ("taken", "left"):
            self.settled.emit()
        else:
            self.take_focus()

    def _move(self, across: float, down: float) -> None:
        if self._tray is not None:
            self._state.move(self._tray, across, down)
            self.crop.show_frame(self._tray.frame)

    def _resize(self, factor: float) -> None:
        if self._tray is not None:
            self._state.resize(self._tray, factor)
            self.crop.show_frame(self._tray.frame)
