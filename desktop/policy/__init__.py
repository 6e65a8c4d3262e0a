"""政策。What the law says: dated, sourced values read from packs, and which of them answers on a day."""
