"""补助发放签领表 on real pages, read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.reports.sign_off_sheet import (
    PaymentHead,
    PaymentLine,
    SignOffOptions,
    write_sign_off_sheet,
)
from tests.reports.reading import pages, text

HEAD = PaymentHead(
    unit="卫城镇",
    fund="春节慰问金",
    period="2026年1月",
    source="老干部经费",
    basis="卫党办发〔2026〕3号",
    paid_on="2026-02-06",
    preparer="张某",
)
LINE = PaymentLine(
    name="单䶮生",
    sex="男",
    id_number="529999193001011234",
    category="离休",
    treatment="副县级",
    standard=800_00,
    times=1,
    due=800_00,
    adjustment=-100_00,
    paid=700_00,
    way="转账",
    card="6210003110539454122",
)

GOLDEN = (
    "卫城镇春节慰问金发放签领表发放单位：卫城镇补助（慰问）项目：春节慰问金资金来源（科目）：老干部经费"
    "发放期间：2026年1月依据文号：卫党办发〔2026〕3号发放日期：2026年2月6日单位：元"
    "序号姓名性别身份证号离退休类别职级/享受待遇发放标准月(次)数应发金额扣减/补发实发金额发放方式"
    "银行卡号(尾4位)签领人代领人及关系签领日期备注"
    "1单䶮生男529999193001011234离休副县级800.001800.00-100.00700.00转账4122"
    "本页小计（1人）800.00-100.00700.00"
    "合计（1人）800.00-100.00700.00实发人民币（大写）：柒佰元整¥700.00"
    "单位负责人：财务：审核：制表：张某经办人：单位（盖章）：日期：年月日第1页/共1页"
)


def test_one_payment_prints_every_column_with_the_signature_left_blank(tmp_path: Path) -> None:
    printed = write_sign_off_sheet(tmp_path / "签领表.pdf", HEAD, [LINE])
    assert (printed.pages, printed.missing, printed.cut) == (1, (), ())
    assert text(tmp_path / "签领表.pdf") == GOLDEN


def test_of_a_bank_card_only_the_last_four_digits_are_printed(tmp_path: Path) -> None:
    write_sign_off_sheet(tmp_path / "签领表.pdf", HEAD, [LINE])
    assert "94541" not in text(tmp_path / "签领表.pdf")


def test_id_numbers_are_masked_on_request(tmp_path: Path) -> None:
    write_sign_off_sheet(tmp_path / "签领表.pdf", HEAD, [LINE], SignOffOptions(mask_id_numbers=True))
    read = text(tmp_path / "签领表.pdf")
    assert "**************1234" in read
    assert "529999" not in read
    assert "19300101" not in read


def test_forty_nine_payments_take_five_pages_and_add_up(tmp_path: Path) -> None:
    lines = [replace(LINE, name=f"人员{n:02d}", due=500_00, adjustment=0, paid=500_00) for n in range(1, 50)]
    assert write_sign_off_sheet(tmp_path / "签领表.pdf", HEAD, lines).pages == 5
    read = pages(tmp_path / "签领表.pdf")
    assert "合计（49人）24,500.0024,500.00实发人民币（大写）：贰万肆仟伍佰元整¥24,500.00" in read[-1]
    assert [page.count("本页小计") for page in read] == [1] * 5


def test_a_batch_without_payees_prints_a_page_that_says_so(tmp_path: Path) -> None:
    write_sign_off_sheet(tmp_path / "签领表.pdf", HEAD, [])
    assert "本期没有发放记录" in text(tmp_path / "签领表.pdf")
