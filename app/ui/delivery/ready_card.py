"""可以拔出: what was written, where, and the code by which the county office knows it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel

from app.fields import periods
from app.services.deliveries import Delivered, readable_size
from app.ui.icons import icon, pixmap
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import push_button
from app.ui.widgets.card import Card
from app.ui.widgets.words import Facts, label

SIGN = 40


class ReadyCard(Card):
    cover_wanted = Signal()
    folder_wanted = Signal()
    again_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sign = QLabel()
        self.title = label("", "number")
        self.note = label("", "quiet", wrap=True)
        self.code = label("", "number")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setAccessibleName("校验码")
        self.facts = Facts()
        self.warnings = Banner()
        self.cover = push_button("打印封面", self.cover_wanted.emit, "primary", icon("print", "on_leaf"))
        self.folder = push_button("打开文件夹", self.folder_wanted.emit, icon=icon("folder"))
        self.again = push_button("再写一份", self.again_wanted.emit, "quiet")
        self._lay_out()

    def show_delivered(self, delivered: Delivered, *, on_stick: bool) -> None:
        self.sign.setPixmap(pixmap("ok", SIGN, "leaf", self.devicePixelRatioF()))
        self.title.setText("可以拔出了" if on_stick else "写好了")
        first = "请先“安全弹出”。" if on_stick else ""
        self.note.setText(f"{first}全部文件已写到盘上，并逐个读回核对，一字不差。")
        self.code.setText(delivered.check_code)
        self.facts.show_facts(
            [
                ("上报包", delivered.path.name),
                ("位置", str(delivered.path.parent)),
                ("期间", periods.said(delivered.period)),
                ("内容", "、".join(delivered.told)),
                ("大小", readable_size(delivered.size)),
            ]
        )
        self._say_warnings(delivered)

    def _say_warnings(self, delivered: Delivered) -> None:
        self.warnings.hide()
        if delivered.warnings:
            more = f" 等 {len(delivered.warnings)} 处" if len(delivered.warnings) > 1 else ""
            self.warnings.say("warning", f"表里有印不全的地方：{delivered.warnings[0]}{more}")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        for widget in (self.sign, self.title, self.note):
            head.addWidget(widget, 1 if widget is self.note else 0)
        code = QHBoxLayout()
        code.setSpacing(12)
        code.addWidget(label("校验码", "quiet"))
        code.addWidget(self.code)
        code.addWidget(push_button("复制", self._copy, "link"))
        code.addWidget(label("封面上印着同一个码，交接时两边核对", "quiet", wrap=True), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.cover, self.folder, self.again):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.setSpacing(16)
        for part in (head, code, self.facts, self.warnings, buttons):
            self.add(part)
        self.body.addStretch(1)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
