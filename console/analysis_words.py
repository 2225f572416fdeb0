"""What the analyses say on the command line, in English and Chinese."""

ANALYSIS: dict[str, tuple[str, str]] = {
    "about.sensitivity": (
        "Find which levers and parameters move an outcome, about a base scenario (the baseline if none is given).",
        "围绕一个基准情景（默认为现状延续），找出影响结果的杠杆和参数。",
    ),
    # options
    "help.method": (
        "morris (screening), sobol (shares of variance), pawn or delta (whole distributions).",
        "morris（筛选）、sobol（方差分解）、pawn 或 delta（整体分布）。",
    ),
    "help.outcome": (
        "Outcomes, separated by commas; repeatable. Without it the headline outcomes.",
        "结果指标，以逗号分隔，可重复；不给出时为主要结果。",
    ),
    "help.over": ("What is varied: levers, parameters or both.", "变动的设定：levers、parameters 或 both。"),
    "help.only": (
        "Only these levers, groups of levers or parameters, separated by commas; repeatable.",
        "只变动这些杠杆、杠杆组或参数，以逗号分隔，可重复。",
    ),
    "help.grouped": ("Move the levers of a group together, one index a group.", "同组杠杆一起变动，每组一个指数。"),
    "help.samples": (
        "Size of the sample: trajectories for morris, base points for sobol (a power of 2), points for the others.",
        "样本大小：morris 为轨迹数，sobol 为基础点数（2的幂），其余为点数。",
    ),
    "help.second_order": ("Sobol indices of pairs too.", "同时计算成对设定的 Sobol 指数。"),
    "help.emulator": (
        "Let a Gaussian process (gp) or boosted trees (boosting) learn the model, for cheap sobol indices.",
        "用高斯过程（gp）或提升树（boosting）近似模型，以较少模拟计算 sobol 指数。",
    ),
    "help.at": (
        "Look at this month, YYYY-MM, instead of the mean of the last 12.",
        "查看某一个月（YYYY-MM），而非最后12个月平均。",
    ),
    "help.yes": ("Really start more than 5,000 runs.", "确认启动超过5000次模拟。"),
    # progress
    "start.estimate": (
        "{runs} runs ({new} to compute) with {jobs} processes, about {time}",
        "共 {runs} 次模拟（需计算 {new} 次），{jobs} 个进程，约需 {time}",
    ),
    "seconds": ("{n} s", "{n} 秒"),
    "minutes": ("{n} min", "{n} 分钟"),
    # explain
    "about.explain": (
        "Say which lever of a scenario made how much of its effect, and which pairs help or hinder each other.",
        "说明情景中各杠杆对效果的贡献，以及哪些杠杆相互促进或抵消。",
    ),
    "help.baseline": ("The scenario to measure against.", "用来对照的情景。"),
    "help.by": (
        "Take the effect apart by lever or by group; without it, by lever up to 8 levers, else by group.",
        "按 lever（杠杆）或 group（杠杆组）分解；不给出时8项以内按杠杆，否则按组。",
    ),
    "help.permutations": (
        "Orders to sample where there are more than 8 parts.",
        "超过8项时抽取的次序数。",
    ),
    "part": ("lever or group", "杠杆或组"),
    "total": ("whole effect", "总效果"),
    "effect": ("effect", "效果"),
    "late": ("mean of the last 12 months", "最后12个月平均"),
    "pair": ("pair", "两项"),
    "pair.kind": ("together", "合用"),
    "pair.title": (
        "Pairs: what both add together beyond what each adds alone; the largest",
        "两两之间：同时实施所增加的、超出各自单独之和的部分（最大的几对）",
    ),
    "pair.synergy": ("synergy", "相互促进"),
    "pair.conflict": ("conflict", "相互抵消"),
    "pair.slight": ("not notable", "未达可观程度"),
    "pair.unclear": ("unclear", "不明确"),
    "explain.title": ("{title} against {base}: {when}", "“{title}”相对“{base}”：{when}"),
    "explain.exact": ("exact Shapley shares: every combination was simulated", "精确沙普利值：已模拟全部组合"),
    "explain.sampled": (
        "Shapley shares from {n} sampled orders; only pairs that met in them are listed",
        "沙普利值由 {n} 个抽样次序估计；只列出其中相邻出现过的两项",
    ),
    "explain.sum": ("the parts sum to the whole effect", "各部分合计等于总效果"),
    # optimise
    "about.optimise": (
        "Search for mixes of levers within a budget that no other mix beats, over uncertain parameters.",
        "在预算内搜索未被其他组合超过的杠杆组合，并考虑参数不确定性。",
    ),
    "help.maximise": ("Outcomes that should be high, separated by commas.", "越高越好的结果，以逗号分隔。"),
    "help.minimise": (
        "Outcomes that should be low; with one goal only, the cost is the second.",
        "越低越好的结果；只有一个目标时，费用为第二目标。",
    ),
    "help.budget": ("Most that a mix may cost above the base, CNY/month.", "组合较基准最多可新增的费用，元/月。"),
    "help.robust": (
        "What counts over the draws: mean, worst (mean of the worst tenth) or regret (90th percentile).",
        "对多组参数看什么：mean（平均）、worst（最差十分之一的平均）或 regret（遗憾值的第90百分位）。",
    ),
    "help.population": ("Mixes in a generation.", "每代的组合数。"),
    "help.generations": ("Generations.", "代数。"),
    "help.tolerance": (
        "How far, as a share of the front's range, a cheaper pick may fall behind the knee.",
        "较省方案允许落后于折中最优的幅度（占前沿范围的份额）。",
    ),
    "optimise.generation": (
        "generation {n} of {total}: {within} of {mixes} mixes within the budget",
        "第 {n}/{total} 代：{mixes} 个组合中 {within} 个在预算内",
    ),
    "optimise.title": (
        "Mixes that no other beats, up to {budget} million CNY/month above the base; shipped scenarios below",
        "未被其他组合超过的方案，较基准新增费用不超过每月 {budget} 百万元；其后为自带情景",
    ),
    "optimise.beaten": (
        "beaten by a mix that costs no more, in every goal at least as good and in one better: {names}",
        "被费用不更高、各目标均不差且至少一项更好的组合超过：{names}",
    ),
    "optimise.unbeaten": ("no mix that costs no more beats: {names}", "未找到费用不更高而能超过它的组合：{names}"),
    "robust.mean": ("effects against the base: mean over the runs", "相对基准的效果：各次模拟的平均"),
    "robust.worst": (
        "effects against the base: mean over the worst tenth of the runs",
        "相对基准的效果：最差十分之一模拟的平均",
    ),
    "robust.regret": (
        "regret: what is missed against the best known for each run, 90th percentile (less is better)",
        "遗憾值：与每次模拟中已知最好结果之差的第90百分位（越小越好）",
    ),
    "mix": ("mix or scenario", "组合或情景"),
    "moved": ("levers", "杠杆数"),
    "pick": ("pick", "推荐"),
    "pick.knee": ("most of everything", "折中最优"),
    "pick.cheapest": ("cheapest near it", "相近而最省"),
    "mix.title": ("Mix {n}", "组合{n}"),
    "mix.about": (
        "Found by a search: {goals}; at most {budget} CNY/month above the base. Edit it as you like.",
        "由搜索得到：{goals}；较基准新增费用不超过每月{budget}元。可自行修改。",
    ),
    "goal.high": ("{name} high", "{name}越高越好"),
    "goal.low": ("{name} low", "{name}越低越好"),
    # discover
    "about.discover": (
        "Find under which conditions, that is for which parameter values, a scenario fails.",
        "找出情景在何种条件（参数取值）下失败。",
    ),
    "help.threshold": (
        "An effect that is no better than this fails (usually 0); with --level, a level that does not reach it.",
        "效果不优于该值即为失败（默认0）；用 --level 时，水平未达到该值即为失败。",
    ),
    "help.level": ("Look at the level, not at the effect against the baseline.", "看水平，而不是相对基线的效果。"),
    "parameter": ("parameter", "参数"),
    "from": ("from", "从"),
    "to": ("to", "到"),
    "quasi.p": ("quasi-p", "准p值"),
    "found.again": ("found again", "重现率"),
    "discover.title": (
        "Conditions under which it fails: {name}",
        "失败条件：{name}",
    ),
    "discover.failed": (
        "{title} fails in {failed} of {cases} draws of the parameters; failure: {rule}",
        "{title}：{cases} 组参数中有 {failed} 组失败；失败指{rule}",
    ),
    "discover.rule.none": ("{name} is not better ({way}) than the baseline's", "{name}未优于基线（以{way}为优）"),
    "discover.rule.effect": (
        "{name} is not better ({way}) than the baseline's by more than {value}",
        "{name}较基线的改善（以{way}为优）不超过{value}",
    ),
    "discover.rule.level": ("{name} does not reach {value} (better: {way})", "{name}未达到{value}（以{way}为优）"),
    "discover.few": (
        "too few draws that fail, or that do not, to look for conditions (at least 5 of each are needed)",
        "失败或未失败的情形太少，无法寻找条件（各需至少5组）",
    ),
    "discover.box": (
        "these conditions hold in {coverage} % of all failures; where they hold, {density} % of the draws fail",
        "这些条件覆盖全部失败情形的 {coverage}%；满足条件的情形中 {density}% 失败",
    ),
    "discover.screened": (
        "looked at: the {n} parameters that differ most between failures and the rest, so quasi-p is optimistic",
        "只看失败与其余情形之间差别最大的 {n} 个参数，因此准p值偏乐观",
    ),
    "discover.chance": ("may be chance (quasi-p above 0.05): {names}", "可能出于偶然（准p值大于0.05）：{names}"),
    # sensitivity
    "setting": ("setting", "设定"),
    "method.morris": ("Morris screening", "Morris 筛选"),
    "method.sobol": ("Sobol indices", "Sobol 指数"),
    "method.pawn": ("PAWN", "PAWN 指数"),
    "method.delta": ("delta", "δ 指数"),
    "index.total": ("total", "总效应"),
    "index.first": ("first order", "一阶"),
    "index.mu_star": ("mean effect", "平均影响"),
    "index.pawn": ("PAWN", "PAWN 指数"),
    "index.delta": ("delta", "δ 指数"),
    "index.total.about": (
        "total: share of the outcome's variance that the setting takes part in; first order: what it explains alone",
        "总效应：结果方差中该设定所涉及的份额；一阶：该设定单独解释的份额",
    ),
    "index.mu_star.about": (
        "mean effect: mean size of the change when the setting moves from one end to the other, in the outcome's unit",
        "平均影响：设定从一端移到另一端时结果变化的平均大小，以结果的单位计",
    ),
    "index.pawn.about": (
        "PAWN: how far the outcome's distribution moves when the setting is known, 0 to 1; luck alone gives some",
        "PAWN 指数：已知设定后结果分布移动的距离，0至1；仅凭偶然也会大于0",
    ),
    "index.delta.about": (
        "delta: share of the outcome's distribution that moves when the setting is known; luck alone gives some",
        "δ 指数：已知设定后结果分布中移动的份额；仅凭偶然也会大于0",
    ),
    "sensitivity.title": (
        "{method}: {runs} runs about “{title}”, mean of the last 12 months unless --at",
        "{method}：围绕“{title}”的 {runs} 次模拟，未给出 --at 时取最后12个月平均",
    ),
    "sensitivity.declared": (
        "parameters vary over their declared distributions (run_sim.py list parameters), calibrated or not",
        "参数在其声明的分布内变动（run_sim.py list parameters），与是否校准无关",
    ),
    "sensitivity.wide": (
        "{name}: the widest interval is {width} % of the largest index, too wide to rank (limit 20 %): more samples",
        "{name}：最宽区间为最大指数的 {width}%，不宜排序（上限20%），请增加样本",
    ),
    "sensitivity.still": ("{name}: nothing that was varied moves it", "{name}：变动的各项设定均未使其变化"),
    "sensitivity.noise": (
        "{name}: {share} % of the variance between points is luck",
        "{name}：各点之间的方差有 {share}% 来自偶然因素",
    ),
    "emulator.good": (
        "{name}: the emulator explains {explained} of the variance of runs that it did not see",
        "{name}：仿真器对未见过的模拟解释了 {explained} 的方差",
    ),
    "emulator.weak": (
        "{name}: the emulator explains only {explained} of the variance of unseen runs (0.8 is wanted)",
        "{name}：仿真器对未见过的模拟只解释了 {explained} 的方差（要求0.8）",
    ),
}
