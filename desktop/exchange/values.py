"""取值。What a document may hold (money, days, words, areas), each refused with its own sentence."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from desktop.domain.binding import Channel, Relation
from desktop.domain.care import Credential, Facility, Level, Purpose, Setting
from desktop.domain.matter import EnrolledAs, PayoutReason
from desktop.domain.money import Money
from desktop.domain.people import Scheme, Sex, Status
from desktop.domain.places import is_known
from desktop.domain.plan import Rhythm
from desktop.domain.premium import PremiumGroup, RefundGround
from desktop.exchange.strict_json import NotANumber, shown

OURS = "gongji"
"""The error type of every fault that already speaks for itself."""

MOST = Money.yuan("99999999999999.99")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FIRST_BENEFIT_YEAR = 2000
_MOST_MONTHS = 1200
RETIREMENT_AGES = (60, 55, 50)
"""原法定退休年龄: men, women in offices, women in workshops."""

_MONEY = r"(0|[1-9][0-9]{0,13})\.[0-9]{2}"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_HOUR = r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
_SMALL_NUMBER = r"-?[0-9]{1,6}(\.[0-9]{0,6})?"
_RULE_NUMBER = r"-?[0-9]{1,14}(\.[0-9]{1,6})?"
_AREA = r"[0-9]{6}"


class Form(BaseModel):
    """One kind of object in a document: nothing may stand in it that it does not name."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def refuse(what: str, todo: str = "") -> NoReturn:
    # WORKAROUND(pydantic): a template may not hold braces of its own, so the sentence goes in as a value.
    raise PydanticCustomError(OURS, "{what}", {"what": what, "todo": todo})


# ---------------------------------------------------------------------------------------------------- money

_MONEY_FAULTS = (
    (r"", "没有写金额", ""),
    (r"[-\uff0d\u2212].*", "金额不能是负数", ""),
    (r"(?i)[+]?(nan|inf|infinity)", "这不是一个金额", ""),
    (r".*[\uff10-\uff19\uff0e\uff0c].*", "金额里有全角字符", "，用半角数字"),
    (r"[0-9.]+[eE][+-]?[0-9]+", "金额不能用科学记数法", ""),
    (r".*\s.*", "金额里有空格", "，不留空格"),
    (r".*,.*", "金额里有逗号", "，不加逗号"),
    (r"[0-9]*\.[0-9]{3,}", "金额最多到分，小数点后正好两位", ""),
    (r"0[0-9]+\.[0-9]{2}", "金额前面多了 0", ""),
    (r"[0-9]{15,}\.[0-9]{2}", f"金额太大，最多 {MOST}", ""),
    (r"[0-9]*\.?[0-9]*", "金额要写到分，小数点后正好两位", ""),
    (r"(?s).*", "这不是一个金额", "，只写数字和小数点"),
)


def _money(value: object) -> Money:
    if not isinstance(value, str):
        refuse(*_money_as_another_kind(value))
    if not re.fullmatch(_MONEY, value):
        what, how = next((what, how) for form, what, how in _MONEY_FAULTS if re.fullmatch(form, value))
        refuse(f"{what}（现在是 {shown(value)}）", f'请写成 "494.00" 的样子{how}')
    return Money.yuan(value)


def _money_as_another_kind(value: object) -> tuple[str, str]:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return f"金额要写成文字，不能是 {shown(value)}", '请写成 "494.00" 的样子'
    if value < 0:
        return f"金额不能是负数，并且要写成带引号的文字（现在是 {shown(value)}）", '请写成 "494.00" 的样子'
    if value > MOST // 100:
        return f"金额太大，最多 {MOST}，并且要写成带引号的文字", '请写成 "494.00" 的样子'
    return f"金额要写成带引号的文字，不能是数 {shown(value)}", '请写成 "494.00" 的样子'


Yuan = Annotated[
    Money,
    PlainValidator(_money),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{_MONEY}$",
            "description": "元，正好两位小数",
            "examples": ["494.00"],
        }
    ),
]


