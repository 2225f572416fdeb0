"""Traps of python-docx around East Asian fonts, each with its way out.

``font.name`` sets Latin fonts only; theme attributes of the template win over names; its theme gives East Asian text
a Japanese font.
"""

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.styles.style import BaseStyle
from lxml import etree

from dashboard.reports.gbt9704 import OTHER_NAMES, Look

THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
FONT_TABLE = "/word/fontTable.xml"


def set_fonts(properties: etree._Element, look: Look, lang: str) -> None:
    """Set Latin and East Asian font of run properties and take away what would win over them."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in THEMED:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), look.latin)
    fonts.set(qn("w:eastAsia"), look.asian)
    if lang == "zh":
        fonts.set(qn("w:hint"), "eastAsia")


def clean_styles(document: Document, look: Look, lang: str) -> None:
    """Give document defaults and every style fonts by name, and the language of the text."""
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_fonts(defaults, look, lang)
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    for style in document.styles:
        if style.element.get(qn("w:type")) == "paragraph":
            set_fonts(run_properties(style), look, lang)
    for fonts in list(styles.iter(qn("w:rFonts"))):
        set_fonts(fonts.getparent(), look, lang)
    settings = document.settings.element
    theme = settings.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:eastAsia"), "zh-CN")


def run_properties(style: BaseStyle) -> etree._Element:
    """Return the run properties of a style, made if it has none."""
    return style.element.get_or_add_rPr()


def name_fonts(document: Document) -> None:
    """Give each font that a reader may lack another name to look for."""
    for part in document.part.package.iter_parts():
        if str(part.partname) == FONT_TABLE:
            root = etree.fromstring(part.blob)
            for name, other in OTHER_NAMES.items():
                root.append(parse_xml(f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{other}"/></w:font>'))
            part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
