"""Rules: they stay in range, do nothing at no strength, follow their levers, and give answers worked out by hand."""

import math
from functools import cache

import numpy as np
import pytest
from cities import apply, history, identical, new_city, run_rule, shipped_profile, status_quo, usual_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.what_if import what_if
from model.declare.curve import logistic
from model.declare.draws import Draws
from model.declare.relate import Grouping, Pointing, Ties, Weights, in_order, look_up, rank_in_group, sum_up
from model.declare.setting import NEVER, levers, parameters
from model.declare.unit import monthly_probability
from model.entities import ENTITIES
from model.entities.codes import EXITED, HIDDEN, LICENSED, NON_ACADEMIC, TEACHER
from model.schedule import scheduled
from model.simulation import City
from model.wiring import all_forms
from scenarios.scenario import FIRST_FUTURE

RULES = {rule.name: rule for rule in scheduled()}
MAY = FIRST_FUTURE - 1
COLLAPSE, LATE, STIRRED = 9, FIRST_FUTURE, -1
LARGE = {"CNY": 1e5, "CNY/month": 1e5, "CNY/hour": 500, "CNY/pupil/month": 4000, "pupils": 500, "count": 500,
         "posts": 200, "trips/month": 500, "complaints/month": 50, "cases/month": 20, "ratio": 3, "months": 40,
         "people": 50, "schools": 100, "families": 400, "score": 4, "index 0-100": 5}  # fmt: skip


# These count up month by month; nobody lives to see their limits.
MOST_SO_FAR = {"tenure_months": 500, "pause_months": 40}

# ---- anything in range stays in range -------------------------------------------------------------


@cache
def founded():
    """The shipped city in its first month, as small as it can be."""
    return new_city(scale=2000).run(1)


def scattered(seed, reach):
    """Return tables with every changing number anywhere in its range; who exists and points where stays."""
    tables = {name: table.copy() for name, table in founded().tables.items()}
    draws = Draws(seed)
    for name, table in tables.items():
        for column in ENTITIES[name].columns:
            if column.dtype in ("i1", "i4", "i8") or column.name == "weight" or column.role == "fixed":
                continue
            u = draws.uniform(f"{name}.{column.name}", 0, table.n)
            most = MOST_SO_FAR.get(column.name, column.high)
            if column.dtype == "?":
                table[column.name] = u < reach
            else:
                low = -LARGE.get(column.unit, 5) if column.low is None else column.low
                high = low + LARGE.get(column.unit, 100) if most is None else most
                table[column.name] = low + (high - low) * np.clip((u - 0.5) * 2 * reach + 0.5, 0, 1)
    return tables


def anywhere(seed):
    """Return settings with every lever and parameter at an end or anywhere in its range."""
    u = Draws(seed).uniform("settings", 0, len(levers()) + len(parameters()))
    given_ = dict(usual_settings())
    for share, (key, declared) in zip(u, [*levers().items(), *parameters().items()], strict=True):
        low, high = declared.range if key in levers() else (declared.low, declared.high)
        given_[key] = low + (high - low) * min(max((share - 0.5) * 1.5 + 0.5, 0), 1)
    return given_


@settings(max_examples=20)
@given(st.integers(0, 2**32), st.floats(0, 1), st.sampled_from([0.0, 0.6, 1.0]))
def test_every_form_of_every_rule_stays_in_range_wherever_it_starts(seed, reach, in_term):
    tables = scattered(seed, reach)
    given_ = anywhere(seed) | {"in_term": in_term}
    for rule, form in all_forms():
        mine = {name: table.copy() for name, table in tables.items()}
        with np.errstate(all="raise", under="ignore"):
            run_rule(rule, form, mine, seed, MAY, given_)
        mine[rule.on].check(rule.writes, f"{rule.name} {form}", MAY)
        assert all(np.isfinite(mine[rule.on][c]).all() for c in rule.writes)


# ---- no strength, no change -----------------------------------------------------------------------

STILL = (
    ("leaders_learn_care", {"leader_pace": 0}, ("care", "example")),
    ("family_strains", {"strain_pace": 0}, ("family_strain",)),
    ("study_builds_conviction", {"conviction_pace": 0, "study_level_pace": 0}, ("conviction", "study_level")),
    ("demands_exhaust", {"exhaust_half_life": 1e30, "contagion": 0}, ("exhaustion",)),
    ("cynicism_lags", {"cynic_half_life": 1e30}, ("cynicism",)),
    ("resources_engage", {"engage_pace": 0}, ("engagement",)),
    ("sanctions_teach_risk", {"member_risk_pace": 0, "risk_seen": 0, "risk_own": 0, "risk_false": 0},
     ("perceived_risk",)),
    ("posts_give_experience", {"rotation_posts": 0, "experience_rate": 0}, ("experienced",)),
    ("vacancies_open", {"vacancy_rate": 0}, ("open_posts", "posts_created")),
    ("teaching_improves_schools", {"quality_pace": 0}, ("quality",)),
    ("teachers_design_homework", {"design_pace": 0}, ("design",)),
    ("schools_keep_homework_caps", {"homework_oversight": 0, "compliance_decay": 0},
     ("comply_lower", "comply_middle", "comply_junior")),
    ("means_make_service_good", {"service_pace": 0}, ("service_quality",)),
    ("risk_and_scarcity_set_price", {"price_pace": 0}, ("price",)),
    ("districts_sum_interest", {"price_pace": 0}, ("interest_price",)),
    ("lessons_and_homework_teach", {"score_pace": 0}, ("score",)),
    ("families_judge_schools", {"trust_pace": 0}, ("trust",)),
    ("rivals_feed_anxiety", {"anxiety_pace": 0}, ("anxiety",)),
    ("satisfaction_weighs_all", {"satisfied_pace": 0}, ("satisfaction",)),
    ("unlicensed_are_suspended", {"relicensing_deadline": NEVER}, ("state",)),
    ("institutions_apply_for_licence", {"relicensing_deadline": NEVER}, ("queue_stage", "queue_since")),
    ("campaign_gathers_momentum", {"academic_compression": 0, "momentum_fade": 0}, ("momentum",)),
    ("formalism_regrows", {"cut_pace": 0, "regrowth": 0}, ("paper_cut", "paper_regrown")),
)  # fmt: skip


