"""What may be decided, in English and Chinese."""

DECISION: dict[str, tuple[str, str]] = {
    "decision.title": ("What may be decided", "可据以决策的内容"),
    "decision.outcome": ("outcome", "结果"),
    "decision.best": ("most probably best", "最可能最优"),
    "decision.slight": ("no notable difference", "无可观差异"),
    "decision.next": ("next", "其次"),
    "decision.safest": ("least regret", "期望遗憾最小"),
    "decision.regret": ("its regret", "其遗憾值"),
    "decision.parameters": ("doubt from\nparameters", "参数造成的\n不确定性占比"),
    "decision.rule": (
        "Probability of being best and expected regret (what is lost against the best in each draw) over {n} draws, "
        "mean of the last {months} months; the first scenario counts as a choice.",
        "最优概率与期望遗憾（各抽样中与最优情景之差的平均）取自 {n} 组抽样、最后 {months} 个月平均；"
        "第一个情景也算一种选择。",
    ),
    "decision.split": (
        "Variance of effects split into parameters and chance over {draws} draws with {replicates} replicates each.",
        "效果方差按 {draws} 组参数、每组 {replicates} 次重复分解为参数与随机两部分。",
    ),
    "decision.no_split": (
        "Parameters and chance cannot be told apart with one draw or one replicate; see --draws and --replicates.",
        "只有一组参数或一次重复时，无法区分参数与随机造成的不确定性；请将 --draws 与 --replicates 设为 2 以上。",
    ),
    "decision.files": (
        "Every scenario and outcome: {decision}, {variance}.",
        "全部情景与结果见 {decision}、{variance}。",
    ),
}
