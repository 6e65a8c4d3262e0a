"""纸面。What is printed: the family report and the settlement slip, painted with Qt and without widgets."""
