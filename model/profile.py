"""A city profile: the declared figures that describe one city, and its history of lever values.

The files are read by ``scenarios/city.py``; this module only says what a profile holds.
"""

from dataclasses import dataclass, field

HISTORY_MONTHS = 29
SPIN_UP_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Field:
    """One figure of a profile: unit, range, meaning in both languages; ``length`` > 0 is a list."""

    name: str
    unit: str
    low: float
    high: float
    en: str
    zh: str
    length: int = 0


FIELDS: tuple[Field, ...] = (
    Field("pupils_primary", "pupils", 1000, 5_000_000, "primary pupils", "小学生数"),
    Field("pupils_junior", "pupils", 500, 3_000_000, "junior-school pupils", "初中生数"),
    Field("teachers_primary", "people", 50, 500_000, "primary teachers", "小学教师数"),
    Field("teachers_junior", "people", 50, 500_000, "junior-school teachers", "初中教师数"),
    Field("schools", "schools", 12, 20_000, "schools of the compulsory stage", "义务教育学校数"),
    Field("junior_school_share", "share", 0.02, 0.6, "share of schools that are junior schools", "初中学校占比"),
    Field(
        "income_urban", "CNY", 1000, 500_000, "disposable income per head and year, urban", "城镇居民人均可支配收入(年)"
    ),
    Field(
        "income_rural", "CNY", 500, 500_000, "disposable income per head and year, rural", "农村居民人均可支配收入(年)"
    ),
    Field("household_size", "people", 1, 8, "people in a household", "户均人口"),
    Field("income_sigma", "ratio", 0.1, 1.5, "standard deviation of log income", "收入对数标准差"),
    Field(
        "income_aspiration_correlation",
        "ratio",
        -0.9,
        0.9,
        "correlation of income and aspiration",
        "收入与教育期望相关",
    ),
    Field("income_ability_correlation", "ratio", -0.9, 0.9, "correlation of income and ability", "收入与学生能力相关"),
    Field("care_need_share", "share", 0, 1, "families with nobody at home in the afternoon", "放学后无人看护家庭占比"),
    Field(
        "institutions_academic",
        "institutions",
        0,
        20_000,
        "licensed academic institutions before the policy",
        "政策前学科类机构数",
    ),
    Field("institutions_arts", "institutions", 0, 50_000, "arts institutions", "文化艺术类机构数"),
    Field("institutions_sport", "institutions", 0, 50_000, "sport institutions", "体育类机构数"),
    Field("institutions_science", "institutions", 0, 50_000, "science and technology institutions", "科技类机构数"),
    Field("places_academic", "pupils", 5, 2000, "mean places of an academic institution", "学科类机构平均容量"),
    Field("places_interest", "pupils", 5, 2000, "mean places of a non-academic institution", "非学科类机构平均容量"),
    Field("tutors_group", "count", 0, 100_000, "people who teach or may teach unlicensed groups", "潜在无证小班教师数"),
    Field("tutors_single", "count", 0, 100_000, "people who teach or may teach one-to-one", "潜在一对一教师数"),
    Field("places_group", "pupils", 2, 200, "mean places of an unlicensed group tutor", "无证小班平均容量"),
    Field("places_single", "pupils", 1, 50, "mean places of a one-to-one tutor", "一对一教师平均容量"),
    Field("active_share", "share", 0, 1, "share of these tutors at work before the policy", "政策前在业比例"),
    Field("price_licensed", "CNY/pupil/month", 10, 10_000, "old price, licensed class", "合规学科班原价"),
    Field("price_online", "CNY/pupil/month", 10, 10_000, "old price, online class", "线上班原价"),
    Field("price_group", "CNY/pupil/month", 10, 10_000, "old price, unlicensed group", "无证小班原价"),
    Field("price_single", "CNY/pupil/month", 10, 20_000, "old price, one-to-one", "一对一原价"),
    Field("price_interest", "CNY/pupil/month", 10, 10_000, "price, interest class", "兴趣班价格"),
    Field("township_posts", "posts", 100, 500_000, "township and county posts", "乡镇与县直岗位数"),
    Field("inspectors_per_bureau", "people", 1, 200, "inspectors of a supervision body", "每个监管机构人员数"),
    Field("unit_size", "posts", 4, 60, "posts in a unit under one leader", "单位规模"),
    Field("party_share_teachers", "share", 0, 1, "Party members among teachers", "教师党员占比"),
    Field("party_share_others", "share", 0, 1, "Party members among other members", "其他岗位党员占比"),
    Field(
        "term_share", "share", 0, 1, "share of each month, January to December, that is term", "各月在校时间占比", 12
    ),
)

DISTRICT_FIELDS: tuple[Field, ...] = (
    Field("pupils_share", "share", 0, 1, "share of the city's pupils (made to sum to one)", "在校生占全市比例"),
    Field("urban_share", "share", 0, 1, "urban share of residents", "城镇化率"),
    Field("income_ratio", "ratio", 0.2, 5, "income over the city mean, given the urban share", "相对收入"),
    Field("arrears_tilt", "ratio", 0, 3, "arrears of the after-school subsidy over the city mean", "补贴欠拨倾向"),
)


@dataclass(frozen=True)
class Profile:
    """One city.

    ``values`` and each of ``districts`` hold the declared fields; ``history`` holds dated lever
    values; ``status_quo`` replaces lever defaults; ``costs`` replaces unit costs; ``provenance``
    keeps (source, status) of every figure by its dotted name.
    """

    name: str
    title: dict[str, str]
    values: dict[str, float | tuple[float, ...]]
    districts: tuple[dict, ...]
    history: dict[str, tuple[dict, ...]]
    status_quo: dict[str, float] = field(default_factory=dict)
    costs: dict[str, dict] = field(default_factory=dict)
    provenance: dict[str, tuple[str, str]] = field(default_factory=dict)
    assumptions: dict[str, float] = field(default_factory=dict)