@cache
def state_after(months):
    """The tables of a small city after some months."""
    if months == STIRRED:
        return stirred()
    return (history() if months == LATE else new_city().run(months).save()).tables


def stirred():
    """A small city with many cases at once: closings, findings, applications, risks of every size."""
    tables = {name: table.copy() for name, table in history().tables.items()}
    i, district = tables["institution"], tables["district"]
    u = Draws(2).uniform("stirred", 0, i.n)
    i["closed_now"] = i["registrable"] & (u < 0.3)
    i["state"] = np.where(i["closed_now"], EXITED, i["state"])
    i["caught"] = ~i["closed_now"] & np.isin(i["state"], (HIDDEN, NON_ACADEMIC)) & (u < 0.6)
    i["revenue"], i["prepaid"], i["escrow"], i["pause_months"] = 1000, 3000, 500, 0
    i["perceived_risk"] = u / 3
    i["queue_stage"] = np.where(i["state"] == NON_ACADEMIC, u < 0.5, 0)
    i["queue_since"] = np.where(i["queue_stage"] > 0, MAY - 10, -1)
    district["complaints"], district["dossier_slots"], district["hidden_checks"] = 200, 100, 100
    return tables


def after(name, months=LATE, form="", **changed):
    """Run one rule on a copy of a small city's tables in a month of term; return the table that it writes."""
    tables = {key: table.copy() for key, table in state_after(months).items()}
    return run_rule(RULES[name], form, tables, 1, MAY, usual_settings(MAY) | changed)


@pytest.mark.parametrize("name, without, columns", STILL, ids=[row[0] for row in STILL])
def test_a_rule_without_strength_changes_nothing(name, without, columns):
    before, now = state_after(LATE)[RULES[name].on], after(name, **without)
    for column in columns:
        assert np.allclose(now[column], before[column], rtol=1e-6, atol=1e-7), column


# ---- every lever pushes in its direction ----------------------------------------------------------


def promoted_mean(column):
    return lambda table: float(table[column][table["promoted"]].mean())


def number(column, code):
    return lambda table: float((table[column] == code).sum())


def share(column):
    return lambda table: float(np.mean(table[column] >= 0))


def spread(column):
    return lambda table: float(np.std(table[column]))


