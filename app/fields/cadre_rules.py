"""Checks across the fields of one cadre's file: R-05 … R-57 of domain.md §3 as far as the data exists.

Each takes the file's values and yields problems; a rule stays silent where it lacks a value.
"""

from __future__ import annotations

from collections.abc import Iterator

from app import clock
from app.fields import dates, identity
from app.fields.kinds import Severity
from app.fields.spec import Problem, Values

LAST_DAY_OF_WAR = "1949-09-30"
PARTY_MEMBERS = {"01", "02"}
VETERAN_KINDS = {"LX", "TGL"}
_PERIODS = (
    ("1", "1927-07-31"),
    ("2", "1937-07-06"),
    ("3", "1942-12-31"),
    ("4", "1945-09-02"),
    ("5", LAST_DAY_OF_WAR),
)


def _both(values: Values, first: str, second: str) -> tuple[str, str] | None:
    one, two = values.get(first), values.get(second)
    return (one, two) if one and two else None


def id_matches_birth(values: Values) -> Iterator[Problem]:
    """R-05: archive date and ID date may lawfully differ (组通字〔2006〕41号); the difference wants a note."""
    pair = _both(values, "birth_date", "id_number")
    if pair and (inside := identity.birth_date(pair[1])) and not inside.startswith(pair[0]):
        if values.get("birth_note"):
            return
        text = f"档案出生日期 {dates.show(pair[0])} 与身份证 {dates.show(inside)} 不一致，请核对并写明原因"
        yield Problem("birth_date", "W", "R-05", text)


def id_matches_sex(values: Values) -> Iterator[Problem]:
    pair = _both(values, "sex", "id_number")
    if pair and identity.is_shaped(pair[1]) and pair[0] in {"1", "2"} and identity.sex(pair[1]) != pair[0]:
        shown = "男" if pair[0] == "1" else "女"
        inside = "女" if pair[0] == "1" else "男"
        yield Problem("sex", "W", "R-06", f"性别填“{shown}”，身份证第 17 位表示“{inside}”，请核对")


def id_is_plausible(values: Values) -> Iterator[Problem]:
    """R-04: a birth date inside the number that is in the future or more than 125 years ago."""
    number = values.get("id_number")
    inside = identity.birth_date(number) if number else None
    if inside and not 0 <= dates.age(inside, clock.today()) <= identity.OLDEST:
        yield Problem("id_number", "E", "R-04", f"号码里的出生日期 {dates.show(inside)} 不可能，请照证件核对")


_ORDER = (
    ("birth_date", "work_started_on", "出生", "参加工作"),
    ("birth_date", "retired_on", "出生", "离退休"),
    ("work_started_on", "retired_on", "参加工作", "离退休"),
    ("birth_date", "party_joined_on", "出生", "入党"),
    ("birth_date", "died_on", "出生", "去世"),
    ("retired_on", "died_on", "离退休", "去世"),
)


def dates_are_in_order(values: Values) -> Iterator[Problem]:
    """R-20, R-30: equal months are allowed for month precision."""
    for earlier, later, first, second in _ORDER:
        pair = _both(values, earlier, later)
        if pair and dates.surely_before(pair[1], pair[0]):
            text = f"{second}时间 {dates.show(pair[1])} 早于{first}时间 {dates.show(pair[0])}，请核对"
            yield Problem(later, "E", "R-20" if later != "died_on" else "R-30", text)


_PAST = (
    ("birth_date", "出生日期"),
    ("work_started_on", "参加工作时间"),
    ("retired_on", "离退休时间"),
    ("party_joined_on", "入党时间"),
    ("died_on", "去世时间"),
)


def dates_are_past(values: Values) -> Iterator[Problem]:
    """R-20, R-30: nothing of this may lie in the future."""
    today = clock.today()
    for name, label in _PAST:
        if (date := values.get(name)) and dates.first_day(date) > today:
            code = "R-20" if name != "died_on" else "R-30"
            yield Problem(name, "E", code, f"{label} {dates.show(date)} 还没有到，请核对")


def started_work_of_age(values: Values) -> Iterator[Problem]:
    """R-21: child soldiers and 知青 exist, so only below ten years is an error."""
    pair = _both(values, "birth_date", "work_started_on")
    if pair and 0 <= (age := dates.most_years(*pair)) < 16:
        severity: Severity = "E" if age < 10 else "W"
        yield Problem("work_started_on", severity, "R-21", f"参加工作时只有 {age} 岁，请核对")


def joined_party_of_age(values: Values) -> Iterator[Problem]:
    """R-22: wartime admissions were earlier; from 1956 the charter asks for 18."""
    pair = _both(values, "birth_date", "party_joined_on")
    if pair and 0 <= (age := dates.most_years(*pair)) < 18:
        severity: Severity = "E" if pair[1] >= "1956" else "W"
        yield Problem("party_joined_on", severity, "R-22", f"入党时只有 {age} 岁，请核对")


def joined_existing_party(values: Values) -> Iterator[Problem]:
    """R-23: not before 1921-07; full membership normally one year later, at most three."""
    joined, full = values.get("party_joined_on"), values.get("party_full_on")
    if joined and dates.surely_before(joined, "1921-07"):
        yield Problem("party_joined_on", "E", "R-23", f"入党时间 {dates.show(joined)} 早于 1921.07，请核对")
    if joined and full and dates.surely_before(full, joined):
        yield Problem("party_full_on", "W", "R-23", "转正时间早于入党时间，请核对")
    if joined and full and dates.surely_before(dates.years_later(joined, 3), full):
        yield Problem("party_full_on", "W", "R-23", "转正时间晚于入党时间三年以上，请核对")


