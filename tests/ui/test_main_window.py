from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.progress import Progress
from app.ui.main_window import MainWindow
from app.ui.page import Page, PageWidget
from app.ui.tasks import Tasks


class Desk(PageWidget):
    """A page that notes what the window tells it."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.loss = ""

    def opened(self, about: str = "") -> None:
        self.heard.append(f"opened {about}".strip())

    def search(self, text: str) -> bool:
        self.heard.append(f"search {text}")
        return True

    def take_search(self) -> None:
        self.heard.append("take")

    def unsaved(self) -> str:
        return self.loss


class House:
    """A window with two pages, and which of them have been made."""

    def __init__(self, folder: Path) -> None:
        self.made: list[str] = []
        self.tasks = Tasks()
        self.settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(
            [
                Page("today", "今天", "today", lambda: self._make("today", Desk())),
                Page("roster", "花名册", "roster", lambda: self._make("roster", Desk())),
                Page("settings", "设置", "settings", lambda: self._make("settings", QWidget()), foot=True),
            ],
            self.settings,
            self.tasks,
        )
        self.window.open("today")

    def _make(self, key: str, widget: QWidget) -> QWidget:
        self.made.append(key)
        return widget

    def desk(self, key: str) -> Desk:
        page = self.window.page(key)
        assert isinstance(page, Desk)
        return page


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path) -> House:
    made = House(tmp_path)
    qtbot.addWidget(made.window, before_close_func=lambda _: made.desk("today").__setattr__("loss", ""))
    made.window.show()
    made.window.activateWindow()
    return made


def button(house: House, key: str) -> QToolButton:
    found = house.window.findChild(QToolButton, f"rail_{key}")
    assert isinstance(found, QToolButton)
    return found


def test_only_the_first_page_is_made_at_the_start(house: House) -> None:
    assert house.made == ["today"]
    assert house.window.windowTitle() == "今天 – 桑榆"


def test_the_rail_opens_pages_and_makes_each_once(qtbot: QtBot, house: House) -> None:
    for key in ("roster", "today", "roster"):
        qtbot.mouseClick(button(house, key), Qt.MouseButton.LeftButton)
    assert house.made == ["today", "roster"]
    assert house.window.key == "roster"
    assert button(house, "roster").isChecked()
    assert not button(house, "today").isChecked()
    assert house.desk("roster").heard == ["opened", "opened"]


def test_a_number_with_alt_opens_a_page(qtbot: QtBot, house: House) -> None:
    qtbot.keyClick(house.window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert house.window.key == "roster"


def test_a_page_may_send_the_user_to_another(house: House) -> None:
    house.desk("today").wants_page.emit("roster", "uid-7")
    assert house.desk("roster").heard == ["opened uid-7"]


def test_the_search_box_serves_the_page_in_front(qtbot: QtBot, house: House) -> None:
    qtbot.keyClick(house.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert house.window.search_box.hasFocus()
    qtbot.keyClicks(house.window.search_box, "zg")
    qtbot.keyClick(house.window.search_box, Qt.Key.Key_Return)
    assert house.desk("today").heard == ["opened", "search z", "search zg", "take"]


def test_the_search_box_says_what_the_page_in_front_was_asked_for(qtbot: QtBot, house: House) -> None:
    qtbot.keyClicks(house.window.search_box, "z")
    house.window.open("roster")
    assert house.window.search_box.text() == ""
    assert house.desk("roster").heard == ["opened"]
    house.window.open("today")
    assert house.window.search_box.text() == "z"
    assert house.desk("today").heard == ["opened", "search z", "opened"]


def test_a_search_that_no_page_takes_is_told(qtbot: QtBot, house: House) -> None:
    house.window.open("settings")
    with qtbot.waitSignal(house.window.search_typed) as typed:
        qtbot.keyClicks(house.window.search_box, "z")
    assert typed.args == ["z"]


def test_the_status_line_says_whose_data_and_how_safe(house: House) -> None:
    status = house.window.status
    status.set_township("卫城镇")
    status.set_people(5200)
    status.set_saved("14:03")
    status.set_export("上次上报 11月20日")
    status.set_practice(on=True)
    shown = [label.text() for label in status.findChildren(QLabel) if label.isVisible() and label.text()]
    assert shown == ["练习", "卫城镇", "5,200 人", "上次上报 11月20日", "已保存 14:03"]


def test_a_word_at_the_head_has_a_way_back(qtbot: QtBot, house: House) -> None:
    undone: list[str] = []
    house.window.say("已删除 3 人", "撤销", lambda: undone.append("撤销"))
    toast = house.window.toasts
    assert toast.isVisible()
    assert toast.geometry().left() > house.window.search_box.geometry().right()
    qtbot.mouseClick(toast.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert undone == ["撤销"]
    assert not toast.isVisible()


def test_a_running_task_is_shown_and_can_be_stopped(qtbot: QtBot, house: House) -> None:
    gate = threading.Event()

    def work(report: Progress) -> None:
        gate.wait(10)
        report(1, 2, "写表格")

    task = house.tasks.start("导出花名册", work)
    stop = next(b for b in house.window.status.findChildren(QPushButton) if b.text() == "停止")
    assert stop.isVisible()
    with qtbot.waitSignal(task.cancelled):
        qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
        gate.set()
    qtbot.waitUntil(lambda: not stop.isVisible())


def test_the_window_waits_for_its_tasks(house: House) -> None:
    done: list[int] = []
    house.tasks.start("更新索引", lambda _: done.append(1), matters=False)
    assert house.window.close()
    assert done == [1]


def test_work_that_matters_is_named_before_it_is_stopped(house: House) -> None:
    stopped = threading.Event()

    def work(report: Progress) -> None:
        stopped.wait(10)
        report(1, 2, "写表格")

    house.tasks.start("导出花名册", work)
    assert not house.window.close()
    box = house.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.informativeText() == "“导出花名册”还没有做完，会停在这里"
    stopped.set()
    next(one for one in box.buttons() if one.text() == "不保存，退出").click()
    assert not house.window.isVisible()


def test_unsaved_work_is_named_before_it_is_lost(qtbot: QtBot, house: House) -> None:
    house.desk("today").loss = "张志国的资料改了还没有保存"
    assert not house.window.close()
    box = house.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.informativeText() == "张志国的资料改了还没有保存"
    next(one for one in box.buttons() if one.text() == "不保存，退出").click()
    assert not house.window.isVisible()


def test_the_window_stands_where_it_was_left(qtbot: QtBot, tmp_path: Path, house: House) -> None:
    house.window.setWindowState(Qt.WindowState.WindowNoState)
    house.window.resize(860, 470)
    house.window.close()
    again = House(tmp_path)
    qtbot.addWidget(again.window)
    assert again.window.size() == house.window.size()


def test_a_small_screen_at_150_percent_holds_the_window(house: House) -> None:
    """1366×768 at 150 % is 911×512, less the title and task bars."""
    assert house.window.minimumSizeHint().width() <= 911
    assert house.window.minimumSizeHint().height() <= 450
