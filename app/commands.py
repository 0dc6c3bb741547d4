"""The command line: the same services as the window, Chinese for people and JSON with --json.

Exit codes: 0 done, 1 the user must act and the message says how, 2 wrong usage (product.md).
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import clock
from app.errors import UserError
from app.paths import data_folder, has_data
from app.terminal import new_folder, open_folder
from app.usage import Parser

if TYPE_CHECKING:
    from app.fields.spec import Problem
    from app.services.desk import Desk
    from app.services.exports import Errand
    from app.services.import_preview import Counts, Preview, PreviewRow, PreviewSheet
    from app.services.printing import Paper

DONE, MUST_ACT = 0, 1
KINDS = {
    "forms": "采集表",
    "roster": "花名册",
    "visits": "走访台账",
    "payments": "签领表",
    "public": "公示表",
    "bundle": "上报包",
    "gaps": "缺项清单",
    "lrmx": "任免审批表",
    "photos": "缺照名单",
}
"""What can be exported."""
SHOWN_DOUBTS = 20
FIRST_USER = "联络员"
"""Who the first login of a new folder is for, unless named."""


def parser() -> Parser:
    """All commands of product.md; no command opens the window."""
    top = Parser(prog="main.py", description="桑榆：离退休干部服务管理")
    top.add_argument("--data", metavar="DIR", help="数据文件夹（默认取 SANGYU_DATA，再取系统的用户数据位置）")
    top.add_argument("--user", metavar="NAME", help="登录名（默认取 SANGYU_USER；只有一个登录名时不用写）")
    commands = top.add_subparsers(dest="command", metavar="命令", parser_class=Parser)
    _add_demo(commands)
    _add_import(commands)
    _add_export(commands)
    check = commands.add_parser("check", help="数据体检")
    check.add_argument("--json", action="store_true", help="输出 JSON")
    check.set_defaults(act=check_data)
    commands.add_parser("self-check", help="在临时文件夹里把整个程序走一遍")
    return top


def _add_demo(commands: Any) -> None:
    demo = commands.add_parser("demo", help="在 OUT 里建立练习镇并写出全部成果")
    demo.add_argument("out", metavar="OUT", type=Path)
    demo.set_defaults(act=make_demo)


def _add_import(commands: Any) -> None:
    take = commands.add_parser("import", help="读取 .xlsx .xls .csv .lrmx .lrm；不加 --apply 只看不写")
    take.add_argument("file", metavar="FILE", type=Path)
    take.add_argument("--apply", action="store_true", help="写入新增和变化的行，待定的行留给人决定")
    take.add_argument("--json", action="store_true", help="输出 JSON")
    take.set_defaults(act=import_file)


def _add_export(commands: Any) -> None:
    export = commands.add_parser("export", help=f"导出{'、'.join(KINDS.values())}")
    export.add_argument("kind", metavar="KIND", choices=KINDS, help="、".join(KINDS))
    export.add_argument("--to", metavar="DIR", type=Path, required=True, help="写到这个文件夹")
    export.add_argument("--period", type=_period, help="期间，如 2026 或 2026-06；默认今年")
    export.add_argument("--purpose", metavar="TEXT", default="", help="用途，记入日志；默认如“本单位工作”")
    export.add_argument("--recipient", metavar="TEXT", default="", help="接收单位，记入日志")
    numbers = export.add_mutually_exclusive_group()
    numbers.add_argument(
        "--masked", action="store_true", default=None, help="身份证号、银行卡号只留后四位，手机号隐去中间四位"
    )
    numbers.add_argument("--full", dest="masked", action="store_false", help="号码写完整")
    export.set_defaults(act=export_kind)


def _period(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"“{text}”不是期间，请写成 2026、2026-06 或 2026-Q2")
    return text


def run(arguments: argparse.Namespace) -> int:
    """Runs one command; bad input becomes its sentence and exit code 1."""
    act: Callable[[argparse.Namespace], int] = arguments.act
    _never_stop_at_a_character(as_json=getattr(arguments, "json", False))
    try:
        return act(arguments)
    except UserError as error:
        if getattr(arguments, "json", False):
            _print_json({"error": str(error)})
        print(str(error), file=sys.stderr)
        return MUST_ACT


def _never_stop_at_a_character(*, as_json: bool) -> None:
    """An old console or pipe lacks rare characters: people see '?' there, JSON is always UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace", encoding="utf-8" if as_json else None)


def import_file(arguments: argparse.Namespace) -> int:
    from app.services.imports import Imports

    folder = data_folder(arguments.data)
    if not arguments.apply and not has_data(folder):
        preview = Imports(None).preview(arguments.file)
        return _show_import(arguments, preview, preview.counts)
    if not has_data(folder):
        # A file that cannot be read must not leave an empty data folder.
        Imports(None).preview(arguments.file)
    with closing(_desk_for_import(folder, arguments)) as desk:
        preview = desk.imports.preview(arguments.file)
        counts = desk.imports.apply(preview)[0] if arguments.apply else preview.counts
    return _show_import(arguments, preview, counts)


