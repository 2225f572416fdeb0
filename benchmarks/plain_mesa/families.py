"""Schools and families: homework, service, tutoring, interest classes, scores, anxiety, satisfaction."""

from math import exp, log, sqrt

from benchmarks.plain_mesa.month import GRADES
from benchmarks.plain_mesa.resident import Resident
from model.entities.codes import IN_GROUP, IN_LICENSED, IN_SINGLE, NO_TUTORING, ONLINE


class School(Resident):
    """A school of the compulsory stage."""

    STATE = (
        "junior", "urban", "pupils", "teachers", "duty_order", "base_quality", "homework_habit",
        "quality", "design", "comply_lower", "comply_middle", "comply_junior", "offers_service", "service_quality",
        "participants", "service_pay", "pay_per_hour", "score_mean", "teacher_energy",
    )  # fmt: skip
    __slots__ = (
        *STATE, "attending", "district", "duty_hours", "duty_unfair", "homework", "lesson_gain", "score_sum",
        "staff", "staff_weight", "weight_sum",
    )  # fmt: skip

    def draw_on_teachers(self, s):
        """Take the energy of the teachers as it stands (coupling)."""
        engagement = exhaustion = 0.0
        for member in self.staff:
            engagement += member.weight * member.engagement
            exhaustion += member.weight * member.exhaustion
        if self.staff_weight > 0:
            engagement, exhaustion = engagement / self.staff_weight, exhaustion / self.staff_weight
        gap = (engagement - s.energy_engagement_usual) - (exhaustion - s.energy_exhaustion_usual)
        self.teacher_energy = min(max(s.energy_neutral + s.energy_scale * gap, 0), 1)

    def claim_hours(self, s):
        """Work out the service hours of each teacher and how far they go unpaid (coupling)."""
        share = min(max(self.participants / max(self.pupils, 1), 0), 1)
        relief = 1 - s.relief_hours * s.teacher_relief
        asked = s.service_hours_week * s.teachers_in_service * share * self.offers_service
        self.duty_hours = asked * s.in_term * relief
        self.duty_unfair = 1 - min(self.pay_per_hour / s.fair_pay_hour, 1)

    def teach(self, s, mean_quality, u_check, u_take_up):
        """Improve teaching, design homework, keep caps, set homework, and take up service."""
        tired = self.teacher_energy - s.energy_neutral
        bought = s.teaching_gain * (1 - exp(-s.teaching_quality / s.teaching_half))
        pulled = s.rotation_pull * s.teacher_rotation * (mean_quality - self.base_quality)
        target = self.base_quality + bought + pulled + s.energy_to_quality * tired
        self.quality = min(max(self.quality + s.quality_pace * (target - self.quality), 0), 1)
        target = s.homework_design + s.energy_to_design * tired
        self.design = min(max(self.design + s.design_pace * (target - self.design), 0), 1)
        self.keep_caps(s, u_check < s.homework_oversight)
        self.set_homework(s)
        due = self.duty_order < s.after_school_duty
        self.offers_service = due and (self.offers_service or u_take_up < s.service_take_up)
        self.attending = self.score_sum = self.weight_sum = 0.0

    def keep_caps(self, s, checked):
        """Raise compliance where checked, else let it decay."""
        relaxed = s.exam_pressure * s.evaluation_reform
        if checked:
            middle = s.ceiling_middle + relaxed * (1 - s.ceiling_middle)
            junior = s.ceiling_junior + relaxed * (1 - s.ceiling_junior)
            self.comply_lower += s.compliance_rise * max(s.ceiling_lower - self.comply_lower, 0)
            self.comply_middle += s.compliance_rise * max(middle - self.comply_middle, 0)
            self.comply_junior += s.compliance_rise * max(junior - self.comply_junior, 0)
        else:
            left = 1 - s.compliance_decay
            self.comply_lower *= left
            self.comply_middle *= left
            self.comply_junior *= left

    def set_homework(self, s):
        """Set homework by grade."""
        saved, self.homework = 1 - s.design_saves * self.design, []
        comply = s.by_band(self.comply_lower, self.comply_middle, self.comply_junior)
        for grade in GRADES:
            usual = s.usual_homework[grade] * self.homework_habit * saved
            self.homework.append(usual - comply[grade] * max(usual - s.cap[grade], 0))

    def run_service(self, s):
        """Pay teachers what arrives; the quality of service follows."""
        district, attending = self.district, self.attending
        promised = district.subsidy_promised
        fulfilled = district.subsidy_paid / max(promised, 1e-9) if promised > 0 else 0.0
        money = attending * ((s.after_school_subsidy * fulfilled + s.after_school_fee) * s.in_term)
        share = min(max(attending / max(self.pupils, 1), 0), 1)
        hours = self.teachers * s.teachers_in_service * share * s.service_hours_week * s.weeks_per_month * s.in_term
        per_hour = (money / max(hours, 1e-9) if hours > 0 else 0.0) + s.performance_pay * s.merit_pay_hour
        self.participants, self.service_pay, self.pay_per_hour = attending, money, per_hour

        paid = s.pay_to_service * per_hour / (per_hour + s.pay_half)
        target = (
            s.service_base + s.energy_to_service * (self.teacher_energy - s.energy_neutral)
            + s.variety_to_service * s.after_school_variety + paid + s.relief_to_service * s.teacher_relief
        )  # fmt: skip
        self.service_quality = min(max(self.service_quality + s.service_pace * (target - self.service_quality), 0), 1)
        self.lesson_gain = (
            s.quality_to_score * (self.quality - s.quality_middle) + s.online_to_score * s.online_courses
            + s.wellbeing_to_score * s.wellbeing_support + s.design_to_score * self.design
        )  # fmt: skip

    def average_scores(self):
        """Average the scores of the present pupils."""
        self.score_mean = self.score_sum / self.weight_sum if self.weight_sum > 0 else 0.0


