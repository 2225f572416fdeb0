"""Labels, numbers and sentences in English and Chinese; what a declaration already says is taken from there.

Nothing here draws or computes results. Sentences hedge: an interval that includes zero is no clear difference.
"""

import math
import re
from dataclasses import dataclass
from functools import cache

import model.outcomes  # noqa: F401  (importing it declares the outcomes)
from dashboard.analysis_words import ANALYSIS, GROUPS
from dashboard.texts import texts
from model.declare.outcome import OUTCOMES
from model.declare.setting import levers, parameters
from model.declare.unit import UNITS

LANGUAGES = ("en", "zh")
LONGEST_TITLE = 60
LARGE = {  # (from which size on, what it is divided by, its name)
    "en": ((1e9, 1e9, "billion "), (1e6, 1e6, "million "), (1e4, 1e3, "thousand ")),
    "zh": ((1e8, 1e8, "亿"), (1e4, 1e4, "万")),
}
THOUSAND = 1e3
TWO_WAYS = {  # unit: (of a level, of a difference), where these differ or are not the declared words
    "share": ({"en": "%", "zh": "%"}, {"en": "% points", "zh": "百分点"}),
    "share/month": ({"en": "%/month", "zh": "%/月"}, {"en": "% points/month", "zh": "百分点/月"}),
    "share/year": ({"en": "%/year", "zh": "%/年"}, {"en": "% points/year", "zh": "百分点/年"}),
    "share of old price": ({"en": "% of old price", "zh": "原价的%"}, {"en": "% points", "zh": "百分点"}),
    "index 0-100": ({"en": "points of 100", "zh": "百分制得分"}, {"en": "points", "zh": "分"}),
    "index, before = 100": ({"en": "index, before the policy = 100", "zh": "指数，政策前=100"}, {"en": "points", "zh": "点"}),
}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip

SENTENCES: dict[str, dict[str, str]] = {
    "found": {"en": "{name} {middle} ({low} to {high})", "zh": "{name} {middle}（{low}至{high}）"},
    "under": {"en": "{name} as assumed in {other}", "zh": "{name}（按“{other}”的假设）"},
    "group.city": {"en": "the city", "zh": "全市"},
    "group.income": {"en": "income fifth {n} (1 is the poorest)", "zh": "收入第{n}组（1为最低）"},
    "in.group": {"en": "{group}: {text}", "zh": "{group}：{text}"},
    "unclear": {"en": "no clear difference", "zh": "未见明确差异"},
    "slight": {"en": "difference not notable", "zh": "差异未达可观程度"},
    "small": {"en": "Not notable: less than the outcome's declared notable difference (2 % of the baseline's level if none is declared).",
              "zh": "未达可观程度：小于该结果所声明的可观差异（未声明者取基线水平的2%）。"},
    "better": {"en": "better", "zh": "改善"},
    "worse": {"en": "worse", "zh": "变差"},
    "changed": {"en": "changed, neither good nor bad", "zh": "有变化，不分好坏"},
    "against": {"en": "Difference from baseline, mean of {first} to {last}",
                "zh": "与基线之差，{first}至{last}平均"},
    "against.unit": {"en": "Difference from baseline in {unit}, mean of {first} to {last}",
                     "zh": "与基线之差（{unit}），{first}至{last}平均"},
    "levels": {"en": "Mean of {first} to {last}", "zh": "{first}至{last}平均"},
    "runs": {"en": "Mark: median of {n} paired runs; bar: 90 % of them.", "zh": "点：{n}次配对模拟的中位数；线：其中90%的范围。"},
    "few": {"en": "too few runs to say", "zh": "模拟次数太少，无法判断"},
    "few.title": {"en": "Too few runs ({n}) to call a difference clear", "zh": "模拟次数太少（{n}次），不足以判断差异"},
    "few.note": {"en": "Paired runs: {n}, too few for an interval or to call anything clear. Mark: their median.",
                 "zh": "配对模拟只有{n}次，不给区间，也不作明确判断。点：其中位数。"},
    "assumes": {"en": "Simulated; the intervals hold the uncertainty of parameters and of chance, not of the model's form.",
                "zh": "模型推演结果；区间只含参数和偶然因素的不确定性，不含模型结构的不确定性。"},
    # trajectories
    "paths.title": {"en": "{name} makes the largest clear difference in {k} of {n} outcomes",
                    "zh": "{n}项结果中，{name}在{k}项上的明确差异最大"},
    "paths.none": {"en": "No outcome ends clearly apart from the baseline", "zh": "各项结果均未见与基线的明确差异"},
    "paths.alone": {"en": "{name}: {n} outcomes month by month", "zh": "{name}：{n}项结果逐月变化"},
    "paths.alone.sub": {"en": "{first} to {last}", "zh": "{first}至{last}"},
    "paths.single": {"en": "Line: the one run.", "zh": "线：仅有的一次模拟。"},
    "paths.band": {"en": "Line: median; band: 5–95 % of {n} runs, for the baseline and the policy with the largest clear difference.",
                   "zh": "线：中位数；带：{n}次模拟的5%～95%，只画基线和明确差异最大的政策。"},
    "paths.others": {"en": "Thin grey: other policies.", "zh": "细灰线：其他政策。"},
    "paths.calendar": {"en": "Grey area: history, the same for all. Dotted: policy start, {policy}. Dashed: first future month, {future}.",
                       "zh": "灰底：各情景相同的历史。点线：政策起点{policy}。虚线：未来首月{future}。"},
    "paths.pairs": {"en": "Runs are compared in pairs, so a difference is surer than the levels.",
                    "zh": "逐对比较，因此差异比水平更确定。"},
    "paths.sub": {"en": "Each month from {first} to {last}; beside each unit the largest clear difference (90 % interval), {late}",
                  "zh": "{first}至{last}逐月；单位旁为最大的明确差异（90%区间），{late}"},
    "late": {"en": "mean of the last {n} months", "zh": "最后{n}个月平均"},
    "history": {"en": "history", "zh": "历史"},
    "one.title": {"en": "{label}: {k} of {n} policies differ clearly from baseline",
                  "zh": "{label}：{n}种政策中{k}种与基线有明确差异"},
    "one.none": {"en": "{label}: no policy differs clearly from baseline", "zh": "{label}：各政策与基线均未见明确差异"},
    "one.sub": {"en": "Difference from baseline each month, {unit}; under each name the {late} (90 % interval)",
                "zh": "逐月与基线之差（{unit}）；名称下为{late}（90%区间）"},
    "one.how": {"en": "Black: baseline. Colour: the policy named above. Thin grey: the others. Line: median; band: 5–95 % of {n} paired "
                      "runs. Dashed: first future month, {future}.",
                "zh": "黑色：基线。彩色：标题所示政策。细灰线：其他政策。线：中位数；带：{n}次配对模拟的5%～95%。虚线：未来首月{future}。"},
    # effects
    "effects.title": {"en": "{name} clearly improves {b} of {n} headline outcomes, worsens {w}",
                      "zh": "{name}：{n}项主要结果中{b}项明确改善，{w}项明确变差"},
    "effects.none": {"en": "No policy clearly improves a headline outcome", "zh": "各政策对主要结果均未见明确改善"},
    "effects.axis": {"en": "% of the baseline's level", "zh": "占基线水平的百分比（%）"},
    "effects.how": {"en": "Numbers: median in the unit above. One scale for all: % of the baseline's level (for standard deviations, % of one). "
                          "Arrow: goes on beyond the axis.",
                    "zh": "数字：以标题下单位计的中位数。各图同一尺度：占基线水平的百分比（标准差则为其百分之几）。箭头：超出坐标范围。"},
    # trade-off
    "trade.title": {"en": "{k} of {n} policies clearly help and are unbeaten on cost",
                    "zh": "{n}种政策中，{k}种有明确改善且没有更省更好的替代"},
    "trade.none": {"en": "No policy clearly improves these outcomes", "zh": "各政策对这些结果均未见明确改善"},
    "trade.x": {"en": "Extra public cost, {unit}", "zh": "新增公共支出（{unit}）"},
    "trade.y": {"en": "Effect, {unit}", "zh": "效果（{unit}）"},
    "trade.up": {"en": "Effect, {unit}; up is better", "zh": "效果（{unit}），越往上越好"},
    "trade.baseline": {"en": "baseline", "zh": "基线"},
    "trade.edge": {"en": "better, and no other is cheaper and better", "zh": "明确改善，且没有更省更好的"},
    "trade.beaten": {"en": "another is cheaper and better, or it is worse", "zh": "另有更省更好的，或变差"},
    "trade.idle": {"en": "no clear or notable difference", "zh": "未见明确或可观差异"},
    "trade.named": {"en": "No clear or notable difference, cheapest first: {names}",
                    "zh": "未见明确或可观差异（费用由低到高）：{names}"},
    "list": {"en": ", ", "zh": "、"},
    "trade.bent": {"en": "Extra public cost, {unit} (square-root scale)", "zh": "新增公共支出（{unit}，平方根刻度）"},
    "trade.how": {"en": "Compared by medians: where intervals overlap, the order is not certain. ",
                  "zh": "按中位数比较；区间重叠时先后并不确定。"},
    # districts
    "districts.better": {"en": "{label}: {name} clearly better in {k} of {n} districts",
                        "zh": "{label}：{name}在{n}个区县中的{k}个有明确改善"},
    "districts.changed": {"en": "{label}: {name} clearly changes {k} of {n} districts",
                          "zh": "{label}：{name}在{n}个区县中的{k}个有明确变化"},
    "districts.worse": {"en": "{label}: {name} clearly worse in {k} of {n} districts",
                        "zh": "{label}：{name}在{n}个区县中的{k}个明确变差"},
    "districts.none": {"en": "{label}: no clear difference in any district", "zh": "{label}：各区县均未见明确差异"},
    "districts.how": {"en": "Grey tick: the city as a whole. ", "zh": "灰色短线：全市。"},
    # income
    "income.title": {"en": "{name}: {k} of {n} income gaps narrow and the poorest fifth gains",
                     "zh": "{name}：{n}项高低收入差距中{k}项缩小，且收入最低者受益"},
    "income.title.pays": {"en": "{name}: gap in {label} narrows because the poorest fifth {loses}",
                          "zh": "{name}：{label}差距缩小，是因为收入最低者{loses}"},
    "income.title.rich": {"en": "{name}: gap in {label} narrows as the richest fifth moves",
                          "zh": "{name}：{label}差距缩小，来自收入最高者的变化"},
    "income.none": {"en": "No policy clearly narrows a gap between incomes", "zh": "各政策均未见明确缩小高低收入差距"},
    "income.pays": {"en": "{label}: the gap narrows because the poorest fifth {loses} under {names}.",
                    "zh": "{label}：在{names}下差距缩小，是因为收入最低者{loses}。"},
    "income.pays.more": {"en": "pays more", "zh": "支出更多"},
    "income.worse.off": {"en": "is worse off", "zh": "状况变差"},
    "income.poor": {"en": "poorest fifth", "zh": "收入最低的五分之一"},
    "income.rich": {"en": "richest fifth", "zh": "收入最高的五分之一"},
    "income.gains": {"en": "narrower, poorest gain", "zh": "差距缩小，最低者受益"},
    "income.loses": {"en": "poorest lose", "zh": "最低者变差"},
    "income.moves": {"en": "other change", "zh": "其他明确变化"},
    "income.change": {"en": "change of gap", "zh": "差距变化"},
    "income.change.unit": {"en": "change of gap, {unit}", "zh": "差距变化（{unit}）"},
    "income.how": {"en": "Ticks between: the other fifths. Marks: medians of {n} runs. Number: median change of the gap, paired with "
                         "the baseline; coloured if its 90 % interval excludes zero and it is notable.",
                   "zh": "中间短线：其余各组。点：{n}次模拟的中位数。数字：差距与基线配对之差的中位数；90%区间不含零且达到可观程度才着色。"},
    # sweeps
    "named.city": {"en": "city", "zh": "城市"},
    "named.usual": {"en": "usual", "zh": "通常"},
    "named.off": {"en": "off", "zh": "关闭"},
    "named.none": {"en": "none", "zh": "无"},
    "responses.title": {"en": "{name} goes most with {k} of {n} outcomes", "zh": "{n}项结果中，{k}项与{name}关系最大"},
    "responses.none": {"en": "No varied setting goes clearly with an outcome", "zh": "各设定与结果均未见明确关系"},
    "responses.sub": {"en": "{title}: {n} points, {month}", "zh": "{title}：{n}个试验点，{month}"},
    "responses.how": {"en": "Line: median of the points in ten groups of equal size (or at each value); band: 5–95 % of them. Number: share of the "
                            "outcome's variance between the groups; the rest is other settings and chance.",
                      "zh": "线：按设定取值分十组（或逐值）的中位数；带：组内5%～95%。数字：组间方差占该结果总方差的比例；其余来自其他设定与偶然因素。"},
    "alt.responses": {"en": "Line charts with bands: each outcome against each varied setting.", "zh": "带区间的折线图：各结果随各设定的变化。"},
    # what a figure is, for those who cannot see it
    "alt": {"en": "{kind} {title}. {subtitle}.", "zh": "{kind}{title}。{subtitle}。"},
    "alt.paths": {"en": "Line charts over months with uncertainty bands, a panel per outcome.", "zh": "逐月折线图，带不确定性区间，每项结果一幅。"},
    "alt.one": {"en": "Line charts over months with uncertainty bands, a panel per policy.", "zh": "逐月折线图，带不确定性区间，每种政策一幅。"},
    "alt.effects": {"en": "Dots with intervals: effect of each policy on each headline outcome.", "zh": "点与区间图：各政策对各主要结果的效果。"},
    "alt.trade": {"en": "Scatter charts of extra cost against effect, a panel per outcome.", "zh": "散点图：新增支出与效果，每项结果一幅。"},
    "alt.districts": {"en": "Dots with intervals: effect of policies in each district, a tile per district.", "zh": "点与区间图：各政策在各区县的效果，每个区县一幅。"},
    "alt.income": {"en": "Dumbbell charts: poorest and richest fifth of families under each policy, a panel per outcome.",
                   "zh": "哑铃图：各政策下收入最低与最高五分之一家庭，每项结果一幅。"},
    "skip.absent": {"en": "not in these results: {missing}", "zh": "结果中没有：{missing}"},
    "skip.groups": {"en": "these results have no such groups", "zh": "结果中没有这些分组"},
    "skip.alone": {"en": "only one scenario: nothing to compare", "zh": "只有一个情景，无从比较"},
    **ANALYSIS,
}  # fmt: skip