def _desk_for_import(folder: Path, arguments: argparse.Namespace) -> Desk:
    """Data that is there, or the first of a new folder: then the recovery words are said, once."""
    if has_data(folder):
        return open_folder(folder, arguments.user)
    desk, opened = new_folder(folder, arguments.user or FIRST_USER)
    words = " ".join(opened.recovery_words)
    print(f"已建立加密的数据。登录名：{opened.name}", file=sys.stderr)
    print(f"恢复词（忘了口令时用，请抄在纸上封存，只显示这一次）：{words}", file=sys.stderr)
    return desk


def _show_import(arguments: argparse.Namespace, preview: Preview, counts: Counts) -> int:
    if arguments.json:
        _print_json(_import_json(preview, counts))
    else:
        _print_import(preview, counts, applied=arguments.apply)
    return DONE


def _import_json(preview: Preview, counts: Counts) -> dict[str, Any]:
    return {
        "file": preview.path.name,
        "sheets": [_sheet_json(sheet) for sheet in preview.sheets],
        "ignored_sheets": [{"sheet": name, "why": why} for name, why in preview.ignored],
        "counts": asdict(counts),
    }


def _sheet_json(sheet: PreviewSheet) -> dict[str, Any]:
    return {
        "sheet": sheet.name,
        "header_rows": list(sheet.header_rows),
        "first_row": sheet.first_row,
        "columns": {column.heading: column.field for column in sheet.columns if column.field},
        "ignored_columns": [column.heading for column in sheet.columns if not column.field],
        "rows": [_row_json(row) for row in sheet.rows],
    }


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in ("field", "severity", "code", "message")}


def _row_json(row: PreviewRow) -> dict[str, Any]:
    problems = [_problem_json(problem) for problem in row.problems]
    return {"row": row.row, "pile": row.pile, "values": row.texts, "problems": problems, "doubts": row.doubts}


def _print_import(preview: Preview, counts: Counts, *, applied: bool) -> None:
    from app.services.import_preview import PILES

    print(f"{preview.path.name}：读到 {counts.read} 行")
    for sheet in preview.sheets:
        unknown = [
            column.heading for column in sheet.columns if not column.field and column.certainty == "unknown"
        ]
        print(
            f"  工作表“{sheet.name}”：{len(sheet.rows)} 行"
            + (f"，未认出的列：{'、'.join(unknown)}" if unknown else "")
        )
    for name, why in preview.ignored:
        print(f"  工作表“{name}”没有读：{why}")
    piles = "，".join(f"{label} {getattr(counts, pile)}" for pile, label in PILES.items())
    print(f"  {piles}")
    _print_doubts(preview)
    print(f"已写入 {counts.applied} 行。" if applied else "只看未写；加 --apply 写入新增和变化的行。")


def _print_doubts(preview: Preview) -> None:
    doubtful = [row for row in preview.rows() if row.pile == "doubtful"]
    for row in doubtful[:SHOWN_DOUBTS]:
        print(f"  待定 第 {row.row} 行 {row.label}：{'；'.join(row.doubts)}")
    if len(doubtful) > SHOWN_DOUBTS:
        print(f"  还有 {len(doubtful) - SHOWN_DOUBTS} 行待定")


def export_kind(arguments: argparse.Namespace) -> int:
    period = arguments.period or str(clock.today().year)
    if arguments.kind == "bundle" and arguments.masked:
        raise UserError("上报包给县委老干部局，号码必须完整，不能加 --masked。请去掉它再试。")
    order = Order(arguments.to, period, arguments.purpose, arguments.recipient, arguments.masked)
    with closing(_open_desk(arguments)) as desk, _writable(arguments.to):
        for path, warnings in EXPORTS[arguments.kind](desk, order):
            print(f"已写出 {path}")
            for warning in warnings:
                print(f"  注意：{warning}")
        _print_place(desk, arguments.to)
    return DONE