LOW, HIGH, UP, DOWN = "low", "high", +1, -1
MOVES = (
    ("accountability_is_set", "accountability_strictness", "accountability", UP),
    ("leaders_learn_care", "supportive_leadership", "care", UP),
    ("leaders_learn_care", "leader_example", "example", UP),
    ("leaders_amplify_tasks", "layering_control", "amplification", DOWN),
    ("formalism_regrows", "burden_reduction", "paper_load", DOWN),
    ("formalism_regrows", "role_clarity", "paper_load", DOWN),
    ("formalism_regrows", "learning_platforms", "paper_load", UP),
    ("hours_are_shared", "learning_hours", "study_hours", UP),
    ("hours_are_shared", "learning_hours", "task_hours", DOWN),
    ("hours_are_shared", "learning_platforms", "study_hours", DOWN),
    ("hours_are_shared", "rest_protection", "hours", DOWN),
    ("demands_press", "role_clarity", "demand_challenge", UP),
    ("family_strains", "family_support", "family_strain", DOWN),
    ("family_strains", "hardship_aid", "family_strain", DOWN),
    ("study_builds_conviction", "learning_precision", "conviction", UP),
    ("study_builds_conviction", "learning_promotion_link", "study_level", UP),
    ("risk_shapes_conduct", "fault_tolerance", "bold_action", UP),
    ("risk_shapes_conduct", "fault_tolerance", "shirking", UP),
    ("risk_shapes_conduct", "role_clarity", "avoidance", DOWN),
    ("errors_happen", "fault_tolerance", "erred", UP),
    ("errors_happen", "role_clarity", "erred", DOWN),
    ("errors_happen", "false_report_clearing", "falsely_reported", DOWN),
    ("errors_are_sanctioned", "sanction_recovery_months", "scar_months", UP),
    ("sanctions_teach_risk", "fault_tolerance", "perceived_risk", DOWN),
    ("sanctions_teach_risk", "false_report_clearing", "perceived_risk", DOWN),
    ("posts_give_experience", "rotation_posts", "experienced", UP),
    ("vacancies_open", "cross_unit_selection", "open_posts", DOWN),
    ("vacancies_cross_units", "cross_unit_selection", "open_posts", UP),
    ("best_fitted_are_promoted", "learning_promotion_link", promoted_mean("study_level"), UP),
    ("best_fitted_are_promoted", "talent_pipeline", promoted_mean("age"), DOWN),
    ("prospects_are_judged", "career_counselling", "career_gap", DOWN),
    ("prospects_are_judged", "cross_unit_selection", "promotion_chance", UP),
    ("prospects_are_judged", "rotation_posts", "promotion_chance", UP),
    ("bureaus_send_inspectors", "enforcement_intensity", "checks", UP),
    ("bureaus_send_inspectors", "enforcement_targeting", "hidden_checks", UP),
    ("bureaus_send_inspectors", "enforcement_equipment", "effectiveness", UP),
    ("bureaus_send_inspectors", "interagency_coordination", "effectiveness", UP),
    ("cases_become_public", "exposure", "publicity", UP),
    ("risk_and_scarcity_set_price", "guide_price", "price", UP),
    ("risk_and_scarcity_set_price", "penalty_level", "price", UP),
    ("institutions_enrol", "prepaid_supervision", "escrow", UP),
    ("institutions_enrol", "prepaid_supervision_academic", "escrow", UP),
    ("stations_gain_capacity", "licensing_capacity", "dossier_credit", UP),
    ("stations_gain_capacity", "licensing_capacity", "approval_credit", UP),
    ("stations_gain_capacity", "fire_certificate_capacity", "fire_credit", UP),
    ("schools_keep_homework_caps", "homework_oversight", "comply_middle", UP),
    ("schools_keep_homework_caps", "evaluation_reform", "comply_junior", UP),
    ("teachers_design_homework", "homework_design", "design", UP),
    ("teaching_improves_schools", "teaching_quality", "quality", UP),
    ("teaching_improves_schools", "teacher_rotation", spread("quality"), DOWN),
    ("means_make_service_good", "after_school_variety", "service_quality", UP),
    ("means_make_service_good", "teacher_relief", "service_quality", UP),
    ("schools_take_up_service", "after_school_duty", "offers_service", UP),
    ("families_join_service", "after_school_fee", "attends_service", DOWN),
    ("districts_pay_subsidy", "after_school_subsidy", "subsidy_promised", UP),
    ("districts_pay_subsidy", "subsidy_fulfilment", "subsidy_paid", UP),
    ("districts_pay_subsidy", "subsidy_fulfilment", "subsidy_owed", DOWN),
    ("schools_share_service_pay", "performance_pay", "pay_per_hour", UP),
    ("schools_share_service_pay", "after_school_fee", "service_pay", UP),
    ("service_takes_teachers_hours", "teacher_relief", "service_hours", DOWN),
    ("families_choose_tutoring", "online_courses", share("market_id"), DOWN),
    ("families_choose_tutoring", "public_lists", share("market_id"), DOWN),
    ("families_choose_tutoring", "evaluation_reform", share("market_id"), DOWN),
    ("families_take_interest_classes", "after_school_variety", "takes_interest", DOWN),
    ("families_take_interest_classes", "wellbeing_support", "takes_interest", DOWN),
    ("lessons_and_homework_teach", "online_courses", "score", UP),
    ("lessons_and_homework_teach", "wellbeing_support", "score", UP),
    ("load_shortens_sleep", "wellbeing_support", "sleep", UP),
    ("outreach_calms_families", "parent_outreach", "calm", UP),
    ("outreach_calms_families", "wellbeing_support", "calm", UP),
    ("families_judge_schools", "parent_outreach", "trust", UP),
    ("rivals_feed_anxiety", "evaluation_reform", "anxiety", DOWN),
    ("providers_offer_places", "course_control", "seats", DOWN),
    ("people_complain", "public_lists", "complaints", UP),
    ("campaigns_add_paperwork", "academic_compression", "campaign_load", UP),
    ("campaigns_add_paperwork", "enforcement_intensity", "campaign_load", UP),
    ("campaigns_add_paperwork", "homework_oversight", "campaign_load", UP),
)
IN_THE_COLLAPSE = (
    ("campaign_gathers_momentum", "academic_compression", "momentum", UP),
    ("licensed_institutions_close", "academic_compression", number("state", LICENSED), DOWN),
)


