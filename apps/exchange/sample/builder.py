"""Builds sample evidence in bulk: rows first, then the history that would have led there."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from apps.budgets.models import Budget, BudgetLine
from apps.decrees.models import Decree, DecreeCoverage
from apps.exchange.sample import texts
from apps.exchange.sample.people import CLERK, JUDGES, OFFICERS
from apps.indicators.models import Indicator, IndicatorSet, Target
from apps.pokja.models import NilDeclaration
from apps.verification.arrivals import imported_evidence
from apps.verification.codes import family_of
from apps.verification.enums import Action, Kind, Status
from apps.verification.models import Evidence, History, Note
from apps.work_plans.models import Activity, WorkPlan

STEPS_TO = {
    Status.DRAFT: (Action.CREATE,),
    Status.SUBMITTED: (Action.CREATE, Action.SUBMIT),
    Status.RETURNED: (Action.CREATE, Action.SUBMIT, Action.RETURN),
    Status.VERIFIED: (Action.CREATE, Action.SUBMIT, Action.VERIFY),
    Status.CANCELLED: (Action.CREATE, Action.SUBMIT, Action.VERIFY, Action.CANCEL),
}
RESULT = {
    Action.CREATE: Status.DRAFT,
    Action.SUBMIT: Status.SUBMITTED,
    Action.RETURN: Status.RETURNED,
    Action.VERIFY: Status.VERIFIED,
    Action.CANCEL: Status.CANCELLED,
}


def moment(day, hour=10, minute=14):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


class Builder:
    """Collects rows and writes them table by table; ``rng`` makes the choice repeatable."""

    def __init__(self, rng, people, today):
        self.rng, self.people, self.today = rng, people, today
        self.rows = {
            model: []
            for model in (
                Evidence,
                Decree,
                DecreeCoverage,
                WorkPlan,
                Activity,
                IndicatorSet,
                Target,
                Budget,
                BudgetLine,
                NilDeclaration,
            )
        }
        self.stories = []
        known = Indicator.objects.in_bulk(field_name="code")
        self.indicators = [known[code] for code in texts.INDICATOR_CODES if code in known]

    # --- actors ---

    def officer(self, region):
        return self.people[OFFICERS.get(region.code, CLERK)]

    def judge(self, region):
        return self.people["pusat" if region.is_province else JUDGES[region.code[:2]]]

    # --- evidence ---

    def evidence(self, kind, region, year, title, status, day, family=None, version=1):
        item = imported_evidence(
            kind=kind,
            region=region,
            year=year,
            title=title,
            actor=self.officer(region),
            status=status,
            family=family,
            version=version,
        )
        item.revision = len(STEPS_TO[status])
        self.rows[Evidence].append(item)
        self._tell(item, min(day, self.today))
        return item

    def _tell(self, item, day):
        """The history that leads to the item's status; the last step falls on ``day``."""
        officer, judge = self.officer(item.region), self.judge(item.region)
        steps = STEPS_TO[item.status]
        status = ""
        for back, action in zip(range(len(steps) - 1, -1, -1), steps, strict=True):
            at = moment(day - timedelta(days=3 * back))
            actor = officer if action in (Action.CREATE, Action.SUBMIT) else judge
            row = History(
                evidence=item,
                actor=actor,
                action=action,
                from_status=status,
                to_status=RESULT[action],
                role="operator" if actor is officer else "verifier",
            )
            self.stories.append((row, at))
            status = RESULT[action]
            self._mark(item, action, actor, at)

    @staticmethod
    def _mark(item, action, actor, at):
        if action == Action.SUBMIT:
            item.submitted_by, item.submitted_at = actor, at
        elif action == Action.CREATE:
            item.created_at = item.edited_at = at
        else:
            item.decided_by, item.decided_at = actor, at

    def decree(
        self,
        region,
        number,
        key,
        *,
        issued,
        start,
        end,
        basis="tertulis",
        status=Status.VERIFIED,
        signer=("Bupati", "definitif"),
        covers,
        title=None,
        day=None,
    ):
        """``covers``: list of (pokja, role, parent number, parent key)."""
        words = f"SK {number}" if number else f"SK {covers[0][0].name}"
        item = self.evidence(Kind.DECREE, region, None, words, status, day or issued)
        decree = Decree(
            evidence=item,
            number=number,
            number_key=key,
            issued_on=issued,
            title=title or f"Pembentukan Kelompok Kerja {region.name} (data contoh)",
            signer_position=signer[0],
            signer_status=signer[1],
            signer_name="Nama Pejabat (contoh)",
            valid_from=start,
            valid_until=end,
            validity_basis=basis,
        )
        self.rows[Decree].append(decree)
        for pokja, role, parent, parent_key in covers:
            self.rows[DecreeCoverage].append(
                DecreeCoverage(
                    decree=decree,
                    pokja=pokja,
                    role=role,
                    parent_number=parent,
                    parent_key=parent_key,
                )
            )
        return decree

    def plan(self, pokja, year, status, day, *, version=1, activities=4):
        item = self._yearly(Kind.WORK_PLAN, pokja, year, "Rencana kerja", status, day, version)
        plan = WorkPlan(evidence=item, pokja=pokja, year=year)
        self.rows[WorkPlan].append(plan)
        done = status == Status.VERIFIED
        for no, words in enumerate(texts.ACTIVITIES[:activities], start=1):
            issue, objective, name, output, target, unit, months, who = words
            self.rows[Activity].append(
                Activity(
                    plan=plan,
                    no=no,
                    strategic_issue=issue,
                    objective=objective,
                    name=name,
                    output=output,
                    target=target,
                    unit=unit,
                    months=months,
                    person_in_charge=who if done or no < 3 else "",
                    location=pokja.region.short_name,
                    indicator=self.indicators[no % len(self.indicators)]
                    if self.indicators
                    else None,
                    budget=Decimal(self.rng.randrange(5, 40) * 1_000_000),
                    fund_source="apbd_provinsi" if pokja.region.is_province else "apbd_kabkota",
                    physical_progress=self._progress(year, done),
                )
            )

    def _progress(self, year, done):
        if not done:
            return None
        return Decimal(100) if year < self.today.year else Decimal(self.rng.randrange(40, 101, 5))

    def indicator_set(self, pokja, year, status, day, *, version=1):
        item = self._yearly(Kind.INDICATOR_SET, pokja, year, "Indikator", status, day, version)
        held = IndicatorSet(evidence=item, pokja=pokja, year=year)
        self.rows[IndicatorSet].append(held)
        for indicator in self.rng.sample(self.indicators, k=min(3, len(self.indicators))):
            base, target, value = map(Decimal, texts.INDICATOR_FIGURES[indicator.code])
            past = year < self.today.year
            self.rows[Target].append(
                Target(
                    indicator_set=held,
                    indicator=indicator,
                    baseline=base,
                    baseline_year=year - 1,
                    target=target,
                    source="Pemutakhiran PK (contoh)",
                    q1=base,
                    q2=value,
                    q3=value if past else None,
                    q4=value if past else None,
                    annual=value if past else None,
                )
            )

    def budget(
        self, pokja, year, status, day, *, stage="murni", amount=None, source=None, version=1
    ):
        item = self._yearly(
            Kind.BUDGET, pokja, year, f"Anggaran {stage}", status, day, version, stage
        )
        budget = Budget(evidence=item, pokja=pokja, year=year, stage=stage)
        self.rows[Budget].append(budget)
        if amount is None:
            amount = self.rng.randrange(20, 160) * 1_000_000
        code, name = self.rng.choice(texts.SUB_ACTIVITIES)
        own = "apbd_provinsi" if pokja.region.is_province else "apbd_kabkota"
        share = Decimal(self.rng.randrange(40, 101)) / 100
        self.rows[BudgetLine].append(
            BudgetLine(
                budget=budget,
                fund_source=source or own,
                sub_activity_code=code,
                sub_activity_name=name,
                sub_activity_ceiling=Decimal(max(amount, 1) * 3),
                ceiling=Decimal(amount),
                spent=(Decimal(amount) * share).quantize(Decimal("1")),
                as_of=min(day, self.today),
                basis="DPA",
                page=str(self.rng.randrange(3, 60)),
            )
        )

    def nil(self, pokja, year, criterion, reason, status, day):
        item = self._yearly(
            Kind.NIL, pokja, year, f"Tidak ada: {criterion}", status, day, 1, criterion
        )
        self.rows[NilDeclaration].append(
            NilDeclaration(
                evidence=item, pokja=pokja, year=year, criterion=criterion, reason=reason
            )
        )

    def _yearly(self, kind, pokja, year, words, status, day, version, *parts):
        family = family_of(kind, pokja.pk, year, *parts)
        return self.evidence(
            kind, pokja.region, year, f"{words} {year}, {pokja.name}", status, day, family, version
        )

    # --- writing ---

    def save(self):
        """Write everything; history keeps the invented moments instead of now."""
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows, batch_size=500)
        for item in self.rows[Evidence]:
            item.created_at = item.edited_at = (
                item.submitted_at or item.decided_at or moment(self.today)
            )
        Evidence.objects.bulk_update(
            self.rows[Evidence], ["created_at", "edited_at"], batch_size=500
        )
        self.stories.sort(key=lambda story: story[1])  # lists show the newest number first
        told = [row for row, _ in self.stories]
        History.objects.bulk_create(told, batch_size=500)
        for row, at in self.stories:
            row.at = at
        History.objects.bulk_update(told, ["at"], batch_size=500)
        Note.objects.bulk_create(
            Note(
                history=row,
                evidence=row.evidence,
                field=texts.RETURN_WORDS[kind][0],
                text=texts.RETURN_WORDS[kind][1],
            )
            for row in told
            if row.action == Action.RETURN and (kind := row.evidence.kind) in texts.RETURN_WORDS
        )
