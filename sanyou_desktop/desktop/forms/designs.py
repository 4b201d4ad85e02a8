"""Which design belongs to which kind."""

from __future__ import annotations

from types import MappingProxyType

from sanyou_desktop.desktop.forms import (
    finding_form,
    inspection_form,
    other_forms,
    plan_form,
    pledge_form,
    rule_form,
    scheme_form,
    submission_forms,
)

DESIGNS = MappingProxyType(
    {
        design.kind: design
        for design in (
            pledge_form.DESIGN,
            rule_form.DESIGN,
            inspection_form.DESIGN,
            finding_form.DESIGN,
            other_forms.SURVEY,
            other_forms.ACTIVITY,
            scheme_form.DESIGN,
            plan_form.DESIGN,
            other_forms.UNIT,
            other_forms.ROUND,
            submission_forms.REQUEST,
            submission_forms.SUBMISSION,
        )
    }
)