AMONG_MANY_CASES = (
    ("inspectors_find_violations", "interagency_coordination", "caught", UP),
    ("findings_are_sanctioned", "legal_clarity", "fined", UP),
    ("findings_are_sanctioned", "legal_clarity", "pause_months", UP),
    ("findings_are_sanctioned", "penalty_level", "fined", UP),
    ("hidden_providers_weigh_risk", "penalty_level", number("state", HIDDEN), DOWN),
    ("hidden_providers_weigh_risk", "legal_clarity", number("state", HIDDEN), DOWN),
    ("hidden_providers_weigh_risk", "exposure", number("state", HIDDEN), DOWN),
    ("closings_trigger_refunds", "public_lists", "refund_lost", DOWN),
    ("licence_queue_advances", "setting_standards", "queue_stage", UP),
    ("institutions_apply_for_licence", "setting_standards", "queue_stage", UP),
    ("institutions_apply_for_licence", "relicensing_deadline", "queue_stage", DOWN),
    ("closed_owners_choose_a_path", "penalty_level", number("state", HIDDEN), DOWN),
    ("closed_owners_choose_a_path", "legal_clarity", number("state", HIDDEN), DOWN),
)


def moves_as_it_should(name, lever, output, direction, months):
    low, high = levers()[lever].range
    if levers()[lever].kind == "month":
        low = levers()[lever].default
    one, other = after(name, months, **{lever: low}), after(name, months, **{lever: high})
    if callable(output):
        return direction * (output(other) - output(one)) > 0
    change = direction * (other[output].astype(float) - one[output].astype(float))
    return (change >= -1e-6 * (1 + np.abs(one[output].astype(float)))).all() and (change > 0).any()


def named(rows):
    return [f"{row[0]}-{row[1]}-{i}" for i, row in enumerate(rows)]


@pytest.mark.parametrize("name, lever, output, direction", MOVES, ids=named(MOVES))
def test_a_rule_follows_its_lever(name, lever, output, direction):
    assert moves_as_it_should(name, lever, output, direction, LATE)


@pytest.mark.parametrize("name, lever, output, direction", AMONG_MANY_CASES, ids=named(AMONG_MANY_CASES))
def test_a_rule_about_rare_cases_follows_its_lever(name, lever, output, direction):
    assert moves_as_it_should(name, lever, output, direction, STIRRED)


@pytest.mark.parametrize("name, lever, output, direction", IN_THE_COLLAPSE, ids=named(IN_THE_COLLAPSE))
def test_a_rule_of_the_collapse_follows_its_lever(name, lever, output, direction):
    assert moves_as_it_should(name, lever, output, direction, COLLAPSE)


def test_every_lever_is_followed_somewhere():
    assert {row[1] for row in (*MOVES, *AMONG_MANY_CASES, *IN_THE_COLLAPSE)} == set(levers())


# ---- answers worked out by hand -------------------------------------------------------------------


def near(values, *expected):
    return np.allclose(np.asarray(values, float), expected, rtol=1e-12, atol=1e-12)


def test_accountability_is_strictness_and_complaints():
    got = apply("accountability_is_set", complaint_pressure=[0.4], accountability_strictness=0.5,
                complaints_to_pressure=0.15)  # fmt: skip
    assert near(got, 0.5 + 0.15 * 0.4)


def test_a_leader_adds_to_tasks_under_pressure_and_less_under_control():
    got = apply("leaders_amplify_tasks", amplify_trait=[0.4, 0.4], city__accountability=[0.6, 0.6],
                layering_control=0.5, amplify_pressure=0.5, layering_effect=0.8)  # fmt: skip
    assert near(got, *[0.4 * (1 + 0.5 * 0.6) * (1 - 0.8 * 0.5)] * 2)


def test_hours_are_shared_up_to_the_cap():
    study, paper, tasks, cap = 4 / 4.33, 0.5 * 36, 26 * (1 + 0.3 * 0.4), 70 - (70 - 44) * 0.2
    hours, task, paperwork, studied = apply(
        "hours_are_shared", party_member=[True, False], leader__paper_load=[0.5, 0.5],
        leader__amplification=[0.4, 0.4], service_hours=[30.0, 0.0], learning_hours=4, learning_platforms=0,
        rest_protection=0.2, task_hours_usual=26, hours_cap=70, hours_protected=44, weeks_per_month=4.33,
        study_others=0.3, amplify_tasks=0.3, burden_hours=36)  # fmt: skip
    assert near(studied, study, 0.3 * study)
    assert near(paperwork, paper, paper)
    assert near(task, cap - study - paper - 30, tasks)
    assert near(hours, cap, 0.3 * study + paper + tasks)


def test_burden_that_is_cut_grows_back_and_paperwork_adds_up():
    cut, back, load = apply(
        "formalism_regrows", paper_cut=[0.2], paper_regrown=[0.1], paper_trait=[0.4], amplification=[0.5],
        campaign_load=[0.02], burden_reduction=0.6, layering_control=0.5, role_clarity=0.3, learning_platforms=0,
        cut_pace=0.35, regrowth=0.05, regrowth_hold=0.6, paper_amplify=0.4, paper_clarity=0.3)  # fmt: skip
    now = 0.2 + 0.35 * (0.6 - 0.2)
    grown = 0.1 + 0.05 * (1 - 0.6 * 0.5) * (now - 0.1)
    assert near(cut, now)
    assert near(back, grown)
    assert near(load, 0.4 * (1 + 0.4 * 0.5) * (1 - 0.3 * 0.3) * (1 - now + grown) + 0.02)


