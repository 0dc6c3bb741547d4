"""Finding somebody by whatever his file says, and saying what it was."""

from __future__ import annotations

import pytest

from app.models.alias import Alias
from app.models.base import new_uid
from app.models.database import Database
from app.services.cadres import CadreFile, Cadres
from app.services.search_reasons import SearchReasons

FILE = CadreFile(
    values={
        "name": "张志国",
        "id_number": "52999919600726741X",
        "mobile": "19900001111",
        "former_unit": "卫城中学",
        "illnesses": "高血压、糖尿病",
        "residence_address": "清镇市卫城镇东门村10组11号",
        "remarks": "卡号6217001234567890123，老伴去世后由侄子照看",
        "hobbies": "书法",
    },
    parts={
        "family": [{"relation": "女儿", "name": "李小红", "phone": "0851-25501234"}],
        "contacts": [{"relation": "邻居", "name": "单大爷", "mobile": "19900002222"}],
        "resume": [
            {"started_on": "1970-01", "text": "在坪寨公社当知青，后任文书、会计、副主任，一直到恢复高考"}
        ],
        "hospital_stays": [{"hospital": "市人民医院", "illness": "肺炎"}],
    },
)


@pytest.fixture
def uid(database: Database) -> str:
    cadres = Cadres(database)
    cadres.save(CadreFile(values={"name": "李秀英"}))
    return next(iter(cadres.save(FILE).uids))


@pytest.fixture
def reasons(database: Database, uid: str) -> SearchReasons:
    made = SearchReasons(database)
    made.make()
    return made


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("小红", "女儿 李小红 0851-25501234"),
        ("lxh", "女儿 李小红 0851-25501234"),
        ("25501234", "女儿 李小红 0851-25501234"),
        ("085125501234", "女儿 李小红 0851-25501234"),
        ("shandaye", "邻居 单大爷 19900002222"),
        ("2222", "邻居 单大爷 19900002222"),
        ("糖尿", "主要疾病 高血压、糖尿病"),
        ("肺炎", "住院 市人民医院 肺炎"),
        ("书法", "兴趣爱好 书法"),
        ("10组", "现居住地址 清镇市卫城镇东门村10组11号"),
        ("741X", "身份证尾号 741X"),
        ("中学", "离退休时单位 卫城中学"),
        ("zzg 小红", "女儿 李小红 0851-25501234"),
        ("糖尿 小红", "主要疾病 高血压、糖尿病；女儿 李小红 0851-25501234"),
    ],
)
def test_somebody_is_found_and_the_reason_is_told(
    reasons: SearchReasons, uid: str, typed: str, reason: str
) -> None:
    assert reasons.find(typed) == [uid]
    assert reasons.reason(uid, typed) == reason


def test_a_name_needs_no_reason(reasons: SearchReasons, uid: str) -> None:
    assert reasons.reason(uid, "zzg") == reasons.reason(uid, "张志") == ""


def test_all_words_must_be_said(reasons: SearchReasons) -> None:
    assert reasons.find("小红 足球") == reasons.find("  ") == []


def test_a_long_text_is_told_around_the_word(reasons: SearchReasons, uid: str) -> None:
    told = reasons.reason(uid, "副主任")
    assert told.startswith("简历 …")
    assert told.endswith("…")
    assert "副主任" in told


def test_a_card_number_in_the_remarks_is_covered(reasons: SearchReasons, uid: str) -> None:
    assert "6217001234567890123" not in reasons.reason(uid, "卡号")
    assert "0123" in reasons.reason(uid, "卡号")


def test_nobody_is_found_before_it_is_made(database: Database, uid: str) -> None:
    assert SearchReasons(database).find("小红") == []


def test_a_changed_file_is_read_again_and_a_removed_one_is_gone(
    reasons: SearchReasons, database: Database, uid: str
) -> None:
    cadres = Cadres(database)
    (other,) = cadres.save(CadreFile(values={"name": "王新", "hobbies": "钓鱼"})).uids
    reasons.renew({other})
    assert reasons.find("钓鱼") == [other]
    cadres.remove([other])
    reasons.renew({other})
    assert reasons.find("钓鱼") == []


def test_after_many_changes_everything_is_made_anew(reasons: SearchReasons) -> None:
    reasons.renew({str(number) for number in range(50)})
    assert not reasons.is_ready


def test_a_merged_file_is_found_by_what_it_was_called(database: Database, uid: str) -> None:
    with database.transaction("merge") as session:
        session.add(
            Alias(
                cadre_uid=uid,
                merged_uid=new_uid(),
                name="章治国",
                id_number="529999196007267428",
                merged_at="2026-11-22T10:00:00",
                merged_by="周敏",
                act=1,
            )
        )
    made = SearchReasons(database)
    made.make()
    assert made.find("章治国") == made.find("7428") == [uid]
    assert made.reason(uid, "zhangzhiguo") == ""
    assert made.reason(uid, "7428") == "并入的姓名 章治国 尾号 7428"
