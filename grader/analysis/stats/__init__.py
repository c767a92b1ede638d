"""Statistics of clustered answers: intervals, paired comparisons, agreement, time to the first right answer.

Each module is one idea and names its sources; ``docs/statistics.md`` has the definitions on one page.
"""

from grader.analysis.stats.clusters import (
    Estimate,
    Totals,
    clustered,
    clustered_rate,
    mean_of,
    rate_of,
    totals,
)
from grader.analysis.stats.intervals import Interval, wilson
from grader.analysis.stats.kappa import Kappa, clustered_kappa, cohen_kappa
from grader.analysis.stats.multiple import holm
from grader.analysis.stats.paired import Difference, cluster_permutation, mcnemar_exact, paired_difference
from grader.analysis.stats.permutation import SignFlip, sign_flip
from grader.analysis.stats.power import clusters_needed, minimum_detectable_effect, unpaired_se
from grader.analysis.stats.survival import ProductLimit, Step, product_limit

__all__ = [
    "Difference",
    "Estimate",
    "Interval",
    "Kappa",
    "ProductLimit",
    "SignFlip",
    "Step",
    "Totals",
    "cluster_permutation",
    "clustered",
    "clustered_kappa",
    "clustered_rate",
    "clusters_needed",
    "cohen_kappa",
    "holm",
    "mcnemar_exact",
    "mean_of",
    "minimum_detectable_effect",
    "paired_difference",
    "product_limit",
    "rate_of",
    "sign_flip",
    "totals",
    "unpaired_se",
    "wilson",
]
