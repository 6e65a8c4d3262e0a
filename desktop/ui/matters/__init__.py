"""办理的表单。Matters of the office: what is typed of them, and the form for all their kinds."""
