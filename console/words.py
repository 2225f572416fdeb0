"""Every word that the command line shows, in English and Chinese, in one catalogue."""

import locale
import os
from collections.abc import Sequence

from console.analysis_words import ANALYSIS
from console.calibrate_words import CALIBRATION
from console.decision_words import DECISION
from console.report_words import REPORT
from console.sweep_words import SWEEP

LANGUAGES = ("en", "zh")

WORDS: dict[str, tuple[str, str]] = {
    # what the commands do
    "about": (
        "Try a policy in a simulated city before a real one. Without a command: compare the shipped scenarios.",
        "先在模拟城市里试政策，再到真实城市推行。不带命令时比较全部自带情景。",
    ),
    "about.run": ("Simulate one scenario.", "模拟一个情景。"),
    "about.compare": (
        "Simulate several scenarios and measure each against the first, on the same luck.",
        "模拟多个情景，在相同随机因素下与第一个比较。",
    ),
    "about.list": ("List what exists.", "列出可用内容。"),
    "about.check": (
        "Check a scenario, city or design file and say what is wrong.",
        "检查情景文件、城市档案或设计文件，指出错误。",
    ),
    "about.trace": (
        "Follow one agent month by month, with what made each change.",
        "逐月追踪一个主体，并列出每次变化的原因。",
    ),
    "scenario": (
        "SCENARIO is a shipped name (run_sim.py list scenarios) or a path to a .toml file.",
        "SCENARIO 是自带情景名（run_sim.py list scenarios）或 .toml 文件路径。",
    ),
    # headings of the help
    "usage": ("Usage: ", "用法："),
    "Options": ("Options", "选项"),
    "Commands": ("Commands", "命令"),
    "about.dashboard": (
        "Open the app in a browser: compare and build scenarios, look inside. It listens on this machine only.",
        "在浏览器中打开应用：比较和制定情景、查看原因。只在本机监听。",
    ),
    "help.help": ("Show this help.", "显示本说明。"),
    "help.version": ("Show the version.", "显示版本。"),
    # options
    "help.city": ("City profile: a shipped name or a path.", "城市档案：自带名称或文件路径。"),
    "help.scale": (
        "Families that one simulated family stands for, 1:1 to 1:1000.",
        "一户模拟家庭代表的户数，1:1 到 1:1000。",
    ),
    "help.until": ("Last month, YYYY-MM.", "最后一个月，YYYY-MM。"),
    "help.seed": ("Seed of all chance.", "随机种子。"),
    "help.replicates": ("Runs with different luck for each parameter draw.", "每组参数的重复次数（随机因素不同）。"),
    "help.draws": ("Parameter draws; 0 = the central values.", "参数抽样组数；0 表示取中心值。"),
    "help.posterior": ("Posterior that parameter draws come from (.csv).", "参数抽样所用的后验文件（.csv）。"),
    "help.prior": ("Draw all parameters from their priors.", "全部参数取自先验分布。"),
    "help.set": (
        "Set a lever (from the first future month) or a parameter in every scenario; repeatable.",
        "在所有情景中设定杠杆（自未来首月起）或参数，可重复。",
    ),
    "help.jobs": ("Processes to use at once.", "同时使用的进程数。"),
    "help.cluster": (
        "Dask cluster to compute on: local, or the address of a scheduler.",
        "用于计算的 Dask 集群：local 或调度器地址。",
    ),
    "help.out": ("Folder for the results.", "结果文件夹。"),
    "help.resume": ("Continue a stopped run, or add to finished results.", "继续中断的运行，或在已有结果上增补。"),
    "help.overwrite": ("Replace results that are in the folder.", "替换文件夹中已有的结果。"),
    "help.lang": ("Language: zh or en.", "语言：zh 或 en。"),
    "help.quiet": ("Show results only.", "只显示结果。"),
    "help.format": ("Form of what is printed: table, json or csv.", "输出形式：table、json 或 csv。"),
    "help.agent": ("The agent to follow, such as Family:123.", "要追踪的主体，如 Family:123。"),
    "help.against": ("Show only what differs from this other scenario.", "只列出与另一情景不同之处。"),
    "help.column": ("Show this column only; repeatable.", "只显示该变量，可重复。"),
    "help.port": ("Port of this machine to listen on.", "本机监听端口。"),
    "help.no_browser": ("Do not open a browser.", "不自动打开浏览器。"),
    "usually": ("usually {value}", "默认 {value}"),
    # progress, on standard error
    "simulating": ("simulating", "模拟中"),
    "progress": ("{done} of {total} experiments", "已完成 {done}/{total} 次试验"),
    "progress.rate": (", {rate:.1f}/s, {left} left", "，每秒 {rate:.1f} 次，还需{left}"),
    "progress.failed": (", {failed} failed", "，失败 {failed} 次"),
    "seconds": ("{n} s", "{n} 秒"),
    "minutes": ("{n} min", "{n} 分钟"),
    "hours": ("{h} h {n:02d} min", "{h} 小时 {n} 分钟"),
    "start": (
        "{runs} experiments ({new} to compute) with {jobs} processes",
        "共 {runs} 次试验（需计算 {new} 次），{jobs} 个进程",
    ),
    "figures": ("drawing figures", "绘制图形"),
    "where": ("Results: {folder}  Figures: {figures}", "结果：{folder}  图形：{figures}"),
    "took": ("{seconds:.0f} s", "用时 {seconds:.0f} 秒"),
    "stopped": (
        "stopped: {kept} of {total} experiments are kept in {folder}; continue: {again}",
        "已停止：{total} 次试验中的 {kept} 次保存在 {folder}；继续：{again}",
    ),
    "stopped.none": ("stopped: nothing was finished", "已停止：没有已完成的试验"),
    "stopped.plain": ("stopped", "已停止"),
    # the notes on calibration and chance
    "uncalibrated": (
        "not calibrated: parameters drawn from priors",
        "尚未校准：参数取自先验分布",
    ),
    "uncalibrated.central": (
        "not calibrated: parameters at the central values of their priors",
        "尚未校准：参数取先验分布的中心值",
    ),
    "one.run": (
        "one run a scenario: nothing is said about uncertainty; see --draws and --replicates",
        "每个情景只模拟一次，不反映不确定性；见 --draws 与 --replicates",
    ),
    "assumptions": (
        "{n} of {total} input numbers are assumptions (run_sim.py list sources)",
        "{total} 个输入数值中 {n} 个为假设（run_sim.py list sources）",
    ),
    # tables of results
    "ranking": (
        "Scenarios against {base}: {n} headline outcomes, mean of the last {months} months",
        "各情景与“{base}”比较：{n} 项主要结果，最后 {months} 个月平均",
    ),
    "rule": (
        "Order: most outcomes better in at least two of three paired runs and by a notable amount (run_sim.py list "
        "outcomes), then fewest worse (likewise), then lowest extra cost; all outcomes count the same.",
        "排序：配对模拟中至少三分之二改善且幅度可观（run_sim.py list outcomes）的结果项数多者在前，"
        "再看变差项数少者、费用低者；各项结果权重相同。",
    ),
    "rule.one": (
        "Order: most outcomes better by a notable amount (run_sim.py list outcomes), then fewest worse, then lowest "
        "cost; all outcomes count the same.",
        "排序：改善幅度可观（run_sim.py list outcomes）的结果项数多者在前，"
        "再看变差项数少者、费用低者；各项结果权重相同。",
    ),
    "rank": ("rank", "名次"),
    "scenario.head": ("scenario", "情景"),
    "better": ("better", "改善"),
    "worse": ("worse", "变差"),
    "unclear": ("neither", "都不是"),
    "cost": ("extra cost,\nCNY million/month", "新增费用\n（百万元/月）"),
    "outcome": ("outcome", "结果"),
    "unit": ("unit", "单位"),
    "level": (
        "{title}: mean of the last {months} months, 5–95 % of {runs} runs",
        "{title}：最后 {months} 个月平均，{runs} 次模拟的 5%–95%",
    ),
    "level.one": ("{title}: mean of the last {months} months, one run", "{title}：最后 {months} 个月平均，一次模拟"),
    "mean": ("mean", "均值"),
    "range": ("5–95 %", "5%–95%"),
    # lists
    "id": ("id", "标识"),
    "name": ("name", "名称"),
    "label": ("label", "名称"),
    "title": ("title", "标题"),
    "about.head": ("about", "说明"),
    "value": ("value", "取值"),
    "usual": ("status quo", "现状"),
    "range.head": ("range", "范围"),
    "distribution": ("prior", "先验"),
    "status": ("status", "性质"),
    "source": ("source", "来源"),
    "system": ("system", "系统"),
    "direction": ("better", "优的方向"),
    "notable": ("notable", "可观差异"),
    "groups": ("groups", "分组"),
    "headline": ("headline", "主要结果"),
    "number": ("no.", "序号"),
    "on": ("on", "主体"),
    "reads": ("reads", "读取"),
    "writes": ("writes", "写入"),
    "settings": ("settings", "设定"),
    "rivals": ("rival forms", "替代形式"),
    "wiring": ("reads, writes, settings, rival forms, source", "读取、写入、设定、替代形式、来源"),
    "columns": ("columns", "变量"),
    "kind": ("kind", "类别"),
    "reference": ("reference", "文献"),
    "levers.head": ("levers", "杠杆数"),
    "yes": ("yes", "是"),
    "high": ("high", "高"),
    "low": ("low", "低"),
    "neutral": ("neutral", "中性"),
    # check
    "check.scenario": (
        "{file}: a scenario; {levers} levers, {parameters} parameters, {mechanisms} mechanisms set; until {until}",
        "{file}：情景文件；设定杠杆 {levers} 项、参数 {parameters} 项、机制 {mechanisms} 项；截止 {until}",
    ),
    "check.city": (
        "{file}: a city profile; {figures} figures, {districts} districts, {history} levers with a history; "
        "{assumptions} figures are assumptions",
        "{file}：城市档案；{figures} 个数值，{districts} 个县区，{history} 项杠杆有历史取值；{assumptions} 个为假设",
    ),
    "check.targets": (
        "{file}: targets; {targets} to fit, {without} rows without a counterpart",
        "{file}：校准目标；拟合 {targets} 项，{without} 行无对应量",
    ),
    # trace
    "month": ("month", "月份"),
    "mechanism": ("mechanism", "机制"),
    "column": ("column", "变量"),
    "before": ("before", "原值"),
    "after": ("after", "新值"),
    "trace": ("{agent} in {title}, {city}, scale 1:{scale:g}", "{title}中的{agent}，{city}，比例 1:{scale:g}"),
    "trace.none": ("nothing to show", "没有可显示的内容"),
    "after.in": ("after: {title}", "新值：{title}"),
    **ANALYSIS,
    **CALIBRATION,
    **DECISION,
    **REPORT,
    **SWEEP,
}


def say(key: str, lang: str, **values: object) -> str:
    """Return one entry of the catalogue with its blanks filled."""
    return WORDS[key][LANGUAGES.index(lang)].format(**values)


def find_language(arguments: Sequence[str]) -> str:
    """Return the language asked for with --lang, else that of the environment, else English."""
    for place, text in enumerate(arguments):
        given = text.partition("=")[2] if text.startswith("--lang=") else ""
        if text == "--lang" and place + 1 < len(arguments):
            given = arguments[place + 1]
        if given in LANGUAGES:
            return given
    return usual_language()


def usual_language() -> str:
    """Return the language of the environment if it is Chinese, else English."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    first = next((name for name in names if name), "") or locale.getlocale()[0] or ""
    return "zh" if first.lower().startswith(("zh", "chinese")) else "en"
