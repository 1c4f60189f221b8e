"""What users type, as hypothesis draws it: words, signs, fields, days, operators, parentheses; and far too much of it."""

from collections.abc import Sequence

from hypothesis import strategies as st

SIGNS = [
    *"，。：、（）%-/*.?!\"'“”‘’#&|_=+@\\~^·…—　\t",
    "--", "->", "**", '""', "『", "」", "🎉", "\x00", "\x1b[31m", "\ud800", "\u200b", "e\u0301",
]  # fmt: skip
SHORT = [
    *"行的支a1290c中",
    "a*",
    "1*",
    "2*",
    "20*",
    "支*",
    "red*",
    "的*",
    "-行",
    "-a",
    "－支付",
    "OR",
    "NOT",
    "AND",
    "或",
    "不含",
]
FIELDS = [
    "kind:update", "kind:metric", "-kind:note", "kind:incident,update,metric,goal,note", "类型：故障", "kind:foo",
    "institution:中行", "银行:中行,光大,招行", "bank:行", "project:支付", "project:2.0", "项目:不存在", "section:进展", "章节:事",
    "objective:O2", "metric:率", "metric:a", "severity:P1", "status:done", "has:risk,milestone,progress", "report:周",
    "report:第15周", "report:2", "report:daily", "since:2020", "until:2030", "time:2000..2030", "year:2021 year:2022",
    "month:1,2,3,4,5,6,7,8,9,10,11,12", "月:4", "week:1,2,3,4,5,6,7,8", "week:15", "上周", "去年Q2", "第15周", "4月底", "最近30天",
    "last month", "kind:", "银行:", "时间:昨天",
]  # fmt: skip
JOINTS = [" ", "", " OR ", " AND ", " -", " NOT ", "，", " （"]


def questions(words: Sequence[str]) -> st.SearchStrategy[str]:
    """Questions with these words in them: short ones, as many parts as are taken, and ten thousand characters."""
    word = st.sampled_from(words)
    quoted = st.builds('"{}"'.format, st.lists(word | st.sampled_from(SIGNS), min_size=1, max_size=4).map("".join))
    part = word | word | quoted | word.map("-{}".format) | st.sampled_from([*SIGNS, *SHORT, *FIELDS])
    joined = st.builds(str.join, st.sampled_from(JOINTS), st.lists(part, max_size=32))
    mixed = st.lists(st.tuples(part, st.sampled_from(JOINTS)).map("".join), max_size=16).map("".join)
    grouped = st.recursive(
        st.builds("{} OR {}".format, part, part),
        lambda inner: st.builds("{}({}){}{}".format, st.sampled_from(["", "-"]), inner, st.sampled_from(JOINTS), inner),
        max_leaves=12,
    )
    endless = st.builds(lambda some, joint: ((some + joint) * 10_000)[:10_000], part | mixed, st.sampled_from(JOINTS))
    return joined | mixed | grouped | endless | st.text(max_size=40) | part