def say(key: str, lang: str, **values: object) -> str:
    """Return one sentence of the catalogue with its blanks filled: of the figures, or of the app (``file.entry``)."""
    entry = SENTENCES[key] if key in SENTENCES else texts()[key]
    return entry[lang].format(**values)


@cache
def label(key: str, lang: str) -> str:
    """Return the label of an outcome, a lever, a parameter or a group of levers; its id in words if it has none."""
    for declared in (lambda: OUTCOMES, levers, parameters):
        if key in declared():
            return declared()[key].label[lang]
    return GROUPS[key][lang] if key in GROUPS else key.replace("_", " ")


def named(key: str, lang: str) -> str:
    """Return the name of anything that a sweep varies, or of a value that is no number."""
    from model.schedule import scheduled

    rules = {rule.name: rule for rule in scheduled()}
    if key in rules and lang == "zh":
        return rules[key].zh
    return say(f"named.{key}", lang) if f"named.{key}" in SENTENCES else label(key, lang)


def title_of(names: dict, kind: str, key: str, lang: str) -> str:
    """Return the name of a scenario or a district, on one line and not endless; its key if it has none.

    ``names`` is ``{"scenarios": {...}, "districts": {...}}`` or one dictionary with both, ``{key: {"en", "zh"}}``.
    """
    entry = names.get(kind, names).get(key) or {}
    text = re.sub(r"\s+", " ", str(entry.get(lang) or key.replace("_", " "))).strip()
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"


