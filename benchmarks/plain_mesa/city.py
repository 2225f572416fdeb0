"""The twin's model: founds ordinary agents and runs them through the month in the order of the schedule."""

from math import exp

import mesa

from benchmarks.plain_mesa.families import Family, School
from benchmarks.plain_mesa.institutions import Institution
from benchmarks.plain_mesa.members import Leader, Member
from benchmarks.plain_mesa.month import Month
from benchmarks.plain_mesa.observe import observe
from benchmarks.plain_mesa.places import Bureau, District, Market
from model.declare.draws import Draws
from model.entities import ENTITIES
from model.entities.codes import ACADEMIC, APPROVAL, DOSSIER, FIRE, IN_GROUP, IN_SINGLE, LICENSED, SINGLE_TUTOR
from model.founding import found
from model.profile import SPIN_UP_MONTHS

KINDS = {
    "district": District, "bureau": Bureau, "market": Market, "school": School, "institution": Institution,
    "leader": Leader, "family": Family, "member": Member,
}  # fmt: skip
STATIONS = (DOSSIER, FIRE, APPROVAL)


class PlainCity(mesa.Model):
    """One city of plain Mesa agents.

    Args:
        profile, settings, seed, scale: as for the column model. watch: whether a step also observes
            the outcomes (``rows[month]`` maps (group, outcome) to its value).

    Raises:
        ValueError: for rules that are switched off or have a rival form, which the twin does not know.
    """

    def __init__(self, profile, settings, *, seed=0, scale=20.0, watch=True):
        super().__init__(rng=int(seed) % 2**32)
        if settings.forms:
            raise ValueError(f"the plain twin has only the usual form of each rule; got {dict(settings.forms)}")
        self.profile, self.settings, self.watch = profile, settings, watch
        self.draws, self.rows, self.homes, self.month = Draws(seed), [], {}, -SPIN_UP_MONTHS
        self.cadres, self.education = "cadres" in settings.systems, "education" in settings.systems
        self.coupled = settings.coupled and self.cadres and self.education
        self.settle(found(profile, self.draws, scale, settings.parameter_values))
        while self.month < 0:
            self.live()

    def settle(self, tables):
        """Turn founded rows into agents and ties into lists of agents."""
        city = tables["city"]
        self.momentum, self.closure_share = city["momentum"].item(), city["closure_share"].item()
        self.accountability, self.complaint_pressure = city["accountability"].item(), city["complaint_pressure"].item()
        self.open_posts = city["open_posts"].item()
        self.ability_spread = city["ability_spread"].item()
        made = self.by_type = {name: settled(self, kind, tables[name]) for name, kind in KINDS.items()}
        self.districts, self.bureaus, self.markets = made["district"], made["bureau"], made["market"]
        self.schools, self.institutions = made["school"], made["institution"]
        self.leaders, self.families, self.members = made["leader"], made["family"], made["member"]
        for name, agents in made.items():
            for column in ENTITIES[name].columns:
                if column.points_to:
                    point(agents, column.name.removesuffix("_id"), tables[name][column.name], made[column.points_to])
            for ties, rows in tables[name].ties.items():
                for agent, tied in zip(agents, rows.T.tolist(), strict=True):
                    setattr(agent, ties, [agents[row] for row in tied])
        self.acquaint()
        self.gather_staff()
        self.prepare()

    def acquaint(self):
        """Let districts know their markets, institutions and bureau."""
        for district in self.districts:
            district.markets, district.institutions, district.registered = [], [], []
        for market in self.markets:
            market.district.markets.append(market)
        for bureau in self.bureaus:
            if bureau.district:
                bureau.district.bureau = bureau
        for institution in self.institutions:
            institution.district.institutions.append(institution)
            if institution.registrable:
                institution.district.registered.append(institution)

    def gather_staff(self):
        """Let schools, bureaus and districts know the members who work there."""
        for place in (*self.schools, *self.bureaus, *self.districts):
            place.staff = []
        for member in self.members:
            for place in (member.school, member.bureau, member.district):
                if place:
                    place.staff.append(member)
        for place in (*self.schools, *self.bureaus, *self.districts):
            place.staff_weight = sum(m.weight for m in place.staff)

    def prepare(self):
        """Work out what never changes."""
        given = self.settings.parameter_values
        scale = given["price_weight"] / given["price_unit"]
        for family in self.families:
            family.fee_weight = exp(-family.income_log)
            family.price_weight = scale * exp(-given["price_income"] * family.income_log)
            family.attends_next, family.wanted = family.attends_service, family.mode
        for institution in self.institutions:
            form = IN_SINGLE if institution.kind == SINGLE_TUTOR else IN_GROUP
            institution.underground = institution.district.markets[form - 1]
        for district in self.districts:
            district.passed_dossier = district.passed_fire = district.passed_approval = 0
        self.pupils = sum(d.pupils for d in self.districts)
        self.mean_quality = sum(s.base_quality for s in self.schools) / len(self.schools)
        self.academic = sum(i.kind == ACADEMIC for i in self.institutions)
        self.family_weight = sum(f.weight for f in self.families)

    def dealt(self, kind, *streams):
        """Return each agent of a kind with its uniform number of each stream."""
        agents, real = self.by_type[kind], ENTITIES[kind].real
        luck = (self.draws.uniform(stream, self.month, len(agents), real).tolist() for stream in streams)
        return zip(agents, *luck, strict=True)

    def step(self):
        """Simulate one month and observe it."""
        month = self.live()
        if self.watch:
            self.rows.append(observe(self, month))

    def run(self, until):
        """Simulate up to, but not including, month index ``until``; return the city."""
        while self.month < until:
            self.step()
        return self

    def live(self):
        """Run all agents through one month; return its settings."""
        s = Month(self, self.month)
        for place in (*self.districts, *self.markets):
            place.open_month()
        if self.coupled:
            self.couple(s)
        if self.cadres:
            self.run_offices(s)
        if self.education:
            self.run_schools(s)
            self.inspect(s)
            self.license(s)
            self.change_supply(s)
            self.meet_demand(s)
            self.end_month(s)
        self.month += 1
        return s

    def couple(self, s):
        """Let each system see the other as it stood at the end of last month."""
        for school in self.schools:
            school.draw_on_teachers(s)
            school.claim_hours(s)
        for bureau in self.bureaus:
            bureau.draw_on_inspectors(s)
        active = s.academic_compression * self.momentum
        active += s.enforcement_intensity / s.campaign_trips + s.homework_oversight
        for leader in self.leaders:
            leader.campaign_load = s.campaign_paper * active
        for member in self.members:
            member.bring_home()
        for district in self.districts:
            district.bend_rules(s, self.accountability)
        complaints = sum(d.complaints for d in self.districts)
        satisfaction = sum(f.weight * f.satisfaction for f in self.families) / self.family_weight
        many = complaints / (complaints + s.complaints_usual)
        pressure = many + s.dissatisfaction_pressure * (s.satisfaction_usual - satisfaction)
        self.complaint_pressure = min(max(pressure, 0), 1)

    def run_offices(self, s):
        """Leaders, then members: hours, strain, conduct, sanctions, careers."""
        pressure = s.accountability_strictness + s.complaints_to_pressure * self.complaint_pressure
        self.accountability = accountability = min(max(pressure, 0), 1)
        for leader in self.leaders:
            leader.lead(s, accountability)
            leader.candidates = []
        for member in self.members:
            member.work(s)
        streams = ("errors_happen.error", "errors_happen.report", "errors_are_sanctioned.sanction")
        for member, u_error, u_report, u_sanction in self.dealt("member", *streams):
            member.feel_and_act(s, accountability, u_error, u_report, u_sanction)
        streams = ("posts_give_experience.post", "best_fitted_are_promoted.luck")
        for member, u_post, u_luck in self.dealt("member", *streams):
            member.learn_and_compete(s, accountability, u_post, u_luck)
        self.promote(s)
        leaving = self.dealt("member", "people_leave_and_arrive.leave")
        leavers = [member for member, u_leave in leaving if member.judge_prospects(s, u_leave)]
        for member in leavers:
            member.be_replaced(s)

    def promote(self, s):
        """Open vacancies and fill them: units first, then the city's shared ones."""
        self.open_posts += sum(u.posts for u in self.leaders) * s.vacancy_probability * s.cross_unit_selection
        rest = []
        for leader in self.leaders:
            leader.open_vacancies(s)
            rest += leader.promote_own()
        rest.sort(key=Member.by_merit)
        place = 0.0
        for member in rest:
            place += member.weight
            if place > self.open_posts:
                break
            member.rise()
        promoted = sum(u.promoted_weight for u in self.leaders)
        for leader in self.leaders:
            leader.close_posts()
        used = promoted - sum(u.posts_filled_now for u in self.leaders)
        self.open_posts -= min(max(used, 0), self.open_posts)

    def run_schools(self, s):
        """Pupils move up, schools teach and set homework, families join service, service is paid."""
        if s.new_grade:
            for family, u in self.dealt("family", "pupils_move_up.ability"):
                family.move_up(s, self.ability_spread, u)
        streams = ("schools_keep_homework_caps.check", "schools_take_up_service.take_up")
        for school, u_check, u_take_up in self.dealt("school", *streams):
            school.teach(s, self.mean_quality, u_check, u_take_up)
        for family, u in self.dealt("family", "families_join_service.join"):
            family.go_to_school(s, u)
        for district in self.districts:
            district.pay_subsidy(s)
        for school in self.schools:
            school.run_service(s)

    def inspect(self, s):
        """The campaign gathers momentum; inspectors visit; providers learn."""
        pressure = s.academic_compression
        if pressure > 0:
            started = max(self.momentum, s.momentum_seed)
            odds = started / max(1 - started, 1e-9) * exp(s.momentum_rate * pressure)
            self.momentum = odds / (1 + odds)
        else:
            self.momentum *= 1 - s.momentum_fade
        for district in self.districts:
            district.send_inspectors(s, self.pupils)
        streams = ("inspectors_find_violations.visit", "findings_are_sanctioned.legal")
        for institution, u_visit, u_legal in self.dealt("institution", *streams):
            institution.meet_inspectors(s, u_visit, u_legal)
        for district in self.districts:
            district.publish_cases(s)
        for institution in self.institutions:
            institution.learn_risk(s)

    def license(self, s):
        """Institutions apply and the licence queue advances."""
        for institution, u in self.dealt("institution", "institutions_apply_for_licence.apply"):
            if institution.registrable:
                institution.apply_for_licence(s, u)
        for district in self.districts:
            district.line_up()
        waiting = {stage: sum(len(d.queue[stage]) for d in self.districts) for stage in STATIONS}
        streams = (f"stations_gain_capacity.{name}" for name in ("dossier", "fire", "approval"))
        for district, *us in self.dealt("district", *streams):
            district.gain_capacity(s, waiting, *us)
            district.advance_queue(s)

    def change_supply(self, s):
        """Institutions close, hide, start, are suspended and settle; markets offer what is left at a price."""
        hazard = 1 - (1 - s.closure_probability) ** (self.momentum * s.academic_compression)
        for district in self.districts:
            district.watch_interest()
        streams = (
            "licensed_institutions_close.close", "closed_owners_choose_a_path.path",
            "hidden_providers_weigh_risk.enter", "hidden_providers_weigh_risk.leave",
            "unlicensed_are_suspended.suspend", "institutions_fail.fail",
        )  # fmt: skip
        licensed = 0
        for institution, u_close, u_path, u_enter, u_leave, u_suspend, u_fail in self.dealt("institution", *streams):
            if institution.registrable:
                institution.close_or_return(s, hazard, u_close, u_path)
            institution.weigh_risk(s, u_enter, u_leave)
            if institution.registrable:
                institution.face_deadline(s, u_suspend)
                institution.risk_failure(s, u_fail)
            institution.settle(s)
            institution.offer_places(s)
            licensed += institution.state == LICENSED
        self.closure_share = 1 - licensed / max(self.academic, 1)
        for market in self.markets:
            market.lose_places()
            market.set_price(s, self.closure_share)
        for district in self.districts:
            district.share_interest_losses()

    def meet_demand(self, s):
        """Families lose, want and take places; money follows."""
        for family, u in self.dealt("family", "closures_displace_families.displaced"):
            family.lose_place(u)
        for market in self.markets:
            market.share_losses()
        streams = ("families_reconsider.reconsider", "families_choose_tutoring.find", "families_choose_tutoring.open")
        for family, u_reconsider, u_find, u_open in self.dealt("family", *streams):
            family.think_again(s, u_reconsider, u_find, u_open)
        for market in self.markets:
            market.ration(s)
        for district in self.districts:
            district.weigh_interest(s)
        streams = ("families_take_places.place", "families_take_interest_classes.change")
        for family, u_place, u_change in self.dealt("family", *streams):
            family.take_place(u_place)
            family.take_interest_class(s, u_change)
            family.learn(s)
        for market in self.markets:
            market.take_fees()
        for district in self.districts:
            district.sum_interest(s)
        for institution in self.institutions:
            institution.enrol(s)

    def end_month(self, s):
        """What the month did to pupils and parents, and who complains."""
        for school in self.schools:
            school.average_scores()
        calm_gain = s.calm_heard * (1 + s.calm_campaign * self.momentum * (1 - self.momentum)) + s.calm_care
        for family in self.families:
            family.end_month(s, calm_gain)
        for district, u in self.dealt("district", "people_complain.complaints"):
            district.hear_complaints(s, u)


def settled(city, kind, table):
    """Make the agents of one kind from the rows of a founded table, in double precision."""
    columns = [table[name].tolist() for name in kind.STATE]
    return [kind(city, row) for row in zip(*columns, strict=True)]


def point(agents, name, rows, others):
    """Set an attribute of each agent to the agent that its founded row points to, or None."""
    for agent, row in zip(agents, rows.tolist(), strict=True):
        setattr(agent, name, others[row] if row >= 0 else None)
