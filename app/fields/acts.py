"""Every act that can stand in the log, and who may do it (domain of `resources/codes/role.csv`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from app.errors import UserError
from app.fields.actors import Actor
from app.fields.codes import code_table

Right = Literal["", "edit", "review", "manage", "export", "settings"]
"""'' is everybody's."""
Group = Literal["change", "login", "reveal", "export", "backup", "other"]


@dataclass(frozen=True)
class Act:
    """One thing that can be done, as the log calls it."""

    code: str
    label: str
    right: Right = ""
    group: Group = "change"
    can_be_undone: bool = False
    """By 撤销 in the window; other steps have their own way back, or none."""


_ALL = (
    Act("save_cadre", "保存档案", "edit", can_be_undone=True),
    Act("remove_cadre", "删除档案", "edit", can_be_undone=True),
    Act("bulk_edit", "批量改", "edit", can_be_undone=True),
    Act("merge", "合并档案", "edit", can_be_undone=True),
    Act("split", "拆回档案", "edit", can_be_undone=True),
    Act("life_event", "办理事项", "edit", can_be_undone=True),
    Act("take_photos", "收入照片", "edit", can_be_undone=True),
    Act("save_visit", "记走访", "edit", can_be_undone=True),
    Act("remove_visit", "删除走访", "edit", can_be_undone=True),
    Act("save_batch", "记发放", "edit", can_be_undone=True),
    Act("remove_batch", "删除发放批次", "edit", can_be_undone=True),
    Act("accept_warning", "核实疑点", "edit", can_be_undone=True),
    Act("undo", "撤销", "edit"),
    Act("redo", "重做", "edit"),
    Act("put_back", "从回收站取回", "edit"),
    Act("undo_import", "撤销导入", "edit"),
    Act("review_check", "核对档案", "edit"),
    Act("review_approve", "审核档案", "review"),
    Act("review_return", "退回更正", "review"),
    Act("review_query", "记县里的更正意见", "edit"),
    Act("review_report", "记为已报", "edit"),
    Act("review_settle", "记为结清", "edit"),
    Act("review_back", "收回核对一步", ""),
    Act("type_in", "对照录入", "edit"),
    Act("switch_rule", "改体检规则", "settings"),
    Act("save_filter", "存筛选", "", "other"),
    Act("review_batch", "审定发放", "review"),
    Act("reverse_batch", "冲销发放", "edit"),
    Act("keep_picture", "收入照片", "edit"),
    Act("import", "导入", "edit"),
    Act("save_office", "改单位设置", "settings"),
    Act("save_user", "新增、修改人员", "manage"),
    Act("keep_draft", "留草稿", "", "other"),
    Act("drop_draft", "去掉草稿", "", "other"),
    Act("set_note", "记下程序状态", "", "other"),
    Act("migrate", "升级数据", "", "other"),
    Act("convert", "给数据加密", "", "other"),
    Act("repair", "补上日志保护", "", "other"),
    Act("import_refused", "拒收文件", "", "other"),
    Act("clock_back", "电脑日期倒退", "", "other"),
    Act("login", "登录", "", "login"),
    Act("login_failed", "登录失败", "", "login"),
    Act("lock", "锁定", "", "login"),
    Act("unlock", "解锁", "", "login"),
    Act("password", "改口令", "", "login"),
    Act("recovery", "用恢复词打开", "", "login"),
    Act("recovery_sheet", "印恢复单", "", "login"),
    Act("rekey", "换密钥", "manage", "login"),
    Act("reveal", "查看完整号码", "", "reveal"),
    Act("copy_number", "复制号码", "", "reveal"),
    Act("print", "打印", "export", "export"),
    Act("export", "导出", "export", "export"),
    Act("export_failed", "导出没有完成", "", "other"),
    Act("deliver", "上报", "export", "export"),
    Act("begin_delivery", "开始写上报包", "export", "other"),
    Act("backup", "备份", "", "backup"),
    Act("restore", "恢复", "manage", "backup"),
    Act("drill", "恢复演练", "", "backup"),
    Act("verify", "核对日志", "", "backup"),
)
ACTS: Mapping[str, Act] = {act.code: act for act in _ALL}

RIGHTS: Mapping[str, frozenset[Right]] = {
    "preparer": frozenset({"edit", "export", "settings"}),
    "reviewer": frozenset({"review", "export"}),
    "head": frozenset({"export", "settings"}),
    "admin": frozenset({"manage", "settings"}),
    "reader": frozenset(),
}
"""An administrator keeps users and backups and approves no data (reliability.md §6)."""

APART = frozenset({"preparer", "reviewer"})
"""谁填报谁负责、谁审核谁负责: one login has both only by the office's written word."""


def permitted(roles: Collection[str], right: Right) -> bool:
    return not right or any(right in RIGHTS.get(role, ()) for role in roles)


def may(actor: Actor, right: Right) -> bool:
    """The program itself may do everything; a person what his roles allow."""
    return not actor.uid or permitted(actor.roles, right)


def refuse_unless_permitted(actor: Actor, code: str) -> None:
    """Raises UserError naming the roles that may; an unknown act is a fault of ours, a KeyError."""
    if told := refusal(actor, code):
        raise UserError(f"{told}，没有改动。")


def refusal(actor: Actor, code: str) -> str:
    """Why somebody may not do this, without a full stop; '' when he may."""
    act = ACTS[code]
    if may(actor, act.right):
        return ""
    return f"您的角色不能“{act.label}”。这件事由{_who_may(act.right)}来做"


def _who_may(right: Right) -> str:
    roles = code_table("role")
    return "或".join(roles.label(role) for role, rights in RIGHTS.items() if right in rights)
