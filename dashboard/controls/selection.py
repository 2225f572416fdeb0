"""What a page has on show, for panels that do something with it: a report, a download."""

from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from dashboard.controls import session
from dashboard.findings import Findings
from dashboard.registry import PANELS
from dashboard.service.jobs import Job
from dashboard.service.pool import Progress


@dataclass(frozen=True, eq=False)
class Selection:
    """The comparison on show: the job that makes it (scenarios, city, options) and its findings."""

    job: Job
    findings: Findings

    @property
    def tables(self) -> Job:
        """The job that ends with full results in a folder; its runs are mostly in the cache already."""
        return replace(self.job, tables=True, urgent=False)

    def ask_results(self) -> tuple[Progress, Path]:
        """Have full results written; return how far that is, and the folder that holds them once it is finished."""
        service, job = session.service(), self.tables
        return service.ask(job, session.visitor()), service.cache.outcome(job.key, tables=True)


def show_panels(selection: Selection, lang: str) -> None:
    """Show what other parts of the app add below a comparison."""
    for module in PANELS:
        import_module(module).show(selection, lang)
