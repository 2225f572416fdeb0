"""Leaders and members: hours, demands, strain, study, conduct, sanctions, careers."""

from math import exp

from benchmarks.plain_mesa.month import monthly
from benchmarks.plain_mesa.resident import Resident
from model.entities.codes import TEACHER


class Leader(Resident):
    """The leader of one unit."""

    STATE = (
        "posts", "care_trait", "example_trait", "amplify_trait", "paper_trait", "care", "example", "amplification",
        "paper_cut", "paper_regrown", "paper_load", "open_posts", "posts_created", "posts_filled", "posts_filled_now",
        "campaign_load",
    )  # fmt: skip
    __slots__ = (*STATE, "candidates", "district", "lived", "paper_asked", "promoted_weight", "tasks_asked")

    def lead(self, s, accountability):
        """Learn care, amplify tasks, and let paperwork grow back."""
        trait = self.care_trait
        kind = trait + s.care_response * s.supportive_leadership * (1 - trait)
        kind -= s.care_pressure * accountability * trait
        model = self.example_trait + s.example_response * s.leader_example * (1 - self.example_trait)
        self.care = min(max(self.care + s.leader_pace * (kind - self.care), 0), 1)
        self.example = min(max(self.example + s.leader_pace * (model - self.example), 0), 1)

        grown = self.amplify_trait * (1 + s.amplify_pressure * accountability)
        self.amplification = min(max(grown * (1 - s.layering_effect * s.layering_control), 0), 1)

        cut = self.paper_cut + s.cut_pace * (s.burden_reduction - self.paper_cut)
        back = self.paper_regrown + s.regrowth * (1 - s.regrowth_hold * s.layering_control) * (cut - self.paper_regrown)
        back = min(back, cut)
        base = self.paper_trait * (1 + s.paper_amplify * self.amplification) * (1 - s.paper_clarity * s.role_clarity)
        load = base * (1 - cut + back) + self.campaign_load + s.paper_platforms * s.learning_platforms
        self.paper_cut, self.paper_regrown, self.paper_load = cut, back, min(max(load, 0), 1)

        self.paper_asked = self.paper_load * s.burden_hours
        self.tasks_asked = s.task_hours_usual * (1 + s.amplify_tasks * self.amplification)
        self.lived = 1 - s.study_integrity + s.study_integrity * self.example

    def open_vacancies(self, s):
        """Open the unit's own share of this month's vacancies."""
        new = self.posts * s.vacancy_probability * (1 - s.cross_unit_selection)
        self.open_posts += new
        self.posts_created += new
        self.promoted_weight = 0.0

    def promote_own(self):
        """Fill the unit's vacancies with its best candidates; return those who are left over."""
        found = self.candidates
        if not found:
            return found
        found.sort(key=Member.by_merit)
        filled = int(self.open_posts / found[0].weight)
        for member in found[:filled]:
            member.rise()
        return found[filled:]

    def close_posts(self):
        """Take promotions off the unit's own vacancies."""
        used = min(self.promoted_weight, self.open_posts)
        self.open_posts -= used
        self.posts_filled += used
        self.posts_filled_now = used


