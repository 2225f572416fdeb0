"""Leaders: one per unit of about ten to twenty members."""

from model.declare.column import Column, Entity, pointer

LEADER = Entity("leader", "单位负责人", "the leader of one unit", (
    pointer("district_id", "district", "district of the unit", "所在县区"),
    Column("posts", "f8", "posts", 0, None, "posts in the unit", "岗位数", 16, "fixed"),
    Column("care_trait", "f8", "share", 0, 1, "care instead of blame, without training", "关怀倾向", 0.4, "fixed"),
    Column("example_trait", "f8", "share", 0, 1, "readiness to practise what is asked", "以身作则倾向", 0.4, "fixed"),
    Column("amplify_trait", "f8", "share", 0, 1, "readiness to add to tasks from above", "加码倾向", 0.4, "fixed"),
    Column("paper_trait", "f8", "share", 0, 1, "formalistic load of the unit by its nature", "形式主义本底", 0.4, "fixed"),
    Column("care", "f8", "share", 0, 1, "care instead of blame", "关怀", 0.4),
    Column("example", "f8", "share", 0, 1, "visibly practises what is asked", "示范", 0.4),
    Column("amplification", "f8", "share", 0, 1, "task load added on the way down", "层层加码", 0.3),
    Column("paper_cut", "f8", "share", 0, 0.8, "formalistic load removed at the source", "已减负担", 0),
    Column("paper_regrown", "f8", "share", 0, 0.8, "removed load that came back in a new form", "变异回潮", 0),
    Column("paper_load", "f8", "share", 0, 1, "share of working time that formalistic work asks for", "形式主义负荷", 0.4),
    Column("open_posts", "f8", "posts", 0, None, "vacancies kept in the unit, not yet filled", "本单位空缺", 0),
    Column("posts_created", "f8", "posts", 0, None, "vacancies ever opened in the unit", "累计空缺", 0),
    Column("posts_filled", "f8", "posts", 0, None, "vacancies of the unit ever filled", "累计补缺", 0),
    Column("posts_filled_now", "f8", "posts", 0, None, "vacancies of the unit filled this month", "本月补缺", 0),
    Column("campaign_load", "f8", "share", 0, 1, "working time that campaign reports ask for", "专项行动报表负荷", 0, "port"),
))
