"""行政区划。The provinces and prefectures of GB/T 2260 by their codes, and what to call a place."""

from __future__ import annotations

import re
from functools import cache

from desktop.domain.people import province_of

_CODE = re.compile(r"\d{6}", re.ASCII)
_PLACES = {
    "11": "北京",
    "12": "天津",
    "13": "河北 01石家庄 02唐山 03秦皇岛 04邯郸 05邢台 06保定 07张家口 08承德 09沧州 10廊坊 11衡水",
    "14": "山西 01太原 02大同 03阳泉 04长治 05晋城 06朔州 07晋中 08运城 09忻州 10临汾 11吕梁",
    "15": (
        "内蒙古 01呼和浩特 02包头 03乌海 04赤峰 05通辽 06鄂尔多斯 07呼伦贝尔 08巴彦淖尔 "
        "09乌兰察布 22兴安 25锡林郭勒 29阿拉善"
    ),
    "21": (
        "辽宁 01沈阳 02大连 03鞍山 04抚顺 05本溪 06丹东 07锦州 08营口 09阜新 10辽阳 11盘锦 12铁岭 "
        "13朝阳 14葫芦岛"
    ),
    "22": "吉林 01长春 02吉林 03四平 04辽源 05通化 06白山 07松原 08白城 24延边",
    "23": (
        "黑龙江 01哈尔滨 02齐齐哈尔 03鸡西 04鹤岗 05双鸭山 06大庆 07伊春 08佳木斯 09七台河 "
        "10牡丹江 11黑河 12绥化 27大兴安岭"
    ),
    "31": "上海",
    "32": (
        "江苏 01南京 02无锡 03徐州 04常州 05苏州 06南通 07连云港 08淮安 09盐城 10扬州 11镇江 12泰州 13宿迁"
    ),
    "33": "浙江 01杭州 02宁波 03温州 04嘉兴 05湖州 06绍兴 07金华 08衢州 09舟山 10台州 11丽水",
    "34": (
        "安徽 01合肥 02芜湖 03蚌埠 04淮南 05马鞍山 06淮北 07铜陵 08安庆 10黄山 11滁州 12阜阳 "
        "13宿州 15六安 16亳州 17池州 18宣城"
    ),
    "35": "福建 01福州 02厦门 03莆田 04三明 05泉州 06漳州 07南平 08龙岩 09宁德",
    "36": "江西 01南昌 02景德镇 03萍乡 04九江 05新余 06鹰潭 07赣州 08吉安 09宜春 10抚州 11上饶",
    "37": (
        "山东 01济南 02青岛 03淄博 04枣庄 05东营 06烟台 07潍坊 08济宁 09泰安 10威海 11日照 13临沂 "
        "14德州 15聊城 16滨州 17菏泽"
    ),
    "41": (
        "河南 01郑州 02开封 03洛阳 04平顶山 05安阳 06鹤壁 07新乡 08焦作 09濮阳 10许昌 11漯河 "
        "12三门峡 13南阳 14商丘 15信阳 16周口 17驻马店 90直辖县市"
    ),
    "42": (
        "湖北 01武汉 02黄石 03十堰 05宜昌 06襄阳 07鄂州 08荆门 09孝感 10荆州 11黄冈 12咸宁 13随州 "
        "28恩施 90直辖县市"
    ),
    "43": (
        "湖南 01长沙 02株洲 03湘潭 04衡阳 05邵阳 06岳阳 07常德 08张家界 09益阳 10郴州 11永州 "
        "12怀化 13娄底 31湘西"
    ),
    "44": (
        "广东 01广州 02韶关 03深圳 04珠海 05汕头 06佛山 07江门 08湛江 09茂名 12肇庆 13惠州 14梅州 "
        "15汕尾 16河源 17阳江 18清远 19东莞 20中山 51潮州 52揭阳 53云浮"
    ),
    "45": (
        "广西 01南宁 02柳州 03桂林 04梧州 05北海 06防城港 07钦州 08贵港 09玉林 10百色 11贺州 "
        "12河池 13来宾 14崇左"
    ),
    "46": "海南 01海口 02三亚 03三沙 04儋州 90直辖县市",
    "50": "重庆",
    "51": (
        "四川 01成都 03自贡 04攀枝花 05泸州 06德阳 07绵阳 08广元 09遂宁 10内江 11乐山 13南充 "
        "14眉山 15宜宾 16广安 17达州 18雅安 19巴中 20资阳 32阿坝 33甘孜 34凉山"
    ),
    "52": "贵州 01贵阳 02六盘水 03遵义 04安顺 05毕节 06铜仁 23黔西南 26黔东南 27黔南",
    "53": (
        "云南 01昆明 03曲靖 04玉溪 05保山 06昭通 07丽江 08普洱 09临沧 23楚雄 25红河 26文山 "
        "28西双版纳 29大理 31德宏 33怒江 34迪庆"
    ),
    "54": "西藏 01拉萨 02日喀则 03昌都 04林芝 05山南 06那曲 25阿里",
    "61": "陕西 01西安 02铜川 03宝鸡 04咸阳 05渭南 06延安 07汉中 08榆林 09安康 10商洛",
    "62": (
        "甘肃 01兰州 02嘉峪关 03金昌 04白银 05天水 06武威 07张掖 08平凉 09酒泉 10庆阳 11定西 "
        "12陇南 29临夏 30甘南"
    ),
    "63": "青海 01西宁 02海东 22海北 23黄南 25海南 26果洛 27玉树 28海西",
    "64": "宁夏 01银川 02石嘴山 03吴忠 04固原 05中卫",
    "65": (
        "新疆 01乌鲁木齐 02克拉玛依 04吐鲁番 05哈密 23昌吉 27博尔塔拉 28巴音郭楞 29阿克苏 "
        "30克孜勒苏 31喀什 32和田 40伊犁 42塔城 43阿勒泰 90直辖县市"
    ),
    "71": "台湾",
    "81": "香港",
    "82": "澳门",
}
"""By the first two digits of a code: the province, then its prefectures, each after its next two digits.

A province without any is a city of its own. Counties that a province administers itself share one code.
"""
_OF_THE_PROVINCE = "99"
"""省本级: what the offices call the insurance that a province runs itself."""


