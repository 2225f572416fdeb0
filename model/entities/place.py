"""Where things meet: markets, supervision bodies, districts, the city."""

from model.declare.column import Column, Entity, pointer

MARKET = Entity("market", "学科培训市场", "academic tutoring of one form in one district", (
    pointer("district_id", "district", "district", "所在县区"),
    Column("form", "i1", "code", 1, 4, "1 licensed, 2 online, 3 unlicensed group, 4 unlicensed one-to-one", "形式", 1, "fixed"),
    Column("old_price", "f8", "CNY/pupil/month", 0, None, "price before the policy", "原价", 400, "fixed"),
    Column("price", "f8", "CNY/pupil/month", 0, None, "price", "价格", 400),
    Column("seats", "f8", "pupils", 0, None, "places offered", "供给名额", 0),
    Column("seats_lost", "f8", "share", 0, 1, "share of places that closed this month", "本月关闭比例", 0),
    Column("stays", "f8", "pupils", 0, None, "pupils who want to stay", "留读需求", 0),
    Column("applicants", "f8", "pupils", 0, None, "pupils who ask for a new place", "新增需求", 0),
    Column("tightness", "f8", "ratio", 0, None, "demand over places", "供需比", 1),
    Column("grant", "f8", "share", 0, 1, "share of applicants who get a place", "新申请满足率", 1),
    Column("keep", "f8", "share", 0, 1, "share of pupils who can stay", "在读保留率", 1),
    Column("enrolled", "f8", "pupils", 0, None, "pupils", "在读人数", 0),
    Column("revenue", "f8", "CNY/month", 0, None, "fees paid by families", "收入", 0),
    Column("risk", "f8", "share", 0, 1, "mean perceived risk of its providers", "平均感知风险", 0.02),
    Column("refund_pending", "f8", "CNY", 0, None, "prepaid fees lost that no family has borne yet", "待分摊未退费", 0),
    Column("loss_each", "f8", "CNY", 0, None, "prepaid fees lost per displaced pupil", "人均未退费", 0),
))

BUREAU = Entity("bureau", "监管机构", "one of thirteen supervision bodies", (
    pointer("district_id", "district", "district; none for the city body", "所在县区"),
    Column("inspector_energy", "f8", "share", 0, 1, "engagement of the inspectors", "执法人员投入", 0.5, "port"),
    Column("inspector_effort", "f8", "ratio", 0, 3, "effective working time over the usual", "执法有效工时比", 1, "port"),
    Column("inspector_hours", "f8", "hours/week", 0, 30, "hours on trips per inspector", "人均出勤工时", 0, "port"),
    Column("easy_targets", "f8", "share", 0, 1, "visits steered to what is easy to count", "执法避难就易", 0, "port"),
))

DISTRICT = Entity("district", "县区", "a county-level district with a supervision body", (
    Column("urban_share", "f8", "share", 0, 1, "urban share of residents", "城镇化率", 0.5, "fixed"),
    Column("pupils", "f8", "pupils", 0, None, "pupils of compulsory age", "在校生", 65000, "fixed"),
    Column("arrears_tilt", "f8", "ratio", 0, 3, "share of the city's subsidy arrears relative to pupils", "补贴欠拨倾向", 1, "fixed"),
    Column("trips", "f8", "trips/month", 0, None, "inspector trips", "执法人次", 0),
    Column("checks", "f8", "count", 0, None, "institutions checked", "检查机构数", 0),
    Column("effectiveness", "f8", "share", 0, 1, "chance that a visit sees what is there", "检查有效性", 0.4),
    Column("hidden_checks", "f8", "count", 0, None, "checks directed at hidden providers", "针对隐形培训的检查", 0),
    Column("complaints", "f8", "complaints/month", 0, None, "complaints received", "投诉举报", 0),
    Column("violations", "f8", "cases/month", 0, None, "violations found", "查处违规", 0),
    Column("hidden_found", "f8", "cases/month", 0, None, "hidden providers found", "查处隐形培训", 0),
    Column("exposed", "f8", "cases/month", 0, None, "cases made public", "通报曝光", 0),
    Column("subsidy_promised", "f8", "CNY/month", 0, None, "after-school subsidy promised", "应拨补贴", 0),
    Column("subsidy_paid", "f8", "CNY/month", 0, None, "after-school subsidy paid", "实拨补贴", 0),
    Column("subsidy_owed", "f8", "CNY", 0, None, "after-school subsidy in arrears, cumulative", "累计欠拨", 0),
    Column("interest_price", "f8", "CNY/pupil/month", 0, None, "price of interest classes", "兴趣班价格", 250),
    Column("interest_demand", "f8", "pupils", 0, None, "pupils in interest classes", "兴趣班人数", 0),
    Column("interest_seats", "f8", "pupils", 0, None, "interest places", "兴趣班名额", 0),
    Column("interest_loss_each", "f8", "CNY", 0, None, "prepaid interest fees lost per pupil", "兴趣班人均未退费", 0),
    Column("interest_revenue", "f8", "CNY/month", 0, None, "fees paid for interest classes", "兴趣班收入", 0),
    Column("dossier_credit", "f8", "count", -1, None, "handling capacity not used yet, dossiers", "受理余量", 0),
    Column("fire_credit", "f8", "count", -1, None, "handling capacity not used yet, fire certificates", "消防验收余量", 0),
    Column("approval_credit", "f8", "count", -1, None, "handling capacity not used yet, approvals", "审批余量", 0),
    Column("dossier_slots", "f8", "count", 0, None, "dossiers that can be accepted this month", "本月可受理数", 0),
    Column("fire_slots", "f8", "count", 0, None, "fire certificates that can be issued this month", "本月可验收数", 0),
    Column("approval_slots", "f8", "count", 0, None, "approvals that can be given this month", "本月可核准数", 0),
    Column("hidden_count", "f8", "count", 0, None, "hidden providers at work", "隐形培训者", 0),
    Column("visible_count", "f8", "count", 0, None, "institutions that inspectors can see", "在册机构", 0),
    Column("publicity", "f8", "cases", 0, None, "remembered publicity of cases", "曝光余温", 0),
    Column("moonlighting", "f8", "share", 0, 0.2, "teachers who tutor on the side", "教师有偿补课", 0.03, "port"),
    Column("leniency", "f8", "share", 0, 1, "visits softened for acquaintances", "熟人宽宥", 0, "port"),
))

CITY = Entity("city", "全市", "the city as a whole", (
    Column("momentum", "f8", "share", 0, 1, "mobilisation of the campaign against academic institutions", "压减动员程度", 0),
    Column("closure_share", "f8", "share", 0, 1, "licensed academic institutions gone since the start", "学科机构压减率", 0),
    Column("accountability", "f8", "share", 0, 1, "accountability pressure on members", "问责压力", 0.5),
    Column("open_posts", "f8", "posts", 0, None, "vacancies open across units, not yet filled", "统筹空缺", 0),
    Column("posts_created", "f8", "posts", 0, None, "vacancies ever opened across units", "累计统筹空缺", 0),
    Column("posts_filled", "f8", "posts", 0, None, "vacancies across units ever filled", "累计统筹补缺", 0),
    Column("complaint_pressure", "f8", "share", 0, 1, "complaints as pressure on members", "投诉压力", 0, "port"),
    Column("ability_spread", "f8", "standard deviations", 0, 1, "spread of ability that does not go with the home", "家庭因素外的能力离散度", 1, "fixed"),
))
