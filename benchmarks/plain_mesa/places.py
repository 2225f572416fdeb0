"""Districts, supervision bodies and markets: checks, the licence queue, subsidies, places, prices, complaints."""

from math import exp, floor

from benchmarks.plain_mesa.resident import Resident
from model.entities.codes import APPROVAL, DOSSIER, FIRE, HIDDEN, IN_GROUP, LICENSED, NON_ACADEMIC, ONLINE, RELICENSED

ALMOST_ONE = 1 - 1e-12
MOST_COMPLAINTS = 400


class Bureau(Resident):
    """A supervision body."""

    STATE = ("inspector_energy", "inspector_effort", "inspector_hours", "easy_targets")
    __slots__ = (*STATE, "district", "staff", "staff_weight")

    def draw_on_inspectors(self, s):
        """Take energy, effort and fear of blame from the inspectors (coupling)."""
        total = self.staff_weight
        engagement = effort = paper = hours = avoidance = 0.0
        for member in self.staff:
            weight = member.weight
            engagement += weight * member.engagement
            effort += weight * member.effort
            paper += weight * member.paper_hours
            hours += weight * member.hours
            avoidance += weight * member.avoidance
        if total > 0:
            engagement, effort, paper, hours, avoidance = (
                engagement / total, effort / total, paper / total, hours / total, avoidance / total
            )  # fmt: skip
        worth = effort * (1 - paper / max(hours, 1)) / (s.effort_usual * (1 - s.paper_usual))
        trips = self.district.trips if self.district else 0.0
        self.inspector_energy = engagement
        self.inspector_effort = min(max(worth, 0), 3)
        self.easy_targets = min(max(s.easy_avoidance * avoidance, 0), 1)
        self.inspector_hours = min(trips * s.hours_per_trip / s.weeks_per_month / max(total, 1), s.inspector_hours_most)


class Market(Resident):
    """Academic tutoring of one form in one district."""

    STATE = (
        "form", "old_price", "price", "seats", "seats_lost", "stays", "applicants", "tightness", "grant", "keep",
        "enrolled", "revenue", "risk", "refund_pending", "loss_each",
    )  # fmt: skip
    __slots__ = (
        *STATE, "applying", "displaced_weight", "district", "fees_in", "places_in", "providers", "pupils_in",
        "risk_sum", "seats_closing", "wanting", "holding",
    )  # fmt: skip

    def open_month(self):
        """Clear what is added up during the month."""
        self.applying = self.displaced_weight = self.fees_in = self.places_in = self.pupils_in = 0.0
        self.risk_sum = self.seats_closing = self.wanting = self.holding = 0.0
        self.providers = 0

    def lose_places(self):
        """Work out the share of places lost."""
        self.seats_lost = min(max(self.seats_closing / max(self.seats, 1e-9), 0), 1) if self.seats > 0 else 0.0

    def share_losses(self):
        """Divide pending losses among the displaced, if there are any."""
        if self.displaced_weight > 0:
            self.loss_each = self.refund_pending / max(self.displaced_weight, 1e-9)
            self.refund_pending = 0.0
        else:
            self.loss_each = 0.0

    def set_price(self, s, closure_share):
        """Add up places and perceived risk; move the price towards cost, risk premium and scarcity."""
        if self.form == ONLINE:
            self.seats = self.district.pupils * s.online_share * (1 - s.online_cut * closure_share)
        else:
            self.seats = self.places_in
        self.risk = risk = self.risk_sum / self.providers if self.providers > 0 else 0.0
        old = self.old_price
        target = old * (1 + s.scarcity_price * max(self.tightness - 1, 0))
        if self.form >= IN_GROUP:
            pupils = max(self.enrolled / max(self.providers, 1), 1)
            at_stake = old * (s.penalty_level * s.legal_clarity + s.prepay_months) * pupils + s.stake_fixed
            target += s.risk_price * risk / max(1 - risk, 1e-2) * at_stake / pupils / s.months_per_year
            target = min(target, s.price_top * old)
        else:
            target = min(target, s.guide_price * old)
        self.price += s.price_pace * (target - self.price)

    def ration(self, s):
        """Compare places with pupils who stay and pupils who apply."""
        seats, applying = self.seats, self.applying
        self.stays = stays = self.holding
        self.applicants = applying
        self.keep = min(max(seats / max(stays, 1e-9), 0), 1) if stays > 0 else 1.0
        self.grant = min(max((seats - stays) / max(applying, 1e-9), 0), 1) if applying > 0 else 1.0
        now = min(self.wanting / max(seats, 1), 4)
        self.tightness += s.tightness_pace * (now - self.tightness)

    def take_fees(self):
        """Book pupils and fees."""
        self.enrolled, self.revenue = self.pupils_in, self.fees_in


