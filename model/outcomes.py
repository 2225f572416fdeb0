"""OUTCOMES: what is measured, each declared once (numerator, or numerator and denominator, a row)."""

import numpy as np

from model.declare.outcome import OUTCOMES, Outcome, outcome
from model.declare.setting import Settings
from model.entities.codes import (
    ARTS, HIDDEN, IN_SINGLE, LICENSED, RELICENSED, SCIENCE, TEACHER,
)

PERCENT = 100


def outcomes_of(settings: Settings) -> tuple[Outcome, ...]:
    """Return the outcomes that the systems of a run can give, in the order of declaration."""
    systems = {*settings.systems, "both"}
    return tuple(o for o in OUTCOMES.values() if o.system in systems)


# ---- cadres: over Party members -------------------------------------------------------------------

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


# ---- teachers: members, over all teachers ---------------------------------------------------------

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


# ---- education: over pupils and families ----------------------------------------------------------

FAMILIES = {"over": "family", "system": "education", "groups": "district income"}
PUPILS = {"over": "family", "system": "education", "groups": "district"}


@outcome(**PUPILS, unit="minutes/day", better="low", en="Homework, primary", zh="小学作业时长",
         about="Written homework per school day, grades 1-6", about_zh="一至六年级每日书面作业")
def homework_minutes_primary(homework, grade, *, last_primary_grade):
    """Average over primary pupils."""
    return homework * (grade <= last_primary_grade), grade <= last_primary_grade


@outcome(**PUPILS, unit="minutes/day", better="low", en="Homework, junior", zh="初中作业时长", headline=True, notable=1,
         about="Written homework per school day, grades 7-9", about_zh="七至九年级每日书面作业")
def homework_minutes_junior(homework, grade, *, last_primary_grade):
    """Average over junior pupils."""
    return homework * (grade > last_primary_grade), grade > last_primary_grade


@outcome(**PUPILS, unit="share", better="low", en="Homework over the cap", zh="作业超标比例",
         about="Share of pupils whose homework exceeds the cap", about_zh="书面作业超过上限的学生比例")
def homework_over_cap_share(homework, homework_cap, *, over_cap_tolerance):
    """Count pupils above cap and tolerance."""
    return homework > homework_cap + over_cap_tolerance, 1


@outcome(**PUPILS, unit="hours/day", better="high", en="Sleep, primary", zh="小学生睡眠",
         about="Hours of sleep, grades 1-6", about_zh="一至六年级睡眠时长")
def sleep_hours_primary(sleep, grade, *, last_primary_grade):
    """Average over primary pupils."""
    return sleep * (grade <= last_primary_grade), grade <= last_primary_grade


@outcome(**PUPILS, unit="hours/day", better="high", en="Sleep, junior", zh="初中生睡眠",
         about="Hours of sleep, grades 7-9", about_zh="七至九年级睡眠时长")
def sleep_hours_junior(sleep, grade, *, last_primary_grade):
    """Average over junior pupils."""
    return sleep * (grade > last_primary_grade), grade > last_primary_grade


@outcome(**FAMILIES, unit="standard deviations", better="high", en="Learning", zh="学业水平", headline=True, notable=0.01,
         about="Mean attainment; 0 is the mean of ability", about_zh="平均学业水平，0为能力均值")
def learning_mean(score):
    """Average attainment."""
    return score, 1


@outcome(over="family", system="education", groups="", unit="standard deviations", better="low", en="Learning gap", zh="学业差距",
         headline=True, notable=0.01, about="Mean attainment of the top income fifth less the bottom", about_zh="最高与最低收入组平均学业之差")
def learning_gap(score, income_fifth):
    """Subtract the bottom fifth's mean from the top fifth's; a fifth is a fifth of the rows."""
    fifths = income_fifth.max()
    return fifths * score * ((income_fifth == fifths).astype(float) - (income_fifth == 1)), 1


