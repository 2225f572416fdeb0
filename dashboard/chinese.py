"""Error sentences in Chinese: clause by clause, from the one English form that every error has."""

import re

from model.declare.unit import UNITS

KINDS = {
    "command": "命令",
    "option": "选项",
    "scenario": "情景",
    "city": "城市",
    "lever": "杠杆",
    "parameter": "参数",
    "setting": "设定",
    "mechanism": "机制",
    "outcome": "结果",
    "method": "方法",
    "system": "系统",
    "key": "键",
    "figure": "数值",
    "list": "列表",
    "stage": "阶段",
    "kind of agent": "主体种类",
}
FAILURES = {
    "a worker process ended without a word: killed, or out of memory": "一个工作进程意外终止（被结束或内存不足）",
    "the cluster's scheduler is gone": "集群的调度器已失去联系",
    "all workers of the cluster have been gone for 60 seconds": "集群的所有工作进程已失去联系 60 秒",
}
RANGE = r"(\S+–\S+)"
CLAUSES: tuple[tuple[str, str], ...] = (
    (r"did you mean '(.+)'\?", r"是否指“\1”？"),
    # what must be
    (rf"must be in {RANGE} \((.+)\)", r"须在 \1 之间（\2）"),
    (rf"must be a number in {RANGE} \((.+)\)", r"须为 \1 之间的数（\2）"),
    (rf"must be a whole number in {RANGE} \((.+)\)", r"须为 \1 之间的整数（\2）"),
    (rf"must be a whole number in {RANGE}", r"须为 \1 之间的整数"),
    (rf"must be a month YYYY-MM in {RANGE}", r"须为 \1 之间的月份 YYYY-MM"),
    (rf"must be a month in {RANGE} or none", r"须为 \1 之间的月份或 none"),
    (rf"must be a month in {RANGE}", r"须为 \1 之间的月份"),
    (r"must be a month YYYY-MM or none", r"须为月份 YYYY-MM 或 none"),
    (r"must be (\S+) or later, when the ramp ahead of it is complete", r"须不早于 \1，即前一段渐变结束之后"),
    (r"must be (\S+) or later, in order of date", r"须不早于 \1，按日期先后排列"),
    (r"must start at (\S+)", r"须从 \1 开始"),
    (r"must be 0 for a lever that is a month", r"杠杆取值为月份时须为 0"),
    (r"must be a number of at most 64 bits", r"须为不超过64位的数"),
    (r"must be (1:1) to (1:\d+)", r"须在 \1 到 \2 之间"),
    (r"must be text", r"须为文字"),
    (r"must be plain text", r"须为不含控制符的文字"),
    (r"must be at most ([\d,]+) characters", r"须不超过 \1 个字符"),
    (r"must be at most ([\d,]+) bytes", r"须不超过 \1 字节"),
    (r"must be true or false", r"须为 true 或 false"),
    (r"must be a table", r"须为表"),
    (r"must be a list of (\d+) numbers", r"须为含 \1 个数的列表"),
    (r"must be a list of dated values", r"须为带日期取值的列表"),
    (r"must be a list of (.+) and (.+)", r"须为由 \1 和 \2 组成的列表"),
    (r"must be (1–\d+) \[\[district\]\] tables", r"须有 \1 个 [[district]] 表"),
    (r"must have (1–\d+) dated values", r"须有 \1 个带日期的取值"),
    (r"must have 'from' and 'value' in each entry", r"每一项须有 from 和 value"),
    (r"must be letters, digits, '_' and '-', at most 64", r"须由字母、数字、“_”和“-”组成，不超过64个"),
    (r"must have a file name of letters, digits, '_' and '-', at most 64",
     r"文件名须由字母、数字、“_”和“-”组成，不超过64个"),
    (r"must be letters and digits", r"须由字母和数字组成"),
    (r"must be given: .+ \((.+)\)", r"须给出该数值（\1）"),
    (r"must sum to more than 0", r"合计须大于 0"),
    (r"must name each (?:key|district|system) once", r"每项只能出现一次"),
    (r"must set each name once", r"每项只能设定一次"),
    (r"must be name=value", r"须写成 名称=取值"),
    (r"must be valid TOML", r"须为有效的 TOML"),
    (r"must be UTF-8 text", r"须为 UTF-8 文本"),
    (r"must hold settings", r"须含有设定"),
    (r"must be a file", r"须为文件"),
    (r"must be a file in a folder that exists", r"须为已有文件夹中的文件"),
    (r"must come with (--.+)", r"只能与 \1 同用"),
    (r"must name a folder and a file", r"须给出文件夹和文件名"),
    (r"must be a file that exists", r"须为存在的文件"),
    (r"must be an ordinary file", r"须为普通文件"),
    (r"must be a readable file", r"须为可读的文件"),
    (r"must be a shipped city or a file in the same folder", r"须为自带城市或同一文件夹内的文件"),
    (r"must be a lever of a system that is simulated \((.+)\)", r"须为所模拟系统（\1）的杠杆"),
    (r"must be left as it is, because others need it", r"不可更改，因为其他机制需要它"),
    (r"it has no rival form", r"它没有替代形式"),
    (r"must be a scenario \(\[levers\] …\) or a city profile \(\[values\] …\)",
     r"须为情景（[levers] …）或城市档案（[values] …）"),
    (r"must be a free port", r"须为空闲端口"),
    (r"got one in use", r"该端口已被占用"),
    (r"try (--\S+ \d+)", r"可改用 \1"),
    (r"must be used by one process at a time", r"同一时间只能由一个进程使用"),
    (r"must be a folder", r"须为文件夹"),
    (r"must be a folder with room to write in", r"须为有空间可写的文件夹"),
    (r"must be a new or empty folder", r"须为新的或空的文件夹"),
    (r"must be a new folder, or one with results", r"须为新文件夹或结果文件夹"),
    (r"must be a folder with (?:finished )?results", r"须为含完整结果的文件夹"),
    (r"must be continued with what it holds", r"继续时须包含其中已有的试验"),
    (r"must be results of this model version \((.+)\)", r"须为当前模型版本（\1）的结果"),
    (r"must hold a whole (\S+)", r"须含完整的 \1"),
    (r"must have (1–\d+) \[\[target\]\] tables", r"须有 \1 个 [[target]] 表"),
    (r"must be \[\[without\]\] tables", r"须为 [[without]] 表"),
    (r"must be an outcome by district", r"须为按县区统计的结果"),
    (r"must have one of 'value' and 'interval'", r"value 与 interval 须且只能有其一"),
    (r"must be two numbers, the lower first", r"须为两个数，小者在前"),
    (r"must be a number that is above 0", r"须为大于 0 的数"),
    (r"must be a number that is 0 or above", r"须为不小于 0 的数"),
    (r"must be a number that is finite", r"须为有限的数"),
    (r"must overlap that of '(.+)' \((.+)\)", r"须与“\1”（\2）有重叠"),
    (r"must be the posterior that its manifest describes", r"须为清单所描述的后验"),
    (r"must be a posterior of this model's rules \((.+)\)", r"须为当前模型规则（\1）的后验"),
    (r"must hold the whole manifest of a posterior", r"须含完整的后验清单"),
    (r"must have a head and (1–\d+) rows", r"须有表头和 \1 行"),
    (r"must hold numbers", r"须为数字"),
    (r"must hold a finite number for each parameter in each row", r"每行每个参数须为有限的数"),
    (r"must be a \.csv file", r"须为 .csv 文件"),
    (r"must be the file that was written \((.+) bytes\)", r"须为当时写入的文件（\1 字节）"),
    (r"must be readable results", r"须为可读的结果"),
    (r"must come after '(.+)'", r"须写在“\1”之后"),
    (r"must name two scenarios or more", r"须给出两个或更多情景"),
    (r"must name an agent with --agent, such as --agent Family:123", r"须用 --agent 指明主体，如 --agent Family:123"),
    (r"must name a method with --method \((.+)\)", r"须用 --method 给出方法（\1）"),
    (r"must name (.+)", r"须给出 \1"),
    (r"must have a value", r"须有取值"),
    (r"must be given less", r"给出的内容过多"),
    (r"must be a kind and a number, such as Family:123", r"须为种类加编号，如 Family:123"),
    (r"must have a name of its own", r"名称须互不相同"),
    (r"must be the same in all scenarios", r"各情景须相同"),
    (r"must be (\S+), as in '(.+)'", r"须为 \1，与“\2”一致"),
    (r"must be a running Dask scheduler", r"须为正在运行的 Dask 调度器"),
    (r"must have at least one worker", r"须至少有一个工作进程"),
    (r"must have workers with this program", r"工作进程须装有本程序"),
    (r"must have workers with (\S+) (\S+)", r"工作进程的 \1 须为 \2"),
    (r"must have workers of one thread \((.+)\)", r"工作进程须为单线程（\1）"),
    (r"must be at most ([\d,]+) runs without --yes", r"不加 --yes 时最多 \1 次模拟"),
    (r"must be at least (\d+) for (\S+)", r"使用 \2 时须不少于 \1"),
    (r"must be a power of 2", r"须为2的幂"),
    (r"must be used with (.+)", r"须与 \1 一起使用"),
    (r"must set a lever otherwise than '(.+)'", r"须有与“\1”不同的杠杆"),
    (r"must be given a budget with --budget, in CNY/month", r"须用 --budget 给出预算（元/月）"),
    (r"must be enough for one mix at least", r"须至少够一个组合"),
    (r"must be in (\S+–\S+)", r"须在 \1 之间"),
    (r"must name one outcome with --outcome", r"须用 --outcome 给出一项结果"),
    (r"must be an outcome with a good direction", r"须为有优劣方向的结果"),
    (r"must have a value to reach with --threshold", r"须用 --threshold 给出要达到的值"),
    (r"must be at least (\d+) to find conditions", r"寻找条件时须不少于 \1"),
    (r"must be a folder with results of a sweep", r"须为参数扫描的结果文件夹"),
    (r"must be a number", r"须为数"),
    (r"must be 0 when parameters are varied", r"变动参数时须为 0"),
    (r"must be a parameter with a distribution", r"须为有分布的参数"),
    (r"must be one of the settings that are varied \((.+)\)", r"须为本次变动的设定（\1）"),
    (r"must leave two settings or more to vary", r"须留下两项或更多可变动的设定"),
    (r"must have a value at every point", r"在每个设计点都须有值"),
    (r"must be an outcome of a system that is simulated \((.+)\)", r"须为所模拟系统（\1）的结果"),
    (r"must be ((?:\S+ or )+\S+)", r"须为 \1"),
    (r"must be (.+)", r"须为 \1"),
    # what was got
    (r"got nothing|got none|got no (?:name|value)", r"实为空"),
    (r"got both", r"两者都有"),
    (r"got none or a broken one", r"没有或已损坏"),
    (r"got others", r"实非如此"),
    (r"run calibrate again", r"请重新运行 calibrate"),
    (r"got none of that name", r"没有该文件"),
    (r"got an empty file", r"实为空文件"),
    (r"got a folder", r"实为文件夹"),
    (r"got a file", r"实为文件"),
    (r"got a device or pipe", r"实为设备或管道"),
    (r"got brackets nested too deeply", r"括号嵌套过深"),
    (r"got a number that is too long|got a longer one", r"实为过长的数"),
    (r"got a table without (?:value|them)", r"表中缺少这些项"),
    (r"got a (?:table|list)", r"实为表或列表"),
    (r"got more", r"实际更多"),
    (r"got none within it", r"预算内没有组合"),
    (r"got a neutral one", r"实为中性"),
    (r"got others", r"实为其他结果"),
    (r"got a fixed one", r"实为固定值"),
    (r"got none at (\d+) of (\d+)", r"\2 个点中有 \1 个没有值"),
    (r"got byte (\S+) at (\d+)", r"第 \2 字节处为 \1"),
    (r"got '(.+)' again in line (\d+)", r"第 \2 行再次出现“\1”"),
    (r"got process (\d+) on (\S+) at work there", r"\2 上的进程 \1 正在使用"),
    (r"got another process at work there", r"另一进程正在使用"),
    (r"if it is gone, remove (\S+)", r"若该进程已不在，请删除 \1"),
    (r"got no answer in (\d+) seconds", r"\1 秒内没有回应"),
    (r"got none in (\d+) seconds", r"\1 秒内没有出现"),
    (r"got one twice", r"有一项出现两次"),
    (r"got (.+) twice", r"\1 出现两次"),
    (r"got two scenarios named '(.+)'", r"有两个名为“\1”的情景"),
    (r"got one of (.+)", r"实属 \1"),
    (r"got it before", r"却写在了前面"),
    (r"got (.+) too", r"多出 \1"),
    (r"got keys of both (.+)", r"同时含有两者的键\1"),
    (r"got other files \((.+)\)", r"其中有其他文件（\1）"),
    (r"got a run that was stopped", r"其中是中断的运行"),
    (r"got finished results of other settings", r"其中是其他设定的结果"),
    (r"got a command that leaves out (\d+) of its (\d+) experiments", r"该命令漏掉了其中 \2 次试验里的 \1 次"),
    (r"got another one|got a broken one", r"实非如此"),
    (r"got (\S+) \(a date\)", r"实为日期 \1"),
    (r"got (.+) in it", r"其中有 \1"),
    (r"got:? (.+)", r"实为 \1"),
    # what helps
    (r"add --resume to continue, --overwrite to replace, or take another folder",
     r"继续请加 --resume，替换请加 --overwrite，或换一个文件夹"),
    (r"add --overwrite, or take another folder", r"请加 --overwrite 或换一个文件夹"),
    (r"add (--\S+)", r"请加 \1"),
    (r"make them again with (--\S+)", r"请加 \1 重新生成"),
)  # fmt: skip


