"""What follows from the records of an old tree."""

from packs.old_tree.records import Inspection, Report
from zhouqiao.sdk import rule


@rule("headline", 1)
def headline(report: Report) -> str:
    """The tree and what befell it, as lists show them."""
    return f"{report.tree} {report.harm.value}"


@rule("urgent", 1)
def urgent(inspection: Inspection) -> bool:
    """Whether the tree can wait for a plan."""
    return inspection.urgent
