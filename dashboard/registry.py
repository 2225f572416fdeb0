"""The pages of the app, in the order of the menu. To add one: a line here, a module with ``show``, its texts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its address, its icon, the module whose ``show(lang)`` draws it, and the heading it stands under.

    Its title is the text ``shell.page_<address>`` in dashboard/texts/shell.toml, its heading ``shell.head_<heading>``.
    """

    address: str
    icon: str
    module: str
    heading: str


PAGES = (
    PageEntry("compare", ":material/compare:", "dashboard.pages.compare", "plan"),
    PageEntry("build", ":material/tune:", "dashboard.pages.build", "plan"),
    PageEntry("why", ":material/account_tree:", "dashboard.pages.why", "study"),
    PageEntry("sensitivity", ":material/insights:", "dashboard.pages.sensitivity", "study"),
    PageEntry("optimise", ":material/target:", "dashboard.pages.optimise", "study"),
    PageEntry("life", ":material/person_search:", "dashboard.pages.life", "study"),
    PageEntry("trust", ":material/verified_user:", "dashboard.pages.trust", "study"),
    PageEntry("workshop", ":material/groups:", "dashboard.pages.workshop", "room"),
)

# Modules whose ``show(selection, lang)`` adds a panel below a comparison (see dashboard/controls/selection.py).
PANELS: tuple[str, ...] = ("dashboard.controls.report_button",)