def test_exhaustion_halves_its_distance_in_a_half_life_and_follows_colleagues():
    level = 0.1 + 0.4 * 0.5 + 0.2 * 0.4 + 0.5 * 0.3 + 0.2 * (48 - 40) / 40 - 0.25 * 0.6 + 0.12 * 1
    got = apply("demands_exhaust", exhaustion=[0.8], demand_hindrance=[0.5], demand_challenge=[0.4],
                family_strain=[0.3], hours=[48], strain_trait=[1], leader__care=[0.6],
                mean__colleagues__exhaustion=[0.6], hours_normal=40, exhaust_base=0.1, exhaust_hindrance=0.4,
                exhaust_challenge=0.2, exhaust_strain=0.5, exhaust_hours=0.2, exhaust_care=0.25, exhaust_trait=0.12,
                exhaust_half_life=1, contagion=0.05)  # fmt: skip
    assert near(got, 0.8 + 0.5 * (level - 0.8) + 0.05 * (0.6 - 0.8))


def test_a_sanction_falls_on_errors_and_leaves_a_scar_that_runs_down():
    # Chances: 0.2 × 0.5 = 0.1 for an error, 0.1 × (1 − 0.5) in good faith, 0.1 × 0.1 for a false report.
    sanctioned, scar = apply(
        "errors_are_sanctioned", erred=[True, True, True, False, False], good_faith=[False, True, True, False, False],
        falsely_reported=[False, False, False, True, False], scar_months=[0, 0, 0, 3, 50],
        city__accountability=[0.5], u_sanction=[0.02, 0.049, 0.051, 0.009, 0.0], fault_tolerance=0.5,
        sanction_recovery_months=24, sanction_share=0.2, sanction_false=0.1, soft_share=0.5)  # fmt: skip
    assert sanctioned.tolist() == [True, True, False, True, False]
    # Hard at half the chance: 0.02 < 0.05 scars, 0.049 and 0.009 do not; a shorter rule shortens an old scar.
    assert near(scar, 24, 0, 0, 3 - 1, 24)


def test_a_subsidy_is_split_into_paid_and_owed():
    promised, paid, owed = apply(
        "districts_pay_subsidy", subsidy_owed=[1000.0, 0.0], arrears_tilt=[1.0, 2.0],
        sum__family__attends_service=[500.0, 100.0], after_school_subsidy=20, subsidy_fulfilment=0.7,
        in_term=0.5)  # fmt: skip
    assert near(promised, 500 * 20 * 0.5, 100 * 20 * 0.5)
    assert near(paid, 5000 * 0.7, 1000 * (1 - 0.3 * 2))
    assert near(owed, 1000 + 5000 * 0.3, 1000 * 0.6)


def test_schools_divide_what_arrives_by_the_hours_served():
    participants, money, per_hour = apply(
        "schools_share_service_pay", teachers=[40.0], pupils=[800.0], district__subsidy_paid=[600.0],
        district__subsidy_promised=[1000.0], sum__family__attends_service=[400.0], after_school_subsidy=20,
        after_school_fee=10, performance_pay=0.5, in_term=1, merit_pay_hour=15, service_hours_week=7,
        weeks_per_month=4.33, teachers_in_service=0.9)  # fmt: skip
    assert near(participants, 400)
    assert near(money, 400 * (20 * 0.6 + 10))
    assert near(per_hour, 8800 / (40 * 0.9 * (400 / 800) * 7 * 4.33) + 0.5 * 15)


def test_homework_is_a_blend_of_habit_and_cap():
    # A complying and a defiant junior school, and grade 1, which has no written homework.
    got = apply("schools_set_homework", grade=[7, 7, 1], homework_cap=[90, 90, 0],
                school__homework_habit=[1.2, 1.2, 1.0], school__comply_lower=[0, 0, 0.9],
                school__comply_middle=[0, 0, 0], school__comply_junior=[0.5, 0, 0], school__design=[0.5, 0, 0],
                homework_lower=30, homework_junior=140, homework_grade_nine=160, design_saves=0.2,
                last_lower_grade=2, last_primary_grade=6, last_grade=9)  # fmt: skip
    usual = 1.2 * 140 * (1 - 0.2 * 0.5)
    assert near(got, usual - 0.5 * (usual - 90), 1.2 * 140, 30 - 0.9 * 30)


def test_refunds_come_from_escrow_first():
    due, paid, lost, prepaid, escrow = apply(
        "closings_trigger_refunds", prepaid=[1000.0, 1000.0, 500.0], escrow=[300.0, 0.0, 500.0],
        closed_now=[True, False, True], interest_closing=[0.0, 0.0, 20.0], public_lists=0.5, recovery_base=0.2,
        recovery_lists=0.4)  # fmt: skip
    assert near(due, 1000, 0, 500)
    assert near(paid, 300 + 700 * (0.2 + 0.4 * 0.5), 0, 500)
    assert near(lost, 700 * 0.6, 0, 0)
    assert near(prepaid, 0, 1000, 0)
    assert near(escrow, 0, 0, 0)


def test_losses_are_shared_by_the_displaced_or_wait():
    each, pending = apply("markets_share_losses", refund_pending=[900.0, 400.0], sum__family__displaced=[3.0, 0.0])
    assert near(each, 300, 0)
    assert near(pending, 0, 400)


