"""What a questionnaire cannot hold of an XLSForm, and why."""

from contempo.core.words import N_

WHY: dict[str, str] = {
    "calculate": N_("Calculated values are not kept: figures are made from answers."),
    "hidden": N_("Hidden values are not kept."),
    "geopoint": N_("Points on a map are not asked here: ask the municipality."),
    "geotrace": N_("Lines on a map are not asked here."),
    "geoshape": N_("Areas on a map are not asked here."),
    "time": N_("Times of the day are not asked here: ask a number, or a choice."),
    "dateTime": N_("A day with a time is not asked here: ask the day."),
    "barcode": N_("Barcodes are not read here."),
    "acknowledge": N_("A box to tick alone is not asked here: ask a choice between two answers."),
    "loop": N_("Loops are not kept: use a group that repeats."),
    "kobomatrix": N_("Tables with questions of several kinds are not kept."),
    "select_one_from_file": N_("Answers from another file are not kept."),
    "select_multiple_from_file": N_("Answers from another file are not kept."),
    "select_one_external": N_("Answers from another file are not kept."),
    "xml-external": N_("Data from another file are not kept."),
    "csv-external": N_("Data from another file are not kept."),
    "rank__level": N_("This level stands outside its ranking."),
    "score__row": N_("This row stands outside its table."),
}
"""By type of question: message ids."""

UNKNOWN_TYPE = N_("The type “%(type)s” is not known here.")
CASCADE = N_("Answers that depend on another answer (choice_filter) are not kept.")
READ_ONLY = N_("A field that cannot be filled in is not kept: write a text to read.")
NESTED_REPEAT = N_("A group that repeats cannot stand inside another one.")
CONDITION = N_("The condition cannot be kept: %(why)s")
CHECK = N_("The check of the answer is not kept: %(why)s")
DEPENDS = N_("This row depends on “%(name)s” (row %(other)s), which cannot be kept.")
LATER = N_("“%(name)s” stands later, or is no question.")
MISSING = N_("“%(name)s” is not in the sheet survey.")
NO_LIST = N_("The list “%(list)s” is not in the sheet choices.")
NO_NAME = N_("This row has no name.")
JOINED = N_("its own condition and that of its group cannot be put together")
RENAMED = N_("“%(name)s” is called “%(key)s” here.")
METADATA_LEFT = N_("What the device writes by itself is not kept: it is not asked.")
UNKEPT: dict[str, str] = {
    "default": N_("A value filled in beforehand is not kept."),
    "calculation": N_("A calculated value is not kept."),
    "guidance_hint": N_("Guidance for interviewers is not kept."),
    "image": N_("Pictures, sounds and videos are not kept."),
    "audio": N_("Pictures, sounds and videos are not kept."),
    "video": N_("Pictures, sounds and videos are not kept."),
    "big-image": N_("Pictures, sounds and videos are not kept."),
    "trigger": N_("What starts a calculation is not kept."),
}
"""By column: what is not kept of a row that is."""
REQUIRED = N_("Whether it must be answered depends on an expression: here it may be left empty.")
MIXED_REQUIRED = N_("Only some rows must be answered: here the table may be left empty.")
FLATTENED = N_("Groups inside groups are not kept: the questions stand together.")
TIMES = N_("How many times it repeats is decided by who answers: at most %(most)s.")
RANGE = N_("This is no scale from 0 to 10: it is asked as a number.")
BESIDE = N_("“%(name)s” becomes the text beside the answer “%(option)s”.")