class District(Resident):
    """A county-level district."""

    STATE = (
        "urban_share", "pupils", "arrears_tilt", "trips", "checks", "effectiveness", "hidden_checks", "complaints",
        "violations", "hidden_found", "exposed", "subsidy_promised", "subsidy_paid", "subsidy_owed", "interest_price",
        "interest_demand", "interest_seats", "interest_loss_each", "interest_revenue", "dossier_credit", "fire_credit",
        "approval_credit", "dossier_slots", "fire_slots", "approval_slots", "hidden_count", "visible_count",
        "publicity", "moonlighting", "leniency",
    )  # fmt: skip
    __slots__ = (
        *STATE, "attending", "bureau", "clue", "crowding", "harmed_weight", "hidden_load", "hidden_look",
        "hidden_weight", "institutions", "interest_crowded", "interest_deters", "interest_fees", "interest_free",
        "interest_lost", "interest_places", "interest_pupils", "listed_find", "listed_look", "markets",
        "passed_approval", "passed_dossier", "passed_fire", "queue", "registered", "sight", "staff", "staff_weight",
    )  # fmt: skip

    def open_month(self):
        """Clear what is added up during the month."""
        self.attending = self.harmed_weight = self.hidden_weight = 0.0
        self.interest_fees = self.interest_lost = self.interest_places = self.interest_pupils = 0.0

    def bend_rules(self, s, accountability):
        """Let some teachers tutor on the side and treat acquaintances leniently (coupling)."""
        unfair = engagement = 0.0
        for member in self.staff:
            unfair += member.weight * member.service_unfair
            engagement += member.weight * member.engagement
        if self.staff_weight > 0:
            unfair, engagement = unfair / self.staff_weight, engagement / self.staff_weight
        share = s.moonlighting_usual * (
            1 + s.moonlighting_unfair * unfair - s.moonlighting_engagement * (engagement - s.energy_engagement_usual)
        )
        self.moonlighting = min(max(share, 0), s.moonlighting_most)
        self.leniency = s.leniency_most * (1 - accountability)

    def pay_subsidy(self, s):
        """Pay the part of the subsidy that is fulfilled and owe the rest."""
        self.subsidy_promised = promised = self.attending * (s.after_school_subsidy * s.in_term)
        self.subsidy_paid = paid = promised * min(max(1 - (1 - s.subsidy_fulfilment) * self.arrears_tilt, 0), 1)
        self.subsidy_owed = self.subsidy_owed + promised - paid

    def send_inspectors(self, s, pupils):
        """Count providers; turn trips into checks and direct them."""
        visible = hidden = 0
        for institution in self.institutions:
            if institution.state == HIDDEN:
                hidden += 1
            elif institution.state in (LICENSED, NON_ACADEMIC):
                visible += 1
        self.visible_count, self.hidden_count = visible, hidden
        bureau = self.bureau
        self.trips = s.enforcement_intensity * self.pupils / pupils
        self.checks = self.trips / s.trips_per_check * bureau.inspector_effort
        sight = (
            s.sight_base + s.sight_energy * bureau.inspector_energy + s.sight_equipment * s.enforcement_equipment
            + s.sight_coordination * s.interagency_coordination
        )  # fmt: skip
        self.effectiveness = min(max(sight, 0), 1)
        led = s.enforcement_targeting * (1 - bureau.easy_targets)
        self.hidden_checks = self.checks * (led + (1 - led) * s.untargeted_share)

        listed_load = (self.checks - self.hidden_checks) / max(visible, 1)
        self.hidden_load = self.hidden_checks / max(hidden, 1)
        clue = self.complaints * s.complaint_hidden_share * s.complaint_catch * s.interagency_coordination
        self.clue = clue / max(hidden, 1)
        self.sight = self.effectiveness * (1 - self.leniency)
        self.hidden_look, self.listed_look = 1 - exp(-self.hidden_load), 1 - exp(-listed_load)
        breaks = s.register_violation_share * (1 - s.standards_comply * s.setting_standards)
        self.listed_find = 1 - exp(-(listed_load * s.theta_licensed * breaks) * self.sight)
        self.violations = self.hidden_found = 0

    def publish_cases(self, s):
        """Make some cases public; earlier ones fade."""
        self.exposed = s.exposure * self.violations
        self.publicity = self.publicity * exp(-1 / s.publicity_memory) + self.exposed

    def line_up(self):
        """Sort those who wait by station."""
        self.queue = queue = {DOSSIER: [], FIRE: [], APPROVAL: []}
        for institution in self.registered:
            if institution.queue_stage in queue:
                queue[institution.queue_stage].append(institution)

    def gain_capacity(self, s, waiting, u_dossier, u_fire, u_approval):
        """Take off what was used, add this month's share and round by chance."""
        share = {stage: len(self.queue[stage]) / max(waiting[stage], 1) for stage in waiting}
        self.dossier_credit = min(max(self.dossier_credit - self.passed_dossier, -1), 1)
        self.dossier_credit += s.licensing_capacity * share[DOSSIER]
        self.fire_credit = min(max(self.fire_credit - self.passed_fire, -1), 1)
        self.fire_credit += s.fire_certificate_capacity * share[FIRE]
        self.approval_credit = min(max(self.approval_credit - self.passed_approval, -1), 1)
        self.approval_credit += s.approval_ratio * s.licensing_capacity * share[APPROVAL]
        self.dossier_slots = max(floor(self.dossier_credit + u_dossier), 0)
        self.fire_slots = max(floor(self.fire_credit + u_fire), 0)
        self.approval_slots = max(floor(self.approval_credit + u_approval), 0)

    def advance_queue(self, s):
        """Serve each station in the order of readiness."""
        approvals = [(i.readiness(s), i) for i in self.queue[APPROVAL]]
        fires = [(r, i) for r, i in ((i.readiness(s), i) for i in self.queue[FIRE]) if i.is_ready(s)]
        dossiers = [(i.readiness(s), i) for i in self.queue[DOSSIER] if i.is_clear(s)]
        self.passed_approval = pass_first(approvals, self.approval_slots, RELICENSED)
        self.passed_fire = pass_first(fires, self.fire_slots, APPROVAL)
        self.passed_dossier = pass_first(dossiers, self.dossier_slots, FIRE)

    def watch_interest(self):
        """Work out how crowded interest classes are, for owners who may pivot."""
        self.crowding = 1 - min(self.interest_demand / max(self.interest_seats, 1), 1)

    def share_interest_losses(self):
        """Divide the losses of suspended interest classes by the pupils in such classes."""
        demand = self.interest_demand
        self.interest_loss_each = self.interest_lost / max(demand, 1e-9) if demand > 0 else 0.0

    def weigh_interest(self, s):
        """Work out what is the same for all families that think of interest classes."""
        demand, seats = self.interest_demand, self.interest_seats
        self.interest_deters = s.interest_price_weight * self.interest_price / s.price_unit
        self.interest_free = min(max(1 - demand / max(seats, 1), 0), 1) > 0
        self.interest_crowded = min(max(1 - seats / max(demand, 1), 0), 1)

    def sum_interest(self, s):
        """Book interest classes and move their price with scarcity."""
        tight = self.interest_pupils / max(self.interest_places, 1)
        target = s.interest_old_price * min(1 + s.scarcity_price * max(tight - 1, 0), s.price_top)
        self.interest_demand, self.interest_revenue = self.interest_pupils, self.interest_fees
        self.interest_seats = self.interest_places
        self.interest_price += s.price_pace * (target - self.interest_price)

    def hear_complaints(self, s, u):
        """Draw this month's complaints by inverting a Poisson distribution."""
        illegal = self.hidden_weight if s.illegal else 0.0
        share = illegal / max(self.pupils, 1)
        nudge = 1 + s.complain_publicity * self.publicity / (1 + self.publicity) + s.complain_lists * s.public_lists
        mean = (
            s.complain_base * self.pupils + s.complain_rivals * self.visible_count * share
            + s.complain_hidden * illegal * (1 - min(s.solidarity * share, 1))
        ) * nudge  # fmt: skip
        mean = min(mean + s.complain_harmed * self.harmed_weight, MOST_COMPLAINTS / 2)
        u, term, count = min(u, ALMOST_ONE), exp(-mean), 0
        total = term
        while u >= total and count < MOST_COMPLAINTS - 1:
            count += 1
            term = term * mean / count
            total += term
        self.complaints = float(count)


def pass_first(waiting, slots, stage):
    """Move the first ``slots`` of those waiting to a stage; return how many."""
    waiting.sort(key=lambda pair: pair[0])
    for _, institution in waiting[:slots]:
        institution.queue_stage = stage
    return min(len(waiting), slots)
