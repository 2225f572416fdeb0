"""Institutions and tutors: visits, risk, licences, closing, hiding, refunds, places, pupils."""

from math import exp, sqrt

from benchmarks.plain_mesa.resident import Resident
from model.entities.codes import (
    ACADEMIC,
    DOSSIER,
    EXITED,
    GROUP_TUTOR,
    HIDDEN,
    IDLE,
    IN_GROUP,
    IN_LICENSED,
    IN_SINGLE,
    LICENSED,
    NON_ACADEMIC,
    NOT_APPLIED,
    RELICENSED,
    SINGLE_TUTOR,
    SPORT,
    SUSPENDED,
)


class Institution(Resident):
    """A training institution or a person who teaches, or may teach, without a licence."""

    STATE = (
        "kind", "registrable", "places", "standing", "boldness", "cost_ratio", "premises", "state", "seats",
        "interest_seats", "enrolled", "revenue", "prepaid", "escrow", "closed_now", "seats_closing",
        "interest_closing", "refund_due", "refund_paid", "refund_lost", "visited", "caught", "caught_hidden", "fined",
        "pause_months", "perceived_risk", "queue_stage", "queue_since",
    )  # fmt: skip
    __slots__ = (*STATE, "district", "market", "rivals", "underground")

    def meet_inspectors(self, s, u_visit, u_legal):
        """Be visited, perhaps caught, perhaps fined."""
        district, state = self.district, self.state
        hidden = state == HIDDEN
        if hidden:
            theta = s.theta_single if self.kind == SINGLE_TUTOR else s.theta_group
            met = district.hidden_load * theta * sqrt(max(self.enrolled, 0)) + district.clue
            look, find = district.hidden_look, 1 - exp(-met * district.sight)
        elif state in (LICENSED, NON_ACADEMIC):
            look, find = district.listed_look, district.listed_find
        else:
            look = find = 0.0
        self.caught = caught = u_visit < find
        self.visited = caught or u_visit < look
        self.caught_hidden = caught and hidden
        self.fined = 0.0
        pause = self.pause_months - 1
        pause = pause if pause > 0 else 0.0
        if caught:
            legal = u_legal < s.legal_clarity
            district.violations += 1
            if legal:
                self.fined = s.penalty_level * self.revenue
            if hidden:
                district.hidden_found += 1
                pause += s.pause_fined if legal else s.pause_warned
        self.pause_months = pause

    def learn_risk(self, s):
        """Learn the risk of being caught from own visits, rivals and publicity."""
        a, b, c, d = self.rivals
        rivals = (a.caught + b.caught + c.caught + d.caught) / 4
        district, risk = self.district, self.perceived_risk
        if self.caught:
            risk += s.risk_up * (1 - risk)
        else:
            risk *= 1 - s.risk_down
            if self.visited:
                risk += s.visit_effect * (district.effectiveness - s.visit_neutral) * risk
        heard = s.risk_rivals * rivals + s.risk_publicity * district.publicity / (1 + district.publicity)
        risk += heard * (1 - risk)
        self.perceived_risk = 0.0 if risk < 0 else 1.0 if risk > 1 else risk

    def apply_for_licence(self, s, u_apply):
        """Join the queue with a monthly chance while the window is open."""
        if (
            s.window_open and self.queue_stage == NOT_APPLIED and self.state in (NON_ACADEMIC, SUSPENDED)
            and u_apply < s.apply_probability
        ):  # fmt: skip
            self.queue_stage, self.queue_since = DOSSIER, max(s.month, 0)

    def readiness(self, s):
        """Return the month in which the premises are ready."""
        return self.queue_since + self.premises / (s.ready_sport if self.kind == SPORT else s.ready_other)

    def is_ready(self, s):
        """Tell whether the fire certificate can be had."""
        return s.month - self.queue_since >= self.premises / (s.ready_sport if self.kind == SPORT else s.ready_other)

    def is_clear(self, s):
        """Tell whether the dossier is clear."""
        return self.kind == SPORT or self.premises < s.clear_premises

    def close_or_return(self, s, hazard, u_close, u_path):
        """Close under pressure, or return when it is lifted; an owner who closes chooses a path."""
        state, beyond = self.state, self.standing > s.may_stay
        self.closed_now, self.seats_closing = False, 0.0
        if state == LICENSED:
            if beyond and u_close < hazard:
                self.closed_now, self.seats_closing = True, self.seats
                self.state = self.path(s, u_path)
        elif state == EXITED and self.kind == ACADEMIC and not beyond and u_close < s.reopen_probability:
            self.state = LICENSED

    def path(self, s, u):
        """Choose: leave the trade, pivot, or go underground."""
        district = self.district
        pivot = exp(s.path_pivot - s.path_crowding * district.crowding)
        threat = s.path_risk * self.perceived_risk * s.fine_weight
        unmet = min(max(district.markets[IN_GROUP - 1].tightness - 1, 0), 1)
        hide = self.boldness * exp(s.path_hide + s.path_demand * unmet - threat)
        total = 1 + pivot + hide
        if u < hide / total:
            return HIDDEN
        return NON_ACADEMIC if u < (hide + pivot) / total else EXITED

    def weigh_risk(self, s, u_enter, u_leave):
        """Go on underground, stop, or start, by margin and expected loss."""
        state, kind = self.state, self.kind
        if not self.registrable:
            self.closed_now, self.seats_closing = False, 0.0
        if state == HIDDEN:
            starts = False
        elif state == IDLE and (kind >= GROUP_TUTOR or kind == ACADEMIC) and self.pause_months <= 0:
            starts = True
        else:
            return
        market, single = self.underground, kind == SINGLE_TUTOR
        price, tight = market.price, market.tightness
        margin = price - self.cost_ratio * market.old_price
        loss = price * s.stake_months + s.stake_fixed / max(self.places, 1)
        worth = margin > self.perceived_risk / s.months_per_year * loss * s.risk_weight / self.boldness
        if starts:
            pull = s.entry_rate * min(max(tight - 1, 0), 1)
            if single:
                pull *= max(1 + s.moonlighting_pull * (self.district.moonlighting - s.moonlighting_usual), 0)
            if worth and u_enter < pull:
                self.state = HIDDEN
        elif self.caught or not worth or u_leave < s.idle_exit * min(max(1 - tight, 0), 1):
            self.state, self.closed_now = IDLE, True
            self.seats_closing = self.seats

    def face_deadline(self, s, u_suspend):
        """Be suspended when overdue; come back when relicensed."""
        self.interest_closing = 0.0
        if self.state == NON_ACADEMIC:
            if s.deadline_passed and self.queue_stage < RELICENSED and u_suspend < s.suspension_rate:
                self.state, self.interest_closing = SUSPENDED, self.interest_seats
        elif self.state == SUSPENDED and self.queue_stage == RELICENSED:
            self.state = NON_ACADEMIC

    def risk_failure(self, s, u_fail):
        """Fail as businesses do; a new owner takes the place over."""
        if self.state in (LICENSED, NON_ACADEMIC) and not self.closed_now and u_fail < s.failure_probability:
            self.closed_now = True
            self.seats_closing, self.interest_closing = self.seats, self.interest_seats

    def settle(self, s):
        """Pay back prepaid fees when business stops; tell the market and the district what closed."""
        self.refund_due = self.refund_paid = self.refund_lost = 0.0
        if self.closed_now or self.interest_closing > 0:
            due = self.prepaid
            back = min(self.escrow, due)
            self.refund_due = due
            self.refund_paid = paid = back + (due - back) * s.recovered
            self.refund_lost = lost = due - paid
            self.prepaid = self.escrow = 0.0
            interest = self.interest_closing > 0
            if interest:
                self.district.interest_lost += lost
            if self.market and not (interest and self.district.interest_demand > 0):
                self.market.refund_pending += lost
        if self.market:
            self.market.seats_closing += self.seats_closing

    def offer_places(self, s):
        """Offer the places of one's state."""
        state, kind, places = self.state, self.kind, self.places
        former, market, seats, interest = kind == ACADEMIC, None, 0.0, 0.0
        markets = self.district.markets
        if state == LICENSED:
            market, seats = markets[IN_LICENSED - 1], places
        elif state == HIDDEN:
            market = markets[(IN_SINGLE if kind == SINGLE_TUTOR else IN_GROUP) - 1]
            seats = places * s.hidden_places_share if former else places
        elif state == NON_ACADEMIC:
            interest = places
            if former:
                market, seats = markets[IN_GROUP - 1], places * s.covert_part
                interest = places * s.pivot_places_share
        self.market, self.seats, self.interest_seats = market, seats, interest
        self.district.interest_places += interest
        if market:
            market.places_in += seats
            market.risk_sum += self.perceived_risk
            market.providers += 1

    def enrol(self, s):
        """Share pupils and fees by places, and hold fees paid ahead."""
        pupils = revenue = 0.0
        if self.seats > 0:
            market = self.market
            share = self.seats / max(market.seats, 1e-9)
            pupils, revenue = share * market.enrolled, share * market.revenue
        if self.interest_seats > 0:
            district = self.district
            share = self.interest_seats / max(district.interest_seats, 1e-9)
            pupils += share * district.interest_demand
            revenue += share * district.interest_revenue
        state = self.state
        held = (
            s.prepaid_supervision_academic if state == LICENSED
            else s.prepaid_supervision if state == NON_ACADEMIC
            else 0.0
        )  # fmt: skip
        self.enrolled, self.revenue = pupils, revenue
        self.prepaid = prepaid = s.prepay_months * revenue
        self.escrow = prepaid * held
