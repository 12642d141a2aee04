"""Makes the fonts in this folder smaller than pyftsubset does: see README.md."""

import sys

from fontTools.ttLib import TTFont
from fontTools.varLib.iup import iup_delta, iup_delta_optimize

# The units of these fonts are thousandths of an em.
KERNING_STEP, LEAST_KERNING = 5, 8
WEIGHT_STEP, WEIGHT_TOLERANCE = 2, 2.5


def simplify_kerning(font):
    """Kerning as in the regular weight, in steps of five thousandths, and none below eight."""

    def rounded(value):
        advance = value.XAdvance or 0
        value.XAdvance = 0 if abs(advance) < LEAST_KERNING else round(advance / KERNING_STEP) * KERNING_STEP
        value.XAdvDevice = None

    for lookup in font["GPOS"].table.LookupList.Lookup if "GPOS" in font else []:
        for table in lookup.SubTable:
            for pairs in getattr(table, "PairSet", None) or []:
                for pair in pairs.PairValueRecord:
                    rounded(pair.Value1)
            for first in getattr(table, "Class1Record", None) or []:
                for second in first.Class2Record:
                    rounded(second.Value1)
            table.ValueFormat1 = 4


def simplify_weights(font):
    """How far each point moves from regular to bold, to two thousandths; what its neighbours imply is left out."""
    outlines, metrics = font["glyf"], font["hmtx"].metrics
    for name, variations in font["gvar"].variations.items():
        points, control = outlines._getCoordinatesAndControls(name, metrics)
        for variation in variations:
            moves = variation.coordinates
            if any(move is None for move in moves):
                moves = iup_delta(moves, points, control.endPts)
            moves = [tuple(round(part / WEIGHT_STEP) * WEIGHT_STEP for part in move) for move in moves]
            if not outlines[name].isComposite():
                fewer = iup_delta_optimize(moves, points, control.endPts, tolerance=WEIGHT_TOLERANCE)
                if any(move is not None for move in fewer):
                    moves = fewer
            variation.coordinates = moves


for file in sys.argv[1:]:
    font = TTFont(file)
    simplify_kerning(font)
    simplify_weights(font)
    # What it holds was for marks and for kerning that changes with the weight.
    if "GDEF" in font:
        del font["GDEF"]
    font["name"].names = [name for name in font["name"].names if name.nameID in (1, 2)]
    font.save(file)
