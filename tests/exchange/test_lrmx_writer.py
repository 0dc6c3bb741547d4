"""任免审批表 (.lrmx) as its own program expects it."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.exchange import lrmx
from app.exchange.appointment import ALL_ELEMENTS
from app.exchange.lrmx_writer import lrmx_bytes

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4


def test_every_element_in_its_order_even_when_empty():
    text = lrmx_bytes({"XingMing": "廖应"}).decode()
    assert len(ALL_ELEMENTS) == 34
    assert re.findall(r"^  <(\w+)>", text, re.MULTILINE) == list(ALL_ELEMENTS)
    assert "<Version>3.2.1.16</Version>" in text


def test_lines_end_as_on_windows_and_the_photo_is_one_line():
    content = lrmx_bytes({"JianLi": "1981.09--2000.03  卫城粮管所\n2000.03--         派出所"}, (), JPEG)
    assert content.count(b"\n") == content.count(b"\r\n")
    assert base64.b64encode(JPEG) in content
    assert content.startswith(b'<?xml version="1.0" encoding="utf-8"?>\r\n')


def test_signs_of_xml_are_escaped():
    assert b"<XianRenZhiWu>A&amp;B&lt;C&gt;</XianRenZhiWu>" in lrmx_bytes({"XianRenZhiWu": "A&B<C>"})


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_was_written_is_read(name: str, work: str):
    content = lrmx_bytes({"XingMing": name}, [("妻子", "苏素华", "196408", "群众", work)], JPEG)
    table = lrmx.read(f"{Path('x')}.lrmx", content)
    told = {column.field: cell for column, cell in zip(table.columns, table.lines[0].cells, strict=True)}
    plain = "".join(sign for sign in name if sign >= " " and not "\ud800" <= sign <= "\udfff")
    assert "".join(str(told["name"]).split()) == "".join(
        plain.replace("\ufffe", "").replace("\uffff", "").split()
    )
    assert table.lines[0].photo == JPEG
