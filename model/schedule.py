"""The order of one month, the only place it is written.

A name is a mechanism; its module has the same name. Groups are separated by why they stand where
they stand. ``run_sim.py list mechanisms`` prints this order with what each reads and writes.
"""

from importlib import import_module

from model.declare.mechanism import REGISTRY, Mechanism

SCHEDULE: tuple[str, ...] = (
    # Ports first: each system sees the other as it stood at the end of last month, so that
    # switching the coupling off changes nothing but the ports.
    "teachers_lend_energy",
    "inspectors_bring_themselves",
    "campaigns_add_paperwork",
    "service_takes_teachers_hours",
    "parents_worry_at_work",
    "members_bend_rules",
    "complaints_reach_members",
    # Leaders before members: what is asked reaches members in the same month.
    "accountability_is_set",
    "leaders_learn_care",
    "leaders_amplify_tasks",
    "formalism_regrows",
    # Hours before demands before strain, as cause before effect.
    "hours_are_shared",
    "demands_press",
    "family_strains",
    "study_builds_conviction",
    "demands_exhaust",
    "cynicism_lags",
    "resources_engage",
    # Conduct follows the month's state; errors and sanctions follow conduct.
    "risk_shapes_conduct",
    "errors_happen",
    "errors_are_sanctioned",
    "sanctions_teach_risk",
    # Careers close the month of the members.
    "posts_give_experience",
    "vacancies_open",
    "vacancies_cross_units",
    "best_fitted_are_promoted",
    "filled_posts_close",
    "shared_posts_close",
    "prospects_are_judged",
    "people_leave_and_arrive",
    # Pupils move up before schools act.
    "pupils_move_up",
    "teaching_improves_schools",
    "teachers_design_homework",
    "schools_keep_homework_caps",
    "schools_set_homework",
    # Service: offered, joined, paid, then its quality follows.
    "schools_take_up_service",
    "families_join_service",
    "districts_pay_subsidy",
    "schools_share_service_pay",
    "means_make_service_good",
    # Complaints of last month lead this month's inspections.
    "campaign_gathers_momentum",
    "districts_count_providers",
    "bureaus_send_inspectors",
    "inspectors_find_violations",
    "findings_are_sanctioned",
    "cases_become_public",
    "providers_learn_risk",
    # The licence queue before the deadline that it must meet.
    "institutions_apply_for_licence",
    "stations_gain_capacity",
    "licence_queue_advances",
    # Supply changes, closings are settled with families, then places are offered.
    "closings_start_at_nought",
    "licensed_institutions_close",
    "closed_owners_choose_a_path",
    "hidden_providers_weigh_risk",
    "unlicensed_are_suspended",
    "institutions_fail",
    "closings_trigger_refunds",
    "markets_lose_places",
    "closures_displace_families",
    "markets_share_losses",
    "districts_share_interest_losses",
    "families_lose_fees",
    "closures_are_counted",
    "providers_offer_places",
    "markets_sum_places",
    "risk_and_scarcity_set_price",
    # Demand meets supply, and money follows.
    "families_reconsider",
    "families_choose_tutoring",
    "markets_ration_places",
    "families_take_places",
    "markets_take_fees",
    "families_take_interest_classes",
    "districts_sum_interest",
    "institutions_enrol",
    # What the month did to pupils and parents.
    "lessons_and_homework_teach",
    "schools_average_scores",
    "rank_is_relative",
    "load_shortens_sleep",
    "outreach_calms_families",
    "families_judge_schools",
    "rivals_feed_anxiety",
    "satisfaction_weighs_all",
    "people_complain",
)


def scheduled() -> tuple[Mechanism, ...]:
    """Import every mechanism and return them in the order of a month."""
    for name in SCHEDULE:
        import_module(f"model.mechanisms.{name}")
    return tuple(REGISTRY[name] for name in SCHEDULE)
