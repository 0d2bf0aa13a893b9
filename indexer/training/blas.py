"""Matrix products through numpy's own BLAS, which takes a third of the time of thinc's on today's processors."""

from __future__ import annotations

from typing import Any

import numpy
from thinc.api import NumpyOps


class NumpyBlasOps(NumpyOps):  # type: ignore[misc]  # compiled, without types
    """thinc's operations on the processor, with numpy's matrix product. Only the training uses it."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """The product of two matrices (float32), each transposed where said, into `out` if given."""
        return numpy.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)
