"""Words of the command that writes reports, in English and Chinese."""

REPORT: dict[str, tuple[str, str]] = {
    "about.report": (
        "Write a report of saved results: sections in the order of a Chinese survey report, figures, settings, limits.",
        "用已保存的结果生成报告：按调研报告体例，含图、情景设置和不确定性。",
    ),
    "help.form": ("Format of the report.", "报告格式。"),
    "help.style": (
        "Typography of a Word file: official or plain.",
        "Word 文件版式：official 公文样式，plain 普通报告。",
    ),
    "help.file": ("File to write; usually report-LANG.FORMAT in DIR.", "输出文件，默认为 DIR 中的 report-语言.格式。"),
    "report.written": ("Report: {path}", "报告：{path}"),
}
