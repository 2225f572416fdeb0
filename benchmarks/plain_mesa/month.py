"""The month that agents live in: every setting as an attribute, and what is the same for everyone."""

from math import exp, exp2, expm1

SEPTEMBER = 8
GRADES = range(10)


def monthly(rate):
    """Turn a yearly rate into the probability of an event within a month."""
    return -expm1(-rate / 12.0)


class Month:
    """Levers, parameters and the clock of one month, with terms that no agent changes."""

    def __init__(self, city, month):
        settings, values = city.settings, city.profile.values
        at = max(month, 0)
        given = {name: path[min(at, len(path) - 1)] for name, path in settings.lever_values.items()}
        given |= settings.parameter_values
        for name, value in given.items():
            setattr(self, name, value)
        self.interest_old_price = values["price_interest"]
        self.month = float(month)
        self.in_term = values["term_share"][month % 12]
        self.new_grade = month % 12 == SEPTEMBER
        self.for_members()
        self.for_families()
        self.for_institutions()

    def for_members(self):
        """Work out what is the same for all members."""
        study = self.learning_hours / self.weeks_per_month
        saved = 1 - self.platform_saves * self.learning_platforms
        self.study_party, self.study_other = study * saved, study * self.study_others * saved
        self.learned_party, self.learned_other = self.learned(self.study_party), self.learned(self.study_other)
        self.cap_hours = self.hours_cap - (self.hours_cap - self.hours_protected) * self.rest_protection
        self.unaided = 1 - self.hardship_aid / (self.hardship_aid + self.aid_half)
        self.unsupported = 1 - self.support_eases * self.family_support
        self.clear_challenge = 1 + self.challenge_clarity * self.role_clarity
        self.exhaust_step = 1 - exp2(-1 / self.exhaust_half_life)
        self.cynic_step = 1 - exp2(-1 / self.cynic_half_life)
        self.careless_climate = self.error_hazard * self.fault_tolerance * (1 - self.role_clarity)
        self.report_probability = monthly(self.report_rate)
        self.report_stays = 1 - self.false_report_clearing
        self.soft_left = 1 - self.soft_share
        self.strictness_untempered = self.risk_strictness * (1 - self.risk_tolerance * self.fault_tolerance)
        self.reports_weigh = self.risk_reports * (1 - self.false_report_clearing)
        self.experience_probability = monthly(self.rotation_posts + self.experience_rate)
        self.vacancy_probability = monthly(self.vacancy_rate)
        self.reach = self.vacancy_rate * (1 + self.chance_cross * self.cross_unit_selection)
        self.gap_months = self.gap_scale * self.months_per_year
        self.uncounselled = 1 - self.counselling_eases * self.career_counselling
        self.year_part = 1 / self.months_per_year

    def learned(self, study_hours):
        """Return what a month of study gives."""
        dose = study_hours * (self.precision_base + (1 - self.precision_base) * self.learning_precision)
        return dose / (dose + self.study_half) * (1 + self.link_motivates * self.learning_promotion_link)

    def for_families(self):
        """Work out what is the same for all families."""
        self.unlike_taste = self.taste_weight * self.form_dissimilarity
        self.is_junior = [g > self.last_primary_grade for g in GRADES]
        self.is_lower = [g <= self.last_lower_grade for g in GRADES]
        self.usual_homework = self.by_band(self.homework_lower, self.homework_middle, self.homework_junior)
        self.usual_homework[int(self.last_grade)] = self.homework_grade_nine
        self.cap = self.by_band(0, self.homework_cap_primary, self.homework_cap_junior)
        self.joins_now = self.join_rate * self.in_term
        self.fee_now = self.after_school_fee * self.in_term
        self.unreformed = 1 - self.evaluation_reform
        self.online_help = self.online_substitute * self.online_courses
        self.lists_scare = self.lists_deter * self.public_lists
        self.price_scale = self.price_weight / self.price_unit
        self.variety_draws = self.interest_variety * self.after_school_variety
        self.wellbeing_draws = self.interest_wellbeing * self.wellbeing_support
        heard = self.outreach_half * self.parent_outreach / (self.outreach_half + self.parent_outreach)
        self.calm_heard = self.calm_outreach * heard
        self.calm_care = self.calm_wellbeing * self.wellbeing_support
        self.trust_contacts = self.trust_outreach * (1 - exp(-self.parent_outreach))
        self.sleep_care = self.sleep_wellbeing * self.wellbeing_support

    def by_band(self, lower, middle, junior):
        """Return a value for each grade."""
        return [junior if self.is_junior[g] else lower if self.is_lower[g] else middle for g in GRADES]

    def for_institutions(self):
        """Work out what is the same for all institutions."""
        self.failure_probability = monthly(self.failure_rate)
        self.licensed_appeal = self.base_licensed + self.safe_fees * self.prepaid_supervision_academic
        self.apply_probability = self.apply_rate + self.apply_standards * self.setting_standards
        self.window_open = self.relicensing_deadline < self.never
        self.deadline_passed = self.month >= self.relicensing_deadline
        self.clear_premises = self.dossier_clear + self.dossier_clear_standards * self.setting_standards
        self.may_stay = 1 - self.closure_asymptote * min(1, self.academic_compression / self.compression_full)
        self.reopen_probability = self.reopening_rate * (1 - self.academic_compression)
        self.fine_weight = 1 + self.penalty_level * self.legal_clarity
        fine, shame = self.penalty_level * self.legal_clarity, self.shame_months * self.exposure
        self.stake_months = fine + self.prepay_months + shame
        self.recovered = min(self.recovery_base + self.recovery_lists * self.public_lists, 1)
        self.covert_part = self.covert_share * (1 - self.course_control)
        self.illegal = self.month >= self.policy_start
