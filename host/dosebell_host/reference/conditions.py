"""What an illness of the person means to the rules."""

# What a condition means to the rules.
CONTRA, CAUTION, ABSORB, NONE = "contra", "caution", "absorb", ""
# Known, and it matters; how, only more can tell, or nobody that was read.
KIDNEY_ASK, ASK = "kidney-ask", "ask"
# The thyroid: blood is tested for it.
THYROID = "thyroid"
# What the [person] has keys of its own for; written among the conditions it counts as well.
KIDNEY_SEVERE, KIDNEY_MODERATE, PREGNANT, BREASTFEEDING = (
    "severe",
    "moderate",
    "pregnant",
    "feeding",
)

# What it means, and what messages call it.
Meaning = tuple[str, str]
