"""A cadre's file: the fields of the collection form, A to J of domain.md §1.2, each declared once."""

from __future__ import annotations

from sqlalchemy import Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.fields import kinds
from app.fields.birthdays import Birthday
from app.fields.cadre_rules import CADRE_RULES
from app.models.base import Base, field, record_type

BASIC = "基本信息"
RETIREMENT = "离退休与待遇"
RESIDENCE = "住址与联系"
HEALTH = "健康"
PARTY = "党组织生活"
TALENT = "特长与作用"
NEEDS = "需求与困难"
RESUME = "简历与奖惩"
DEATH = "去世"
SIGNED = "填报"


class Cadre(Base):
    """One retired cadre. Sub-tables (family, résumé, contacts …) are in `parts.py`."""

    __tablename__ = "cadre"

    version: Mapped[int] = mapped_column(Integer, default=1)
    search_key: Mapped[str] = mapped_column(Text, default="")
    """Readings of the name, made by services/readings.py when the name is saved."""
    photo_original: Mapped[str | None] = mapped_column(Text)
    """The picture that `photo` was cut from, by its SHA-256."""

    name: Mapped[str | None] = field(
        "姓名", kinds.Name(), BASIC, need="always", verifier="证档", in_list=True
    )
    former_name: Mapped[str | None] = field("曾用名", kinds.Name(), BASIC, verifier="档")
    sex: Mapped[str | None] = field(
        "性别", kinds.Code("sex"), BASIC, need="always", verifier="证", in_list=True
    )
    ethnicity: Mapped[str | None] = field(
        "民族", kinds.Code("ethnicity"), BASIC, need="always", verifier="证", in_list=True
    )
    birth_date: Mapped[str | None] = field(
        "出生年月", kinds.PartialDate(), BASIC, need="always", verifier="档", in_list=True, help="以档案为准"
    )
    birth_note: Mapped[str | None] = field(
        "出生日期说明", kinds.Text(), BASIC, help="档案与身份证不一致时写明原因"
    )
    birthday: Mapped[str | None] = field("生日（本人习惯）", Birthday(), BASIC, verifier="联")
    id_number: Mapped[str | None] = field(
        "身份证号", kinds.Identity(), BASIC, need="always", verifier="证", in_list=True
    )
    native_place: Mapped[str | None] = field("籍贯", kinds.Text(50), BASIC, need="always", verifier="档")
    birth_place: Mapped[str | None] = field("出生地", kinds.Text(50), BASIC, verifier="档")
    photo: Mapped[str | None] = field("照片", kinds.Photo(), BASIC, need="always", verifier="联")
    marital_status: Mapped[str | None] = field(
        "婚姻状况", kinds.Code("marital_status"), BASIC, need="always", verifier="联"
    )
    education: Mapped[str | None] = field(
        "文化程度", kinds.Code("education"), BASIC, need="always", verifier="档", in_list=True
    )
    degree: Mapped[str | None] = field("学位", kinds.Code("degree"), BASIC, verifier="档")
    school_full_time: Mapped[str | None] = field("全日制院校及专业", kinds.Text(60), BASIC, verifier="档")
    school_in_service: Mapped[str | None] = field("在职院校及专业", kinds.Text(60), BASIC, verifier="档")
    professional_title: Mapped[str | None] = field("专业技术职务", kinds.Text(40), BASIC, verifier="档")
    political_status: Mapped[str | None] = field(
        "政治面貌", kinds.Code("political_status"), BASIC, need="always", verifier="支", in_list=True
    )
    party_joined_on: Mapped[str | None] = field(
        "入党时间", kinds.PartialDate(), BASIC, need="conditional", verifier="档支", in_list=True
    )
    party_full_on: Mapped[str | None] = field("转正时间", kinds.PartialDate(), BASIC, verifier="支")
    work_started_on: Mapped[str | None] = field(
        "参加工作时间", kinds.PartialDate(), BASIC, need="always", verifier="档", in_list=True
    )
    revolution_period: Mapped[str | None] = field(
        "参加革命工作时期", kinds.Code("revolution_period"), BASIC, need="conditional", verifier="档县"
    )
    service_counted_from: Mapped[str | None] = field(
        "工龄起算时间", kinds.PartialDate(), BASIC, verifier="档"
    )
    military_service: Mapped[str | None] = field("军龄及转业时军职级", kinds.Text(60), BASIC, verifier="档")
    from_military: Mapped[bool | None] = field("是否军转干部", kinds.YesNo(), BASIC, verifier="档")

    retirement_kind: Mapped[str | None] = field(
        "离退休类别", kinds.Code("retirement_kind"), RETIREMENT, need="always", verifier="档县", in_list=True
    )
    retired_on: Mapped[str | None] = field(
        "离退休时间", kinds.PartialDate(), RETIREMENT, need="always", verifier="档", in_list=True
    )
    former_unit: Mapped[str | None] = field(
        "离退休时单位", kinds.Text(50), RETIREMENT, need="always", verifier="档", in_list=True
    )
    former_post: Mapped[str | None] = field(
        "离退休时职务", kinds.Text(50), RETIREMENT, need="always", verifier="档", in_list=True
    )
    rank: Mapped[str | None] = field(
        "职级", kinds.Code("rank"), RETIREMENT, need="always", verifier="档", in_list=True
    )
    highest_post: Mapped[str | None] = field("曾任最高职务", kinds.Text(60), RETIREMENT, verifier="档")
    treatment: Mapped[str | None] = field(
        "现享受待遇", kinds.Code("treatment"), RETIREMENT, need="always", verifier="县", in_list=True
    )
    treatment_political: Mapped[str | None] = field(
        "政治待遇", kinds.Code("treatment"), RETIREMENT, verifier="县"
    )
    treatment_living: Mapped[str | None] = field(
        "生活待遇", kinds.Code("treatment"), RETIREMENT, verifier="县"
    )
    treatment_medical: Mapped[str | None] = field(
        "医疗待遇", kinds.Code("treatment"), RETIREMENT, verifier="县"
    )
    treatment_approved_on: Mapped[str | None] = field(
        "待遇批准时间", kinds.PartialDate(), RETIREMENT, need="conditional", verifier="县"
    )
    treatment_document: Mapped[str | None] = field(
        "待遇批准文号", kinds.Text(50), RETIREMENT, need="conditional", verifier="县"
    )
    treatment_raised: Mapped[str | None] = field("提高享受待遇情况", kinds.Text(), RETIREMENT, verifier="县")
    retirement_authority: Mapped[str | None] = field(
        "离退批准机关", kinds.Text(50), RETIREMENT, verifier="档"
    )
    retirement_document: Mapped[str | None] = field("离退批准文号", kinds.Text(50), RETIREMENT, verifier="档")
    retirement_certificate: Mapped[str | None] = field(
        "离退休证号", kinds.Text(50), RETIREMENT, verifier="档"
    )
    unit_nature: Mapped[str | None] = field(
        "原单位性质", kinds.Code("unit_nature"), RETIREMENT, need="always", verifier="县"
    )
    personnel_kind: Mapped[str | None] = field(
        "人员类别", kinds.Code("personnel_kind"), RETIREMENT, need="always", verifier="档"
    )
    managing_unit: Mapped[str | None] = field(
        "现管理单位", kinds.Text(50), RETIREMENT, need="always", verifier="县"
    )
    organization_level: Mapped[str | None] = field(
        "组织区域", kinds.Code("organization_level"), RETIREMENT, verifier="县"
    )
    counted: Mapped[bool | None] = field("列入统计", kinds.YesNo(), RETIREMENT, need="always", verifier="县")
    pension_channel: Mapped[str | None] = field(
        "养老金发放渠道", kinds.Code("pension_channel"), RETIREMENT, verifier="联"
    )
    bank_account: Mapped[str | None] = field(
        "银行卡号", kinds.BankCard(), RETIREMENT, need="conditional", verifier="联"
    )
    bank_name: Mapped[str | None] = field("开户行", kinds.Text(50), RETIREMENT, verifier="联")
    archive_place: Mapped[str | None] = field(
        "人事档案存放地", kinds.Code("archive_place"), RETIREMENT, verifier="县"
    )

    registered_address: Mapped[str | None] = field("户籍所在地", kinds.Text(), RESIDENCE)
    home_address: Mapped[str | None] = field("家庭住址", kinds.Text(), RESIDENCE, need="always")
    residence_address: Mapped[str | None] = field(
        "现居住地址", kinds.Text(), RESIDENCE, need="always", in_list=True
    )
    village: Mapped[str | None] = field("村（社区）", kinds.Text(30), RESIDENCE, in_list=True)
    residence_class: Mapped[str | None] = field(
        "居住地类别", kinds.Code("residence_class"), RESIDENCE, need="always"
    )
    living_arrangement: Mapped[str | None] = field(
        "居住状况", kinds.Code("living_arrangement"), RESIDENCE, need="always", in_list=True
    )
    relocated: Mapped[bool | None] = field("易地安置", kinds.YesNo(), RESIDENCE, need="always")
    relocation_place: Mapped[str | None] = field("安置地", kinds.Text(60), RESIDENCE, need="conditional")
    relocation_unit: Mapped[str | None] = field("接收安置单位", kinds.Text(60), RESIDENCE, need="conditional")
    relocation_phone: Mapped[str | None] = field("接收单位电话", kinds.Phone(), RESIDENCE)
    relocated_on: Mapped[str | None] = field("安置时间", kinds.PartialDate(), RESIDENCE)
    mobile: Mapped[str | None] = field(
        "手机", kinds.Phone(mobile=True), RESIDENCE, need="conditional", in_list=True
    )
    landline: Mapped[str | None] = field("固定电话", kinds.Phone(), RESIDENCE)
    postcode: Mapped[str | None] = field("邮编", kinds.Text(6), RESIDENCE)
    housing: Mapped[str | None] = field("住房", kinds.Code("housing"), RESIDENCE)
    housing_area: Mapped[int | None] = field("建筑面积（㎡）", kinds.Number("㎡"), RESIDENCE)
    in_branch_chat: Mapped[bool | None] = field("在支部微信群", kinds.YesNo(), RESIDENCE)

    health_status: Mapped[str | None] = field(
        "健康状况", kinds.Code("health_status"), HEALTH, need="always", in_list=True
    )
    self_care: Mapped[str | None] = field("自理能力", kinds.Code("self_care"), HEALTH, need="always")
    illnesses: Mapped[str | None] = field("主要疾病", kinds.Text(200), HEALTH, need="conditional")
    disability: Mapped[str | None] = field("评残情况", kinds.Text(60), HEALTH)
    activity: Mapped[str | None] = field("活动能力", kinds.Code("activity"), HEALTH, need="always")
    hospital_1: Mapped[str | None] = field("定点医院", kinds.Text(40), HEALTH)
    hospital_2: Mapped[str | None] = field("就近医院", kinds.Text(40), HEALTH)
    medical_cover: Mapped[str | None] = field("医疗保障方式", kinds.Code("medical_cover"), HEALTH)
    health_card: Mapped[str | None] = field("保健证号", kinds.Text(30), HEALTH)
    allergies: Mapped[str | None] = field("过敏史", kinds.LongText(500), HEALTH)
    operations: Mapped[str | None] = field("手术史", kinds.LongText(500), HEALTH)
    medicines_covered: Mapped[str | None] = field("长期用药（医保内）", kinds.LongText(500), HEALTH)
    medicines_other: Mapped[str | None] = field("长期用药（医保外）", kinds.LongText(500), HEALTH)

    party_branch: Mapped[str | None] = field(
        "所在党支部", kinds.Text(50), PARTY, need="conditional", verifier="支", in_list=True
    )
    party_post: Mapped[str | None] = field("党内职务", kinds.Code("party_post"), PARTY, verifier="支")
    relation_place: Mapped[str | None] = field(
        "组织关系所在地", kinds.Code("relation_place"), PARTY, verifier="支"
    )
    dues_monthly: Mapped[int | None] = field("党费月标准", kinds.Money(), PARTY, verifier="支")
    dues_paid_until: Mapped[str | None] = field("党费缴至", kinds.PartialDate(), PARTY, verifier="支")
    dues_way: Mapped[str | None] = field("党费缴纳方式", kinds.Code("dues_way"), PARTY, verifier="支")
    floating: Mapped[bool | None] = field("流动党员", kinds.YesNo(), PARTY, verifier="支")
    floating_to: Mapped[str | None] = field("流动去向及起止", kinds.Text(60), PARTY, verifier="支")
    lost_contact: Mapped[bool | None] = field("失联党员", kinds.YesNo(), PARTY, verifier="支")
    lost_contact_on: Mapped[str | None] = field("失联日期", kinds.PartialDate(), PARTY, verifier="支")
    study_method: Mapped[str | None] = field("学习方式", kinds.Code("study_method"), PARTY, verifier="支")
    needs_study_visits: Mapped[bool | None] = field("需要送学上门", kinds.YesNo(), PARTY)
    attends_branch: Mapped[bool | None] = field("能定期参加支部活动", kinds.YesNo(), PARTY)
    party_medal: Mapped[bool | None] = field("光荣在党50年纪念章", kinds.YesNo(), PARTY, verifier="支")

    expertise: Mapped[str | None] = field("专业特长", kinds.Text(200), TALENT)
    expertise_results: Mapped[str | None] = field("特长成果及等级", kinds.Text(200), TALENT)
    rehired_post: Mapped[str | None] = field("返聘岗位", kinds.Text(60), TALENT)
    hobbies: Mapped[str | None] = field("兴趣爱好", kinds.Text(200), TALENT)
    associations: Mapped[str | None] = field("参加社团（协会）", kinds.Text(200), TALENT)
    youth_care: Mapped[bool | None] = field("关工委老同志", kinds.YesNo(), TALENT)
    youth_care_post: Mapped[str | None] = field("关工委职务", kinds.Code("youth_care_post"), TALENT)
    social_posts: Mapped[str | None] = field("社会兼职", kinds.LongText(500), TALENT)
    contributions: Mapped[str | None] = field("发挥作用", kinds.Code("contribution", many=True), TALENT)
    contribution_note: Mapped[str | None] = field("发挥作用情况", kinds.LongText(500), TALENT)

    individual_needs: Mapped[str | None] = field("个性需求", kinds.LongText(500), NEEDS)
    hardship: Mapped[str | None] = field("特殊困难", kinds.LongText(500), NEEDS)
    wanted_services: Mapped[str | None] = field(
        "希望得到的服务", kinds.Code("wanted_service", many=True), NEEDS
    )
    in_relief: Mapped[bool | None] = field("纳入困难或特困救助", kinds.YesNo(), NEEDS)
    home_care: Mapped[bool | None] = field("享受居家养老服务", kinds.YesNo(), NEEDS)
    home_care_services: Mapped[str | None] = field("居家养老服务内容", kinds.Text(), NEEDS)

    awards: Mapped[str | None] = field("奖惩及荣誉", kinds.LongText(1000), RESUME, verifier="档")
    special_contribution: Mapped[str | None] = field("特殊贡献", kinds.LongText(500), RESUME, verifier="县")

    alive: Mapped[bool | None] = field("是否在世", kinds.YesNo(), DEATH, need="always")
    died_on: Mapped[str | None] = field("去世时间", kinds.PartialDate(), DEATH, need="conditional")
    death_cause: Mapped[str | None] = field("去世原因", kinds.Text(60), DEATH)
    farewell: Mapped[str | None] = field("送别方式", kinds.Code("farewell"), DEATH)
    pension_paid_on: Mapped[str | None] = field("抚恤金领取时间", kinds.PartialDate(), DEATH)
    pension_receiver: Mapped[str | None] = field("抚恤金领取人", kinds.Name(), DEATH)
    pension_unpaid_reason: Mapped[str | None] = field("抚恤金未领原因", kinds.Text(), DEATH)

    collection_methods: Mapped[str | None] = field(
        "采集方式", kinds.Code("collection_method", many=True), SIGNED, need="always"
    )
    preparer: Mapped[str | None] = field("填表人", kinds.Name(), SIGNED, need="always")
    preparer_phone: Mapped[str | None] = field("填表人电话", kinds.Phone(), SIGNED)
    prepared_on: Mapped[str | None] = field("填表日期", kinds.PartialDate(), SIGNED, need="always")
    reviewer: Mapped[str | None] = field("审核人", kinds.Name(), SIGNED, need="always")
    reviewed_on: Mapped[str | None] = field("审核日期", kinds.PartialDate(), SIGNED, need="always")
    confirmed_by: Mapped[str | None] = field("本人或家属确认", kinds.Name(), SIGNED)
    remarks: Mapped[str | None] = field("备注", kinds.LongText(500), SIGNED)

    __table_args__ = (Index(None, "id_number"), Index(None, "name"))


CADRE = record_type(Cadre, "离退休干部", CADRE_RULES)
