"""复查: begins an inspection of what was flagged."""

from __future__ import annotations

from datetime import date

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.reinspection import reinspection


def inspect_again(place: Place, inspection: Inspection) -> None:
    """Begin the re-inspection, to be completed and saved in its form."""
    place.begin(Draft.copy_of(reinspection(inspection, PartialDate.of(date.today()))))
