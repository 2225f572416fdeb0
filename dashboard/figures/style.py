"""Colours, dashes, marks and sizes of all figures. Colour is never the only cue: dash, mark or number says it too."""

INK, SOFT, GREY, FAINT, GRID, HISTORY = "#1a1a1a", "#595959", "#8c8c8c", "#c9c9c9", "#e6e6e6", "#f2f2f2"
# Okabe and Ito's palette: four that stay apart for every kind of colour vision and in grey.
BLUE, ORANGE, GREEN, PINK = "#0072B2", "#D55E00", "#009E73", "#CC79A7"

# Colour and dash of the baseline, and of the policies that a figure brings out.
BASELINE = (INK, "-")
LOOKS = ((BLUE, "-"), (ORANGE, (0, (5, 1.6))), (GREEN, (0, (1.4, 1.2))), (PINK, (0, (6, 1.5, 1.5, 1.5))))

# Edge, face and mark of an effect, and the colour of a number about it, which is dark enough for small text.
VERDICTS = {
    "better": (BLUE, BLUE, "o"),
    "worse": (ORANGE, ORANGE, "s"),
    "changed": (INK, INK, "D"),
    "slight": (GREY, GREY, "."),
    "unclear": (GREY, "white", "o"),
    "few": (GREY, "white", "o"),
}
WORDED = {"better": BLUE, "worse": "#A84A00", "changed": INK, "slight": SOFT, "unclear": SOFT, "few": SOFT}
VEIL = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.6}

# Inches, and type in points: nothing is smaller than 9.
WIDTH, EDGE = 10.0, 0.25
TITLE, HEADING, TEXT, SMALL = 15.0, 10.5, 10.0, 9.0
LINE, MIDDLE_OF_LINE = 1.35 / 72, 0.36 / 72
DPI = 150
