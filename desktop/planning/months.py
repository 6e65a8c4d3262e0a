"""月份。Months as the rules reckon them; what plans with them finds them here too."""

from desktop.domain.months import add_months, months_apart, months_between, on_day

__all__ = ["add_months", "months_apart", "months_between", "on_day"]
