"""Schools of the compulsory stage, always one to one."""

from model.declare.column import Column, Entity, pointer

SCHOOL = Entity("school", "学校", "a school of the compulsory stage", (
    pointer("district_id", "district", "district", "所在县区"),
    Column("junior", "?", "flag", 0, 1, "junior school", "初中", 0, "fixed"),
    Column("urban", "?", "flag", 0, 1, "in a town", "城镇", 0, "fixed"),
    Column("pupils", "f8", "pupils", 0, None, "pupils enrolled", "在校生", 826, "fixed"),
    Column("teachers", "f8", "people", 0, None, "teachers", "教师数", 50, "fixed"),
    Column("duty_order", "f8", "share", 0, 1, "place in the order of taking up after-school service", "课后服务推开次序", 0.5, "fixed"),
    Column("base_quality", "f8", "share", 0, 1, "teaching quality before any lever", "教学质量本底", 0.5, "fixed"),
    Column("homework_habit", "f8", "ratio", 0.2, 3, "homework of the school over the usual of its grades", "作业惯例", 1, "fixed"),
    Column("quality", "f8", "share", 0, 1, "teaching quality", "教学质量", 0.5),
    Column("design", "f8", "share", 0, 1, "quality of homework design", "作业设计质量", 0.3),
    Column("comply_lower", "f8", "share", 0, 1, "compliance with the cap, grades 1-2", "一二年级作业合规", 0.3),
    Column("comply_middle", "f8", "share", 0, 1, "compliance with the cap, grades 3-6", "三至六年级作业合规", 0.2),
    Column("comply_junior", "f8", "share", 0, 1, "compliance with the cap, grades 7-9", "初中作业合规", 0.1),
    Column("offers_service", "?", "flag", 0, 1, "offers after-school service", "开展课后服务"),
    Column("service_quality", "f8", "share", 0, 1, "quality of after-school service", "课后服务质量", 0.4),
    Column("participants", "f8", "pupils", 0, None, "pupils in after-school service", "课后服务学生数", 0),
    Column("service_pay", "f8", "CNY/month", 0, None, "subsidy and fees that reach after-school service", "课后服务到账经费", 0),
    Column("pay_per_hour", "f8", "CNY/hour", 0, None, "after-school pay that reaches teachers per hour", "教师课后服务小时报酬", 0),
    Column("score_mean", "f8", "standard deviations", -8, 8, "mean attainment", "平均学业水平", 0),
    Column("teacher_energy", "f8", "share", 0, 1, "engagement less exhaustion of the teachers", "教师精力", 0.5, "port"),
))
