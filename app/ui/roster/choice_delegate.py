"""A cell that chooses from a list: type a word, its initials or its code, or press the arrow."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.fields.kinds import Code, YesNo
from app.services import readings
from app.ui.editors import CodeEditor

Index = QModelIndex | QPersistentModelIndex


class ChoiceDelegate(QStyledItemDelegate):
    """Writes labels: the model reads them as if they were typed."""

    def __init__(self, kind: Code | YesNo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind = kind

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if isinstance(self._kind, Code):
            return CodeEditor(self._kind, readings.initials, parent)
        editor = QComboBox(parent)
        editor.addItems(["", "是", "否"])
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = index.data(Qt.ItemDataRole.EditRole) or ""
        if isinstance(editor, CodeEditor):
            editor.show_text(text)
        elif isinstance(editor, QComboBox):
            editor.setCurrentText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, CodeEditor):
            editor.settle()
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