def joined_before_retiring(values: Values) -> Iterator[Problem]:
    pair = _both(values, "retired_on", "party_joined_on")
    if pair and dates.surely_before(*pair):
        yield Problem("party_joined_on", "W", "R-24", "入党时间晚于离退休时间，请确认")


def veteran_joined_in_time(values: Values) -> Iterator[Problem]:
    """R-25, R-26, R-28: 离休 needs revolutionary work by 1949-09-30."""
    kind, started, born = (values.get(name) for name in ("retirement_kind", "work_started_on", "birth_date"))
    if kind in VETERAN_KINDS and started and dates.surely_before(LAST_DAY_OF_WAR, started):
        text = f"离休要求 1949.09.30 前参加革命工作，现为 {dates.show(started)}"
        yield Problem("retirement_kind", "E", "R-25", text)
    if kind in VETERAN_KINDS and born and dates.surely_before("1935-10", born):
        yield Problem("birth_date", "W", "R-26", "1935 年 10 月以后出生的离休干部，1949 年不满 14 岁，请核对")
    if kind == "TX" and started and not dates.surely_before(LAST_DAY_OF_WAR, started):
        yield Problem("retirement_kind", "W", "R-28", "1949.09.30 前参加工作而填“退休”，请确认类别")


def veteran_period_fits(values: Values) -> Iterator[Problem]:
    """R-27: the period is filled and is the one the date gives."""
    if values.get("retirement_kind") not in VETERAN_KINDS:
        return
    period, started = values.get("revolution_period"), values.get("work_started_on")
    if not period:
        yield Problem("revolution_period", "W", "R-27", "离休干部要填写参加革命工作时期")
    elif started and (possible := _possible_periods(started)) and period not in possible:
        severity: Severity = "W" if values.get("treatment_document") else "E"
        yield Problem("revolution_period", severity, "R-27", "参加革命工作时期与参加工作时间不符")


def _possible_periods(started: str) -> set[str]:
    """All periods that a date of this precision can fall into (domain.md §2.9)."""
    ends = [(code, dates.first_day(end)) for code, end in _PERIODS]
    days = (dates.first_day(started), dates.last_day(started))
    found = [next((index for index, (_, end) in enumerate(ends) if day <= end), len(ends)) for day in days]
    return {code for code, _ in _PERIODS[found[0] : found[1] + 1]}


def retired_at_usual_age(values: Values) -> Iterator[Problem]:
    """R-29: men 55-65, women 50-60; earlier wants the kind 病退 or 提前退休."""
    pair = _both(values, "birth_date", "retired_on")
    if not pair or values.get("retirement_kind") in {"TXB", "TXT", "LG"}:
        return
    usual = {"1": (55, 65), "2": (50, 60)}.get(str(values.get("sex")))
    least, most = dates.least_years(*pair), dates.most_years(*pair)
    if usual and most >= 0 and (most < usual[0] or least > usual[1]):
        age = most if most < usual[0] else least
        yield Problem(
            "retired_on", "W", "R-29", f"离退休时 {age} 岁，不在常见的 {usual[0]} 至 {usual[1]} 岁之间"
        )


def treatment_is_approved(values: Values) -> Iterator[Problem]:
    """R-33: approval before work began is an error, before retirement unusual."""
    approved = values.get("treatment_approved_on")
    if not approved:
        return
    if (started := values.get("work_started_on")) and dates.surely_before(approved, started):
        yield Problem("treatment_approved_on", "E", "R-33", "待遇批准时间早于参加工作时间")
    elif (retired := values.get("retired_on")) and dates.surely_before(approved, retired):
        yield Problem("treatment_approved_on", "W", "R-33", "待遇批准时间早于离退休时间，请核对")


def party_data_fits(values: Values) -> Iterator[Problem]:
    """R-40, R-41: members have a joining date and a branch, others have neither."""
    status = values.get("political_status")
    member = status in PARTY_MEMBERS
    for name, label in (("party_joined_on", "入党时间"), ("party_branch", "所在党支部")):
        if member and not values.get(name):
            yield Problem(name, "W", "R-40", f"是党员，还缺“{label}”")
    if status and not member and values.get("party_joined_on"):
        yield Problem("party_joined_on", "W", "R-41", "不是党员，却填了入党时间，请核对政治面貌")


def relocation_is_complete(values: Values) -> Iterator[Problem]:
    if values.get("relocated") and not values.get("relocation_place"):
        yield Problem("relocation_place", "W", "R-51", "易地安置要填写安置地")
    if values.get("relocated") and values.get("residence_class") == "1":
        yield Problem("residence_class", "W", "R-51", "易地安置与“本县”居住地类别矛盾")


def illness_is_named(values: Values) -> Iterator[Problem]:
    status = str(values.get("health_status") or "")
    if status[:1] in {"3", "6"} and not values.get("illnesses"):
        yield Problem("illnesses", "W", "R-56", "填了慢性病或残疾，请写明病名或残疾情况")


def someone_can_be_reached(values: Values) -> Iterator[Problem]:
    """R-57: over-90s often have no mobile, so any number or contact person will do."""
    if "contacts" in values and not any(
        values.get(name) for name in ("mobile", "landline", "contacts", "died_on")
    ):
        yield Problem("mobile", "W", "R-57", "没有手机、固定电话，也没有联系人，请至少填一个")


CADRE_RULES = (
    id_matches_birth,
    id_matches_sex,
    id_is_plausible,
    dates_are_in_order,
    dates_are_past,
    started_work_of_age,
    joined_party_of_age,
    joined_existing_party,
    joined_before_retiring,
    veteran_joined_in_time,
    veteran_period_fits,
    retired_at_usual_age,
    treatment_is_approved,
    party_data_fits,
    relocation_is_complete,
    illness_is_named,
    someone_can_be_reached,
)