def test_places_go_to_those_who_are_in_then_to_applicants():
    stays, applicants, keep, grant, tightness = apply(
        "markets_ration_places", seats=[100.0, 100.0, 40.0, 5.0], tightness=[1.0, 1.0, 1.0, 1.0],
        count__family=[120.0, 80.0, 60.0, 0.0], sum__family__applies=[40.0, 0.0, 10.0, 0.0], tightness_pace=0.5,
        every__family__mode=[1, 2, 3, 1, 1], every__family__market_id=[0, 1, 2, 2, -1],
        every__family__district_id=[0, 0, 0, 0, 0], every__family__weight=[70.0, 80.0, 50.0, 10.0, 9.0])  # fmt: skip
    assert near(stays, 70 + 10, 80, 50, 0)  # the 10 ask for another place and hold theirs; the 9 leave
    assert near(applicants, 40, 0, 10, 0)
    assert near(keep, 1, 1, 40 / 50, 1)
    assert near(grant, (100 - 80) / 40, 1, 0, 1)
    assert near(tightness, 1 + 0.5 * (120 / 100 - 1), 1 + 0.5 * (80 / 100 - 1), 1 + 0.5 * (60 / 40 - 1), 0.5)


def test_a_refused_applicant_keeps_the_old_place_and_waits():
    mode, market, tutored, hidden, tuition, waits = apply(
        "families_take_places", mode=[1, 0, 1, 4], market_id=[2, 2, -1, 1], district_id=[0, 0, 0, 0],
        applies=[True, True, False, True], market__grant=[0.5, 0.5, 0.0, 0.5], every__market__keep=[1.0, 1.0, 1.0, 0.0],
        every__market__price=[10.0, 20.0, 30.0, 40.0], u_place=[0.6, 0.4, 0.1, 0.6])  # fmt: skip
    assert mode.tolist() == [1, 3, 0, 0]  # refused and stays; granted; leaves; refused, and the old place is gone
    assert market.tolist() == [0, 2, -1, -1]
    assert waits.tolist() == [3, 0, 0, 2]
    assert near(tuition, 10, 30, 0, 0)
    assert hidden.tolist() == [False, True, False, False]
    assert tutored.tolist() == [True, True, False, False]


def test_who_waits_asks_again_until_it_reconsiders():
    again, applies, market = apply(
        "families_reconsider", mode=[1, 1, 0], waits_for=[3, 0, 0], district_id=[1, 1, 1], displaced=[False] * 3,
        u_reconsider=[0.9, 0.1, 0.9], reconsider_rate=0.25)  # fmt: skip
    assert again.tolist() == [False, True, False]
    assert applies.tolist() == [True, False, False]
    assert market.tolist() == [4 + 3 - 1, 4, -1]


def test_a_campaign_grows_along_a_logistic_curve_and_fades():
    grown = apply("campaign_gathers_momentum", momentum=[0.5], academic_compression=1, momentum_seed=0.01,
                  momentum_rate=1.7)  # fmt: skip
    assert near(grown, math.exp(1.7) / (1 + math.exp(1.7)))
    seeded = apply("campaign_gathers_momentum", momentum=[0.0], academic_compression=1, momentum_seed=0.01,
                   momentum_rate=0)  # fmt: skip
    assert near(seeded, 0.01)
    faded = apply("campaign_gathers_momentum", momentum=[0.5], academic_compression=0, momentum_fade=0.1)
    assert near(faded, 0.45)


def test_an_hours_homework_less_gives_its_sleep_back():
    got = apply("load_shortens_sleep", grade=[8, 4], homework=[120.0, 60.0], tutored=[True, False],
                attends_service=[True, False], school__service_quality=[0.5, 0.5], anxiety=[0.6, 0.0],
                wellbeing_support=0.2, sleep_primary=9.8, sleep_junior=9.0, sleep_per_homework_hour=0.3,
                sleep_per_tutoring=0.1, done_at_school=0.8, sleep_anxiety=0.1, sleep_wellbeing=0.1,
                last_primary_grade=6, minutes_per_hour=60)  # fmt: skip
    assert near(got, 9 - 0.3 * 2 * (1 - 0.8 * 0.5) - 0.1 - 0.1 * 0.6 + 0.1 * 0.2, 9.8 - 0.3 * 1 + 0.1 * 0.2)


def test_risk_and_scarcity_are_in_the_hidden_price_and_the_guide_price_is_a_lid():
    got = apply(
        "risk_and_scarcity_set_price", "risk_only", price=[400.0, 300.0], form=[1, 3], old_price=[400.0, 300.0],
        risk=[0.0, 0.2], guide_price=0.6, penalty_level=2, legal_clarity=0.5, prepay_months=3, price_pace=1,
        risk_price=1, price_top=4, months_per_year=12)  # fmt: skip
    assert near(got, 0.6 * 400, 300 + 0.2 / 0.8 * 300 * (2 * 0.5 + 3) / 12)