class Family(Resident):
    """A family with one pupil."""

    STATE = (
        "weight", "urban", "income", "income_log", "income_rank", "income_fifth", "aspiration", "worry_trait",
        "care_need", "taste_none", "taste_licensed", "taste_online", "taste_group", "taste_single", "interest_taste",
        "service_taste", "ability_home", "ability", "grade", "score", "rank", "homework", "homework_cap", "sleep",
        "mode", "waits_for", "reconsiders", "applies", "tutored", "hidden", "tuition", "takes_interest", "interest_fee",
        "attends_service", "service_fee", "displaced", "refund_lost", "harmed", "trust", "calm", "anxiety",
        "satisfaction",
    )  # fmt: skip
    __slots__ = (
        *STATE, "attends_next", "classmates", "district", "fee_weight", "junior", "market", "neighbours",
        "price_weight", "primary", "school", "wanted",
    )  # fmt: skip

    def move_up(self, s, ability_spread, u_ability):
        """Move up a grade; after the last one a new pupil takes the place."""
        if self.grade >= s.last_grade:
            u = min(max(u_ability, 1e-9), 1 - 1e-9)
            noise = ability_spread * s.ability_logistic_scale * log(u / (1 - u))
            alike, home = s.sibling_correlation, self.ability_home
            fresh = home + alike * (self.ability - home) + sqrt(1 - alike**2) * noise
            self.ability = self.score = min(max(fresh, -5), 5)
            self.grade = 1
        else:
            self.grade += 1
        self.school = self.junior if self.grade > s.last_primary_grade else self.primary
        self.homework_cap = s.cap[self.grade]

    def go_to_school(self, s, u_join):
        """Get homework; join or leave after-school service as classmates did last month."""
        school, attends = self.school, False
        self.homework = school.homework[self.grade]
        if school.offers_service:
            a, b, c, d, e, f, g, h = self.classmates
            peers = (
                a.attends_service + b.attends_service + c.attends_service + d.attends_service
                + e.attends_service + f.attends_service + g.attends_service + h.attends_service
            ) / 8  # fmt: skip
            pull = (
                s.join_base + s.join_care * self.care_need + s.join_quality * school.service_quality
                + s.join_peers * peers - s.join_fee * s.after_school_fee * self.fee_weight
            )  # fmt: skip
            wants = self.service_taste < 1 / (1 + exp(-pull))
            attends = (self.attends_service and (wants or u_join >= s.leave_rate)) or (wants and u_join < s.joins_now)
        self.attends_next = attends
        if attends:
            self.service_fee = s.fee_now
            school.attending += self.weight
            self.district.attending += self.weight
        else:
            self.service_fee = 0.0

    def lose_place(self, u_displaced):
        """Settle into service; lose the tutoring place with the share of places that closed."""
        self.attends_service = self.attends_next
        if self.tutored and u_displaced < self.market.seats_lost:
            self.displaced = True
            self.market.displaced_weight += self.weight
        else:
            self.displaced = False

    def think_again(self, s, u_reconsider, u_find, u_open):
        """Bear lost fees, and reconsider tutoring now and then or when displaced."""
        lost = 0.0
        if self.displaced:
            lost = self.market.loss_each
            self.mode = NO_TUTORING
        if self.takes_interest:
            lost += self.district.interest_loss_each
        self.refund_lost, self.harmed = lost, lost > s.harm_threshold
        mode = self.mode
        self.reconsiders = self.displaced or u_reconsider < s.reconsider_rate
        wanted = self.choose(s, u_find, u_open) if self.reconsiders else self.waits_for or mode
        self.wanted = wanted
        self.applies = applies = wanted != mode and wanted > NO_TUTORING
        if wanted:
            self.market = market = self.district.markets[wanted - 1]
            market.wanting += self.weight
            if mode:
                self.district.markets[mode - 1].holding += self.weight
            if applies:
                market.applying += self.weight
        else:
            self.market = None

    def choose(self, s, u_find, u_open):
        """Return the form of tutoring with the highest utility."""
        a, b, c, d, e, f, g, h = self.classmates
        peers = (a.tutored + b.tutored + c.tutored + d.tutored + e.tutored + f.tutored + g.tutored + h.tutored) / 8
        a, b, c, d = self.neighbours
        near = (a.hidden + b.hidden + c.hidden + d.hidden) / 4
        rank_in_city, mode = self.income_rank, self.mode
        reason = (
            s.want_base + s.want_aspiration * self.aspiration + s.want_anxiety * self.anxiety
            + s.want_rank * (self.rank * s.unreformed)
            + s.want_peers * peers * (1 + s.peers_income * (rank_in_city - 1))
        )  # fmt: skip
        if self.grade == s.last_grade:
            reason += s.want_gate * s.unreformed
        against = s.online_help + s.want_trust * self.trust
        if self.care_need and self.attends_service:
            against += s.care_substitute * self.school.service_quality
        burden, weight, unlike = self.price_weight, s.taste_weight, s.unlike_taste
        licensed, online, group, single = self.district.markets
        best, wanted = against + weight * self.taste_none, NO_TUTORING
        if u_open < licensed.grant or mode == IN_LICENSED:
            value = reason + s.licensed_appeal + unlike * self.taste_licensed - burden * licensed.price
            if value > best:
                best, wanted = value, IN_LICENSED
        if u_open < online.grant or mode == ONLINE:
            value = reason + s.base_online + unlike * self.taste_online - burden * online.price
            if value > best:
                best, wanted = value, ONLINE
        found = u_find < 1 - exp(-s.find_strength * (s.find_usual + near) * rank_in_city)
        rural = 0.0 if self.urban else s.rural_hidden
        if found or mode == IN_GROUP:
            value = reason + s.base_group + unlike * self.taste_group - burden * group.price
            value = value - (s.risk_aversion * group.risk + s.lists_scare) - rural
            if value > best:
                best, wanted = value, IN_GROUP
        if found or mode == IN_SINGLE:
            value = reason + s.base_single + unlike * self.taste_single - burden * s.single_price_weight * single.price
            value = value - (s.risk_aversion * single.risk + s.lists_scare) - rural
            if value > best:
                wanted = IN_SINGLE
        return wanted

    def take_place(self, u_place):
        """Take the place that is granted and pay for it."""
        wanted, mode = self.wanted, self.mode
        self.waits_for = NO_TUTORING
        if self.applies and u_place < self.market.grant:
            mode = wanted
        else:
            if self.applies:
                self.waits_for = wanted
            if mode and not (wanted and u_place < self.district.markets[mode - 1].keep):
                mode = NO_TUTORING
        self.mode = mode
        if mode:
            self.market = market = self.district.markets[mode - 1]
            self.tutored, self.hidden, self.tuition = True, mode >= IN_GROUP, market.price
            market.pupils_in += self.weight
            market.fees_in += self.weight * market.price
        else:
            self.market, self.tutored, self.hidden, self.tuition = None, False, False, 0.0

    def take_interest_class(self, s, u_change):
        """Take up or leave an interest class within the places there are."""
        district, takes = self.district, self.takes_interest
        pull = (
            s.interest_base + s.interest_income * self.income_log + s.interest_urban * self.urban
            - district.interest_deters - s.interest_time * self.tutored - s.variety_draws * self.attends_service
            - s.wellbeing_draws
        )  # fmt: skip
        wants = self.interest_taste < 1 / (1 + exp(-pull))
        if takes:
            takes = not ((not wants and u_change < s.interest_pace) or u_change < district.interest_crowded)
        else:
            takes = wants and district.interest_free and u_change < s.interest_pace
        self.takes_interest = takes
        if takes:
            self.interest_fee = district.interest_price
            district.interest_pupils += self.weight
            district.interest_fees += self.weight * district.interest_price
        else:
            self.interest_fee = 0.0

    def learn(self, s):
        """Move the score towards what ability, school, homework, tutoring and sleep allow."""
        school, rank = self.school, self.rank
        off = (self.homework - s.homework_best) / s.homework_best
        target = (
            self.ability + school.lesson_gain - s.homework_curve * (off * off)
            + s.sleep_to_score * (self.sleep - s.sleep_middle)
        )  # fmt: skip
        if self.tutored:
            target += s.tutoring_to_score * (1 - (rank + rank - 1) ** 2)
        if self.attends_service:
            target += s.service_to_score * school.service_quality
        score = self.score
        score += s.score_pace * (target - score)
        self.score = score = -8.0 if score < -8 else 8.0 if score > 8 else score
        school.score_sum += self.weight * score
        school.weight_sum += self.weight

    def end_month(self, s, calm_gain):
        """Judge the month: rank, sleep, calm, trust, anxiety, satisfaction."""
        school, attends = self.school, self.attends_service
        junior, service = s.is_junior[self.grade], school.service_quality
        self.rank = rank = 1 / (1 + exp(s.rank_slope * (self.score - school.score_mean)))

        evening = self.homework / s.minutes_per_hour
        if attends:
            evening *= 1 - s.done_at_school * service
        anxiety = self.anxiety
        sleep = (
            (s.sleep_junior if junior else s.sleep_primary) - s.sleep_per_homework_hour * evening
            - s.sleep_per_tutoring * self.tutored - s.sleep_anxiety * anxiety + s.sleep_care
        )  # fmt: skip
        self.sleep = 4.0 if sleep < 4 else 12.0 if sleep > 12 else sleep

        a, b, c, d, e, f, g, h = self.classmates
        hidden = (a.hidden + b.hidden + c.hidden + d.hidden + e.hidden + f.hidden + g.hidden + h.hidden) / 8
        tutored = (a.tutored + b.tutored + c.tutored + d.tutored + e.tutored + f.tutored + g.tutored + h.tutored) / 8
        fades = s.calm_decay + s.calm_relapse * hidden
        calm = self.calm * (1 - fades) if fades < 1 else 0.0
        calm += calm_gain * (1 - calm)
        self.calm = calm = 0.0 if calm < 0 else 1.0 if calm > 1 else calm

        seen = s.trust_quality * school.quality + s.trust_design * school.design + s.trust_contacts
        if attends:
            seen += s.trust_service * service
        trust = self.trust
        trust += s.trust_pace * (seen - trust)
        self.trust = trust = 0.0 if trust < 0 else 1.0 if trust > 1 else trust

        drive = (
            s.anxiety_base + s.anxiety_rank * rank * s.unreformed + s.anxiety_peers * tutored
            + s.anxiety_gate * junior * s.unreformed + s.anxiety_aspiration * self.aspiration
            - s.anxiety_calm * calm - s.anxiety_trust * trust + s.anxiety_trait * self.worry_trait
        )  # fmt: skip
        self.anxiety = anxiety = anxiety + s.anxiety_pace * (1 / (1 + exp(-drive)) - anxiety)
        self.be_satisfied(s)

    def be_satisfied(self, s):
        """Weigh trust, homework, spending, anxiety, losses and care; tell the district what hurts."""
        felt = s.satisfied_base + s.satisfied_trust * self.trust - s.satisfied_anxiety * self.anxiety
        over = self.homework - self.homework_cap
        if over > 0:
            felt -= s.satisfied_homework * (over / s.minutes_per_hour)
        income = self.income
        share = (self.tuition + self.interest_fee + self.service_fee) / (income if income > 1 else 1.0)
        felt -= s.satisfied_cost * (share if share < 1 else 1.0)
        if self.care_need and self.attends_service:
            felt += s.satisfied_care
        if self.harmed:
            felt -= s.satisfied_harm
            self.district.harmed_weight += self.weight
        if self.hidden:
            self.district.hidden_weight += self.weight
        satisfaction = self.satisfaction
        satisfaction += s.satisfied_pace * (felt - satisfaction)
        self.satisfaction = 0.0 if satisfaction < 0 else 1.0 if satisfaction > 1 else satisfaction
