"""Reports: the numbers of summary.csv, hedged sentences, real East Asian fonts, files that open again, refusals."""

import csv
import io
import json
import logging
import re
import shutil
import string
import zipfile
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from pptx.util import Inches
from streamlit.testing.v1 import AppTest

from console.main import main
from dashboard.reports import FORMATS, render, write_report
from dashboard.reports.build import report_of
from dashboard.reports.comparison import effect_row
from dashboard.reports.content import Grid, Paragraph, Picture, Points
from dashboard.reports.gbt9704 import OFFICIAL, PLAIN
from dashboard.reports.material import read_material
from dashboard.reports.phrases import numeral
from dashboard.service.pool import Progress
from dashboard.texts import texts
from model.declare.errors import SettingError
from model.declare.outcome import OUTCOMES

TOWN = str(Path(__file__).with_name("small_town.toml"))
LANGUAGES = ("en", "zh")
MINE = {key: pair for key, pair in texts().items() if key.startswith("reports.")}
SIGNED = re.compile(r"[+−]?\d+(?:\.\d+)?")


def simulate(out, *scenarios, draws):
    quick = ["--city", TOWN, "--until", "2024-02", "--draws", str(draws), "--jobs", "1", "--quiet"]
    command = "compare" if len(scenarios) > 1 else "run"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("console.work.draw_figures", lambda *_, **__: None)
        assert main([command, *scenarios, *quick, "--format", "json", "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """A small comparison with enough runs to judge."""
    return simulate(tmp_path_factory.mktemp("results") / "r", "baseline", "relief", "crackdown", draws=6)


@pytest.fixture(scope="module")
def material(results):
    return read_material(results)


@pytest.fixture(scope="module")
def reports(material):
    return {lang: report_of(material, lang) for lang in LANGUAGES}


@pytest.fixture
def copy(results, tmp_path):
    """The same results in a folder that a test may spoil."""
    shutil.copytree(results, tmp_path / "r")
    return tmp_path / "r"


def walk(sections):
    for section in sections:
        yield section
        yield from walk(section.sections)


def parts(report, kind):
    return [part for section in walk(report.sections) for part in section.parts if isinstance(part, kind)]


def sentences(report):
    return [p.text for p in parts(report, Paragraph)] + [i for p in parts(report, Points) for i in p.items]


def summary_of(folder):
    return list(csv.DictReader(io.StringIO((folder / "summary.csv").read_text(encoding="utf-8"))))


# --- the same numbers ---------------------------------------------------------------------------------------------


def test_the_workbook_holds_the_summary_to_the_last_digit(results, reports):
    book = openpyxl.load_workbook(io.BytesIO(render(reports["zh"], "xlsx")))
    rows = list(book["结果汇总"].iter_rows(values_only=True))
    keys, held = rows[1], [dict(zip(rows[1], row, strict=True)) for row in rows[2:]]
    assert keys[:2] == ("scenario_id", "outcome_id")
    expected = summary_of(results)
    assert len(held) == len(expected)
    for mine, theirs in zip(held, expected, strict=True):
        assert (mine["scenario_id"], mine["outcome_id"]) == (theirs["scenario"], theirs["outcome"])
        for name in ("mean", "p05", "p50", "p95", "diff", "diff_p05", "diff_p95", "prob_better"):
            assert mine[name] == (float(theirs[name]) if theirs[name] else None)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_of_effects_rounds_the_summary(results, material, lang):
    late = {(r["scenario"], r["outcome"]): r for r in summary_of(results) if r["month"].startswith("last")}
    for outcome in material.headline:
        _, unit, *cells = effect_row(material, outcome, material.policies, lang)
        factor = 100 if OUTCOMES[outcome].unit.startswith("share") else 1
        for policy, cell in zip(material.policies, cells, strict=True):
            shown = [n.replace("−", "-") for n in SIGNED.findall(cell)]
            assert len(shown) == 3 and unit
            for text, name in zip(shown, ("diff", "diff_p05", "diff_p95"), strict=True):
                step = 10.0 ** -len(text.partition(".")[2])
                assert float(text) == pytest.approx(float(late[policy, outcome][name]) * factor, abs=0.5001 * step)


# --- words that hedge ---------------------------------------------------------------------------------------------


def test_only_an_interval_without_zero_is_called_clear(results, material):
    late = {(r["scenario"], r["outcome"]): r for r in summary_of(results) if r["month"].startswith("last")}
    seen = set()
    for outcome in material.headline:
        cells = effect_row(material, outcome, material.policies, "zh")[2:]
        for policy, cell in zip(material.policies, cells, strict=True):
            row = late[policy, outcome]
            holds_zero = float(row["diff_p05"]) <= 0 <= float(row["diff_p95"])
            marked = cell[0] in "▲▼◆"
            seen.add((holds_zero, marked))
            assert not (holds_zero and marked), (policy, outcome, cell)
    assert (False, True) in seen and (True, False) in seen


def test_a_clear_difference_shows_no_end_of_zero(material):
    for outcome in material.headline:
        for cell in effect_row(material, outcome, material.policies, "en")[2:]:
            if cell[0] in "▲▼":
                assert all(float(n.replace("−", "-")) for n in SIGNED.findall(cell)), (outcome, cell)


@pytest.mark.parametrize(
    ("lang", "interval", "runs"), [("zh", "90%区间", "6次"), ("en", "90 % interval", "6 paired runs")]
)
def test_every_number_of_an_option_carries_its_interval_and_runs(material, reports, lang, interval, runs):
    heads = {"zh": ("预期效果", "费用", "风险", "依据"), "en": ("Expected effect", "Cost", "Risks", "Rests on")}[lang]
    items = [item for item in sentences(reports[lang]) if item.startswith(heads[0])]
    assert len(items) == sum(bool(material.with_verdict(s, "better")) for s in material.policies) >= 1
    for item in items:
        effects = re.split("[；;]", item)
        assert all(interval in effect and runs in effect for effect in effects), item
    for head in heads[1:]:
        found = [item for item in sentences(reports[lang]) if item.startswith(head)]
        assert len(found) == len(items) and all(runs in item for item in found)


def test_few_runs_give_no_judgement_and_no_option(tmp_path, capsys):
    few = read_material(simulate(tmp_path / "few", "baseline", "relief", draws=2))
    for lang, words in (
        ("zh", ("不足以", "明确改善的有", "预期效果")),
        ("en", ("too few", "Clearly better", "Expected")),
    ):
        report = report_of(few, lang)
        text = "\n".join((*report.abstract, *sentences(report)))
        assert words[0] in text and words[1] not in text and words[2] not in text
        cells = [c for grid in parts(report, Grid) for row in grid.rows for c in row]
        assert not [c for c in cells if c[:1] in ("▲", "▼")]


def test_one_scenario_alone_is_reported_without_comparison(tmp_path, capsys):
    alone = read_material(simulate(tmp_path / "one", "relief", draws=0))
    for lang, word in (("zh", "无从比较"), ("en", "nothing to compare")):
        report = report_of(alone, lang)
        assert word in "\n".join(sentences(report))
        assert all(len(render(report, form)) > 5000 for form in FORMATS)


def test_the_sections_stand_in_the_order_of_a_survey_report(reports):
    titles = [section.title for section in reports["zh"].sections]
    assert titles[:5] == ["一、基本情况", "二、主要问题", "三、情景比较", "四、工作建议", "五、不确定性与局限"]
    assert [t.partition("  ")[0] for t in titles[5:]] == [f"附件{n}" for n in range(1, 6)]
    assert reports["zh"].mark == "模型推演材料，仅供参考" and reports["zh"].title.startswith("关于“先松绑”")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_report_says_seed_command_version_and_assumptions(material, reports, lang):
    again = [grid for grid in parts(reports[lang], Grid)][-1]
    values = [row[1] for row in again.rows]
    manifest = material.manifest
    assert {manifest["command"], str(manifest["seed"]), manifest["model_version"]} <= set(values)
    count = str(manifest["assumptions_used"])
    assert any(count in v for v in values) and count in reports[lang].abstract[-1]


def test_no_language_mixes_with_the_other(reports):
    chinese = re.compile("[\u4e00-\u9fff]")
    english = reports["en"]
    said = [*sentences(english), *english.abstract, english.title, *(s.title for s in walk(english.sections))]
    assert [text for text in said if chinese.search(text)] == []


@pytest.mark.parametrize(("n", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")])
def test_headings_are_numbered_in_chinese(n, text):
    assert numeral(n, "zh") == text and numeral(n, "en") == str(n)


# --- files that open again ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_loads_nothing_and_can_be_heard(reports, lang):
    page = render(reports[lang], "html").decode()
    assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", page) and "url(" not in page and "<script" not in page
    assert "default-src 'none'" in page and f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in page
    images = re.findall(r"<img [^>]*>", page)
    assert len(images) == len(parts(reports[lang], Picture)) > 3
    assert all(re.search(r'alt="[^"]{20,}"', image) for image in images)
    assert page.count("<table>") == page.count("<caption>") == len(parts(reports[lang], Grid))
    assert page.count('<th scope="row">') == sum(len(g.rows) for g in parts(reports[lang], Grid))


@pytest.mark.parametrize(("style", "typography"), [("official", OFFICIAL), ("plain", PLAIN)])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_style_of_a_word_file_names_its_east_asian_font(reports, lang, style, typography):
    document = docx.Document(io.BytesIO(render(reports[lang], "docx", style)))
    styles = document.styles.element
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:rFonts')}")
    assert defaults.get(qn("w:eastAsia")) == typography.body.asian
    for found in styles.iter(qn("w:rFonts")):
        assert found.get(qn("w:eastAsia")) and not [name for name in found.attrib if name.endswith("Theme")]
    for element in styles.iter(qn("w:style")):
        if element.get(qn("w:type")) == "paragraph":
            assert element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") is not None, element.get(qn("w:styleId"))
    assert "ＭＳ" not in etree.tostring(styles, encoding="unicode")


def test_a_word_file_is_set_like_a_public_document(reports):
    document = docx.Document(io.BytesIO(render(reports["zh"], "docx")))
    page = document.sections[0]
    lengths = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.left_margin,
        page.bottom_margin,
        page.right_margin,
    )
    assert [round(length.mm) for length in lengths] == [210, 297, 37, 28, 35, 26]

    def look(name):
        style = document.styles[name]
        fonts = style.element.rPr.find(qn("w:rFonts"))
        return fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii")), style.font.size.pt

    roman = "Times New Roman"
    assert look("Normal") == ("仿宋_GB2312", roman, 16) and look("Title") == ("方正小标宋简体", roman, 22)
    assert [look(f"Heading {n}") for n in (1, 2, 3)] == [(f, roman, 16) for f in ("黑体", "楷体_GB2312", "仿宋_GB2312")]
    body = document.styles["Normal"].paragraph_format
    assert 28 <= body.line_spacing.pt <= 29 and body.first_line_indent.pt == 32
    assert document.styles["Normal"].element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    assert document.styles["Title"].font.bold is False
    assert document.styles["Report Picture"].paragraph_format.line_spacing == 1.0


def test_a_word_file_numbers_its_pages_outside_and_has_no_red_head(reports):
    content = render(reports["zh"], "docx")
    document = docx.Document(io.BytesIO(content))
    page = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((page.footer, "RIGHT"), (page.even_page_footer, "LEFT")):
        line = footer.paragraphs[0]
        assert line.alignment.name == side and line._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
        assert "".join(t.text for t in line._p.iter(qn("w:t"))) == "— 1 —"
    assert page.header.paragraphs[0].text == page.even_page_header.paragraphs[0].text == reports["zh"].mark
    assert document.paragraphs[0].text == reports["zh"].mark
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/styles.xml").decode()
    colours = set(re.findall(r'w:color w:val="([0-9A-F]{6})"', xml))
    assert "FF0000" not in colours and "发文字号" not in "".join(p.text for p in document.paragraphs)


def test_a_word_file_repeats_heads_describes_pictures_and_gives_other_font_names(reports):
    content = render(reports["zh"], "docx")
    document = docx.Document(io.BytesIO(content))
    short = [grid for grid in parts(reports["zh"], Grid) if not grid.long]
    assert len(document.tables) == len(short)
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    pictures = document.inline_shapes
    assert len(pictures) == len(parts(reports["zh"], Picture))
    assert all(shape._inline.docPr.get("descr") and shape.width.mm <= 156.1 for shape in pictures)
    fonts = zipfile.ZipFile(io.BytesIO(content)).read("word/fontTable.xml").decode()
    assert re.search(r'w:name="方正小标宋简体"[^/]*<w:altName w:val="宋体"', fonts)
    breaks = [p for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert [p.text[:2] for p in breaks] == ["附件"] * 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_slides_are_wide_and_every_run_names_its_east_asian_font(reports, lang):
    content = render(reports[lang], "pptx")
    deck = pptx.Presentation(io.BytesIO(content))
    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))
    assert len(deck.slides) == len(reports[lang].slides) + 1
    runs = 0
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        for run in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r"):
            runs += 1
            asian = run.find("{*}rPr/{*}ea")
            assert asian is not None and asian.get("typeface") == "微软雅黑"
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width, (
                slide.shapes.title.text,
                shape.name,
            )
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height, (
                slide.shapes.title.text,
                shape.name,
            )
            if shape.shape_type == 13:  # a picture
                assert len(shape._element.nvPicPr.cNvPr.get("descr")) > 20
    assert runs > 50
    themes = [n for n in zipfile.ZipFile(io.BytesIO(content)).namelist() if re.fullmatch(r"ppt/theme/theme1\.xml", n)]
    theme = zipfile.ZipFile(io.BytesIO(content)).read(themes[0]).decode()
    assert theme.count('<a:ea typeface="微软雅黑"') == 2


def test_slides_have_the_parts_of_a_briefing(reports):
    titles = [slide.title for slide in reports["zh"].slides]
    for wanted in ("结论", "情景对比", "分组影响", "不确定性", "讨论题", "方法与复现"):
        assert wanted in titles


@pytest.mark.parametrize(
    ("lang", "names"),
    [("zh", ["结果汇总", "时间序列", "参数与来源", "运行信息", "图"]),
     ("en", ["Summary", "Time series", "Parameters and sources", "Run", "Figures"])],
)  # fmt: skip
def test_a_workbook_has_its_sheets_with_machine_keys(material, reports, lang, names):
    book = openpyxl.load_workbook(io.BytesIO(render(reports[lang], "xlsx")))
    assert book.sheetnames == names
    for name in names[:4]:
        keys = [cell.value for cell in book[name][2]]
        assert len(set(keys)) == len(keys) and all(re.fullmatch(r"[a-z0-9_@]+", key) for key in keys)
        assert book[name].freeze_panes == "A3"
    series = book[names[1]]
    outcomes = len(material.headline) + 1
    assert series.max_row == 2 + outcomes * len(material.tables.scenarios) * len(material.tables.months)
    run = {row[0]: row[2] for row in book[names[3]].iter_rows(min_row=3, values_only=True)}
    assert run["command"] == material.manifest["command"] and run["seed"] == str(material.manifest["seed"])
    assert len(book[names[4]]._images) == len(parts(reports[lang], Picture))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pdf_carries_its_font_and_misses_no_character(reports, lang, caplog):
    with caplog.at_level(logging.WARNING):
        content = render(reports[lang], "pdf")
    assert [r.message for r in caplog.records if "glyph" in r.message.lower()] == []
    assert content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
    assert b"NotoSansSC" in content and b"/FontFile2" in content and b"/ToUnicode" in content
    assert (b"(zh-CN)" if lang == "zh" else b"(en)") in content
    assert content.count(b"/Alt ") == len(parts(reports[lang], Picture))
    assert len(content) < 4_000_000  # a part of the font, not all of its 10 MB


# --- strangers and refusals ---------------------------------------------------------------------------------------


def spoil(folder, change):
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")


def test_a_title_from_a_stranger_stays_text_in_every_format(copy):
    hostile = '=cmd()<script>alert("x")</script>\x07'
    spoil(copy, lambda m: m["scenarios"]["relief"].update(en=hostile, zh=hostile))
    report = report_of(read_material(copy), "en")
    page = render(report, "html").decode()
    assert "<script" not in page and "=cmd()&lt;script&gt;" in page
    book = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if str(c.value).startswith("=cmd")]
    assert cells and all(cell.data_type == "s" for cell in cells)
    for form in ("docx", "pptx", "pdf"):
        assert render(report, form)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["{no}"], "{no}: must be a folder with results; got none"),
        (["{file}"], "{file}: must be a folder with results; got a file"),
        (["{empty}"], "{empty}: must be a folder with finished results; got none"),
        (["{r}", "--format", "odt"], "--format odt: must be html or docx or pptx or xlsx or pdf; got 'odt'"),
        (["{r}", "--style", "plain"], "--style plain: must come with --format docx; got --format html"),
        (["{r}", "--format", "docx", "--style", "red"], "--style red: must be official or plain; got 'red'"),
        (["{r}", "--out", "{empty}"], "--out {empty}: must be a file; got a folder"),
        (["{r}", "--out", "{no}/x"], "--out {no}/x: must be a file in a folder that exists; got none of that name"),
        (["{r}", "--out", ""], "report: must name a folder and a file; got no name"),
        ([], "run_sim.py report: must name DIR; got none"),
    ],
)  # fmt: skip
def test_what_cannot_be_reported_is_one_line(results, tmp_path, capsys, arguments, line):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    places = {name: (tmp_path / name).as_posix() for name in ("no", "file", "empty")} | {"r": results.as_posix()}
    before = sorted(results.iterdir())
    assert main(["report", *(a.format(**places) for a in arguments), "--lang", "en"]) == 2
    captured = capsys.readouterr()
    assert captured.err == line.format(**places) + "\n" and captured.out == ""
    assert sorted(results.iterdir()) == before


def other(**facts):
    return lambda folder: spoil(folder, lambda m: m.update(facts))


def without(fact):
    return lambda folder: spoil(folder, lambda m: m.pop(fact))


UNREADABLE = "must be readable results"


@pytest.mark.parametrize(
    ("change", "says", "zh"),
    [
        (
            other(model_version="0.0.9+x"),
            r"got 0.0.9\+x; make them again with --overwrite",
            "请加 --overwrite 重新生成",
        ),
        (lambda f: (f / "manifest.json").unlink(), "with finished results; got none", "须为含完整结果的文件夹"),
        (lambda f: (f / "manifest.json").write_text("{"), "must hold a whole manifest.json", "须含完整的"),
        (lambda f: (f / "summary.csv").write_text("a\n1\n"), "must be the file that was written", "须为当时写入的文件"),
        (lambda f: (f / "outcomes.parquet").unlink(), f"outcomes.parquet: {UNREADABLE}", "须为可读的结果"),
        (without("seed"), f"{UNREADABLE}; got: KeyError 'seed'", "须为可读的结果"),
        (without("files"), f"{UNREADABLE}; got: KeyError", "须为可读的结果"),
        (other(scenarios=[1]), f"{UNREADABLE}; got: TypeError", "须为可读的结果"),
    ],
)
def test_spoiled_results_are_refused_in_both_languages(copy, capsys, change, says, zh):
    change(copy)
    left = sorted(path.name for path in copy.iterdir())
    for lang, words in (("en", says), ("zh", zh)):
        assert main(["report", str(copy), "--lang", lang]) == 2
        captured = capsys.readouterr()
        assert re.search(words, captured.err) and captured.err.count("\n") == 1 and not captured.out
    assert sorted(path.name for path in copy.iterdir()) == left


def test_a_report_appears_whole_or_not_at_all(copy, monkeypatch):
    path = write_report(copy, "xlsx", "en")
    assert path == copy / "report-en.xlsx"
    old = path.read_bytes()

    def fail(self, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(SettingError, match="must be a folder with room to write in; got: No space left on device"):
        write_report(copy, "xlsx", "en")
    assert path.read_bytes() == old and not list(copy.glob("*.partial"))


def test_results_with_a_report_can_still_be_continued(copy, capsys):
    write_report(copy, "html", "zh")
    again = ["compare", "baseline", "relief", "crackdown", "--city", TOWN, "--until", "2024-02", "--draws", "6"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("console.work.draw_figures", lambda *_, **__: None)
        assert main([*again, "--quiet", "--out", str(copy)]) == 0
    assert (copy / "report-zh.html").exists()


def test_the_scenario_that_is_best_in_most_worlds_is_named_with_its_regret(results, material, reports):
    rows = list(csv.DictReader(io.StringIO((results / "decision.csv").read_text(encoding="utf-8"))))
    mine = [r for r in rows if r["outcome"] == "bold_action_rate" and r["month"].startswith("last")]
    best = max(mine, key=lambda r: float(r["prob_best"]))
    grid = next(g for g in parts(reports["zh"], Grid) if "最好的情景" in g.caption)
    shown = next(row for row in grid.rows if row[0] == OUTCOMES["bold_action_rate"].label["zh"])
    assert shown[1] == material.name(best["scenario"], "zh")
    assert shown[2] == f"{float(best['prob_best']) * 100:.0f}%" and shown[3].endswith("百分点/月")


def test_shares_of_variance_are_shown_where_they_can_be_split(copy):
    line = "scenario,outcome,month,of,draws,replicates,variance,parameters,chance\n"
    for share, expected in (("0.8,0.2", ("80%", "20%")), (",", None)):
        row = f"relief,vitality,last9,effect,6,2,1.5,{share}\n"
        (copy / "variance.csv").write_text(line + row, encoding="utf-8")
        grids = [g for g in parts(report_of(read_material(copy), "zh"), Grid) if "不确定性来自哪里" in g.caption]
        assert [g.rows[0][2:] for g in grids] == ([expected] if expected else [])


# --- the button in the app ----------------------------------------------------------------------------------------


def panel():
    import streamlit as st

    from dashboard.controls.report_button import show

    show(st.session_state["selection"], st.session_state["language"])


class Wanted:
    """A comparison on show whose full results are there, or not yet, or never."""

    def __init__(self, folder, **progress):
        self.folder, self.progress, self.key = folder, Progress(**progress), "job"

    @property
    def tables(self):
        return self

    def ask_results(self):
        return self.progress, self.folder


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_button_makes_a_report_that_can_be_downloaded(results, form, lang):
    test = AppTest.from_function(panel, default_timeout=60)
    test.session_state["selection"], test.session_state["language"] = Wanted(results, finished=True), lang
    test.run()
    test.button(key="report-make").click().run()
    test.segmented_control(key="report-form").set_value(form).run() if form != "docx" else None
    assert not test.exception and not test.error
    assert [b.label for b in test.get("download_button")] == [
        MINE["reports.panel_download"][lang].format(form=form.upper())
    ]


def test_the_button_says_in_one_line_why_there_is_no_report(tmp_path):
    for wanted in (Wanted(tmp_path / "gone", finished=True), Wanted(tmp_path, error="process")):
        test = AppTest.from_function(panel, default_timeout=60)
        test.session_state["selection"], test.session_state["language"] = wanted, "en"
        test.run()
        test.button(key="report-make").click().run()
        assert not test.exception and len(test.error) == 1 and "\n" not in test.error[0].value


# --- the catalogue ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", MINE)
def test_every_sentence_is_in_both_languages_with_the_same_blanks(key):
    blanks = [{name for _, name, _, _ in string.Formatter().parse(MINE[key][lang]) if name} for lang in LANGUAGES]
    assert set(MINE[key]) == set(LANGUAGES) and blanks[0] == blanks[1]
    assert not re.search("[\u4e00-\u9fff]", MINE[key]["en"])


def test_every_sentence_of_the_reports_is_used():
    folder = Path(__file__).parent.parent / "dashboard"
    source = "".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py"))
    made = ("body_", "status_", "head_", "annex_", "run_", "problems_", "problem_", "comparison_", "slide_", "table_",
            "question_", "each_", "interval_", "paired_", "limit_", "kind_")  # fmt: skip
    for key in MINE:
        name = key.removeprefix("reports.")
        assert f'"{name}"' in source or f"'{name}'" in source or f"reports.{name}" in source or name.startswith(made), (
            key
        )
