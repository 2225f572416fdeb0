"""Outcomes of pupils, families, schools, institutions and districts, and what policy costs."""

from model.declare.outcome import outcome
from model.entities.codes import ARTS, HIDDEN, IN_SINGLE, LICENSED, RELICENSED, SCIENCE

PERCENT = 100

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


@outcome(**FAMILIES, unit="index, before = 100", better="low", en="Three burdens", zh="三个负担", headline=True, notable=1,
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
