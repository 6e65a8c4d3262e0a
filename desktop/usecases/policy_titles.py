"""条目名称。What each value of the law is called: its topic, its title, the words of its value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Title(NamedTuple):
    """`unit` goes behind a plain number; `yes` and `no` are what a flag says."""

    name: str
    unit: str = ""
    yes: str = "是"
    no: str = "否"


TOPICS: Mapping[str, tuple[str, ...]] = {
    "个人账户": ("account", "own_account"),
    "家庭共济": ("mutual_aid",),
    "医保钱包（跨省）": ("wallet",),
    "门诊统筹": ("employee_outpatient", "resident_outpatient"),
    "慢特病与购药": ("chronic", "two_diseases", "special_drugs", "pharmacy"),
    "住院": ("employee_inpatient", "resident_inpatient"),
    "大病保险": ("employee_critical", "resident_critical"),
    "居民医保费": ("premium",),
    "参保与等待期": ("enrolment",),
    "转移接续": ("transfer",),
    "退休": ("retirement",),
    "账户的终点": ("closing",),
    "就医与备案": ("visit", "filing"),
    "社会保险基数": ("social_insurance",),
    "看病多少的估计": ("illness",),
}
"""The files of the packs under the topics that people know, in the order of the page."""

OTHER_TOPIC = "其他"
"""Where a value stands whose file no topic names, as in a pack of one's own."""

BY_CHANNEL: Mapping[str, str] = {
    "wallet_transfer": "医保钱包（跨省）",
    "wallet_quota": "医保钱包（跨省）",
    "premium_proxy": "居民医保费",
}
"""What holds for one channel alone stands under that channel's topic, whatever file it is in."""

CHANNELS: Mapping[str, str] = {
    "in_province": "省内共济",
    "wallet_transfer": "医保钱包转账",
    "wallet_quota": "跨省共济额度",
    "premium_proxy": "代缴居民医保费",
}

SUBJECTS: Mapping[str, str] = {
    "account": "个人账户",
    "own_account": "本人账户",
    "mutual_aid": "家庭共济",
    "wallet": "医保钱包",
    "employee_outpatient": "职工门诊",
    "resident_outpatient": "居民门诊",
    "chronic": "门诊慢特病",
    "two_diseases": "居民两病",
    "special_drugs": "双通道药品",
    "pharmacy": "药店购药",
    "employee_inpatient": "职工住院",
    "resident_inpatient": "居民住院",
    "employee_critical": "职工大病",
    "resident_critical": "居民大病",
    "premium": "居民医保",
    "enrolment": "参保",
    "transfer": "转移接续",
    "retirement": "退休",
    "closing": "账户支取",
    "visit": "就医购药",
    "filing": "异地就医",
    "social_insurance": "社会保险",
    "illness": "看病估计",
}
"""What the values of a file are about: said before a title that stands without its topic."""

