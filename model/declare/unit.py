"""The closed list of units, in words, in both languages."""

from model.declare.errors import DeclarationError

UNITS: dict[str, str] = {
    "share": "比例",
    "share/month": "比例/月",
    "share/year": "比例/年",
    "months": "个月",
    "month": "年-月",
    "years": "年",
    "hours/week": "小时/周",
    "hours/month": "小时/月",
    "hours/day": "小时/日",
    "minutes/day": "分钟/日",
    "hours": "小时",
    "minutes/hour": "分钟/小时",
    "hours/hour": "小时/小时",
    "CNY": "元",
    "CNY/month": "元/月",
    "CNY/pupil/month": "元/生·月",
    "CNY/member/year": "元/人·年",
    "CNY/teacher/year": "元/教师·年",
    "CNY/hour": "元/小时",
    "CNY/trip": "元/人次",
    "trips/month": "人次/月",
    "trips": "人次",
    "dossiers/month": "件/月",
    "certificates/month": "份/月",
    "contacts/family/year": "次/户·年",
    "multiple of monthly revenue": "月收入倍数",
    "share of old price": "原价比例",
    "pupils": "名学生",
    "people": "人",
    "families": "户",
    "schools": "所",
    "institutions": "家",
    "posts": "个岗位",
    "cases": "起",
    "cases/trip": "起/人次",
    "cases/month": "起/月",
    "complaints/month": "件/月",
    "index 0-100": "指数0–100",
    "index, before = 100": "指数（政策前=100）",
    "standard deviations": "标准差",
    "grade": "年级",
    "score": "分",
    "flag": "是/否",
    "pointer": "指向",
    "code": "类别",
    "count": "个",
    "ratio": "比率",
}


def check_unit(unit: str, what: str) -> str:
    """Return ``unit`` if it is in the closed list, else raise DeclarationError."""
    if unit not in UNITS:
        raise DeclarationError(f"{what}: unit '{unit}' is not in the closed list of units", key=what)
    return unit


def monthly_probability(rate_per_year):
    """Turn a yearly hazard rate into the probability of an event within one month."""
    import numpy as np

    return -np.expm1(-np.asarray(rate_per_year) / 12.0)