@cache
def provinces() -> dict[str, str]:
    """
    >>> provinces()["43"]
    '湖南'
    """
    return {code: words.split()[0] for code, words in _PLACES.items()}


@cache
def _prefectures(province: str) -> dict[str, str]:
    cities = _PLACES.get(province, "").split()[1:]
    return {city[:2]: city[2:] for city in cities}


def is_known(area: str) -> bool:
    """Whether there is a place with this code: a prefecture or a whole province, or within one.

    >>> is_known("441900"), is_known("430199"), is_known("439800"), is_known("4301")
    (True, True, False, False)
    """
    province = province_of(area)
    cities = _prefectures(province)
    if _CODE.fullmatch(area) is None or province not in _PLACES:
        return False
    return not cities or area[2:4] in {"00", _OF_THE_PROVINCE, *cities}


@cache
def places() -> dict[str, str]:
    """Every province and prefecture by its code, under the name of both.

    >>> places()["441900"], places()["440000"], places()["110000"]
    ('广东东莞', '广东', '北京')
    """
    known = {f"{province}0000": name for province, name in provinces().items()}
    cities = {
        f"{province}{code}00": f"{name}{city}"
        for province, name in provinces().items()
        for code, city in _prefectures(province).items()
    }
    return known | cities


@cache
def _codes() -> dict[str, str]:
    """By every name that people write: a city's own, with its province, a province's."""
    by_city = {place_name(code): code for code in reversed(places())}
    return by_city | {name: code for code, name in places().items()}


def place_code(words: str) -> str:
    """The code of a place by its name or code; empty where there is no such place.

    >>> [place_code(words) for words in ("东莞", "广东省东莞市", "430199", "吉林", "乌有")]
    ['441900', '441900', '430199', '220000', '']
    """
    said = words.strip()
    if is_known(said):
        return said
    bare = said.replace("省", "")
    return next((code for name in (said, bare, bare[:-1]) if (code := _codes().get(name))), "")


def place_name(area: str) -> str:
    """The city, or the province where no city is known; the code itself for what is no place.

    >>> place_name("441900"), place_name("430199"), place_name("439900"), place_name("110101")
    ('东莞', '长沙', '湖南本级', '北京')
    """
    province = provinces().get(province_of(area))
    if province is None:
        return area
    if area[2:4] == _OF_THE_PROVINCE:
        return f"{province}本级"
    return _prefectures(province_of(area)).get(area[2:4], province)
