"""推演。What the facts add up to, and what may come: balances are folded from dated facts, never stored."""
