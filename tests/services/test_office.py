"""The office's own profile."""

from __future__ import annotations

import pytest

from app.errors import InvalidError
from app.models.database import Database
from app.services.office import DEFAULTS, OfficeProfile


@pytest.fixture
def office(database: Database) -> OfficeProfile:
    return OfficeProfile(database)


def test_before_the_first_run_there_are_defaults_and_no_identity(office: OfficeProfile):
    assert office.read() == DEFAULTS
    assert (office.is_set, office.site_id) == (False, "")


def test_what_is_saved_is_read_back(office: OfficeProfile):
    change = office.save({"township": "梧桐镇", "officer": "张小雨"})
    assert change.kind == "office"
    assert office.is_set
    kept = {name: value for name, value in office.read().items() if value is not None}
    assert kept == {**DEFAULTS, "township": "梧桐镇", "officer": "张小雨"}


def test_there_is_one_office_with_one_identity(office: OfficeProfile):
    office.save({"township": "梧桐镇"})
    identity = office.site_id
    office.save({"township": "卫城镇"})
    assert (office.site_id, office.read()["township"]) == (identity, "卫城镇")


def test_saving_a_part_leaves_the_rest(office: OfficeProfile):
    office.save({"township": "梧桐镇", "apps": "zhy", "form_title": "采集表"})
    office.save({"reviewer": "李建华"})
    values = office.read()
    assert (values["township"], values["apps"], values["form_title"]) == ("梧桐镇", "zhy", "采集表")


def test_what_cannot_be_right_is_refused(office: OfficeProfile):
    with pytest.raises(InvalidError, match="最多 30 个字"):
        office.save({"township": "镇" * 31})
    assert not office.is_set
