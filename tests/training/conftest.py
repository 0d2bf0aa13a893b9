from __future__ import annotations

from pathlib import Path

import pytest

TREES = """\
# newdoc id = fair
# newpar
# text = “Bread is dear,” said Ana Lund.
1\t“\t"\tPUNCT\t``\t_\t4\tpunct\t_\tSpaceAfter=No
2\tBread\tbread\tNOUN\tNN\t_\t4\tnsubj\t_\t_
3\tis\tbe\tAUX\tVBZ\t_\t4\tcop\t_\t_
4\tdear\tdear\tADJ\tJJ\t_\t0\troot\t_\tSpaceAfter=No
5\t,\t,\tPUNCT\t,\t_\t7\tpunct\t_\tSpaceAfter=No
6\t”\t"\tPUNCT\t''\t_\t4\tpunct\t_\t_
7\tsaid\tsay\tVERB\tVBD\t_\t4\tparataxis\t_\t_
8\tAna\tAna\tPROPN\tNNP\t_\t7\tnsubj\t_\tEntity=(1-person-new-cf1-1-coref
9\tLund\tLund\tPROPN\tNNP\t_\t8\tflat\t_\tEntity=1)|SpaceAfter=No
10\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# text = She didn't smile.
1\tShe\tshe\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsmile\tsmile\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = The port of Oslo stayed shut.
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(2-place-new-cf1-2-sgl
2\tport\tport\tNOUN\tNN\t_\t5\tnsubj\t_\t_
3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_
4\tOslo\tOslo\tPROPN\tNNP\t_\t2\tnmod\t_\tEntity=(3-place-new-cf2-1-sgl)2)
5\tstayed\tstay\tVERB\tVBD\t_\t0\troot\t_\t_
6\tshut\tshut\tADJ\tJJ\t_\t5\txcomp\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

"""
"""Three sentences of our own in two paragraphs, annotated as in GUM."""


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    path = tmp_path / "trees.conllu"
    path.write_text(TREES, "utf-8")
    return path
