"""The pages: what a calibration found, in English with a Chinese summary, and the assumption register."""

import csv
import io
from collections.abc import Mapping, Sequence

from calibration.markdown import number, percent, table
from calibration.reasons import reason_for
from experiments.claims import CLAIMS

OFTEN = 0.9
SHOWN = 60
WORST = 10
EXPECTED = 0.97
GENEROUS = (
    " If errors and discrepancies were right, about nine in ten would: that more do says that they are generous, and that the"
    " fit is no strong test."
)


def page(findings: Mapping[str, dict], about: Mapping[str, object], command: str) -> str:
    """Return the page on a calibration.

    Args:
        findings: by stage, those that were run. about: the posterior's manifest.
    """
    parts = (on_fit, on_parameters, on_check, on_held_out, on_proof, on_rivals, on_patterns)
    lines = [
        "# Calibration", "", f"Written by `{command}`.", "", "中文摘要在文末。", "",
        f"City: {about['title']['en']}. Model rules `{about['rules']}`, posterior `{about['posterior']}`, seed"
        f" {about['seed']}, scale {about['scale']}.", "",
    ]  # fmt: skip
    for part in parts:
        lines += part(findings)
    return "\n".join([*lines, *chinese(findings, about)]) + "\n"


def on_fit(findings: Mapping[str, dict]) -> list[str]:
    """Say how the fit was made."""
    if "fit" not in findings:
        return []
    fit = findings["fit"]
    rows = [[k, number(w["cut"]), percent(w["left"])] for k, w in enumerate(fit["waves"], start=1)]
    reach = ", ".join(fit["out_of_reach"]) or "none"
    return [
        "## How it was fitted", "",
        f"{fit['runs']:,} simulated histories. Screening (Morris) chose {len(fit['informed'])} parameters that the targets"
        f" can inform; all others are drawn from their priors in every run, so that what is not known stays unknown."
        f" Then waves: the histories of a wave train a response surface for each target, what lies too far from a target is"
        f" cut away, and the next wave fills what is left of the prior ({percent(fit['left'])} in the end,"
        f" {fit['runs_left']:,} histories in it). The posterior is drawn on the last surfaces, whose errors count"
        f" (docs/decisions/0031). Two samplings with other seeds differ by at most {fit['chance']:.2f} prior standard"
        " deviations in the mean of a parameter.", "",
        *table(["wave", "cut, standard deviations", "left of what was left"], rows),
        f"Targets that the prior hardly reaches, before any fit (outside its 98 % interval): {reach}.", "",
    ]  # fmt: skip


def on_parameters(findings: Mapping[str, dict]) -> list[str]:
    """Show each informed parameter before and after, and those that cannot be told apart."""
    if "fit" not in findings:
        return []
    fit, moves = findings["fit"], findings["fit"]["moves"]
    rows = [
        [f"`{r['id']}`", r["label"]["en"], moves.get(r["id"], ""), span(r["prior"]), span(r["posterior"]),
         percent(max(r["shrinkage"], 0)), f"{r['shift']:+.1f}"]
        for r in fit["informed"]
    ]  # fmt: skip
    pairs = [[f"`{a}`", f"`{b}`", f"{p['correlation']:+.2f}"] for p in fit["alike"] for a, b in [p["pair"]]]
    return [
        "## Parameters before and after", "",
        "Middle and 5–95 %; narrower: how much smaller the standard deviation has become; shift: of the mean, in prior"
        " standard deviations.", "", "![Parameters](images/calibration-parameters-en.png)", "",
        *table(["parameter", "what", "moves most", "prior", "posterior", "narrower", "shift"], rows),
        "Pairs that the targets hardly tell apart (correlation in the posterior of 0.25 or more):" if pairs else
        "No pair of parameters correlates by 0.25 or more in the posterior.", "",
        *(table(["one", "other", "correlation"], pairs) if pairs else []),
        "Hidden stock against targeting (D2): see the structural alternatives below.", "",
    ]  # fmt: skip


def span(three: Sequence[float]) -> str:
    """Return a middle with its interval."""
    low, middle, high = three
    return f"{number(middle)} ({number(low)} … {number(high)})"


def on_check(findings: Mapping[str, dict]) -> list[str]:
    """Show every fitted row, observed and predicted."""
    if "check" not in findings:
        return []
    check = findings["check"]
    outside = [r for r in check["fitted"] if not r["inside"]]
    rows = [[*facts(r), number_of(r["prior"]), "yes" if r["inside"] else "**no**"] for r in check["fitted"]]
    share, targets = check["share_inside"], check["targets_inside"]
    lines = [
        "## Fitted rows: observed and predicted", "",
        f"{percent(share)} of the evidence rows ({percent(targets)} of the single numbers) lie inside the 90 % predictive"
        f" interval; at least 80 % were asked for{'' if share >= 0.8 else ', which is missed'}. A prediction includes the"
        " errors of the observation." + (GENEROUS if targets > EXPECTED else ""), "",
        "![Rows](images/calibration-rows-en.png)", "",
        *table(["row", "what", "when", "observed", "predicted 5–95 %", "before the fit", "inside"], rows),
    ]  # fmt: skip
    lines += ["Outside, and why:", ""] if outside else []
    lines += [f"- {r['id']}, {r['label']['en'].lower()}: {reason_for(r)}" for r in outside]
    lines += ["", "Rows without a counterpart in the simulation:", ""]
    return [*lines, *(f"- {row}: {why['en']}." for row, why in check["without"].items()), ""]


