"""What calibration says on the command line, in English and Chinese."""

CALIBRATION: dict[str, tuple[str, str]] = {
    "about.calibrate": (
        "Fit the uncertain parameters to observed targets: posterior, proof, checks, assumption register, pages.",
        "用观测目标校准不确定参数：得出后验、验证方法、预测检验、假设清单和说明页。",
    ),
    "help.targets": (
        "Targets of another city (see calibration/targets_template.toml).",
        "另一城市的校准目标（见 calibration/targets_template.toml）。",
    ),
    "help.fitted_scale": (
        "Families that one simulated family stands for while fitting, 1:1 to 1:1000.",
        "拟合时一户模拟家庭代表的户数，1:1 到 1:1000。",
    ),
    "help.stage": (
        "Only this stage (fit, proof, check, rivals, patterns, register); repeatable. What is on disk is not repeated.",
        "只做该阶段（fit、proof、check、rivals、patterns、register），可重复；已有结果不重算。",
    ),
    "stage.screening": ("screening", "筛选参数"),
    "stage.wave": ("wave", "模拟轮次"),
    "stage.fit": ("fit", "拟合"),
    "stage.proof": ("proof", "方法验证"),
    "stage.check": ("predictive check", "预测检验"),
    "stage.rivals": ("alternatives", "替代结构"),
    "stage.patterns": ("patterns", "设计模式"),
    "stage.register": ("register", "假设清单"),
    "calibrate.minutes": ("about {minutes} min left", "约剩 {minutes} 分钟"),
    "calibrate.progress": ("{stage}: {done} of {total}, {left}", "{stage}：已完成 {done}/{total}，{left}"),
    "calibrate.screened": (
        "screening: targets can inform {informed} of {uncertain} parameters ({runs} runs)",
        "筛选：{uncertain} 个参数中 {informed} 个可由目标约束（{runs} 次模拟）",
    ),
    "calibrate.wave": (
        "wave {number}: {runs} runs, median distance {distance:.2f}; {left:.0%} of the space is left within {cut:.1f} "
        "standard deviations",
        "第 {number} 轮：{runs} 次模拟，距离中位数 {distance:.2f}；{cut:.1f} 个标准差以内的空间剩 {left:.0%}",
    ),
    "calibrate.step": (
        "posterior: {particles} particles, temperature {heat:.3f}, {accepted:.0%} of moves accepted",
        "后验：{particles} 个粒子，温度 {heat:.3f}，移动接受率 {accepted:.0%}",
    ),
    "calibrate.stage": ("done: {name}", "完成：{name}"),
    "calibrate.fit": (
        "{informed} parameters fitted in {runs} runs; {left:.1%} of their prior is left",
        "共 {runs} 次模拟，拟合 {informed} 个参数；其先验空间剩 {left:.1%}",
    ),
    "calibrate.prior": (
        "practically as before, though fitted: {n} ({names}); all others stay at their priors",
        "虽经拟合但与先验几乎相同：{n} 个（{names}）；其余参数保持先验",
    ),
    "calibrate.inside": (
        "{share:.0%} of evidence rows inside the 90 % predictive interval; targets outside: {outside}",
        "{share:.0%} 的证据行落在 90% 预测区间内；区间外的目标：{outside}",
    ),
    "calibrate.proof": (
        "{cities} synthetic cities: 50 % intervals cover {half:.0%}, 90 % intervals {most:.0%}",
        "{cities} 个合成城市：50% 区间覆盖 {half:.0%}，90% 区间覆盖 {most:.0%}",
    ),
    "calibrate.where": ("Calibration: {folder}  ({seconds:.0f} s)", "校准结果：{folder}  （用时 {seconds:.0f} 秒）"),
    "calibrate.stopped": (
        "stopped: {runs} parts are kept in {folder}; continue: {again}",
        "已停止：{runs} 个部分保存在 {folder}；继续：{again}",
    ),
    # where parameter values come from
    "calibrated": (
        "calibrated: informed parameters drawn from the posterior, the others from their priors",
        "已校准：受目标约束的参数取自后验分布，其余取自先验分布",
    ),
    "calibrated.central": (
        "calibrated: informed parameters at the centre of the posterior, the others at that of their priors",
        "已校准：受目标约束的参数取后验中心值，其余取先验分布的中心值",
    ),
    "calibrated.counts": (
        "{informed} of {uncertain} uncertain parameters informed by {targets} targets of {city} (docs/calibration.md)",
        "{uncertain} 个不确定参数中 {informed} 个由{city}的 {targets} 项目标约束（docs/calibration.md）",
    ),
    "calibrated.elsewhere": (
        "the posterior was fitted to {city}, not to this city (run_sim.py calibrate --city)",
        "后验分布按{city}拟合，并非本城市（run_sim.py calibrate --city）",
    ),
    "stale": (
        "not calibrated: parameters drawn from priors (posterior is of other rules; make calibrate)",
        "尚未校准：参数取自先验分布（后验对应的是其他规则，请运行 make calibrate）",
    ),
    "stale.central": (
        "not calibrated: parameters at the centre of their priors (posterior is of other rules; make calibrate)",
        "尚未校准：参数取先验分布的中心值（后验对应的是其他规则，请运行 make calibrate）",
    ),
}
