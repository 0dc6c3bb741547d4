"""Names are kept by code point; only padding and the spelling of the separator are put right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fields.kinds import Name
from app.fields.names import SEPARATOR, clean_name, search_name


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("廖应", "廖应"),
        ("廖  应", "廖应"),
        ("廖　应", "廖应"),
        (" 廖\u00a0应 ", "廖应"),
        ("廖\n应", "廖应"),
        ("\ufeff廖应\u200b", "廖应"),
        ("王𬎆", "王𬎆"),
        ("王 𬎆", "王𬎆"),
        ("单䶮生", "单䶮生"),
        ("John  Rabe", "John  Rabe"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_padding_goes_and_characters_stay(written: str, kept: str):
    assert clean_name(written) == kept


@pytest.mark.parametrize("separator", [*"·•‧∙⋅・．·", ".", "-", " . ", " - ", " · "])
def test_every_spelling_of_the_separator_becomes_the_middle_dot(separator: str):
    assert clean_name(f"阿依古丽{separator}买买提") == "阿依古丽·买买提"


def test_the_separator_is_found_beside_rare_characters():
    assert clean_name("𬎆.𫖯") == "𬎆·𫖯"


def test_compatibility_characters_are_not_folded():
    assert clean_name("\uf900") == "\uf900"


def test_two_persons_whose_names_look_alike_stay_two():
    assert clean_name("吕凤翀") != clean_name("呂凤翀")


@pytest.mark.parametrize("character", ["\ue000", "\ue5e5", "\uf8ff", "\U000f0000", "\U00100001"])
def test_a_character_of_an_old_private_font_is_pointed_out(character: str):
    (flaw,) = Name().flaws("王" + character)
    assert (flaw.severity, flaw.code) == ("W", "R-02N")


def test_a_rare_standard_character_is_not():
    assert Name().flaws("王𬎆") == []


def test_a_name_has_thirty_characters_at_most():
    assert Name().flaws("阿" * 30) == []
    assert [flaw.severity for flaw in Name().flaws("阿" * 31)] == ["E"]


@pytest.mark.parametrize("typed", ["阿依古丽买买提", "阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽 买买提"])
def test_searching_does_not_mind_the_separator(typed: str):
    assert search_name(typed) == "阿依古丽买买提"


@given(st.text(max_size=20))
def test_a_clean_name_stays_as_it_is(text: str):
    once = clean_name(text)
    assert clean_name(once) == once
    assert SEPARATOR not in search_name(once)
