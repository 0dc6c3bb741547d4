"""A record type says what its records consist of, and what is wrong with one."""

from __future__ import annotations

import pytest

from app.errors import InvalidError, UnreadableError
from app.fields.kinds import Code, Identity, Name, PartialDate
from app.fields.rules.across import rule
from app.fields.spec import Field, Problem, RecordType
from app.models.cadre import CADRE
from app.models.office import OFFICE
from app.models.parts import PART_TYPES
from app.models.payments import BATCH, PAYMENT
from app.models.visits import VISIT

SHARED = (
    "name", "former_name", "sex", "ethnicity", "birth_date", "id_number", "native_place", "birth_place",
    "marital_status", "education", "degree", "professional_title", "political_status", "party_joined_on",
    "work_started_on", "revolution_period", "retirement_kind", "retired_on", "former_unit", "former_post",
    "rank", "treatment", "treatment_approved_on", "treatment_document", "home_address", "residence_address",
    "residence_class", "living_arrangement", "relocated", "relocation_place", "mobile", "landline",
    "contacts", "health_status", "illnesses", "self_care", "party_branch", "party_post", "study_method",
    "expertise", "hobbies", "special_conditions", "apps", "resume", "family", "photo", "died_on", "remarks",
)  # fmt: skip


@rule("born", reads=("name",))
def no_first_of_april(values):
    if values["born"] == "1950-04-01":
        yield Problem("born", "W", "R-99", "真的？")


PERSON = RecordType(
    "person",
    "人",
    [
        Field("name", "姓名", Name(), "甲", need="always"),
        Field("number", "身份证号", Identity(), "甲", need="always"),
        Field("sex", "性别", Code("sex"), "乙"),
        Field("born", "出生", PartialDate(), "甲"),
    ],
    [no_first_of_april],
)


def test_sections_stand_in_the_order_of_their_first_field():
    assert PERSON.sections == ["甲", "乙"]
    assert [field.name for field in PERSON.in_section("甲")] == ["name", "number", "born"]


def test_an_empty_wanted_field_is_a_hint():
    assert [(each.field, each.severity, each.code, each.missing) for each in PERSON.problems({})] == [
        ("name", "I", "R-00", True),
        ("number", "I", "R-00", True),
    ]


def test_a_rule_across_fields_waits_only_for_the_fields_that_it_reads():
    values = {"name": "廖应", "number": "529999195203170013", "born": "1950-04-01"}
    assert [each.code for each in PERSON.problems(values)] == ["R-02", "R-99"]
    values["sex"] = "女" * 200
    assert "R-99" in [each.code for each in PERSON.problems(values)]
    assert "R-99" not in [each.code for each in PERSON.problems(values, {"born"})]
    assert "R-99" not in [each.code for each in PERSON.problems(values | {"name": "应" * 31})]


def test_values_as_people_read_them():
    values = {"name": "廖应", "sex": "2", "born": "1950-04"}
    assert PERSON.texts(values) == {"name": "廖应", "number": "", "sex": "女", "born": "1950.04"}


def test_typed_texts_become_values():
    assert PERSON.parse({"name": "廖  应", "sex": "女", "born": "50.4"}) == {
        "name": "廖应",
        "sex": "2",
        "born": "1950-04",
    }


def test_an_unreadable_text_names_its_field():
    with pytest.raises(UnreadableError, match=r"^“出生”：“昨天”看不出是什么日期"):
        PERSON.parse({"born": "昨天"})


def test_an_unknown_field_is_a_fault_of_ours():
    assert not PERSON.has("age")
    with pytest.raises(KeyError):
        PERSON.field("age")


def test_a_refused_record_says_all_its_problems():
    error = InvalidError(
        [Problem("name", "E", "R-00", "请先填写姓名"), Problem("sex", "E", "R-1", "性别不对")]
    )
    assert str(error) == "请先填写姓名；性别不对"
    assert [each.field for each in error.problems] == ["name", "sex"]


def test_the_names_shared_with_imports_and_the_command_line_exist():
    known = {field.name for field in CADRE.fields} | set(PART_TYPES)
    assert [name for name in SHARED if name not in known] == []


def test_labels_are_unique_within_a_record():
    for record in (CADRE, OFFICE, VISIT, BATCH, PAYMENT, *PART_TYPES.values()):
        labels = [field.label for field in record.fields]
        assert len(set(labels)) == len(labels), record.name


def test_every_field_of_a_cadre_belongs_to_a_section_of_the_form():
    assert CADRE.sections == [
        "基本信息", "离退休与待遇", "住址与联系", "健康", "党组织生活", "特长与作用",
        "需求与困难", "简历与奖惩", "去世", "填报",
    ]  # fmt: skip
