"""Files of cadres as the texts that forms and rosters are filled from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.fields.codes import code_table
from app.fields.kinds import split_codes
from app.models.cadre import CADRE
from app.models.parts import PART_TYPES
from app.reports.imprint import NOBODY, Imprint
from app.reports.subject import FormOffice, FormSubject
from app.services.cadres import CadreFile
from app.services.masked_texts import masked_values
from app.services.office import unit_of


def form_subject(file: CadreFile, photo: bytes | None = None, *, masked: bool = False) -> FormSubject:
    """Display texts of all fields and parts, the codes beside them; `masked` shortens the numbers in them."""
    texts = CADRE.texts(file.values) | _contact_texts(file)
    codes = {name: str(value) for name, value in file.values.items() if isinstance(value, str)}
    children = {
        name: [record.texts(row) for row in file.parts.get(name, [])] for name, record in PART_TYPES.items()
    }
    if masked:
        texts, codes = masked_values(CADRE, texts), masked_values(CADRE, codes)
        children = {
            name: [masked_values(PART_TYPES[name], row) for row in rows] for name, rows in children.items()
        }
    return FormSubject(texts, codes, children, photo)


def _contact_texts(file: CadreFile) -> dict[str, str]:
    """The first contact person, for lists that have one column for it."""
    contact = next(iter(file.parts.get("contacts", [])), None)
    if contact is None:
        return {}
    phone = contact.get("mobile") or contact.get("landline") or ""
    named = contact.get("name") or ""
    relation = f"（{contact['relation']}）" if contact.get("relation") else ""
    return {"contacts": f"{named}{relation} {phone}".strip()}


def form_office(profile: Mapping[str, Any], filled_on: str = "", imprint: Imprint = NOBODY) -> FormOffice:
    """The office's own texts on a form; `filled_on` is 'YYYY-MM-DD' or '' to be written by hand."""
    apps = [code_table("app").label(code) for code in split_codes(profile.get("apps"))]
    return FormOffice(
        unit=unit_of(profile),
        preparer=profile.get("preparer") or "",
        reviewer=profile.get("reviewer") or "",
        telephone=profile.get("telephone") or "",
        filled_on=filled_on,
        apps=apps,
        title=profile.get("form_title") or "",
        imprint=imprint,
    )
