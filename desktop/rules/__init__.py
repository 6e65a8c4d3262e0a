"""规则。What the law does: pure functions over an amount, each line under the rule's own sentence."""
