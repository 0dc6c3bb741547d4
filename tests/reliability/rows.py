"""The rows of the acceptance table: what is tried, and where."""

from __future__ import annotations

from dataclasses import dataclass

HERE = "tests/reliability/"


@dataclass(frozen=True)
class Row:
    """`where` are the beginnings of the names of its tests; what is expected the tests say themselves."""

    name: str
    what: str
    where: tuple[str, ...]

    @property
    def shown(self) -> str:
        return ", ".join(f"`{place.removeprefix('tests/')}`" for place in self.where)

    def owns(self, test: str) -> bool:
        return test.startswith(self.where)


def row(name: str, what: str, *where: str) -> Row:
    return Row(name, what, where)


ROWS = (
    row(
        "A1",
        "power cut while people and payments are saved",
        HERE + "test_power_cuts.py::test_after_a_power_cut",
    ),
    row("A2", "the same, every unfinished sector garbage", HERE + "test_power_cuts.py::test_garbage"),
    row(
        "A3",
        "control: the same without waiting for the disk",
        HERE + "test_power_cuts.py::test_without_waiting",
    ),
    row("A4", "kill -9 while saving", HERE + "test_kills.py"),
    row(
        "A5", "the log file of the database cut off at any byte", HERE + "test_damage.py::test_a_log_cut_off"
    ),
    row(
        "A6", "one bit turned over in the database, or in its log file", HERE + "test_damage.py::test_one_bit"
    ),
    row("A7", "the disk fails now and then", HERE + "test_failing_disk.py"),
    row("A8", "the disk is full, then there is room again", HERE + "test_full_disk.py"),
    row("A9", "changing keys, password or backup is killed", HERE + "test_killed_vault.py"),
    row("A10", "a file of every released version is brought up to date", "tests/models/test_migrate.py"),
    row("A11", "backup, then restore drill", HERE + "test_restore_drill.py"),
    row("A12", "which backups stay, day after day", HERE + "test_rotation.py"),
    row("B5", "power cut or pulled stick while files go out", HERE + "test_exports_cut.py"),
    row("B6", "a stick with exFAT or NTFS pulled out", HERE + "test_pulled_sticks.py"),
    row("C1", "files that mean harm", HERE + "test_hostile_files.py"),
    row(
        "C2",
        "text that looks like a formula, in every file written",
        HERE + "test_formulas.py",
        "tests/fields/test_formula_text.py",
        "tests/reports/test_cells.py",
    ),
    row("C3", "identity numbers in anything that was left on the disk", HERE + "test_no_trace.py"),
    row("D1", "every way of writing is logged, every tampering found", HERE + "test_audit.py"),
    row("D2", "nobody reviews what he prepared; what was reviewed stands", HERE + "test_guards.py"),
    row("D3", "the file opened by another program, in three forms of key", HERE + "test_second_reader.py"),
    row("D4", "what may not be opened is refused", HERE + "test_gate.py"),
    row(
        "D5",
        "create, edit, import, merge, remove, put back, undo and redo in any order",
        "tests/services/test_undo_machine.py::test_any_order",
    ),
    row("E1", "speed with many people, 100,000 for a release", HERE + "test_speed.py"),
)