def test_rank_is_a_half_at_the_school_mean_and_moves_with_others():
    assert near(apply("rank_is_relative", score=[0.3], school__score_mean=[0.3]), 0.5)
    one, all_ = (apply("rank_is_relative", score=[s], school__score_mean=[m]) for s, m in ((0.5, 0.0), (1.5, 1.0)))
    assert near(one, all_[0])


def test_unfilled_duty_without_pay_is_unfair_and_relief_gives_hours_back():
    hours, unfair = apply(
        "service_takes_teachers_hours", post=[TEACHER, TEACHER, 1], school__participants=[400.0, 0.0, 0.0],
        school__pupils=[800.0, 800.0, 0.0], school__pay_per_hour=[14.0, 14.0, 0.0],
        school__offers_service=[True, True, False], bureau__inspector_hours=[0.0, 0.0, 6.0], teacher_relief=0.5,
        service_hours_week=7, teachers_in_service=0.9, relief_hours=0.4, fair_pay_hour=35, in_term=1)  # fmt: skip
    assert near(hours, 7 * 0.9 * 0.5 * (1 - 0.4 * 0.5), 0, 6)
    assert near(unfair, 1 - 14 / 35, 0, 0)


def test_vacancies_fill_by_record_and_only_with_the_eligible():
    eligible, promoted, tenure = apply(
        "best_fitted_are_promoted", leader_id=[0, 0, 0, 1], weight=[1.0] * 4, age=[30, 40, 50, 35],
        experienced=[True, True, True, True], tenure_months=[60, 60, 60, 10], scar_months=[0, 0, 0, 0],
        competence=[0.5, 0.9, 1.0, 0.9], effort=[0.5, 0.5, 1.0, 0.9], study_level=[0.5] * 4,
        leader__open_posts=[1.4, 1.4, 1.4, 3.0], city__open_posts=[0.0] * 4, u_luck=[0.0] * 4,
        learning_promotion_link=0, talent_pipeline=0, promotion_age=46, promotion_tenure=36)  # fmt: skip
    assert eligible.tolist() == [True, True, False, False]
    assert promoted.tolist() == [False, True, False, False]
    assert tenure.tolist() == [61, 0, 61, 11]


def test_the_licence_queue_is_first_come_first_served_with_the_last_station_first():
    # Two wait for the fire certificate and one slot is there; the third is not ready; the fourth is approved.
    stage, accepted, certified, approved = apply(
        "licence_queue_advances", queue_stage=[2, 2, 2, 3, 1], queue_since=[5, 3, 1, 4, 6], kind=[2, 2, 1, 2, 2],
        district_id=[0] * 5, premises=[0.0, 0.0, 1.0, 0.5, 0.5], district__dossier_slots=[1.0] * 5,
        district__fire_slots=[1.0] * 5, district__approval_slots=[2.0] * 5, month=20, ready_sport=0.05,
        ready_other=0.01)  # fmt: skip
    assert stage.tolist() == [2, 3, 2, 4, 2]
    assert [flags.tolist().index(True) for flags in (accepted, certified, approved)] == [4, 1, 3]
    assert sum(map(np.sum, (accepted, certified, approved))) == 3


# ---- the two relations ----------------------------------------------------------------------------

POINTERS = st.lists(st.integers(-1, 4), min_size=1, max_size=30)


@given(POINTERS, st.integers(0, 2**32))
def test_what_is_summed_up_is_all_that_points_somewhere(pointer, seed):
    pointer = np.array(pointer)
    values = Draws(seed).uniform("v", 0, pointer.size)
    total = sum_up(values, pointer, 5)
    assert total.shape == (5,)
    assert np.allclose(total, [values[pointer == g].sum() for g in range(5)])
    assert math.isclose(total.sum(), values[pointer >= 0].sum(), abs_tol=1e-12)


@given(POINTERS)
def test_what_is_looked_up_is_where_the_pointer_points_or_nothing(pointer):
    values, pointer = np.arange(5) + 10.0, np.array(pointer)
    assert look_up(values, pointer).tolist() == [values[p] if p >= 0 else 0 for p in pointer]
    assert look_up(values > 11, pointer).tolist() == [bool(p >= 2) for p in pointer]


@given(POINTERS, st.data())
def test_places_in_a_group_follow_the_key_and_then_the_row(group, data):
    n = len(group)
    key = np.array(data.draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)))
    takes_part = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    place = rank_in_group(np.array(group), key, takes_part)
    assert (place[~takes_part] > n).all()
    for g in set(group):
        rows = [i for i in range(n) if group[i] == g and takes_part[i]]
        assert place[rows].tolist() == [sorted(rows, key=lambda i: (key[i], i)).index(i) for i in rows]


@given(POINTERS, st.integers(0, 2**32), st.integers(0, 20), st.booleans())
def test_rows_of_no_weight_never_change_a_sum(pointer, seed, more, ordered):
    pointer = np.array(sorted(pointer) if ordered else pointer)
    u = Draws(seed).uniform("v", 0, pointer.size + more)
    weight = np.r_[np.full(pointer.size, 20.0), np.zeros(more)]
    longer = np.r_[pointer, np.zeros(more, int)]
    few = Grouping(pointer, Weights(weight[: pointer.size]), 5).sum(u[: pointer.size])
    many = Grouping(longer, Weights(weight), 5).sum(u)
    assert np.allclose(few, 20 * sum_up(u[: pointer.size], pointer, 5))
    assert np.allclose(few, many, rtol=1e-15)


