"""What is said about a file and its columns before anything is taken in."""

from __future__ import annotations

from itertools import groupby

from app.services.import_preview import PreviewColumn, PreviewSheet
from app.services.imports import TakenBefore
from app.ui.forms.import_state import ImportState

KNOWN = "上次这样的表是这样对的，已照办。"


def before_words(before: TakenBefore | None) -> str:
    """'这个文件 2026-11-20 09:14 由林晓芸导入过，…'; '' for a new file."""
    if before is None:
        return ""
    by = f"由{before.by}" if before.by else ""
    undone = "，后来撤销了" if before.undone_at else "，这次只会写入有变化的内容"
    return f"这个文件 {before.at[:10]} {before.at[11:16]} {by}导入过{undone}。"


def resumed_words(resumed: int) -> str:
    return "这个文件上次导到一半，对好的列、定下的行都还在，接着做就行。" if resumed else ""


def note_of(column: PreviewColumn) -> str:
    hidden = "表里隐藏的列" if column.hidden else ""
    return "；".join(text for text in (hidden, column.note) if text)


def said_below(state: ImportState, sheet: PreviewSheet) -> list[str]:
    """What is not taken over, and what else is to be known."""
    skipped = [
        f"{why}（第 {'、'.join(str(row) for row, _ in rows)} 行）"
        for why, rows in groupby(sorted(sheet.skipped, key=lambda each: each[1]), key=lambda each: each[1])
    ]
    said = [f"不是人的行，没有读：{'，'.join(skipped)}。"] if skipped else []
    ignored = state.preview.ignored if state.preview else ()
    said += [f"工作表“{name}”没有读：{why}。" for name, why in ignored]
    notes = [*sheet.notes, *(state.preview.notes if state.preview else ())]
    return said + [f"{note}。" for note in notes]