def on_held_out(findings: Mapping[str, dict]) -> list[str]:
    """Show every held-out row as it fell."""
    if "check" not in findings or not findings["check"]["held_out"]:
        return []
    check = findings["check"]
    rows = [[*facts(r), "yes" if r["inside"] else "**no**"] for r in check["held_out"]]
    outside = [r for r in check["held_out"] if not r["inside"]]
    return [
        "## Held-out rows, as they fell", "",
        "Never read while fitting, and nothing was changed after they were seen.", "",
        *table(["row", "what", "when", "observed", "predicted 5–95 %", "inside"], rows),
        *(f"- {r['id']}, {r['label']['en'].lower()}: {reason_for(r)}" for r in outside), "",
        *(f"- {row} is not compared: {why['en']}." for row, why in check["held_out_without"].items()), "",
    ]  # fmt: skip


def facts(row: Mapping[str, object]) -> list[str]:
    """Return the first cells of a row."""
    when = row["from"] if row["from"] == row["until"] else f"{row['from']} to {row['until']}"
    seen = number(row["value"]) if row["interval"] is None else "–".join(number(v) for v in row["interval"])
    return [row["row"], row["label"]["en"], when, seen, number_of([row["low"], row["middle"], row["high"]])]


def number_of(three: Sequence[float]) -> str:
    """Return an interval with its middle."""
    low, middle, high = three
    return f"{number(low)} … {number(middle)} … {number(high)}"


def on_proof(findings: Mapping[str, dict]) -> list[str]:
    """Say whether the machinery recovers known truths."""
    if "proof" not in findings:
        return []
    proof = findings["proof"]
    worst = sorted(proof["parameters"].items(), key=lambda item: item[1]["evenness"])[:WORST]
    rows = [
        [f"`{k}`", percent(v["coverage_0.5"]), percent(v["coverage_0.9"]), f"{v['evenness']:.3f}"] for k, v in worst
    ]
    low, high = (f(v["coverage_0.9"] for v in proof["parameters"].values()) for f in (min, max))
    return [
        "## Proof on synthetic cities", "",
        f"{proof['cities']} histories with known parameters, whose statistics got the errors of the targets, were fitted by"
        " the same method, with surfaces that had not seen them. 50 % intervals hold the truth in"
        f" {percent(proof['coverage']['0.5'])} and 90 % intervals in {percent(proof['coverage']['0.9'])} of all cases"
        f" (by parameter {percent(low)} to {percent(high)}). Ranks of the truth are uneven at the 1 % level for"
        f" {proof['uneven']} parameters; {proof['uneven_expected']:.1f} would be by chance.", "",
        "![Ranks](images/calibration-proof-en.png)", "",
        "The parameters with the least even ranks:", "",
        *table(["parameter", "50 % covers", "90 % covers", "evenness (p)"], rows),
    ]  # fmt: skip


def on_rivals(findings: Mapping[str, dict]) -> list[str]:
    """Compare structural alternatives."""
    if "rivals" not in findings:
        return []
    rows = [
        [r["name"], f"{r['log_ratio']:+.1f}", number(r["distance"]), r["verdict"]] for r in findings["rivals"]["rivals"]
    ]
    return [
        "## Structural alternatives on the same targets", "",
        "The log of the evidence over that of the standard form; below 3 either way the targets do not decide, and the"
        " alternatives stand side by side: none is discarded, and the register says whether one would change the order of"
        " policies. The history in which targeting stays at 0.2 differs only from January 2023, when no fitted row but the"
        " end states lies: hidden stock and targeting cannot be told apart by what is fitted.", "",
        *table(["alternative", "log evidence ratio", "distance", "the targets find it"], rows),
    ]  # fmt: skip


def on_patterns(findings: Mapping[str, dict]) -> list[str]:
    """Say which design patterns hold over the draws."""
    if "patterns" not in findings:
        return []
    found, claims = findings["patterns"], {c.id: c for c in CLAIMS}
    seldom = [h for h in found["claims"] if h["share"] < OFTEN]
    rows = [
        [
            h["claim"],
            claims[h["claim"]].says,
            claims[h["claim"]].expected,
            number(h["middle"]),
            percent(h["share"]),
            why_seldom(h, claims[h["claim"]]),
        ]
        for h in found["claims"]
    ]
    ids = ", ".join(h["claim"] for h in seldom) or "none"
    return [
        "## Design patterns over the posterior", "",
        f"Each claim of docs/patterns.md in {found['draws']} posterior draws, one replicate a draw."
        f" {len(rows) - len(seldom)} of {len(rows)} hold in at least 90 % of the draws. Not: {ids}. No claim was a target; a"
        " claim with an interval fails where the posterior's spread is wider than the interval, one with a sign where the"
        " draws do not agree on it.", "",
        *table(["", "claim", "expected", "median", "holds in", "if in less than 90 %, why"], rows),
    ]  # fmt: skip


