"""What is not as it was when it was approved: by field, by row, netted."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.database import Database
from app.services.cadres import Cadres
from app.services.review_changes import Differences
from tests.services.review_town import MAKER, Town, make_town

CONTACTS = [{"relation": "儿子", "name": "廖明", "mobile": "19900001111"}]


@pytest.fixture
def town(database: Database) -> Town:
    made = make_town(database)
    made.edit("廖应", {"contacts": CONTACTS}, former_post="副镇长", id_number="529999195108010010")
    made.check("廖应")
    made.approve("廖应")
    return made


def seen(town: Town) -> Differences:
    return town.sit(MAKER).differences(town.people["廖应"])


def contacts(town: Town) -> list[dict[str, Any]]:
    return Cadres(town.database).read(town.people["廖应"]).parts["contacts"]


def test_of_a_file_that_was_never_approved_all_is_new(town: Town) -> None:
    found = town.sit(MAKER).differences(town.people["夏秀英"])
    assert (found.ever, found.count) == (False, 0)


def test_what_was_just_approved_has_not_changed(town: Town) -> None:
    found = seen(town)
    assert (found.ever, found.count) == (True, 0)


def test_a_changed_field_keeps_what_it_said(town: Town) -> None:
    town.edit("廖应", former_post="镇长", former_name="廖英")
    assert dict(seen(town).fields) == {"former_post": "副镇长", "former_name": ""}


def test_several_changes_are_one_and_what_came_back_is_none(town: Town) -> None:
    town.edit("廖应", former_post="镇长", native_place="贵州清镇")
    town.edit("廖应", former_post="书记", native_place=None)
    assert dict(seen(town).fields) == {"former_post": "副镇长"}
    town.edit("廖应", former_post="副镇长")
    assert seen(town).count == 0


def test_an_old_number_is_covered(town: Town) -> None:
    town.edit("廖应", id_number=None)
    old = seen(town).fields["id_number"]
    assert old.endswith("0010")
    assert "529999" not in old


def test_signatures_are_no_difference(town: Town) -> None:
    town.edit("廖应", preparer="老王", reviewer="别人")
    assert seen(town).count == 0


def test_rows_that_came_went_and_changed(town: Town) -> None:
    town.edit(
        "廖应", {"contacts": [{**contacts(town)[0], "name": "廖小明"}, {"relation": "女儿", "name": "廖红"}]}
    )
    changed, came = sorted(seen(town).parts["contacts"], key=lambda row: row.operation, reverse=True)
    assert (changed.operation, dict(changed.old), dict(changed.new)) == (
        "update", {"name": "廖明"}, {"name": "廖小明"},
    )  # fmt: skip
    assert (came.operation, dict(came.new)) == ("insert", {"relation": "女儿", "name": "廖红"})
    town.edit("廖应", {"contacts": []})
    (gone,) = seen(town).parts["contacts"]
    assert (gone.operation, gone.old["name"]) == ("delete", "廖明")


def test_rows_written_anew_with_the_same_words_are_no_difference(town: Town) -> None:
    town.edit("廖应", {"contacts": []})
    town.edit("廖应", {"contacts": CONTACTS})
    assert seen(town).count == 0


def test_a_new_approval_begins_anew(town: Town) -> None:
    town.edit("廖应", former_post="镇长")
    town.check("廖应")
    town.approve("廖应")
    assert seen(town).count == 0
    town.edit("廖应", former_post="书记")
    assert dict(seen(town).fields) == {"former_post": "镇长"}


def test_another_photo_is_told_without_its_hash(town: Town) -> None:
    town.edit("廖应", photo="a" * 64)
    assert dict(seen(town).fields) == {"photo": ""}
    town.check("廖应")
    town.approve("廖应")
    town.edit("廖应", photo="b" * 64)
    assert dict(seen(town).fields) == {"photo": "另一张照片"}