@outcome(**FAMILIES, unit="share", better="low", en="Tutoring", zh="学科培训参与率", headline=True, notable=0.005,
         about="Share of pupils in academic tutoring of any form", about_zh="参加任何形式学科培训的学生比例")
def tutoring_share(tutored):
    """Count pupils in tutoring."""
    return tutored, 1


@outcome(**PUPILS, unit="share", better="neutral", en="Tutoring, as reported", zh="学科培训参与率（上报）",
         about="What a survey would hear: part of the hidden tutoring goes unreported", about_zh="调查所能听到的比例，部分隐形培训未报")
def tutoring_share_reported(tutored, hidden, *, under_report, policy_start, month):
    """Leave out the unreported part of hidden tutoring once it is illegal."""
    return tutored - under_report * (month >= policy_start) * hidden, 1


@outcome(**FAMILIES, unit="share", better="low", en="Hidden share of tutoring", zh="隐形培训占比", headline=True, notable=0.01,
         about="Unlicensed share of academic tutoring", about_zh="学科培训中无证部分的比例")
def hidden_share(hidden, tutored):
    """Divide hidden by all tutoring."""
    return hidden, tutored


@outcome(**FAMILIES, unit="share", better="low", en="One-to-one", zh="一对一占比",
         about="One-to-one share of academic tutoring", about_zh="学科培训中一对一的比例")
def one_to_one_share(mode, tutored):
    """Divide one-to-one by all tutoring."""
    return mode == IN_SINGLE, tutored


@outcome(**PUPILS, unit="CNY/pupil/month", better="neutral", en="Hidden price", zh="隐形培训价格",
         about="Mean monthly price of hidden tutoring", about_zh="隐形培训平均月价")
def hidden_price(tuition, hidden):
    """Average what hidden pupils pay."""
    return tuition * hidden, hidden


@outcome(**FAMILIES, unit="CNY/month", better="low", en="Tutoring spending", zh="学科培训支出",
         about="Monthly spending on academic tutoring per family, all families", about_zh="全部家庭户均学科培训月支出")
def tutoring_spending(tuition):
    """Average over all families."""
    return tuition, 1


@outcome(**FAMILIES, unit="share", better="low", en="Spending burden", zh="教育支出负担", headline=True, notable=0.0003,
         about="Tutoring, interest classes and service fees over disposable income", about_zh="培训、兴趣班和课后服务缴费占可支配收入比例")
def spending_burden(tuition, interest_fee, service_fee, income):
    """Divide all fees by all income."""
    return tuition + interest_fee + service_fee, income


@outcome(**FAMILIES, unit="share", better="low", en="Anxious parents", zh="家长焦虑比例", headline=True, notable=0.01,
         about="Share of parents above the anxiety threshold", about_zh="焦虑超过阈值的家长比例")
def parent_anxiety(anxiety, *, anxious_threshold):
    """Count anxious parents."""
    return anxiety > anxious_threshold, 1


@outcome(**FAMILIES, unit="share", better="high", en="Parents' satisfaction", zh="家长满意度", headline=True, notable=0.005,
         about="Mean satisfaction with school and policy", about_zh="对学校和政策的平均满意度")
def parent_satisfaction(satisfaction):
    """Average satisfaction."""
    return satisfaction, 1


@outcome(over="school", system="education", groups="district", unit="share", better="high", en="Service coverage", zh="课后服务覆盖率",
         about="Share of schools that offer after-school service", about_zh="开展课后服务的学校比例")
def after_school_coverage(offers_service):
    """Count schools."""
    return offers_service, 1


@outcome(**FAMILIES, unit="share", better="high", en="Service participation", zh="课后服务参与率",
         about="Share of pupils in after-school service", about_zh="参加课后服务的学生比例")
def after_school_participation(attends_service):
    """Count participants."""
    return attends_service, 1


@outcome(over="school", system="education", groups="district", unit="share", better="high", en="Service quality", zh="课后服务质量", headline=True, notable=0.01,
         about="Quality of after-school service, weighted by participants", about_zh="按参加人数加权的课后服务质量")