@given(POINTERS, st.booleans(), st.booleans(), st.integers(0, 2**32))
def test_sums_and_counts_are_the_same_however_the_rows_lie(pointer, ordered, lasting, seed):
    pointer = np.array(sorted(pointer) if ordered else pointer)
    values, weight = (Draws(seed).uniform(name, 0, pointer.size) for name in ("v", "w"))
    group = Grouping(pointer, Weights(weight), 5, lasting)
    assert np.allclose(group.sum(values), [(values * weight)[pointer == g].sum() for g in range(5)], rtol=1e-12)
    assert np.allclose(group.count, [weight[pointer == g].sum() for g in range(5)], rtol=1e-12)


@given(POINTERS, st.booleans(), st.booleans())
def test_a_kept_way_looks_up_what_a_look_up_finds(pointer, ordered, lasting):
    values, pointer = np.arange(5) + 10.0, np.array(sorted(pointer) if ordered else pointer)
    found = Pointing(pointer, lasting).look_up(values, pointer.size)
    assert found.tolist() == look_up(values, pointer).tolist()


@given(st.integers(9, 60), st.lists(st.integers(-4, 4).filter(bool), min_size=1, max_size=4), st.data())
def test_sums_over_ties_are_those_of_each_tie(size, distances, data):
    ties = (np.arange(size) + np.array(distances)[:, None]) % size
    for row in data.draw(st.lists(st.integers(0, size - 1), max_size=3)):
        ties[0, row] = (row + size // 2) % size
    values = Draws(size).uniform("v", 0, size)
    way, rows = Ties(ties), np.arange(0, size, 2)
    expected = sum(values[one] for one in ties)
    assert np.allclose(way.sum(values), expected, rtol=1e-14)
    assert way.sum_of(values, rows).tolist() == way.sum(values)[rows].tolist()


@given(st.lists(st.tuples(st.integers(0, 40_000), st.sampled_from([0.0, 0.5, 1.0])), min_size=1))
def test_rows_come_in_order_of_group_key_and_row(pairs):
    group, key = (np.array(values) for values in zip(*pairs, strict=True))
    assert in_order(group, key).tolist() == sorted(range(len(pairs)), key=lambda i: (*pairs[i], i))


@given(st.floats(0, 5))
def test_a_yearly_rate_survives_twelve_months(rate):
    assert math.isclose((1 - monthly_probability(rate)) ** 12, math.exp(-rate), rel_tol=1e-9)


def test_a_rule_is_pure():
    given_ = {"score": np.array([0.1, 0.9]), "school__score_mean": np.array([0.5, 0.5])}
    before = {key: values.copy() for key, values in given_.items()}
    one, other = apply("rank_is_relative", **given_), apply("rank_is_relative", **given_)
    assert identical(one, other)
    assert all(identical(given_[key], before[key]) for key in given_)


def test_rules_leave_the_arrays_that_they_are_given_alone():
    tables = {name: table.copy() for name, table in history().tables.items()}
    for table in tables.values():
        for column in table:
            table.columns[column] = table[column].copy()
            table.columns[column].flags.writeable = False
    for rule, form in all_forms():
        mine = {name: table.copy() for name, table in tables.items()}
        run_rule(rule, form, mine, 1, MAY, usual_settings(MAY))
    assert all(not table[c].flags.writeable for table in tables.values() for c in table)


def test_the_smallest_city_runs():
    city = City(shipped_profile(), what_if(shipped_profile()), scale=10_000).run(2)
    assert city.tables["family"].n >= (~city.tables["school"]["junior"]).sum()
    assert status_quo().months == FIRST_FUTURE


def test_a_logistic_holds_at_any_distance():
    x = np.array([-1e4, -200, -3, 0, 3, 200, 1e4])
    assert near(logistic(x), 0, 0, 1 / (1 + math.exp(3)), 0.5, 1 / (1 + math.exp(-3)), 1, 1)
    single = logistic(x.astype(np.float32))
    assert single.dtype == np.float32
    assert np.allclose(single, logistic(x), atol=1e-6)


def test_a_fee_that_no_poor_family_can_pay_is_answered_without_overflow():
    attends, fee = apply(
        "families_join_service", attends_service=np.array([False]), service_taste=np.array([0.5], np.float32),
        care_need=np.array([True]), income_log=np.array([-4.0], np.float32), school__offers_service=np.array([True]),
        school__service_quality=np.array([0.5], np.float32), mean__classmates__attends_service=np.array([0.5]),
        u_join=np.array([0.0], np.float32), after_school_fee=np.float32(200), in_term=np.float32(1),
        join_base=np.float32(0), join_care=np.float32(1), join_quality=np.float32(1), join_peers=np.float32(1),
        join_fee=np.float32(0.02), join_rate=np.float32(1), leave_rate=np.float32(0))  # fmt: skip
    assert not attends.any() and not fee.any()
