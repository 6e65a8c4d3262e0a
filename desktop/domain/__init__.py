"""领域。What there is: people, accounts, bindings, visits and money, on the standard library alone."""
