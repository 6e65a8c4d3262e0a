"""名词。One table of names (domain, national, screen), the label of every word, the lines of a receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from desktop.domain.binding import Channel, Relation
from desktop.domain.care import Credential, Facility, Level, Purpose, Setting
from desktop.domain.clause import Confidence
from desktop.domain.finding import Severity
from desktop.domain.matter import EnrolledAs, PayoutReason
from desktop.domain.people import Scheme, Sex, Status
from desktop.domain.plan import Rhythm
from desktop.domain.premium import PremiumGroup, RefundGround
from desktop.domain.settlement import EntryKind, Part, PurseKind, Side


class FieldName(NamedTuple):
    """One fact under its three names. `national` is empty where the interface has none for it."""

    domain: str
    national: str
    screen: str


FIELDS = (
    FieldName("total_fee", "medfee_sumamt", "医疗费总额"),
    FieldName("fully_self_funded", "fulamt_ownpay_amt", "全自费金额"),
    FieldName("over_limit_self_funded", "overlmt_selfpay", "超限价自费费用"),
    FieldName("upfront_copay", "preselfpay_amt", "先行自付金额"),
    FieldName("in_scope_amount", "inscp_scp_amt", "符合政策范围金额"),
    FieldName("deductible_paid", "act_pay_dedc", "起付线"),
    FieldName("pooled_fund_pay", "hifp_pay", "统筹基金支付"),
    FieldName("pooled_fund_ratio", "pool_prop_selfpay", "统筹基金支付比例"),
    FieldName("civil_servant_pay", "cvlserv_pay", "公务员补助支付"),
    FieldName("enterprise_supplement_pay", "hifes_pay", "企业补充医疗保险支付"),
    FieldName("critical_illness_pay", "hifmi_pay", "大病保险支付"),
    FieldName("large_amount_pay", "hifob_pay", "大额基金支付"),
    FieldName("disabled_security_pay", "hifdm_pay", "伤残人员医疗保障基金支出"),
    FieldName("medical_aid_pay", "maf_pay", "医疗救助支付"),
    FieldName("other_fund_pay", "oth_pay", "其他基金支付"),
    FieldName("fund_pay_total", "fund_pay_sumamt", "基金支付总额"),
    FieldName("personal_burden", "psn_part_amt", "个人负担总金额"),
    FieldName("account_pay_total", "acct_pay", "个人账户支付"),
    FieldName("mutual_aid_pay", "acct_mulaid_pay", "家庭共济支付"),
    FieldName("own_account_pay", "", "其中：本人账户"),
    FieldName("cash_pay", "psn_cash_pay", "个人现金支付"),
    FieldName("hospital_burden", "hosp_part_amt", "医院负担金额"),
    FieldName("balance_after", "balc", "账户余额"),
    FieldName("insurance_type", "insutype", "险种类型"),
    FieldName("person_type", "psn_type", "人员类别"),
    FieldName("medical_type", "med_type", "医疗类别"),
    FieldName("insured_area", "insuplc_admdvs", "参保地"),
    FieldName("treatment_area", "mdtrtarea_admvs", "就医地"),
    FieldName("use_account", "acct_used_flag", "使用个人账户"),
    FieldName("is_refund", "refd_setl_flag", "退费"),
)

AMOUNTS = (
    "medfee_sumamt",
    "fulamt_ownpay_amt",
    "overlmt_selfpay",
    "preselfpay_amt",
    "inscp_scp_amt",
    "act_pay_dedc",
    "hifp_pay",
    "cvlserv_pay",
    "hifes_pay",
    "hifmi_pay",
    "hifob_pay",
    "maf_pay",
    "oth_pay",
    "fund_pay_sumamt",
    "psn_part_amt",
    "acct_pay",
    "acct_mulaid_pay",
    "psn_cash_pay",
    "hosp_part_amt",
    "balc",
)
"""The sums that every settlement message carries, by their national names; a ratio is no sum."""


def screen(national: str) -> str:
    """What a national field is called on screen. Raises `KeyError` for a name that is not in the table."""
    return {one.national: one.screen for one in FIELDS if one.national}[national]


# --------------------------------------------------------------------------------------------------- labels

LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Sex: {Sex.MALE: "男", Sex.FEMALE: "女"},
    Scheme: {Scheme.EMPLOYEE: "职工医保", Scheme.RESIDENT: "居民医保", Scheme.NONE: "未参保"},
    Status: {
        Status.ACTIVE: "在职",
        Status.RETIRED: "退休",
        Status.FLEXIBLE: "灵活就业",
        Status.UNEMPLOYED: "失业",
        Status.SUSPENDED: "停保",
    },
    Relation: {
        Relation.SPOUSE: "配偶",
        Relation.PARENT: "父母",
        Relation.CHILD: "子女",
        Relation.SIBLING: "兄弟姐妹",
        Relation.GRANDPARENT: "祖父母",
        Relation.MATERNAL_GRANDPARENT: "外祖父母",
        Relation.GRANDCHILD: "孙子女",
        Relation.MATERNAL_GRANDCHILD: "外孙子女",
        Relation.PARENT_IN_LAW: "配偶的父母",
        Relation.CHILD_IN_LAW: "子女的配偶",
        Relation.OTHER: "其他人",
    },
    Channel: {Channel.IN_PROVINCE: "省内共济", Channel.WALLET: "医保钱包"},
    Setting: {
        Setting.OUTPATIENT: "普通门诊",
        Setting.EMERGENCY: "急诊",
        Setting.CHRONIC: "门诊慢特病",
        Setting.INPATIENT: "住院",
        Setting.PHARMACY: "药店购药",
    },
    Facility: {Facility.HOSPITAL: "医院", Facility.PHARMACY: "药店"},
    Level: {
        Level.GRASSROOTS: "基层医疗机构",
        Level.PRIMARY: "一级医院",
        Level.SECONDARY: "二级医院",
        Level.TERTIARY: "三级医院",
        Level.PROVINCIAL: "省部属医院",
    },
    Credential: {Credential.OWN: "本人凭证", Credential.OTHER: "他人凭证"},
    Purpose: {
        Purpose.TREATMENT: "治疗",
        Purpose.PUBLIC_HEALTH: "公共卫生",
        Purpose.FITNESS: "体育健身",
        Purpose.WELLNESS: "养生保健",
        Purpose.GOODS: "保健品、日用品",
    },
    Part: {
        Part.OUT_OF_SCOPE: "个人自费",
        Part.UPFRONT: "先行自付",
        Part.DEDUCTIBLE: "起付线",
        Part.POOL: "统筹基金支付",
        Part.COPAY: "比例自付",
        Part.CRITICAL: "大病（大额）支付",
    },
    PurseKind: {
        PurseKind.OWN: "本人账户",
        PurseKind.WALLET: "医保钱包",
        PurseKind.QUOTA: "跨省共济额度",
        PurseKind.MUTUAL_AID: "家庭共济",
        PurseKind.CASH: "现金",
    },
    Side: {
        Side.ACCOUNT: "个人账户",
        Side.WALLET: "医保钱包",
        Side.QUOTA: "冻结的共济额度",
        Side.TRANSIT: "转移途中",
        Side.CASH: "现金",
        Side.FUND: "医保基金",
        Side.PROVIDER: "医药机构",
        Side.PREMIUM: "居民医保费",
        Side.CONTRIBUTION: "账户划入",
        Side.OPENING: "期初余额",
    },
    EntryKind: {
        EntryKind.OPENING: "期初余额",
        EntryKind.CREDIT: "账户划入",
        EntryKind.VISIT: "就诊结算",
        EntryKind.PREMIUM: "缴居民医保费",
        EntryKind.REFUND: "退费",
        EntryKind.WALLET: "医保钱包",
        EntryKind.WALLET_BACK: "医保钱包退回",
        EntryKind.TRANSFER_OUT: "账户转出",
        EntryKind.TRANSFER_IN: "账户转入",
        EntryKind.ARREARS: "补缴",
        EntryKind.ENROLMENT: "参保登记",
        EntryKind.RETIREMENT: "退休",
        EntryKind.DEATH: "去世",
        EntryKind.PAYOUT: "账户支取",
    },
    EnrolledAs: {
        EnrolledAs.EMPLOYEE: "在职职工",
        EnrolledAs.FLEXIBLE: "灵活就业人员",
        EnrolledAs.RESIDENT: "城乡居民",
        EnrolledAs.NEWBORN: "新生儿",
        EnrolledAs.STUDENT: "大学新生",
    },
    PayoutReason: {
        PayoutReason.INHERITANCE: "继承",
        PayoutReason.EMIGRATION: "出国定居",
        PayoutReason.NOT_TRANSFERABLE: "外省无法转入",
        PayoutReason.OLD_CARD: "旧医保卡余额",
        PayoutReason.OTHER: "其他缘由",
    },
    PremiumGroup: {
        PremiumGroup.STANDARD: "个人缴费",
        PremiumGroup.HALF: "资助一半",
        PremiumGroup.FULL: "全额资助",
        PremiumGroup.NEWBORN: "新生儿",
    },
    RefundGround: {
        RefundGround.DUPLICATE: "重复缴费",
        RefundGround.JOINED_EMPLOYEE: "参加了职工医保",
        RefundGround.DEATH: "去世",
        RefundGround.OTHER_AREA: "在外地参保",
        RefundGround.OTHER: "其他缘由",
    },
    Severity: {Severity.ERROR: "不可以", Severity.WARNING: "需注意", Severity.NOTE: "待确认"},
    Confidence: {Confidence.HIGH: "高", Confidence.MEDIUM: "中", Confidence.LOW: "低"},
    Rhythm: {Rhythm.MONTH: "每月", Rhythm.QUARTER: "每季度", Rhythm.YEAR: "每年"},
}


def label(word: StrEnum) -> str:
    """
    >>> label(Scheme.EMPLOYEE)
    '职工医保'
    """
    return LABELS[type(word)][word]


# --------------------------------------------------------------------------------------------------- receipt


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """票据上的一行: its printed words, and the national fields it adds up and takes off."""

    words: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    inside: bool = False
    """Whether it is part of the line above it (其中), and never added to it."""


BY_PAYER = (
    ReceiptLine("医保统筹基金支付", ("hifp_pay",)),
    ReceiptLine("其他支付", ("fund_pay_sumamt",), ("hifp_pay",)),
    ReceiptLine("个人账户支付", ("acct_pay",)),
    ReceiptLine("其中：本人账户", ("acct_pay",), ("acct_mulaid_pay",), inside=True),
    ReceiptLine("其中：家庭共济支付", ("acct_mulaid_pay",), inside=True),
    ReceiptLine("个人现金支付", ("psn_cash_pay",)),
)
"""由谁支付. Added up (without the lines inside another) they are the bill but for the hospital's part."""

BY_COST = (
    ReceiptLine("个人自付", ("psn_part_amt",), ("fulamt_ownpay_amt", "overlmt_selfpay")),
    ReceiptLine("个人自费", ("fulamt_ownpay_amt", "overlmt_selfpay")),
)
"""个人负担的构成: the same money cut another way. Never added to the lines above."""

"""家庭共济没有单独的一行。"""
