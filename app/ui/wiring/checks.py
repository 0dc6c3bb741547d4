"""数据体检 with its tabs; each is made, and what it needs is loaded, when it is first looked at."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.ui.page import Section
from app.ui.pages.check_page import CheckPage
from app.ui.wiring.around import Around


def check_page(around: Around) -> CheckPage:
    return CheckPage(
        [
            Section("findings", "体检", partial(_findings, around)),
            Section("review", "审核", partial(_review, around)),
            Section("progress", "采集进度", partial(_progress, around)),
            Section("twins", "重复的人", partial(_twins, around)),
            Section("photos", "照片", partial(_photos, around)),
        ]
    )


def _findings(around: Around) -> QWidget:
    from app.ui.checks.findings_view import FindingsView

    desk = around.desk
    return FindingsView(
        desk.data_check,
        desk.acceptances,
        desk.cadres,
        desk.drafts,
        desk.gap_lists,
        desk.exports,
        around.changes,
        around.tasks,
        around.settings,
    )


def _review(around: Around) -> QWidget:
    from app.ui.review.review_page import ReviewPage

    page = ReviewPage(around.desk.reviews, around.desk.pictures, around.changes, around.tasks)
    page.done.connect(lambda told, back: around.window.say(told, "收回", back))
    return page


def _progress(around: Around) -> QWidget:
    from app.ui.review.progress_page import ProgressPage

    return ProgressPage(around.desk.progress, around.desk.exports, around.changes, around.tasks)


def _twins(around: Around) -> QWidget:
    from app.ui.duplicates.twins_page import TwinsPage

    desk = around.desk
    return TwinsPage(desk.duplicates, desk.merging, desk.pictures, around.changes, around.tasks)


def _photos(around: Around) -> QWidget:
    from app.ui.photos.photos_page import PhotosPage

    desk = around.desk
    page = PhotosPage(desk.photo_intake, desk.missing_photos, desk.exports, around.changes, around.tasks)
    page.show_people.connect(around.show_people)
    return page
