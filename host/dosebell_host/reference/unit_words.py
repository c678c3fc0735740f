"""What units are called on labels, as parts of patterns that are read in any case."""

# IU in English, in German and Dutch, and in French, Spanish and Italian.
IN_UNITS = r"(?:i\.?[ue]|u\.?i)\b\.?|units?\b|einheiten\b"
