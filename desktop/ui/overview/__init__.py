"""概览。What the account holds, how long it lasts, what needs attention, and who used it."""