def _signed(value: object) -> Money:
    if isinstance(value, str) and re.fullmatch(f"-{_MONEY}", value):
        return -_money(value[1:])
    return _money(value)


SignedYuan = Annotated[
    Money,
    PlainValidator(_signed),
    WithJsonSchema({"type": "string", "pattern": f"^-?{_MONEY}$", "description": "元，可以是负数"}),
]


# ----------------------------------------------------------------------------------------------------- days


def _day(value: object) -> date:
    if not isinstance(value, str) or not re.fullmatch(_DAY, value, re.ASCII):
        refuse(f"日期写得不对（现在是 {shown(value)}）", '请写成 "2025-03-01" 的样子')
    try:
        day = date.fromisoformat(value)
    except ValueError:
        refuse(f"没有 {value} 这一天", "请改成日历上有的日期")
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        refuse(f"年份要在 {_FIRST_YEAR} 到 {_LAST_YEAR} 之间", "请改正日期；一直有效的，不写终止日")
    return day


def _moment(value: object) -> date | datetime:
    if not isinstance(value, str) or not re.fullmatch(f"{_DAY}[T ].*", value, re.ASCII):
        return _day(value)
    day = _day(value[:10])
    if not re.fullmatch(_HOUR, value[11:], re.ASCII):
        refuse(f"时刻写得不对（现在是 {shown(value)}）", '请写成 "2025-03-01T10:30:00" 的样子，不写时区')
    try:
        return datetime.fromisoformat(f"{day}T{value[11:]}")
    except ValueError:
        refuse(f"没有 {value[11:]} 这个时刻", "请改成 00:00 到 23:59 之间的时刻")


Day = Annotated[
    date,
    PlainValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DAY}$", "examples": ["2025-03-01"]}),
]
Moment = Annotated[
    date | datetime,
    PlainValidator(_moment),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{_DAY}([T ]{_HOUR})?$",
            "description": "日期，或日期和时刻（当地时间）",
            "examples": ["2025-03-01", "2025-03-01T10:30:00"],
        }
    ),
]


# ---------------------------------------------------------------------------------------------- other values


def _text_of(name: str, most: int, *, least: int = 1) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str):
            refuse(f"{name}要写成文字，不能是 {shown(value)}")
        if len(value.strip()) < least:
            refuse(f"{name}是空的", f"请写上{name}")
        if len(value) > most:
            refuse(f"{name}太长，有 {len(value)} 个字", f"最多 {most} 个字")
        if not value.isprintable():
            refuse(f"{name}里有换行或控制字符", "请删去")
        return value

    return read


def _text(name: str, most: int, *, least: int = 1) -> tuple[PlainValidator, WithJsonSchema]:
    schema = {"type": "string", "minLength": least, "maxLength": most, "description": name}
    return PlainValidator(_text_of(name, most, least=least)), WithJsonSchema(schema)


Id = Annotated[str, *_text("编号", 64)]
PlannedId = Annotated[str, *_text("编号", 72)]
"""An id, or the one made of a person's for the premium that is planned for them."""
Name = Annotated[str, *_text("名字", 60)]
Title = Annotated[str, *_text("名称", 200, least=0)]
Note = Annotated[str, *_text("备注", 100, least=0)]
StepName = Annotated[str, *_text("步骤", 64)]
Answer = Annotated[str, *_text("回答", 100, least=0)]
IdNumber = Annotated[str, *_text("证件号码", 30)]
FindingKey = Annotated[str, *_text("提示", 300)]
RuleKey = Annotated[str, *_text("规则的名称", 100)]
Version = Annotated[str, *_text("版本", 60)]


