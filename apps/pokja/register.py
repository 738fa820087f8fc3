"""Writes the register of Pokja from a file: all rows in a few statements."""

from dataclasses import dataclass

from django.db.models import F

from apps.core.importing import ADD, KEEP, Outcome, Plan, PlanOutdated, Trace, chunks, overwrite
from apps.pokja.models import Pokja, PokjaType


@dataclass
class Entry:
    """One row: the Pokja as stored (None: new) and its values before and after, by name."""

    code: str
    stored: Pokja | None
    before: dict
    after: dict
    outcome: Outcome


class RegisterPlan(Plan):
    """``pokja`` holds every stored Pokja the file names, by code."""

    def __init__(self, *, actor, pokja: dict[str, Pokja]):
        super().__init__()
        self.actor, self.pokja = actor, pokja
        self.entries: list[Entry] = []

    def load_kinds(self) -> dict[int, tuple[str, ...]]:
        """Types by Pokja id, in the order in which they were given."""
        found: dict[int, tuple[str, ...]] = {}
        for part in chunks(sorted(row.pk for row in self.pokja.values())):
            rows = PokjaType.objects.filter(pokja__in=part).order_by("id")
            for pokja_id, kind in rows.values_list("pokja_id", "kind"):
                found[pokja_id] = (*found.get(pokja_id, ()), kind)
        return found

    def write(self) -> None:
        self.traces = []
        changed = [entry for entry in self.entries if entry.outcome.action != KEEP]
        self._lock([entry.stored for entry in changed if entry.stored])
        known = dict(self.pokja)
        created = [entry for entry in changed if entry.outcome.action == ADD]
        for entry in created:
            known[entry.code] = Pokja(code=entry.code)
        self._fill(changed, known)
        # A new Pokja may be merged into another new one: first the rows, then the mergers.
        mergers = {entry.code: self._target(entry, known) for entry in changed}
        Pokja.objects.bulk_create([known[entry.code] for entry in created], batch_size=1000)
        for code, into in mergers.items():
            known[code].merged_into = into
        merged_now = [known[entry.code] for entry in created if mergers[entry.code]]
        overwrite(Pokja, merged_now, ["merged_into"])
        self._update([known[entry.code] for entry in changed if entry.stored])
        self._write_kinds(changed, known)
        self._trace(changed, known)

    def _lock(self, stored: list[Pokja]) -> None:
        expected = {row.pk: row.revision for row in stored}
        for part in chunks(sorted(expected)):
            rows = Pokja.objects.select_for_update().filter(pk__in=part).order_by("pk")
            found = dict(rows.values_list("pk", "revision"))
            if any(found.get(pk) != expected[pk] for pk in part):
                raise PlanOutdated

    def _fill(self, changed: list[Entry], known: dict[str, Pokja]) -> None:
        for entry in changed:
            row = known[entry.code]
            for name in ("region", "name", "formed_on", "dissolved_on"):
                if name in entry.after:
                    setattr(row, name, entry.after[name])

    def _target(self, entry: Entry, known: dict[str, Pokja]) -> Pokja | None:
        code = entry.after.get("merged_into")
        if code == entry.before.get("merged_into"):
            return entry.stored.merged_into if entry.stored else None
        return known[code] if code else None

    def _update(self, rows: list[Pokja]) -> None:
        overwrite(Pokja, rows, ["region", "name", "formed_on", "dissolved_on", "merged_into"])
        for part in chunks(row.pk for row in rows):
            Pokja.objects.filter(pk__in=part).update(revision=F("revision") + 1)

    def _write_kinds(self, changed: list[Entry], known: dict[str, Pokja]) -> None:
        differing = [
            entry for entry in changed if entry.after["kinds"] != entry.before.get("kinds", ())
        ]
        old = [entry.stored.pk for entry in differing if entry.stored]
        for part in chunks(old):
            PokjaType.objects.filter(pokja__in=part).delete()
        PokjaType.objects.bulk_create(
            [
                PokjaType(pokja=known[entry.code], kind=kind)
                for entry in differing
                for kind in entry.after["kinds"]
            ],
            batch_size=1000,
        )

    def _trace(self, changed: list[Entry], known: dict[str, Pokja]) -> None:
        for entry in changed:
            row = known[entry.code]
            self.traces.append(
                Trace("pokja.impor", row, row.region, _plain(entry.before), _plain(entry.after))
            )


def _plain(values: dict) -> dict:
    return {
        name: ";".join(value) if isinstance(value, tuple) else getattr(value, "code", value)
        for name, value in values.items()
    }
