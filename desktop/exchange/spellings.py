"""写法。The same fact under all the names that interfaces and programs give it, as data."""

NAMES: dict[str, tuple[str, ...]] = {
    "medfee_sumamt": ("fee_sumamt",),
    "fulamt_ownpay_amt": (),
    "overlmt_selfpay": (),
    "preselfpay_amt": ("preseifpay_amt",),
    "inscp_scp_amt": ("inscp_amt",),
    "act_pay_dedc": (),
    "hifp_pay": (),
    "cvlserv_pay": (),
    "hifes_pay": (),
    "hifmi_pay": (),
    "hifob_pay": (),
    "hifdm_pay": (),
    "maf_pay": (),
    "oth_pay": ("othfund_pay",),
    "fund_pay_sumamt": ("fund_pay",),
    "psn_part_amt": ("psn_pay", "psn_part_am"),
    "acct_pay": ("psn_acct_pay",),
    "acct_mulaid_pay": (),
    "psn_cash_pay": ("pdn_cash_pay", "cash_payamt", "ownpay_amt"),
    "hosp_part_amt": (),
    "balc": (),
    "psn_selfpay": (),
    "psn_ownpay": (),
}
"""Sums, by their national names. Case and underscores never matter: psnCash_pay is psn_cash_pay."""

FALLBACKS = {"hosp_part_amt": "oth_fee_amt"}
"""Read where the message has no better: the mobile result counts the hospital's part within othFeeAmt."""

WORDS: dict[str, tuple[str, ...]] = dict.fromkeys(
    (
        "mdtrt_id",
        "setl_id",
        "psn_no",
        "psn_name",
        "psn_cert_type",
        "certno",
        "gend",
        "naty",
        "brdy",
        "age",
        "insutype",
        "psn_type",
        "cvlserv_flag",
        "setl_time",
        "mdtrt_cert_type",
        "med_type",
        "pool_prop_selfpay",
        "medins_setl_id",
        "clr_optins",
        "clr_way",
        "clr_type",
        "acct_used_flag",
        "refd_setl_flag",
        "year",
        "pay_loc",
        "hosp_lv",
        "dedc_hosp_lv",
        "lmtpric_hosp_lv",
        "begndate",
        "enddate",
        "emp_name",
        "invono",
        "bill_code",
        "bill_no",
        "biz_sn",
        "fixmedins_code",
        "fixmedins_name",
        "insuplc_admdvs",
        "mdtrtarea_admvs",
    ),
    (),
)
"""What is no sum: codes, numbers, days. The ratio pool_prop_selfpay is kept as written."""

DETAIL_SUMS: dict[str, tuple[str, ...]] = {"inscp_scp_amt": (), "crt_payb_lmt_amt": (), "fund_payamt": ()}
DETAIL_WORDS: dict[str, tuple[str, ...]] = {
    "fund_pay_type": (),
    "fund_pay_type_name": (),
    "setl_proc_info": (),
}

NOT_ZERO_IF_EMPTY = frozenset({"balc"})
"""An empty sum is a nought that was not written out, but an empty balance says nothing."""


def plain(name: str) -> str:
    """What a name is compared by."""
    return name.replace("_", "").lower()