def _area(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(_AREA, value, re.ASCII):
        refuse(f"区划代码要是六位数字的文字（现在是 {shown(value)}）", '请写成 "430100" 的样子')
    return value


def _place(value: object) -> str:
    area = _area(value)
    if not is_known(area):
        refuse(f"没有区划代码是 {shown(area)} 的地方", '请写城市的六位代码，例如长沙 "430100"、东莞 "441900"')
    return area


def _months(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(f"月数要写成不带引号的整数（现在是 {shown(value)}）", "请写成 120 的样子")
    if not 0 <= value <= _MOST_MONTHS:
        refuse(f"月数要在 0 到 {_MOST_MONTHS} 之间（现在是 {shown(value)}）", "请改正月数")
    return value


def _retirement_age(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in RETIREMENT_AGES:
        ages = "、".join(map(str, RETIREMENT_AGES))
        refuse(f"原法定退休年龄只能是 {ages} 岁（现在是 {shown(value)}）", "请不加引号写 60 的样子")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        refuse(f"这里只能是 true 或 false（现在是 {shown(value)}）", "请不加引号写 true 或 false")
    return value


def _benefit_year(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(f"参保年度要写成不带引号的年份（现在是 {shown(value)}）", "请写成 2026 的样子")
    if not _FIRST_BENEFIT_YEAR <= value <= _LAST_YEAR:
        refuse(
            f"参保年度要在 {_FIRST_BENEFIT_YEAR} 到 {_LAST_YEAR} 之间（现在是 {shown(value)}）", "请改正年份"
        )
    return value


@dataclass(frozen=True, slots=True)
class _Span:
    """A number as a plan says it, and how far it goes."""

    name: str
    least: Decimal
    most: Decimal
    todo: str

    def read(self, value: object) -> Decimal:
        if isinstance(value, bool | NotANumber) or not isinstance(value, int | Decimal | str):
            refuse(f"{self.name}要是一个数（现在是 {shown(value)}）", self.todo)
        written = _written(value)
        if not re.fullmatch(_SMALL_NUMBER, written, re.ASCII):
            refuse(f"{self.name}写得不对（现在是 {shown(value)}），最多六位小数", self.todo)
        number = Decimal(written)
        if not self.least <= number <= self.most:
            refuse(f"{self.name}要在 {self.least} 到 {self.most} 之间（现在是 {shown(value)}）", self.todo)
        return number


def _number(span: _Span, description: str) -> tuple[PlainValidator, WithJsonSchema]:
    written = {"type": "string", "pattern": f"^{_SMALL_NUMBER}$"}
    plain = {"type": "number", "minimum": float(span.least), "maximum": float(span.most)}
    return PlainValidator(span.read), WithJsonSchema({"oneOf": [plain, written], "description": description})


def _written(value: int | Decimal | str) -> str:
    """As its own digits; empty where that would be long."""
    if isinstance(value, str):
        return value
    return f"{Decimal(value):f}" if _is_modest(value) else ""


def _is_modest(value: int | Decimal) -> bool:
    """Whether writing it out is short: 1e999999 is a small text and a long number."""
    return abs(Decimal(value).adjusted()) <= 14  # noqa: PLR2004


def _rule_value(value: object) -> Decimal | bool | str:
    """What reads as a number is one; every other text is a word of the law."""
    if isinstance(value, bool):
        return value
    if isinstance(value, NotANumber) or not isinstance(value, int | Decimal | str):
        refuse(f"假设的值要是一个数、一个词，或 true、false（现在是 {shown(value)}）", '请写成 "0.75" 的样子')
    written = _written(value)
    if re.fullmatch(_RULE_NUMBER, written, re.ASCII):
        return Decimal(written)
    if not isinstance(value, str) or re.fullmatch(r"[-+]?[0-9.]+([eE][-+]?[0-9]+)?", value, re.ASCII):
        refuse(f"假设的值写得不对（现在是 {shown(value)}），整数最多十四位，小数最多六位")
    return _text_of("假设的值", 100)(value)


Area = Annotated[
    str,
    PlainValidator(_area),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{_AREA}$", "description": "六位区划代码", "examples": ["430100"]}
    ),
]
Place = Annotated[
    str,
    PlainValidator(_place),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{_AREA}$",
            "description": "六位区划代码，要是有的城市或省",
            "examples": ["430100"],
        }
    ),
]
Months = Annotated[
    int,
    PlainValidator(_months),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": _MOST_MONTHS, "description": "月数"}),
]
RetirementAge = Annotated[
    int,
    PlainValidator(_retirement_age),
    WithJsonSchema({"enum": [*RETIREMENT_AGES], "description": "原法定退休年龄"}),
]
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
BenefitYear = Annotated[
    int,
    PlainValidator(_benefit_year),
    WithJsonSchema({"type": "integer", "minimum": _FIRST_BENEFIT_YEAR, "maximum": _LAST_YEAR}),
]
_GROWTH = _Span("工资增长率", Decimal("-0.5"), Decimal(1), '请写成 "0.05" 的样子，表示每年涨 5%')
_HAPPENS = _Span("可能性", Decimal(0), Decimal(1), '请写成 "0.8" 的样子，表示十次里有八次')
_SPREAD = _Span("金额的波动", Decimal(0), Decimal(10), '请写成 "0.3" 的样子，表示上下差三成')
_A_YEAR = _Span("一年的次数", Decimal(0), Decimal(366), '请写成 "0.5" 的样子，表示平均两年一次')
_ILLNESS = _Span("计划外看病的倍数", Decimal(0), Decimal(5), '请写成 "1.5" 的样子，1 是照常，0 是没有')

Growth = Annotated[Decimal, *_number(_GROWTH, "每年的比例，0.05 即 5%")]
Probability = Annotated[Decimal, *_number(_HAPPENS, "每一次发生的可能性，0 到 1")]
Spread = Annotated[Decimal, *_number(_SPREAD, "金额的标准差与平均数之比")]
TimesAYear = Annotated[Decimal, *_number(_A_YEAR, "一年平均几次")]
Illness = Annotated[Decimal, *_number(_ILLNESS, "计划外看病是照常的几倍")]
RuleValue = Annotated[
    Decimal | bool | str,
    PlainValidator(_rule_value),
    WithJsonSchema(
        {
            "oneOf": [{"type": "boolean"}, {"type": "number"}, {"type": "string", "maxLength": 100}],
            "description": "数、词，或 true、false；比例写成 0.75",
        }
    ),
]


# ---------------------------------------------------------------------------------------------------- words


def words(allowed: type[StrEnum]) -> BeforeValidator:
    """Reads one of the words of an enum; another word is refused with all that are allowed."""

    def read(value: object) -> Any:
        if isinstance(value, str) and value in list(allowed):
            return allowed(value)
        refuse(*unknown_word(value, [one.value for one in allowed]))

    return BeforeValidator(read)


def unknown_word(value: object, allowed: list[str]) -> tuple[str, str]:
    return f"没有 {shown(value)} 这个词", f"可用的词：{'、'.join(allowed)}"


SchemeWord = Annotated[Scheme, words(Scheme)]
StatusWord = Annotated[Status, words(Status)]
SexWord = Annotated[Sex, words(Sex)]
RelationWord = Annotated[Relation, words(Relation)]
ChannelWord = Annotated[Channel, words(Channel)]
SettingWord = Annotated[Setting, words(Setting)]
FacilityWord = Annotated[Facility, words(Facility)]
LevelWord = Annotated[Level, words(Level)]
CredentialWord = Annotated[Credential, words(Credential)]
PurposeWord = Annotated[Purpose, words(Purpose)]
RhythmWord = Annotated[Rhythm, words(Rhythm)]
EnrolledAsWord = Annotated[EnrolledAs, words(EnrolledAs)]
PayoutReasonWord = Annotated[PayoutReason, words(PayoutReason)]
PremiumGroupWord = Annotated[PremiumGroup, words(PremiumGroup)]
RefundGroundWord = Annotated[RefundGround, words(RefundGround)]
