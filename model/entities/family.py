"""Families: one per pupil of compulsory age.

A row is a place at school: in September a new pupil of a family with the same income and place
takes over from one who has finished grade 9.
"""

from model.declare.column import Column, Entity, pointer

FAMILY = Entity("family", "家庭", "a family with one pupil", (
    pointer("district_id", "district", "district of residence", "所在县区"),
    pointer("primary_id", "school", "primary school", "小学"),
    pointer("junior_id", "school", "junior school", "初中"),
    pointer("school_id", "school", "present school", "现就读学校", role="state"),
    pointer("market_id", "market", "tutoring market the family is in or wants", "所在或所求培训市场", role="state"),
    Column("weight", "f8", "families", 0, None, "families that the row stands for", "权数", 20, "fixed"),
    Column("urban", "?", "flag", 0, 1, "lives in a town", "城镇", 0, "fixed"),
    Column("income", "f8", "CNY/month", 0, None, "disposable household income", "家庭可支配收入", 7300, "fixed"),
    Column("income_log", "f8", "score", None, None, "log of income over the city mean", "相对收入对数", 0, "fixed"),
    Column("income_rank", "f8", "share", 0, 1, "place in the income distribution", "收入位次", 0.5, "fixed"),
    Column("income_fifth", "i1", "code", 1, 5, "income fifth, 1 lowest", "收入五等分", 3, "fixed"),
    Column("aspiration", "f8", "share", 0, 1, "how much schooling the family wants", "教育期望", 0.5, "fixed"),
    Column("care_need", "?", "flag", 0, 1, "nobody at home in the afternoon", "看护需求", 0, "fixed"),
    Column("taste_none", "f8", "score", None, None, "lasting taste for no tutoring", "不补习偏好", 0),
    Column("taste_licensed", "f8", "score", None, None, "lasting taste for licensed classes", "合规班偏好", 0),
    Column("taste_online", "f8", "score", None, None, "lasting taste for online classes", "线上课偏好", 0),
    Column("taste_group", "f8", "score", None, None, "lasting taste for unlicensed groups", "无证小班偏好", 0),
    Column("taste_single", "f8", "score", None, None, "lasting taste for one-to-one", "一对一偏好", 0),
    Column("interest_taste", "f8", "share", 0, 1, "lasting taste for interest classes", "兴趣班偏好", 0.5),
    Column("service_taste", "f8", "share", 0, 1, "lasting taste for after-school service", "课后服务偏好", 0.5),
    Column("ability_home", "f8", "standard deviations", -6, 6, "part of ability that goes with the home", "与家庭相关的能力", 0, "fixed"),
    Column("ability", "f8", "standard deviations", -6, 6, "the pupil's ability", "学生能力", 0),
    Column("grade", "i1", "grade", 1, 9, "grade", "年级", 1),
    Column("score", "f8", "standard deviations", -8, 8, "attainment", "学业水平", 0),
    Column("rank", "f8", "share", 0, 1, "place in the school, 1 best", "校内位次", 0.5),
    Column("homework", "f8", "minutes/day", 0, 400, "written homework set per school day", "每日书面作业", 80),
    Column("homework_cap", "f8", "minutes/day", 0, 90, "cap that holds for the grade", "作业上限", 60),
    Column("sleep", "f8", "hours/day", 4, 12, "sleep per night", "睡眠", 8.8),
    Column("mode", "i1", "code", 0, 4, "academic tutoring: 0 none, 1 licensed, 2 online, 3 unlicensed group, 4 unlicensed one-to-one", "学科培训方式", 0),
    Column("applies", "?", "flag", 0, 1, "asks for a place it does not have", "申请新名额"),
    Column("tutored", "?", "flag", 0, 1, "in academic tutoring", "参加学科培训"),
    Column("hidden", "?", "flag", 0, 1, "in unlicensed academic tutoring", "参加隐形培训"),
    Column("tuition", "f8", "CNY/month", 0, None, "paid for academic tutoring", "学科培训支出", 0),
    Column("takes_interest", "?", "flag", 0, 1, "in an interest class", "参加兴趣班"),
    Column("interest_fee", "f8", "CNY/month", 0, None, "paid for interest classes", "兴趣班支出", 0),
    Column("attends_service", "?", "flag", 0, 1, "attends after-school service", "参加课后服务"),
    Column("service_fee", "f8", "CNY/month", 0, None, "paid for after-school service", "课后服务缴费", 0),
    Column("displaced", "?", "flag", 0, 1, "lost its place because the provider closed", "因机构关停失去名额"),
    Column("refund_lost", "f8", "CNY", 0, None, "prepaid fees lost this month", "本月未退费用", 0),
    Column("harmed", "?", "flag", 0, 1, "lost prepaid fees this month", "本月退费受损"),
    Column("trust", "f8", "share", 0, 1, "trust in the school", "对学校的信任", 0.5),
    Column("calm", "f8", "share", 0, 1, "reassurance by what school and media say", "安心程度", 0),
    Column("anxiety", "f8", "share", 0, 1, "anxiety over the child's education", "教育焦虑", 0.6),
    Column("satisfaction", "f8", "share", 0, 1, "satisfaction with school and policy", "满意度", 0.6),
), ties={"classmates": "nearest pupils of the same school and cohort", "neighbours": "families that live near"})