def after_school_quality(service_quality, participants):
    """Weigh quality by participants."""
    return service_quality * participants, participants


INSTITUTIONS = {"over": "institution", "system": "education", "groups": "district"}


@outcome(**INSTITUTIONS, unit="institutions", better="neutral", en="Licensed academic institutions", zh="持证学科类机构",
         about="Licensed academic institutions in business", about_zh="在营持证学科类机构数")
def licensed_academic(state):
    """Count them."""
    return state == LICENSED


@outcome(**INSTITUTIONS, unit="count", better="low", en="Hidden providers", zh="隐形培训者",
         about="Providers that teach academic subjects without a licence", about_zh="无证从事学科培训者数")
def hidden_providers(state):
    """Count them."""
    return state == HIDDEN


@outcome(**INSTITUTIONS, unit="share", better="high", en="Relicensed", zh="重新登记完成率",
         about="Share of non-academic institutions that are relicensed", about_zh="完成重新审核登记的非学科类机构比例")
def relicensed_share(queue_stage, kind):
    """Divide the relicensed by all of these kinds."""
    other = (kind >= ARTS) & (kind <= SCIENCE)
    return (queue_stage == RELICENSED) & other, other


DISTRICTS = {"over": "district", "system": "education", "groups": "district"}


@outcome(**DISTRICTS, unit="complaints/month", better="low", en="Complaints", zh="投诉举报",
         about="Complaints per month", about_zh="每月投诉举报数")
def complaints(complaints):
    """Add them up."""
    return complaints


@outcome(**DISTRICTS, unit="count", better="neutral", en="Inspections", zh="检查机构数",
         about="Institutions checked per month", about_zh="每月检查机构数")
def inspections(checks):
    """Add them up."""
    return checks


@outcome(**DISTRICTS, unit="cases/month", better="neutral", en="Violations found", zh="查处违规",
         about="Violations found per month", about_zh="每月查处违规数")
def violations_found(violations):
    """Add them up."""
    return violations


@outcome(**DISTRICTS, unit="cases/trip", better="neutral", en="Violations per trip", zh="每人次查处数",
         about="Violations found per inspector trip", about_zh="每执法人次查处违规数")
def violations_per_trip(violations, trips):
    """Divide cases by trips."""
    return violations, trips


@outcome(**DISTRICTS, unit="share/year", better="neutral", en="Detection hazard", zh="隐形培训被查率",
         about="Yearly chance that a hidden provider is found", about_zh="隐形培训者按年计的被查概率")
def detection_hazard(hidden_found, hidden_count, *, months_per_year):
    """Divide hidden cases by hidden providers, at a yearly rate."""
    return months_per_year * hidden_found, hidden_count


@outcome(**FAMILIES, unit="CNY/month", better="low", en="Refund losses", zh="退费损失",
         about="Prepaid fees that families lose per month, city total", about_zh="全市家庭每月未退预收费")
def refund_loss(refund_lost):
    """Add them up."""
    return refund_lost


@outcome(**FAMILIES, unit="index 0-100", better="low", en="Three burdens", zh="三个负担", headline=True, notable=1,
         about="Mean of homework, tutoring and cost relative to their levels before the policy (100)",
         about_zh="作业、培训、支出三项负担相对政策前水平（100）的均值")
def three_burdens(homework, tutored, tuition, interest_fee, service_fee, *, burden_homework, burden_tutoring,
                  burden_spending):
    """Average the three ratios."""
    cost = (tuition + interest_fee + service_fee) / burden_spending
    return PERCENT * (homework / burden_homework + tutored / burden_tutoring + cost) / 3, 1


@outcome(over="levers", system="both", groups="lever", unit="CNY/month", better="low", en="Policy cost", zh="政策成本", headline=True, notable=10000,
         about="Public cost per month of all levers, the status quo included", about_zh="全部政策杠杆的每月公共成本，含现状")
def policy_cost(lever_cost):
    """Add up the levers."""
    return lever_cost
