"""Names for the codes that columns hold; the columns' declarations explain them."""

TEACHER, INSPECTOR, OFFICE = 0, 1, 2
ACADEMIC, ARTS, SPORT, SCIENCE, GROUP_TUTOR, SINGLE_TUTOR = range(6)
IDLE, LICENSED, NON_ACADEMIC, HIDDEN, EXITED, SUSPENDED = range(6)
NO_TUTORING, IN_LICENSED, ONLINE, IN_GROUP, IN_SINGLE = range(5)
FORMS = 4
NOT_APPLIED, DOSSIER, FIRE, APPROVAL, RELICENSED = range(5)
POSTS = ("teacher", "inspector", "office")
