"""Outcomes of members: Party members, and all teachers."""

import numpy as np

from model.declare.outcome import outcome
from model.entities.codes import TEACHER

PERCENT = 100

CADRES = {"over": "member", "system": "cadres", "groups": "district post"}


@outcome(**CADRES, unit="index 0-100", better="high", en="Vitality", zh="动力活力", headline=True, notable=0.5,
         about="Weighted mean of engagement, rest, conviction and openness of Party members",
         about_zh="党员干部投入、精力、信念与开放程度的加权平均")
def vitality(engagement, exhaustion, conviction, cynicism, party_member, *, vitality_engagement, vitality_rested,
             vitality_belief, vitality_open):
    """Weigh the four states."""
    whole = vitality_engagement + vitality_rested + vitality_belief + vitality_open
    sum_ = (vitality_engagement * engagement + vitality_rested * (1 - exhaustion) + vitality_belief * conviction
            + vitality_open * (1 - cynicism))
    return PERCENT * sum_ / whole * party_member, party_member


@outcome(**CADRES, unit="share", better="high", en="Engagement", zh="投入", about="Mean engagement", about_zh="平均投入程度")
def engagement(engagement, party_member):
    """Average engagement."""
    return engagement * party_member, party_member


@outcome(**CADRES, unit="share", better="low", en="Exhaustion", zh="耗竭", about="Mean exhaustion", about_zh="平均耗竭程度")
def exhaustion(exhaustion, party_member):
    """Average exhaustion."""
    return exhaustion * party_member, party_member


@outcome(**CADRES, unit="share", better="low", en="Cynicism", zh="疏离", about="Mean cynicism", about_zh="平均疏离程度")
def cynicism(cynicism, party_member):
    """Average cynicism."""
    return cynicism * party_member, party_member


@outcome(**CADRES, unit="share", better="low", en="Overloaded", zh="精神负荷过重比例", headline=True, notable=0.01,
         about="Share of Party members whose exhaustion is above the threshold", about_zh="耗竭超过阈值的党员干部比例")
def overload_share(exhaustion, party_member, *, overload_threshold):
    """Count those above the threshold."""
    return (exhaustion > overload_threshold) & party_member, party_member


@outcome(**CADRES, unit="share", better="low", en="Strained by family", zh="受家庭问题影响比例",
         about="Share whose family strain is above the threshold", about_zh="家庭冲突超过阈值的比例")
def family_strain_share(family_strain, party_member, *, strain_threshold):
    """Count those above the threshold."""
    return (family_strain > strain_threshold) & party_member, party_member


@outcome(**CADRES, unit="share", better="low", en="Career blocked", zh="成长受阻比例",
         about="Share who see no way up or are far behind their peers", about_zh="看不到上升通道或明显落后同伴的比例")
def career_blocked_share(career_blocked, party_member):
    """Count those who see no way up."""
    return career_blocked & party_member, party_member


@outcome(**CADRES, unit="share/month", better="high", en="Bold action", zh="担当作为率", headline=True, notable=0.002,
         about="Chance of a bold action per member and month", about_zh="每人每月担当作为的概率")
def bold_action_rate(bold_action, party_member):
    """Average the chance."""
    return bold_action * party_member, party_member


@outcome(**CADRES, unit="share", better="low", en="Blame avoidance", zh="避责比例",
         about="Share of decisions in which blame is avoided first", about_zh="以避责为先的决策比例")
def avoidance_share(avoidance, party_member):
    """Average avoidance."""
    return avoidance * party_member, party_member


@outcome(**CADRES, unit="share/month", better="low", en="Errors", zh="失误率",
         about="Errors per member and month", about_zh="每人每月失误数")
def error_rate(erred, party_member):
    """Count errors."""
    return erred & party_member, party_member


@outcome(**CADRES, unit="share/year", better="neutral", en="Sanctions", zh="处分率",
         about="Sanctions per member, at a yearly rate", about_zh="按年计的受处分率")
def sanction_rate(sanctioned, party_member, *, months_per_year):
    """Count sanctions at a yearly rate."""
    return months_per_year * (sanctioned & party_member), party_member


@outcome(**CADRES, unit="share", better="high", en="Effective work", zh="有效工作", headline=True, notable=0.005,
         about="Effort times the share of time that is not paperwork times the share not spent avoiding blame",
         about_zh="努力程度×非形式主义时间占比×非避责占比")
def effective_work(effort, paper_hours, hours, avoidance, party_member):
    """Multiply the three."""
    return effort * (1 - paper_hours / np.maximum(hours, 1)) * (1 - avoidance) * party_member, party_member


@outcome(**CADRES, unit="hours/week", better="low", en="Formalistic hours", zh="形式主义工时",
         about="Hours a week on formalistic work", about_zh="每周形式主义工时")
def formalism_hours(paper_hours, party_member):
    """Average paperwork hours."""
    return paper_hours * party_member, party_member


@outcome(**CADRES, unit="share/year", better="neutral", en="Promotions", zh="晋升率",
         about="Promotions per member, at a yearly rate", about_zh="按年计的晋升率")
def promotion_rate(promoted, party_member, *, months_per_year):
    """Count promotions at a yearly rate."""
    return months_per_year * (promoted & party_member), party_member


@outcome(**CADRES, unit="share/year", better="low", en="Exits", zh="离岗率",
         about="Members who leave their post, at a yearly rate", about_zh="按年计的离岗率")
def exit_rate(left, party_member, *, months_per_year):
    """Count exits at a yearly rate."""
    return months_per_year * (left & party_member), party_member


TEACHERS = {"over": "member", "system": "cadres", "groups": "district"}


@outcome(**TEACHERS, unit="hours/week", better="low", en="Teachers' hours", zh="教师工时",
         about="Weekly hours of all teachers", about_zh="全体教师每周工时")
def teacher_hours(hours, post):
    """Average hours of teachers."""
    return hours * (post == TEACHER), post == TEACHER


@outcome(**TEACHERS, unit="share", better="high", en="Teachers' engagement", zh="教师投入", headline=True, notable=0.005,
         about="Mean engagement of all teachers", about_zh="全体教师平均投入程度")
def teacher_engagement(engagement, post):
    """Average engagement of teachers."""
    return engagement * (post == TEACHER), post == TEACHER