class Member(Resident):
    """A person in a grassroots post."""

    STATE = (
        "weight", "post", "party_member", "public_service", "strain_trait", "zeal_trait", "risk_trait", "competence",
        "has_child", "elder_care", "hardship", "age", "experienced", "tenure_months", "scar_months", "study_level",
        "conviction", "demand_hindrance", "demand_challenge", "family_strain", "exhaustion", "cynicism", "engagement",
        "hours", "task_hours", "paper_hours", "study_hours", "perceived_risk", "effort", "shirking", "avoidance",
        "bold_action", "erred", "good_faith", "falsely_reported", "sanctioned", "eligible", "promotion_chance",
        "career_gap", "career_blocked", "promoted", "left", "service_hours", "service_unfair", "child_worry",
    )  # fmt: skip
    __slots__ = (
        *STATE, "bureau", "colleagues", "district", "family", "leader", "merit", "peer_exhaustion", "school",
    )  # fmt: skip

    def by_merit(self):
        """Return the key by which candidates are ranked (lowest first)."""
        return self.merit

    def bring_home(self):
        """Take over the hours of service or inspection and the worry over one's child (coupling)."""
        if self.post == TEACHER:
            school = self.school
            self.service_hours = hours = school.duty_hours
            self.service_unfair = school.duty_unfair if hours > 0 else 0.0
        else:
            self.service_hours = self.bureau.inspector_hours if self.bureau else 0.0
            self.service_unfair = 0.0
        self.child_worry = self.family.anxiety if self.has_child else 0.0

    def work(self, s):
        """Share out the hours; then demands, family strain and study follow."""
        leader = self.leader
        blame = 1 - leader.care
        if self.party_member:
            study, learned = s.study_party, s.learned_party
        else:
            study, learned = s.study_other, s.learned_other
        paper, service, cap = leader.paper_asked, self.service_hours, s.cap_hours
        task, room = leader.tasks_asked, cap - study - paper - service
        if room < task:
            task = room if room > 0 else 0.0
        hours = study + paper + service + task
        hours = hours if hours < cap else cap
        self.hours, self.task_hours, self.paper_hours, self.study_hours = hours, task, paper, study

        total = hours if hours > 1 else 1.0
        duty, unfair = service / total, self.service_unfair
        hinder = (
            s.weight_blame * blame + s.weight_paper * (paper / total) + s.weight_safety * self.perceived_risk
            + s.weight_service * duty * unfair + s.loss_spiral * (self.exhaustion - s.spiral_middle) * blame
        )  # fmt: skip
        hinder = 0.0 if hinder < 0 else 1.0 if hinder > 1 else hinder
        challenge = task / total * s.clear_challenge + s.challenge_service * duty * (1 - unfair)
        self.demand_hindrance = hinder
        self.demand_challenge = 0.0 if challenge < 0 else 1.0 if challenge > 1 else challenge

        causes = s.strain_base
        if hours > s.hours_normal:
            causes += s.strain_hours * ((hours - s.hours_normal) / s.hours_normal)
        if self.has_child:
            causes += s.strain_child + s.strain_worry * self.child_worry
        if self.elder_care:
            causes += s.strain_elder
        if self.hardship:
            causes += s.strain_hardship * s.unaided
        strain = self.family_strain
        strain += s.strain_pace * (causes * s.unsupported - strain)
        self.family_strain = 0.0 if strain < 0 else 1.0 if strain > 1 else strain

        self.study(s, learned, leader.lived, hinder)
        a, b, c, d, e = self.colleagues
        self.peer_exhaustion = (a.exhaustion + b.exhaustion + c.exhaustion + d.exhaustion + e.exhaustion) / 5

    def study(self, s, learned, lived, hinder):
        """Let study build conviction as far as the leader lives up to it."""
        target = (
            s.conviction_anchor * self.public_service + s.study_gain * learned * lived
            - s.conviction_hindrance * hinder - s.conviction_cynicism * self.cynicism
        )  # fmt: skip
        conviction = self.conviction
        conviction += s.conviction_pace * (target - conviction)
        self.conviction = 0.0 if conviction < 0 else 1.0 if conviction > 1 else conviction
        level = self.study_level
        level += s.study_level_pace * ((learned if learned < 1 else 1.0) - level)
        self.study_level = 0.0 if level < 0 else 1.0 if level > 1 else level

    def feel_and_act(self, s, accountability, u_error, u_report, u_sanction):
        """Tire, disengage or engage, act, err, and perhaps be sanctioned."""
        care, hours, conviction = self.leader.care, self.hours, self.conviction
        total = hours if hours > 1 else 1.0
        hindrance, challenge = self.demand_hindrance, self.demand_challenge
        overtime = (hours - s.hours_normal) / s.hours_normal if hours > s.hours_normal else 0.0
        strain_trait, gap, chance = self.strain_trait, self.career_gap, self.promotion_chance
        unfair = self.service_unfair * self.service_hours / total

        exhaustion = self.exhaustion
        level = (
            s.exhaust_base + s.exhaust_hindrance * hindrance + s.exhaust_challenge * challenge
            + s.exhaust_strain * self.family_strain + s.exhaust_hours * overtime - s.exhaust_care * care
            + s.exhaust_trait * strain_trait
        )  # fmt: skip
        exhaustion += s.exhaust_step * (level - exhaustion) + s.contagion * (self.peer_exhaustion - exhaustion)
        self.exhaustion = exhaustion = 0.0 if exhaustion < 0 else 1.0 if exhaustion > 1 else exhaustion

        cynicism = self.cynicism
        level = (
            s.cynic_base + s.cynic_exhaustion * exhaustion + s.cynic_paper * self.paper_hours / total
            + s.cynic_career * gap + s.cynic_unfair * unfair - s.cynic_conviction * conviction
            + s.cynic_trait * strain_trait
        )  # fmt: skip
        cynicism += s.cynic_step * (level - cynicism)
        self.cynicism = cynicism = 0.0 if cynicism < 0 else 1.0 if cynicism > 1 else cynicism

        engagement = self.engagement
        level = (
            s.engage_base - s.engage_hindrance * hindrance + s.engage_challenge * challenge + s.engage_care * care
            - s.engage_exhaustion * exhaustion + s.engage_conviction * conviction - s.engage_gap * gap
            + s.engage_chance * chance - s.engage_unfair * unfair + s.engage_trait * self.zeal_trait
        )  # fmt: skip
        if self.scar_months > 0:
            level -= s.engage_scar
        engagement += s.engage_pace * (level - engagement)
        self.engagement = engagement = 0.0 if engagement < 0 else 1.0 if engagement > 1 else engagement

        self.act(s, accountability, u_error, u_report, u_sanction)

    def act(self, s, accountability, u_error, u_report, u_sanction):
        """Shirk, avoid blame or act boldly; errors and reports may end in a sanction."""
        risk, spirit, skill = self.perceived_risk, self.public_service, self.competence
        engagement, cynicism, conviction = self.engagement, self.cynicism, self.conviction
        tolerance = s.fault_tolerance
        shirk = 1 / (1 + exp(-(
            s.shirk_base - s.shirk_engagement * engagement + s.shirk_cynicism * cynicism
            - s.shirk_accountability * accountability + s.shirk_tolerance * tolerance
        )))  # fmt: skip
        self.avoidance = 1 / (1 + exp(-(
            s.avoid_base + s.avoid_risk * risk - s.avoid_public * spirit * conviction - s.avoid_clarity * s.role_clarity
        )))  # fmt: skip
        bold = 1 / (1 + exp(-(
            s.bold_base + tolerance * (s.bold_tolerance + s.bold_empower * spirit)
            + s.bold_public * spirit * skill - s.bold_risk * risk
        )))  # fmt: skip
        effort = (
            s.effort_base + s.effort_engagement * engagement + s.effort_conviction * conviction
            + s.effort_chance * self.promotion_chance - s.effort_cynicism * cynicism
        ) * (1 - shirk)  # fmt: skip
        self.shirking, self.bold_action = shirk, bold
        self.effort = 0.0 if effort < 0 else 1.0 if effort > 1 else effort

        good = s.error_bold * bold * (1 - skill)
        careless = s.error_tired * self.exhaustion + s.error_shirk * shirk + s.careless_climate
        self.good_faith = faithful = u_error < good
        self.erred = erred = u_error < good + careless
        self.falsely_reported = reported = u_report < s.report_probability * (1 + bold) * s.report_stays

        weight = 0.0
        if erred:
            weight = 1 - tolerance if faithful else 1.0
        if reported:
            weight += s.sanction_false
        chance = s.sanction_share * accountability * weight
        self.sanctioned = u_sanction < chance
        if u_sanction < chance * s.soft_left:
            self.scar_months = s.sanction_recovery_months
        elif self.scar_months > 0:
            left = self.scar_months - 1
            self.scar_months = min(left if left > 0 else 0.0, s.sanction_recovery_months)

    def learn_and_compete(self, s, accountability, u_post, u_luck):
        """Learn the risk of a sanction, gain experience, and stand for promotion if eligible."""
        a, b, c, d, e = self.colleagues
        seen = (a.sanctioned + b.sanctioned + c.sanctioned + d.sanctioned + e.sanctioned) / 5
        climate = (s.risk_base + s.strictness_untempered * accountability + s.reports_weigh) * (1 + self.risk_trait)
        risk = self.perceived_risk
        risk += s.member_risk_pace * (climate - risk)
        felt = s.risk_seen * seen + s.risk_own * self.sanctioned + s.risk_false * self.falsely_reported
        risk += felt * (1 - (0.0 if risk < 0 else 1.0 if risk > 1 else risk))
        self.perceived_risk = 0.0 if risk < 0 else 1.0 if risk > 1 else risk

        if u_post < s.experience_probability:
            self.experienced = True
        tenure, age, skill = self.tenure_months, self.age, self.competence
        self.eligible = may = (
            self.experienced and age < s.promotion_age and tenure >= s.promotion_tenure and self.scar_months <= 0
        )
        self.promoted = False
        self.tenure_months = tenure + 1
        if may:
            link = s.learning_promotion_link
            record = (1 - link) * self.effort * skill + link * self.study_level
            early = s.talent_pipeline * s.pipeline_youth * skill * (1 - age / s.promotion_age)
            self.merit = -(record + early + s.promotion_luck * u_luck)
            self.leader.candidates.append(self)

    def rise(self):
        """Be promoted."""
        self.promoted = True
        self.tenure_months = 0.0
        self.leader.promoted_weight += self.weight

    def judge_prospects(self, s, u_leave):
        """Compare oneself with colleagues; return whether one leaves."""
        a, b, c, d, e = self.colleagues
        tenure = (a.tenure_months + b.tenure_months + c.tenure_months + d.tenure_months + e.tenure_months) / 5
        risen = (a.promoted + b.promoted + c.promoted + d.promoted + e.promoted) / 5
        experienced, age, scar = self.experienced, self.age, self.scar_months
        reach = s.reach + s.chance_seen * risen
        if self.eligible:
            way = reach
        elif experienced:
            way = reach if age < s.promotion_age and scar <= 0 else 0.0
        else:
            way = reach * s.rotation_posts
        chance = self.promotion_chance
        chance += s.chance_pace * ((way if way < 1 else 1.0) - chance)
        gap = 0.0
        if self.tenure_months > tenure:
            gap = (self.tenure_months - tenure) / s.gap_months
        if not experienced:
            gap += s.gap_gate
        if scar > 0:
            gap += s.gap_scar
        gap *= s.uncounselled
        gap = 0.0 if gap < 0 else 1.0 if gap > 1 else gap
        self.promotion_chance = 0.0 if chance < 0 else 1.0 if chance > 1 else chance
        self.career_gap = gap
        self.career_blocked = blocked = chance < s.blocked_chance or gap > s.blocked_gap

        rate = s.exit_rate_base * exp(
            s.exit_exhaustion * (self.exhaustion - s.newcomer_exhaustion)
            + s.exit_cynicism * (self.cynicism - s.newcomer_cynicism) + s.exit_blocked * blocked
        )  # fmt: skip
        self.left = leaves = u_leave < monthly(rate) or age >= s.retirement_age
        self.age = age + s.year_part
        return leaves

    def be_replaced(self, s):
        """Hand the post over to a newcomer."""
        self.age, self.tenure_months = s.newcomer_age, 0.0
        self.exhaustion, self.cynicism = s.newcomer_exhaustion, s.newcomer_cynicism
        self.experienced, self.scar_months = False, 0.0
