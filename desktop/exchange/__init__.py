"""交换。Family documents, settlement messages and ledgers come in and go out; nothing is decided."""
