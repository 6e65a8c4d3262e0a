"""外观。Tokens, style, fonts, icons and the one way money and names are written."""