def in_chinese(line: str) -> str:
    """Return an error line in Chinese: its place as it is, its clauses translated; what is not known stays."""
    for english, chinese in FAILURES.items():
        line = line.replace(english, chinese)
    match = re.fullmatch(r"(.*?): ((?:must|unknown) .*)", line)
    if not match:
        return line
    where, says = match.groups()
    says, _, see = says.partition(" (see: ")
    clauses = "；".join(translate(clause) for clause in says.split("; "))
    return f"{where}：{clauses}" + (f"（见：{see.removesuffix(')')}）" if see else "")


def translate(clause: str) -> str:
    """Return one clause in Chinese, or as it is."""
    kind = re.fullmatch(r"unknown (.+)", clause)
    if kind:
        column = kind[1].removeprefix("column of ")
        return f"没有这样的{KINDS.get(kind[1]) or f'变量（{column}）'}"
    for pattern, chinese in CLAUSES:
        found = re.fullmatch(pattern, clause)
        if found:
            return re.sub(r"（([^（）]+)）", unit_in_chinese, found.expand(chinese).replace(" or ", " 或 "))
    return clause


def unit_in_chinese(match: re.Match) -> str:
    """Return a unit in brackets in Chinese; other words in brackets stay."""
    return f"（{UNITS.get(match[1], match[1])}）"
