"""A drop-down in a cell, for fields that choose from a code table."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.fields.kinds import Code, Kind


class CodeDelegate(QStyledItemDelegate):
    """Writes labels: the model reads them as if they were typed."""

    def __init__(self, kind: Code, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels = ["", *(item.label for item in kind.codes.offered)]

    @classmethod
    def for_kind(cls, kind: Kind, parent: QObject) -> CodeDelegate | None:
        return cls(kind, parent) if isinstance(kind, Code) else None

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QComboBox(parent)
        editor.addItems(self._labels)
        editor.activated.connect(lambda: self._take(editor))
        return editor

    def _take(self, editor: QComboBox) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentText(index.data(Qt.ItemDataRole.EditRole) or "")

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentText())