def why_seldom(found: Mapping[str, object], claim) -> str:
    """Return why a claim holds in less than nine draws of ten."""
    if found["share"] >= OFTEN:
        return ""
    if not claim.holds(found["middle"]):
        held_out = " (a held-out row)" if claim.source in ("S2", "S3") else ""
        return f"missed at the median{held_out}: the fitted model does not say so"
    two_sided = claim.low is not None and claim.high is not None
    return "true at the median, but what the targets leave open is wider than the " + (
        "interval" if two_sided else "mark"
    )


def chinese(findings: Mapping[str, dict], about: Mapping[str, object]) -> list[str]:
    """Return the summary in Chinese."""
    lines = ["## 中文摘要", ""]
    if "fit" in findings:
        fit = findings["fit"]
        lines.append(
            f"以{about['title']['zh']}的 {about['targets']} 项观测目标校准模型，共 {fit['runs']:,} 次模拟。"
            f"筛选出 {len(fit['informed'])} 个可由目标约束的参数，其余参数始终取自先验分布。"
            f"逐轮剔除与目标相差过远的参数组合，先验空间最终保留 {fit['left']:.1%}。"
        )
    if "check" in findings:
        check = findings["check"]
        held = check["held_out"]
        lines.append(
            f"{check['share_inside']:.0%} 的证据行落在 90% 预测区间内；{len(held)} 项留出数据从未用于拟合，"
            f"其中 {sum(r['inside'] for r in held)} 项落在预测区间内，结果如实列出，未作任何调整。"
        )
    if "proof" in findings:
        proof = findings["proof"]
        lines.append(
            f"在 {proof['cities']} 个已知真值的合成城市上检验：50% 区间覆盖真值的 {proof['coverage']['0.5']:.0%}，"
            f"90% 区间覆盖 {proof['coverage']['0.9']:.0%}。"
        )
    if "patterns" in findings:
        claims = findings["patterns"]["claims"]
        lines.append(
            f"{len(claims)} 条设计模式中，{sum(h['share'] >= OFTEN for h in claims)} 条在至少 90% 的后验抽样中成立。"
        )
    return [*lines, ""]


def register_page(text: str, findings: Mapping[str, dict], command: str) -> str:
    """Return the page on assumptions from the register's table."""
    rows = list(csv.DictReader(io.StringIO(text)))
    flips = [r for r in rows if r["flips"] == "yes"]
    turned = [r for r in rows if r["turned"]]
    order = findings["register"]["order"]
    cells = [
        [f"`{r['parameter']}`", r["en"] or "rival form of a rule", r["status"], r["informed"], ends(r), r["influence"],
         other_first(r), r["swaps"], ", ".join(f"`{o}`" for o in r["turned"].split())]
        for r in rows
    ]  # fmt: skip
    return "\n".join([
        "# Assumptions and what hangs on them", "", f"Written by `{command}`; the same table for programs is"
        " `calibration/register.csv`.", "", "中文摘要在文末。", "",
        f"Every parameter, and every rival form of a rule, alone at the low and the high end of its range, all"
        f" else at the centre, one seed, scale 1:200, to May 2025. Policies compared: {', '.join(order)}; at the centre"
        f" `{order[0]}` comes first. Influence is the mean change of a policy's effect on a headline outcome over the range,"
        " in standard deviations between policies; swaps is how many pairs of policies change places. In"
        f" {len(flips)} of {len(rows)} rows another policy comes first at one end; in {len(turned)} another choice (the status quo"
        " is one) is best on some headline outcome by what is worth naming. Sorted by who comes first, swaps, outcomes, influence. One"
        " at a time says nothing about assumptions that fail together; `sensitivity` does.", "",
        *table(["assumption", "what", "status", "informed", "range", "influence", "another first", "swaps", "another best on"],
               cells),
        "## 中文摘要", "",
        f"逐一把每个不确定参数（及规则的替代形式）取到范围两端，其余取中心值，比较各政策的排序。{len(rows)} 行中"
        f"有 {len(flips)} 行会改变排在首位的政策，{len(turned)} 行会在某项主要结果上改变最优选择。按是否改变首位、改变的名次对数、改变最优的项数、影响大小排序；影响指政策效果在该范围内的平均变化"
        "（以政策间标准差计）。", "",
    ])  # fmt: skip


def other_first(row: Mapping[str, str]) -> str:
    """Return who comes first at the ends, if it is not who does at the centre."""
    return f"{row['first_at_low']} … {row['first_at_high']}" if row["flips"] == "yes" else ""


def ends(row: Mapping[str, str]) -> str:
    """Return a range with its centre."""
    return f"{row['low']} … {row['centre']} … {row['high']}" if row["low"] else ""
