"""Sentences on the figures of analyses, and the names of groups of levers, in English and Chinese."""

GROUPS: dict[str, dict[str, str]] = {
    "conviction": {"en": "Conviction", "zh": "信念教育"},
    "relief": {"en": "Relief", "zh": "松绑减负"},
    "growth": {"en": "Paths to grow", "zh": "成长通道"},
    "concepts": {"en": "Views of parents and evaluation", "zh": "家长观念与评价"},
    "teaching": {"en": "Teaching at school", "zh": "校内教学"},
    "after_school": {"en": "After-school service", "zh": "课后服务"},
    "supervision": {"en": "Supervision", "zh": "校外监管"},
}

ANALYSIS: dict[str, dict[str, str]] = {
    # sensitivity
    "index.total": {"en": "Total index: share of the variance that a setting takes part in, interactions included.",
                    "zh": "总效应指数：方差中该设定（含交互作用）所涉及的份额。"},
    "index.mu_star": {"en": "Mean size of the effect of moving a setting from one end to the other, wherever the others stand.",
                      "zh": "其他设定取各种值时，该设定从一端移到另一端所引起变化的平均大小。"},
    "index.pawn": {"en": "PAWN index: how far the distribution of the outcome moves when a setting is known (0 to 1).",
                   "zh": "PAWN指数：已知该设定后，结果分布移动的距离（0至1）。"},
    "index.delta": {"en": "Delta: the share of the outcome's distribution that moves when a setting is known (0 to 1).",
                    "zh": "δ指数：已知该设定后，结果分布中发生移动的份额（0至1）。"},
    "indices.title": {"en": "{name} depends most on: {first}", "zh": "{name}：影响最大的是{first}"},
    "indices.unsure": {"en": "{name}: too few samples to say what matters most", "zh": "{name}：样本太少，尚不能判断哪项影响最大"},
    "indices.sub": {"en": "About the scenario: {title}", "zh": "围绕情景“{title}”"},
    "indices.note": {"en": "Line: 90 % interval of the estimate. The same luck at every point of the design.",
                     "zh": "线：估计值的90%区间。各设计点使用相同的随机因素。"},
    "indices.wide": {"en": "Too wide to rank: {names}.", "zh": "区间过宽、不宜排序：{names}。"},
    "settle.title": {"en": "Do the indices settle as the sample grows?", "zh": "样本增大时，指数是否趋于稳定？"},
    "settle.sub": {"en": "The five largest indices of each outcome by size of the sample, about the scenario: {title}",
                   "zh": "围绕情景“{title}”，各结果最大的五个指数随样本大小的变化"},
    "settle.note": {"en": "Line: estimate; bar: its 90 % interval. Lines that still move or cross say that more samples are needed.",
                    "zh": "线：估计值；竖线：90%区间。仍在移动或交叉的线表示样本还不够。"},
    "map.title": {"en": "Which settings matter for which outcomes", "zh": "各项设定对各项结果的影响"},
    "map.note": {"en": "Each number is the index over the largest one of its column: 1 is the setting that matters most for that outcome.",
                 "zh": "数字为该指数与本列最大指数之比：1为对该结果影响最大的设定。"},
    "alt.indices": {"en": "Bar charts with intervals: the settings that matter most, a panel per outcome.",
                    "zh": "带区间的条形图：影响最大的设定，每项结果一幅。"},
    "alt.settle": {"en": "Line charts: indices by size of the sample, a panel per outcome.", "zh": "折线图：指数随样本大小的变化，每项结果一幅。"},
    "alt.map": {"en": "Heat map of settings by outcomes.", "zh": "设定与结果的热力图。"},
}  # fmt: skip