def _print_place(desk: Desk, folder: Path) -> None:
    """What to do with the stick, and what an earlier writing left there."""
    from app.services.exports import MAY_PULL

    if left := desk.exports.leftovers(folder):
        print(f"  这里有上次没有写完、不能用的，可以删掉：{'、'.join(path.name for path in left)}")
    if desk.exports.stick_of(folder):
        print(MAY_PULL)


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    """Makes the folder where it is missing; what the disk refuses inside the block becomes a sentence."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise UserError(f"文件夹“{folder}”不能写入，请换一个文件夹或检查权限。") from error


def _open_desk(arguments: argparse.Namespace) -> Desk:
    folder = data_folder(arguments.data)
    if not has_data(folder):
        raise UserError(f"“{folder}”里还没有数据。请先打开程序完成首次设置，或用 import --apply 导入花名册。")
    return open_folder(folder, arguments.user)


Written = list[tuple[Path, Sequence[str]]]


@dataclass(frozen=True)
class Order:
    """What was asked for; what was not said is as usual for each kind of paper."""

    folder: Path
    period: str
    purpose: str = ""
    recipient: str = ""
    masked: bool | None = None

    def errand(self, desk: Desk, kind: str) -> Errand:
        return desk.exports.unasked(kind, self.purpose, self.recipient, masked=self.masked)


def _save(desk: Desk, order: Order, papers: Sequence[Paper]) -> Written:
    written: Written = []
    for paper in papers:
        exported = desk.exports.save(paper, order.folder, order.errand(desk, paper.facts.kind))
        written += [(path, paper.warnings) for path in exported.paths]
    return written


def _export_forms(desk: Desk, order: Order) -> Written:
    errand = order.errand(desk, "forms")
    forms = desk.printing.forms(masked=errand.masked).papers
    written = desk.exports.save_all(forms, order.folder, errand).paths
    each = [(path, form.warnings) for path, form in zip(written, forms, strict=True)]
    return each + _save(desk, order, [desk.printing.form_book(masked=errand.masked)])


def _export_roster(desk: Desk, order: Order) -> Written:
    return _save(desk, order, [desk.printing.roster(masked=order.errand(desk, "roster").masked)])


def _export_visits(desk: Desk, order: Order) -> Written:
    printing, period = desk.printing, order.period
    return _save(desk, order, [printing.visit_ledger(period), printing.visits_book(period)])


def _export_payments(desk: Desk, order: Order) -> Written:
    printing, masked = desk.printing, order.errand(desk, "sign_off").masked
    sheets = [printing.sign_off_sheet(line.uid, masked) for line in desk.payments.lines()]
    book = printing.payments_book(masked=order.errand(desk, "payments").masked)
    return _save(desk, order, [*sheets, book])


def _export_public(desk: Desk, order: Order) -> Written:
    batches = [line.uid for line in desk.payments.lines() if line.people]
    makers = (desk.printing.public_notice, desk.printing.public_book)
    return _save(desk, order, [make(uid) for uid in batches for make in makers])


def _export_bundle(desk: Desk, order: Order) -> Written:
    errand = order.errand(desk, "bundle")
    delivered = desk.deliveries.deliver(order.folder, order.period, errand=errand)
    cover = desk.deliveries.cover_sheet(delivered)
    return [(delivered.path, delivered.warnings), *_save(desk, order, [cover])]


def _export_gaps(desk: Desk, order: Order) -> Written:
    return _save(desk, order, [desk.gap_lists.paper(), desk.gap_lists.book()])


def _export_lrmx(desk: Desk, order: Order) -> Written:
    errand = order.errand(desk, "lrmx")
    papers = desk.lrmx_papers.papers(masked=errand.masked)
    return [(path, []) for path in desk.exports.save_all(papers, order.folder, errand).paths]


def _export_missing_photos(desk: Desk, order: Order) -> Written:
    masked = order.errand(desk, "missing_photos").masked
    return _save(
        desk, order, [desk.missing_photos.paper(masked=masked), desk.missing_photos.book(masked=masked)]
    )


EXPORTS: Mapping[str, Callable[[Desk, Order], Written]] = {
    "forms": _export_forms,
    "roster": _export_roster,
    "visits": _export_visits,
    "payments": _export_payments,
    "public": _export_public,
    "bundle": _export_bundle,
    "gaps": _export_gaps,
    "lrmx": _export_lrmx,
    "photos": _export_missing_photos,
}


def check_data(arguments: argparse.Namespace) -> int:
    from app.services.check_words import as_json, as_lines

    with closing(_open_desk(arguments)) as desk:
        result = desk.data_check.run()
    if arguments.json:
        _print_json(as_json(result))
    else:
        print("\n".join(as_lines(result)))
    return MUST_ACT if result.errors else DONE


def make_demo(arguments: argparse.Namespace) -> int:
    from app.services.practice import PRACTICE_NAME, PRACTICE_PASSWORD, make_practice

    out: Path = arguments.out
    folder = out / "data"
    if has_data(folder):
        raise UserError(f"“{folder}”里已经有数据。请换一个空文件夹，或先把它移走。")
    desk, _ = new_folder(folder, PRACTICE_NAME, PRACTICE_PASSWORD)
    with closing(desk):
        make_practice(desk)
        print(f"练习镇已建好：{folder}，{desk.cadres.count()} 人")
        print(f"登录名：{PRACTICE_NAME}　口令：{PRACTICE_PASSWORD}")
        year = desk.visits.years()[0]
        for kind, title in KINDS.items():
            with _writable(out / kind):
                written = EXPORTS[kind](desk, Order(out / kind, year))
            print(f"{title}：{out / kind}，{len(written)} 个")
    return DONE


def _print_json(value: Mapping[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
