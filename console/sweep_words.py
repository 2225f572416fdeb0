"""Words of the command that sweeps over a design, in English and Chinese."""

SWEEP: dict[str, tuple[str, str]] = {
    "about.sweep": (
        "Simulate every point of a design: a grid, a Latin hypercube, a Sobol sequence or a CSV file.",
        "模拟设计文件中的全部试验点：网格、拉丁超立方、Sobol 序列或 CSV 列表。",
    ),
    "help.dry_run": (
        "Measure a few runs, say how long and how large the sweep will be, and stop.",
        "试算几次，估计用时与大小，然后停止。",
    ),
    "help.yes": ("Start even if there are more than 5000 experiments.", "试验超过 5000 次也开始。"),
    "help.retry_failed": ("Run again only what failed.", "只重做失败的试验。"),
    "as.designed": ("as in the design", "同设计文件"),
    "check.design": (
        "{file}: a design; {method}, {settings} settings, {points} points, {total} experiments",
        "{file}：设计文件；{method}，设定 {settings} 项，试验点 {points} 个，共 {total} 次试验",
    ),
    "sweep.plan": (
        "{points} points × {runs} runs = {total} experiments; {new} to compute",
        "{points} 个试验点 × 每点 {runs} 次 = {total} 次试验；需计算 {new} 次",
    ),
    "sweep.estimate": (
        "about {time} with {jobs} processes, about {size} (measured on {n} of the runs)",
        "用 {jobs} 个进程约需{time}，结果约 {size}（据其中 {n} 次试算）",
    ),
    "sweep.torn": (
        "{n} damaged parts were found; what they held is computed again",
        "发现 {n} 个损坏的文件，其中的试验将重新计算",
    ),
    "sweep.failed": (
        "{failed} of {total} experiments failed and are kept with their error (column error of experiments.parquet); "
        "again: {again}",
        "{total} 次试验中 {failed} 次失败，错误已保存（见 experiments.parquet 的 error 列）；重做：{again}",
    ),
    "sweep.title": (
        "{title}: {points} points, {month} of the city by point",
        "{title}：{points} 个试验点，全市{month}",
    ),
    "sweep.late": ("mean of the last {n} months", "最后 {n} 个月平均"),
    "sweep.setting": ("goes most with", "最相关的设定"),
    "sweep.share": ("share of spread", "占差异比例"),
    "sweep.how": (
        "Share of spread: of the variance over the points, what lies between values of that setting (ten groups); "
        "the rest is other settings and chance.",
        "占差异比例：各试验点的方差中，该设定各取值（分十组）之间的部分；其余来自其他设定与随机因素。",
    ),
}
