"""Rules that the database itself keeps, whoever writes (reliability.md §6, row D2)."""

from __future__ import annotations

from typing import Final

_FROZEN: Final = (
    "fund",
    "title",
    "period",
    "source",
    "document",
    "paid_on",
    "prepared_by",
    "reviewed_by",
    "reviewed_at",
    "reverses",
)
_FROZEN_PAYMENT: Final = (
    "batch_uid",
    "cadre_uid",
    "position",
    "standard",
    "times",
    "amount",
    "adjustment",
    "method",
    "bank_account",
    "bank_name",
)
_REVIEWED: Final = "(SELECT reviewed_by FROM payment_batch WHERE uid = {row}.batch_uid) IS NOT NULL"
ONE_PERSON: Final = "coalesce((SELECT max(trim(coalesce(one_person_reason, ''))) FROM office), '')"


def guard(name: str, when: str, condition: str, told: str) -> tuple[str, str]:
    return name, f"CREATE TRIGGER {name} {when} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{told}'); END"


def differs(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)


def guards() -> dict[str, str]:
    """Name → SQL. The sentences reach the user as they are."""
    both = "instr(';' || NEW.roles || ';', ';preparer;') AND instr(';' || NEW.roles || ';', ';reviewer;')"
    alone = f"({both}) AND {ONE_PERSON} = ''"
    same = f"NEW.reviewed_by IS NOT NULL AND NEW.reviewed_by = NEW.prepared_by AND {ONE_PERSON} = ''"
    roles_told = "填报和审核不能是同一个人；本单位确实只有一个人时，请先在设置里写明"
    own_told = "填报的人不能自己审定，请换审核人登录后审定"
    batch_told = "这一批已经审定，不能再改；有错请用冲销"
    return dict(
        [
            guard("guard_user_insert", "BEFORE INSERT ON user", alone, roles_told),
            guard("guard_user_update", "BEFORE UPDATE ON user", alone, roles_told),
            guard(
                "guard_batch_insert",
                "BEFORE INSERT ON payment_batch",
                same,
                own_told,
            ),
            guard(
                "guard_batch_review",
                "BEFORE UPDATE ON payment_batch",
                same,
                own_told,
            ),
            guard(
                "guard_batch_update",
                "BEFORE UPDATE ON payment_batch",
                f"OLD.reviewed_by IS NOT NULL AND ({differs(_FROZEN)})",
                batch_told,
            ),
            guard(
                "guard_batch_delete",
                "BEFORE DELETE ON payment_batch",
                "OLD.reviewed_by IS NOT NULL",
                batch_told,
            ),
            guard(
                "guard_payment_insert", "BEFORE INSERT ON payment", _REVIEWED.format(row="NEW"), batch_told
            ),
            guard(
                "guard_payment_update",
                "BEFORE UPDATE ON payment",
                f"({_REVIEWED.format(row='OLD')} OR {_REVIEWED.format(row='NEW')}) AND ({differs(_FROZEN_PAYMENT)})",
                batch_told,
            ),
            guard(
                "guard_payment_delete", "BEFORE DELETE ON payment", _REVIEWED.format(row="OLD"), batch_told
            ),
        ]
    )