_CAN = ("", "可以", "不可以")
_CARE: Mapping[str, Title] = {
    "deductible": Title("起付线"),
    "deductible_year": Title("全年起付线"),
    "pool_share": Title("统筹支付比例"),
    "ceiling": Title("年度最高支付限额"),
    "expense_ceiling": Title("年度可报费用限额"),
    "daily_expense_ceiling": Title("每天可报费用限额"),
    "later_stay_share": Title("再次住院的起付线"),
    "later_stay_by_level": Title("再次住院是否按级别计次", "", "只计同级医院", "不分医院级别"),
    "segments": Title("分段支付比例"),
    "segment_origin": Title("分段从哪里算起"),
    "counts": Title("计入大病的费用"),
    "hardship": Title("困难人员的待遇"),
}
_TITLES: Mapping[str, Mapping[str, Title]] = {
    "account": {
        "own_rate": Title("个人缴费计入比例"),
        "employer_rate": Title("单位缴费计入比例"),
        "base_reference": Title("缴费基准值"),
        "base_floor": Title("缴费基数下限"),
        "base_ceiling": Title("缴费基数上限"),
        "credit_day": Title("每月哪天计入", "日"),
        "retiree_monthly": Title("退休人员每月计入"),
        "retiree_monthly_basis": Title("退休计入额的由来"),
        "retiree_differs_by_age": Title("退休计入是否分年龄", "", "分年龄", "不分年龄"),
        "retiree_pension_share": Title("退休人员按养老金计入的比例"),
        "unit_contribution_rate": Title("单位缴费比例"),
        "maternity_rate": Title("生育保险单位缴费比例"),
        "flexible_has_account": Title("灵活就业人员的个人账户", "", "设个人账户", "不设个人账户"),
        "flexible_contribution_rate": Title("灵活就业人员缴费比例"),
        "flexible_contribution_base_share": Title("灵活就业人员缴费基数占基准值"),
        "flexible_credit_rate": Title("灵活就业人员计入比例"),
        "flexible_retiree_monthly": Title("灵活就业人员退休后每月计入"),
        "critical_illness_fee": Title("职工大病保险费"),
        "critical_illness_fee_may_be_deducted": Title("从账户代扣大病保险费", *_CAN),
        "mutual_help_fee": Title("大病医疗互助费"),
        "interest": Title("计息办法"),
        "interest_rate": Title("计息利率"),
        "belongs_to_insured": Title("账户里的钱归谁", "", "归参保人本人", "不归参保人本人"),
        "heritable": Title("余额能否继承", "", "可以继承", "不可以继承"),
        "card_balance_shareable": Title("医保卡旧余额能否共济", "", "可以共济", "不可以共济"),
        "credits_to_book_account": Title("计入哪个账户", "", "计入记账户", "计入医保卡"),
        "new_members_get_card": Title("新参保职工发不发医保卡", "", "发", "不再发"),
    },
    "own_account": {
        "pays_for": Title("可付的费用"),
        "pays_own_critical_fee": Title("付本人的大病保险费", *_CAN),
        "pays_commercial": Title("可为谁买商业补充医疗保险"),
    },
    "mutual_aid": {
        "relations": Title("可以共济的亲属"),
        "excluded_relations": Title("不可以共济的亲属"),
        "area": Title("共济的地区范围"),
        "beneficiary_place": Title("使用人在哪里参保"),
        "payer_has_account": Title("共济人须有个人账户和余额", "", "须有", "不必有"),
        "beneficiary_insured": Title("使用人须参加医保", "", "须参加", "不必参加"),
        "suspended_payer_pays": Title("共济人停保后能否共济", *_CAN),
        "most_active": Title("同时最多绑定"),
        "most_in_lifetime": Title("累计最多绑定"),
        "same_person_counts_once": Title("同一人再次绑定", "", "不重复计数", "每次都计数"),
        "payers_per_beneficiary": Title("一位使用人的共济人数"),
        "both_ways": Title("两人互为共济人", *_CAN),
        "binding_start": Title("共济起始日"),
        "binding_effective": Title("绑定何时生效"),
        "unbinding": Title("何时可以解绑"),
        "cooling_off": Title("解绑后的等待"),
        "ends_with_insurance": Title("医保关系终止后的共济关系", "", "自动解除", "不解除"),
        "where_to_bind": Title("在哪里办理"),
        "pays_for": Title("可付的费用"),
        "pays_at": Title("在哪里可以用"),
        "pharmacy_goods": Title("在药店可买什么"),
        "pays_premium": Title("缴居民医保费", *_CAN),
        "pays_employee_premium": Title("为亲属缴职工医保费", *_CAN),
        "pays_long_term_care": Title("缴长期护理保险费", *_CAN),
        "premium_only_in_window": Title("代缴的期限", "", "限集中缴费期", "不限集中缴费期"),
        "premium_full_amount": Title("代缴须一次缴足", "", "须一次缴足", "可以分次"),
        "premium_once_a_year": Title("每年代缴几次", "", "每人每年一次", "不限次数"),
        "shares_pool": Title("统筹额度能否共用", "", "可以共用", "不共用"),
        "purse_order": Title("付款的先后"),
        "partial_draw": Title("余额不够时", "", "有多少付多少", "不付"),
        "amount_limit": Title("共济金额上限"),
        "prior_year_money_only": Title("只能共济历年余额", "", "只能用历年余额", "当年余额也可以"),
        "prior_year_only_in": Title("只能共济历年余额的省"),
        "code_account_shares_money": Title("亲情账户能否共用钱", "", "可以共用", "不共用"),
        "refund_goes_to": Title("退费退给谁"),
    },
    "wallet": {
        "online": Title("省份是否开通", "", "已开通", "尚未开通"),
        "pool_online": Title("统筹区是否开通", "", "已开通", "尚未开通"),
        "areas_online": Title("全国已开通的统筹区", "个"),
        "money_moves": Title("钱是否转出账户", "", "转入医保钱包", "只给额度，钱不转出"),
        "transfer_most": Title("每次转账最多"),
        "transfers_a_day": Title("每天转账次数", "次"),
        "closed_hours": Title("不能转账的时段"),
        "unaccepted_returns_at": Title("未接收的转账何时退回"),
        "quota_limit": Title("共济额度上限"),
        "quota_frozen": Title("给出的额度", "", "在共济人账户里冻结", "不冻结"),
        "unused_quota_returns": Title("没用完的额度", "", "解除后退回共济人", "不退回"),
        "clearing": Title("资金清算"),
    },
    "employee_outpatient": {
        "counts_towards_inpatient_ceiling": Title("计入住院限额", "", "计入", "不计入"),
        "carries_over": Title("没用完的限额", "", "结转下年", "不结转"),
        "emergency_without_admission": Title("急诊后没有住院的"),
        "emergency_admission_hours": Title("急诊并入住院的时限", "小时"),
    },
    "chronic": {
        "monthly_quota": Title("每月限额"),
        "second_disease_quota": Title("第二病种加的月限额"),
        "disease_list": Title("病种数"),
        "unused_quota_cleared": Title("没用完的限额何时清零"),
    },
    "pharmacy": {
        "share_without_prescription": Title("没有处方时的统筹支付比例"),
        "needs_prescription": Title("须有处方", "", "须有处方", "不必有处方"),
        "shares_outpatient_ceiling": Title("与门诊合用限额", "", "合用", "分开"),
        "pharmacies": Title("纳入的定点药店", "家"),
    },
    "premium": {
        "personal": Title("个人缴费标准"),
        "window": Title("集中缴费期"),
        "window_extended": Title("延长的缴费期"),
        "late": Title("集中缴费期后的缴费标准"),
        "fiscal": Title("财政补助标准"),
        "half_group": Title("资助一半的人员缴费"),
        "full_group": Title("全额资助的人员缴费"),
        "newborn_free": Title("新生儿当年缴费", "", "不缴费", "要缴费"),
        "refund_until": Title("退费截止"),
        "refund_grounds": Title("可以退费的缘由"),
        "refund_to": Title("退费退到哪里"),
        "loyalty_years": Title("连续参保奖励须满", "年"),
        "loyalty_first_effect": Title("连续参保奖励最早见效", "年"),
        "loyalty_bonus": Title("连续参保奖励"),
        "loyalty_bonus_least": Title("连续参保奖励的全国下限"),
        "loyalty_restarts_after_gap": Title("断保后的连续年数", "", "重新计算", "接着计算"),
        "zero_claim_bonus": Title("零报销奖励"),
        "zero_claim_bonus_least": Title("零报销奖励的全国下限"),
        "zero_claim_cleared_when_used": Title("用过以后的零报销奖励", "", "清零", "不清零"),
        "bonus_ceiling": Title("两项奖励累计最多"),
        "bonus_ceiling_share": Title("奖励总额占大病限额最多"),
    },
    "enrolment": {
        "schemes_at_one_time": Title("同时参加的基本医保", "种"),
        "first_benefits": Title("职工首次参保的等待期"),
        "arrears_retroactive_within": Title("欠缴可补报的期限"),
        "benefits_after_long_arrears": Title("久欠补缴后的等待期"),
        "waiting": Title("居民医保固定等待期"),
        "waiting_per_gap_year": Title("断保每多一年加的等待期"),
        "waiting_less_per_paid_year": Title("每多缴一年减的等待期"),
        "waiting_least_after_four_gap_years": Title("断缴四年以上的最短等待期"),
        "switch_without_waiting": Title("职工转居民无等待期的条件"),
        "newborn_covered_from_birth": Title("新生儿何时享受待遇", "", "自出生起", "缴费以后"),
        "university_entrants": Title("大学新生的待遇期"),
    },
    "transfer": {
        "out_days": Title("跨省转出的时限"),
        "in_days": Title("跨省转入的时限"),
        "in_province_out_days": Title("省内转出的时限"),
        "in_province_in_days": Title("省内转入的时限"),
        "automatic": Title("省内转移怎么办", "", "自动转移，不用申请", "本人申请"),
        "merge_records": Title("几份参保记录", "", "先合并人员信息", "不用合并"),
        "money_follows": Title("账户余额", "", "随关系划转", "不随关系划转"),
        "money_at_once": Title("账户余额何时到账", "", "即时到账", "办结后到账"),
        "card_money_follows": Title("旧医保卡里的钱", "", "随关系划转", "另行支取"),
        "years_add_up": Title("缴费年限", "", "累计计算", "不累计"),
        "stopped_at_origin": Title("原参保地须已停保", "", "须停保", "不必停保"),
        "enrolled_at_destination": Title("新参保地须已参保", "", "须参保", "不必参保"),
        "no_arrears": Title("欠费", "", "须先补清", "不必补清"),
        "papers_online": Title("要带的材料"),
        "in_province_bindings": Title("转移以后的省内共济绑定", "", "继续有效", "解除"),
    },
    "retirement": {
        "legal_age": Title("法定退休年龄", "岁"),
        "usual_original_age": Title("没有写明的原退休年龄按", "岁"),
        "months_per_step": Title("每推迟一个月要晚满多少个月"),
        "done_in": Title("推迟退休何时到位", "年"),
        "flexible_years": Title("弹性退休最多提前或推迟"),
        "total_years": Title("累计缴费年限"),
        "local_years": Title("本省实际缴费年限"),
        "who": Title("享受退休待遇的条件", "", "到龄或领养老金，年限够", "不限"),
        "starts_after": Title("办完手续后何时起享受"),
        "shortfall_employee": Title("职工年限不够的", "", "可一次补缴", "不能补缴"),
        "shortfall_flexible": Title("灵活就业人员年限不够的", "", "可一次补缴", "不能补缴"),
        "deemed_before": Title("视同缴费的年限算到"),
        "place": Title("在哪里办退休"),
    },
    "closing": {
        "payable": Title("账户余额可以取出的情形"),
        "days": Title("去世后领取的时限"),
        "ends_bindings": Title("领取前的共济关系", "", "要先解除", "不必解除"),
        "without_heir": Title("没有继承人的余额"),
        "pool_heritable": Title("统筹基金能否继承", "", "可以继承", "不可以继承"),
        "usable_as_resident": Title("转为居民医保后的余额", "", "仍可使用", "不能使用"),
        "resettled_retirees": Title("异地安置的退休人员取出余额", *_CAN),
    },
    "visit": {
        "own_credential": Title("用谁的医保凭证", "", "须用本人的", "不限本人的"),
        "designated_only": Title("在哪里可以用", "", "只限定点机构", "不限定点机构"),
        "excluded_purposes": Title("账户不付的用途"),
        "vaccines_and_checkups_payable": Title("付疫苗和体检", *_CAN),
        "misuse_suspension": Title("违规使用凭证暂停结算"),
        "misuse_fine": Title("骗取基金的罚款", "倍"),
        "insured_only": Title("谁享受待遇", "", "正常缴费的人", "不限"),
    },
    "filing": {
        "unfiled_reduction": Title("未备案住院降低支付"),
        "temporary_reduction": Title("临时外出备案降低支付"),
        "needed_within_province": Title("省内异地门诊备案", "", "须备案", "不用备案"),
    },
    "social_insurance": {
        "base_reference": Title("缴费基准值"),
        "base_floor": Title("缴费基数下限"),
        "base_ceiling": Title("缴费基数上限"),
    },
    "illness": {
        "stays_a_year": Title("一年住院几次", "次/年"),
        "outpatient_a_year": Title("一年看几次门诊", "次/年"),
        "usual_age": Title("出生日期不详时按几岁", "岁"),
        "stay_fee": Title("每次住院的费用"),
        "outpatient_fee": Title("每次门诊的费用"),
        "stay_spread": Title("住院费用的波动"),
        "outpatient_spread": Title("门诊费用的波动"),
        "out_of_scope_share": Title("目录外自费的占比"),
        "upfront_share": Title("先行自付的占比"),
        "usual_level": Title("没有记录时在哪级医院"),
        "records_months": Title("看本人最近多久的记录"),
        "records_least": Title("按本人记录估计至少要有", "次"),
        "records_months_least": Title("次数至少按多久摊"),
        "recurring_happens": Title("预计的账单真的会来的可能"),
        "recurring_spread": Title("预计的账单的金额波动"),
        "surveyed_all": Title("调查所得：所有人"),
        "surveyed_older": Title("调查所得：60 岁以上"),
        "visits_of_all": Title("统计所得：一年就诊", "次/年"),
    },
}


def title_of(key: str) -> Title | None:
    """None for a key that has no words of its own: its blocks say what it is."""
    file, _, term = key.partition(".")
    return _TITLES.get(file, {}).get(term) or (_CARE.get(term) if file in SUBJECTS else None)


def topic_of(key: str, channel: str = "") -> str:
    """
    >>> topic_of("premium.personal"), topic_of("mutual_aid.relations", "wallet_quota")
    ('居民医保费', '医保钱包（跨省）')
    """
    file = key.partition(".")[0]
    of_file = next((topic for topic, files in TOPICS.items() if file in files), OTHER_TOPIC)
    return BY_CHANNEL.get(channel, of_file)


def rank_of(key: str) -> tuple[int, int]:
    """Where a key stands among the others: by file, then as in the tables above."""
    file, _, term = key.partition(".")
    files, terms = [*SUBJECTS], [*_TITLES.get(file, {}), *_CARE]
    return (
        files.index(file) if file in files else len(files),
        terms.index(term) if term in terms else len(terms),
    )
