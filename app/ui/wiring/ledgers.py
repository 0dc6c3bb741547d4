"""What is kept beside the files, what comes in, and what leaves: 走访, 发放, 导入, 表格与台账, 上报."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.wiring.around import Around


def visits_page(around: Around) -> QWidget:
    from app.ui.pages.visits_page import VisitsPage

    desk = around.desk
    page = VisitsPage(desk.visits, desk.cadres, desk.search, desk.pictures, around.changes, desk.drafts)
    page.print_wanted.connect(around.go("papers", "visits"))
    page.import_wanted.connect(around.go("import"))
    return page


def payments_page(around: Around) -> QWidget:
    from app.ui.pages.payments_page import PaymentsPage

    desk = around.desk
    page = PaymentsPage(desk.payments, desk.cadres, desk.search, desk.reveals, around.changes, desk.drafts)
    page.print_wanted.connect(around.go("papers", "sign-off"))
    page.import_wanted.connect(around.go("import"))
    return page


def import_page(around: Around) -> QWidget:
    from app.ui.pages.import_page import ImportPage
    from app.ui.person_files.on_import import offer_person_files

    page = ImportPage(around.desk, around.changes, around.tasks)
    offer_person_files(page, around.desk, around.changes, around.tasks)
    page.left.connect(around.go("roster"))
    return page


def papers_page(around: Around) -> QWidget:
    from app.ui.pages.papers_page import PapersPage

    desk = around.desk
    return PapersPage(
        desk.printing,
        desk.exports,
        desk.visits,
        desk.payments,
        desk.cadres,
        desk.search,
        around.changes,
        around.tasks,
    )


def delivery_page(around: Around) -> QWidget:
    from app.ui.pages.delivery_page import DeliveryPage

    return DeliveryPage(around.desk.deliveries, around.desk.exports, around.changes, around.tasks)
