"""从表格导入。A file chosen, its columns named, its rows looked at, then kept in one step or not at all."""
