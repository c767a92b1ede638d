"""Work and critical paths of schemes that the homework's other problems do not ask for.

The functions stand in modules of their own and are named here for the spec: state-space models in
:mod:`reference.ssm_costs`, :mod:`reference.ssm_graphs` and :mod:`reference.ssm_schemes`, ridge attention in
:mod:`reference.ridge_layers`.
"""

from __future__ import annotations

from reference.ridge_layers import (
    built_layer_depth,
    built_layer_work,
    built_separate_inversions_depth,
    built_separate_inversions_work,
    layer_depth,
    layer_work_counted,
    separate_inversions_depth,
    separate_inversions_work,
)
from reference.ssm_costs import powers_kernel_work
from reference.ssm_graphs import built_powers_kernel_work
from reference.ssm_schemes import (
    built_channels_depth,
    built_expansion_kernel_depth,
    built_expansion_kernel_work,
    built_scan_depth,
    channels_depth,
    expansion_kernel_depth,
    expansion_kernel_work,
    scan_depth,
)

__all__ = [
    "built_channels_depth",
    "built_expansion_kernel_depth",
    "built_expansion_kernel_work",
    "built_layer_depth",
    "built_layer_work",
    "built_powers_kernel_work",
    "built_scan_depth",
    "built_separate_inversions_depth",
    "built_separate_inversions_work",
    "channels_depth",
    "expansion_kernel_depth",
    "expansion_kernel_work",
    "layer_depth",
    "layer_work_counted",
    "powers_kernel_work",
    "scan_depth",
    "separate_inversions_depth",
    "separate_inversions_work",
]