def month(text: str, lang: str) -> str:
    """Return a month as people write it: "May 2026" or 2026年5月."""
    year, number = text.split("-")
    return f"{MONTHS[int(number) - 1]} {year}" if lang == "en" else f"{year}年{int(number)}月"


@dataclass(frozen=True, slots=True)
class Scale:
    """How numbers of one unit are written: multiply, round, and name the unit."""

    factor: float
    decimals: int
    unit: str
    lang: str

    def number(self, value: float, *, signed: bool = False) -> str:
        """Return the value, already in natural units of the model, as text in this scale."""
        return number(value * self.factor, self.decimals, self.lang, signed=signed)


def scale(unit: str, largest: float, lang: str, *, difference: bool = False) -> Scale:
    """Choose the scale for values of ``unit`` whose largest magnitude is ``largest``: two or three digits.

    Shares become per cent, their differences points of a per cent; large numbers become million, 万 or 亿.
    """
    words = TWO_WAYS[unit][difference][lang] if unit in TWO_WAYS else UNITS.get(unit, unit) if lang == "zh" else unit
    if unit.startswith("share"):
        return Scale(100, places(largest * 100), words, lang)
    for start, size, name in LARGE[lang]:
        if largest >= start:
            return Scale(1 / size, places(largest / size), name + words, lang)
    return Scale(1, places(largest), words, lang)


def places(largest: float) -> int:
    """Return how many decimals leave two digits to ``largest``: no number pretends to more."""
    if not math.isfinite(largest) or largest <= 0:
        return 0
    return min(max(1 - math.floor(math.log10(largest)), 0), 4)


def number(value: float, decimals: int, lang: str, *, signed: bool = False) -> str:
    """Return a number with a true minus sign, commas in English, and never minus nothing; a dash for no value."""
    if not math.isfinite(value):
        return "–"
    comma = "," if lang == "en" and abs(value) >= 10 * THOUSAND else ""
    text = f"{abs(value):{comma}.{decimals}f}"
    if not text.strip("0.,"):
        return text
    return ("−" if value < 0 else "+" if signed else "") + text
