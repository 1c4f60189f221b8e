"""HTML pages give the blocks that Markdown gives for the same page, and no page is too broken to be read."""

import html as escapes
import re
import warnings
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notion_archive import reports
from notion_archive.markup import html, markdown
from notion_archive.markup import page as pages
from notion_archive.markup.inline import RawLink
from notion_archive.model import Block, Page
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()
ICON = '<span class="icon property-icon"><svg viewBox="0 0 16 16"><path d="M1"></path></svg></span>'


def notion(body: str, *, title: str = "周报", properties: str = "") -> str:
    """A page as Notion writes it, all of it on one line below the head."""
    return (
        f"<html><head><title>{title}</title><style>\n/* rules */\n</style></head><body>"
        f'<article id="1f0c6a52-83d7-4b19-9e40-57a2c8d6b31e" class="page sans"><header><div class="page-header-icon">'
        f'<span class="icon">📒</span></div><h1 class="page-title">{title}</h1><p class="page-description">'
        f"</p>{properties}"
        f'</header><div class="page-body">{body}</div></article><span class="sans"></span></body></html>'
    )


def row(kind: str, key: str, value: str) -> str:
    return f'<tr class="property-row property-row-{kind}"><th>{ICON}{key}</th><td>{value}</td></tr>'


def table(*rows: str) -> str:
    return f'<table class="properties"><tbody>{"".join(rows)}</tbody></table>'


Shape = tuple[object, ...]


def shape(block: Block) -> Shape:
    """A block without its place, which differs between formats."""
    rows = tuple(block.rows)
    return block.type, block.level, block.marker, block.text, block.bold, rows, tuple(map(shape, block.children))


def shapes(body: str) -> list[Shape]:
    return [shape(block) for block in html.read(notion(body)).blocks]


def as_markdown(text: str) -> list[Shape]:
    return [shape(block) for block in markdown.read(text)]


# what is on top


def test_a_long_title_is_not_cut() -> None:
    title = "A Systematic Review of Anomaly Detection in Payment Channels, Part 2: BARISTA.pdf & 100%"
    assert html.read(notion("<p>a</p>", title=escapes.escape(title))).titles == (title,)


def test_a_title_that_comes_again_with_other_separators_is_a_title() -> None:
    body = "<h1>第15周 2023/04/09</h1><h1>上周进展</h1>"
    found = html.read(notion(body, title="第15周 2023-04-09"))
    assert found.titles == ("第15周 2023-04-09", "第15周 2023/04/09")
    assert [block.text for block in found.blocks] == ["上周进展"]


@pytest.mark.parametrize(
    ("page", "titles"),
    [
        ("<title>周报 1</title><p>a</p>", ("周报 1",)),
        ("<h1>周报 1</h1><p>a</p>", ("周报 1",)),
        ('<title>x</title><h1 class="page-title"></h1><p>a</p>', ("x",)),
        ("<p>a</p>", ()),
        ("", ()),
    ],
)
def test_a_page_takes_its_title_where_it_can(page: str, titles: tuple[str, ...]) -> None:
    assert html.read(page).titles == titles


def test_properties_of_every_type_are_kept_as_markdown_has_them() -> None:
    rows = (
        row("created_time", "Created", '<time datetime="2023-11-29T20:57:00.000Z">@2023년 11월 29일 오후 8:57</time>'),
        row("date", "Dates", "<time>@April 23, 2024 → May 22, 2024</time>"),
        row("last_edited_time", "上次编辑时间", "<time>2024年10月4日 9:03</time>"),
        row("last_edited_time", "上次编辑时间", "<time>2024年10月5日 9:03</time>"),
        row("select", "状态", '<span class="selected-value select-value-color-red">进行中</span>'),
        row("status", "Stage", '<span class="status-value"><div class="status-dot"></div>Done</span>'),
        row("multi_select", "标签", '<span class="selected-value">周报</span><span class="selected-value">支付</span>'),
        row("checkbox", "已复盘", '<div class="checkbox checkbox-on"></div>'),
        row("checkbox", "已归档", '<span class="checkbox checkbox-off"></span>'),
        row("person", "负责人", '<span class="user"><img src="a.png"/>penny 🐧</span><span class="user">林知远</span>'),
        row(
            "relation",
            "项目",
            '<a href="A%20(x)%201b.html">账户2.0, 二期</a>, <a href="https://www.notion.so/2c">网关</a>',
        ),
        row("url", "链接", '<a href="https://example.com/a?b=1&amp;c=2" class="url-value">https://example.com</a>'),
        row("text", "说明", "<strong>两</strong>\n行"),
        row("number", "金额", ""),
        row("from_the_future", "🗃️ 编号", "PAY-7"),
    )
    found = html.read(notion("<p>a</p>", properties=table(*rows)))
    assert found.properties == {
        "Created": "2023-11-29 20:57",
        "Dates": "April 23, 2024 → May 22, 2024",
        "上次编辑时间": "2024年10月4日 9:03",
        "上次编辑时间 (1)": "2024年10月5日 9:03",
        "状态": "进行中",
        "Stage": "Done",
        "标签": "周报, 支付",
        "已复盘": "Yes",
        "已归档": "No",
        "负责人": "penny 🐧, 林知远",
        "项目": "账户2.0, 二期 (A%20(x)%201b.html), 网关 (https://www.notion.so/2c)",
        "链接": "https://example.com",
        "说明": "两\n行",
        "🗃️ 编号": "PAY-7",
    }
    assert [block.text for block in found.blocks] == ["a"]


def test_a_property_of_a_type_nobody_knows_is_kept_as_its_words() -> None:
    found = html.read(notion("<p>a</p>", properties=table(row("quantum", "轨道", "<span class='new'>上</span> 3"))))
    assert found.properties == {"轨道": "上 3"}


def test_a_page_laid_out_by_a_program_reads_the_same() -> None:
    page = """
    <html><head><title>\n   周报\n  </title></head><body>
      <article class="page sans">
        <header>
          <h1 class="page-title">
            周报
          </h1>
          <table class="properties">
            <tbody>
              <tr class="property-row property-row-text">
                <th>
                  负责人
                </th>
                <td>
                  林知远
                </td>
              </tr>
            </tbody>
          </table>
        </header>
        <div class="page-body">
          <ul class="bulleted-list">
            <li>
              4/3 14:00
              <strong>
                光大
              </strong>
              超时
            </li>
          </ul>
        </div>
      </article></body></html>"""
    found = html.read(page)
    assert (found.titles, found.properties) == (("周报",), {"负责人": "林知远"})
    assert [(block.type, block.text, block.lines) for block in found.blocks] == [
        ("item", "4/3 14:00 光大 超时", (25, 30))
    ]


# blocks, each as Markdown has it


def test_one_list_for_each_item_and_wrappers_around_it() -> None:
    body = (
        '<div style="display:contents"><ul class="bulleted-list"><li style="list-style-type:disc">账户2.0'
        '<div style="display:contents"><ol type="a" class="numbered-list" start="1"><li>联调</li></ol></div>'
        '<ol type="a" class="numbered-list" start="2"><li>上线</li></ol></li></ul></div>'
        '<div style="display:contents"><ul class="bulleted-list"><li>网关</li></ul></div>'
    )
    assert shapes(body) == as_markdown("- 账户2.0\n    1. 联调\n    2. 上线\n- 网关\n")


def test_boxes_to_check() -> None:
    body = (
        '<ul class="to-do-list"><li><div class="checkbox checkbox-on"></div> <span class="to-do-children-checked">上线'
        '</span><div class="indented"><ul class="bulleted-list"><li>灰度</li></ul></div></li></ul>'
        '<ul class="to-do-list"><li><div class="checkbox checkbox-off"></div> <span class="to-do-children-unchecked">'
        "</span></li></ul>"
    )
    assert shapes(body) == as_markdown("- [x]  上线\n    - 灰度\n- [ ]  \n")


def test_a_toggle_is_an_item_with_what_it_holds() -> None:
    body = (
        '<ul class="toggle"><li><details open=""><summary>排查过程</summary><p>先看监控</p>'
        '<ul class="bulleted-list"><li>'
        "redis</li></ul></details></li></ul>"
    )
    assert shapes(body) == as_markdown("- 排查过程\n    \n    先看监控\n    \n    - redis\n")


@pytest.mark.parametrize(
    "body",
    [
        '<details open=""><summary style="font-weight:600;font-size:1.5em;line-height:1.3;margin:0">生产事件</summary>'
        '<div class="indented"><p>暂无</p></div></details>',
        '<ul class="toggle"><li><details open=""><summary style="font-size: 1.5em">生产事件</summary>'
        '<div class="indented">'
        "<p>暂无</p></div></details></li></ul>",
        "<h2><details open=''><summary>生产事件</summary></details></h2><div class='indented'><p>暂无</p></div>",
        "<h2><details><summary>生产事件</summary><div class='indented'><p>暂无</p></div></details></h2>",
        "<details><summary><h2>生产事件</h2></summary><p>暂无</p></details>",
    ],
)
def test_a_toggle_heading_is_a_heading_in_every_form(body: str) -> None:
    assert shapes(body) == as_markdown("## 生产事件\n    \n    暂无\n")


def test_a_callout_is_its_words_with_the_icon() -> None:
    body = (
        '<figure class="block-color-gray_background callout" style="display:flex"><div style="font-size:1.5em">'
        '<span class="icon">💡</span></div><div style="width:100%">先看监控\n再看日志<ul class="bulleted-list"><li>a'
        "</li></ul>"
        '</div></figure><figure class="callout"><div><img class="icon" src="x.svg"/></div><div>没有图标</div></figure>'
        '<figure class="callout"><div><span class="icon">💡</span></div><div></div></figure>'
    )
    assert shapes(body) == as_markdown("💡 先看监控\n再看日志\n\n- a\n\n没有图标\n")


def test_columns_quotes_and_indented_paragraphs_are_flat() -> None:
    body = (
        '<div class="column-list"><div style="width:50%" class="column"><h3>左</h3><p>a</p></div><div class="column">'
        '<p>b</p></div></div><blockquote>引\n用<p>二</p></blockquote><p>c<div class="indented"><p>d</p></div></p><hr/>'
    )
    assert shapes(body) == as_markdown("### 左\n\na\n\nb\n\n> 引\n> 用\n\n> 二\n\nc\n\nd\n\n---\n")


def test_code_keeps_its_lines_and_no_scripts() -> None:
    body = (
        '<script src="prism.js"></script><link rel="stylesheet" href="prism.css"/><pre id="a" class="code code-wrap">'
        '<code class="language-Bash" style="white-space:pre-wrap"><span class="token">kubectl'
        "</span> get pods\n  &lt;none&gt;\n"
        "</code></pre>"
    )
    assert shapes(body) == as_markdown("```bash\nkubectl get pods\n  <none>\n```\n")


@pytest.mark.parametrize(
    "head", ["<thead><tr><th>项目</th><th>状态</th></tr></thead>", "<tr><td>项目</td><td>状态</td></tr>"]
)
def test_the_first_row_of_a_table_is_its_head(head: str) -> None:
    rows = "<tr><td><strong>账户2.0</strong></td><td>联调\n60%</td></tr><tr><td>a</td></tr>"
    body = f'<table class="simple-table">{head}<tbody>{rows}</tbody></table>'
    assert shapes(body) == as_markdown("| 项目 | 状态 |\n| --- | --- |\n| **账户2.0** | 联调<br>60% |\n| a |\n")


def test_a_cell_over_several_rows_speaks_for_each_of_them() -> None:
    body = (
        "<table><tr><th>项目</th><th colspan=2>进展</th></tr><tr><td rowspan=2>账户2.0</td><td>联调</td><td>60%</td>"
        "</tr>"
        "<tr><td>压测</td><td>10%</td></tr></table>"
    )
    (found,) = html.read(body).blocks
    assert found.rows == (("项目", "进展", ""), ("账户2.0", "联调", "60%"), ("账户2.0", "压测", "10%"))


def test_a_database_in_a_page_is_a_table() -> None:
    body = (
        '<div class="collection-content"><h4 class="collection-title">故障</h4><table class="collection-content">'
        "<thead><tr>"
        f"<th>{ICON}现象</th><th>{ICON}银行</th><th>{ICON}时间</th><th>{ICON}已复盘</th></tr></thead><tbody><tr>"
        '<td class="cell-title"><a href="%E6%95%85%E9%9A%9C/a%201b.html">代付超时</a></td><td class="cell-xP?F">'
        '<span class="selected-value">中行</span><span class="selected-value">光大</span></td><td class="cell-N}jQ">'
        '<time>@March 1, 2024 2:05 PM</time></td><td class="cell-rEs:"><div class="checkbox checkbox-off"></div>'
        "</td></tr>"
        "</tbody></table></div>"
    )
    found = html.read(notion(body))
    assert [(block.type, block.text, block.rows) for block in found.blocks] == [
        ("heading", "故障", ()),
        (
            "table",
            "",
            (("现象", "银行", "时间", "已复盘"), ("代付超时", "中行, 光大", "March 1, 2024 2:05 PM", "No")),
        ),
    ]
    assert found.links == (RawLink("代付超时", "%E6%95%85%E9%9A%9C/a%201b.html"),)


def test_bookmarks_files_and_pictures() -> None:
    body = (
        '<figure><a href="https://a.example/x" class="bookmark source"><div class="bookmark-info">'
        '<div class="bookmark-text">'
        '<div class="bookmark-title">压测报告</div><div class="bookmark-description">很长</div></div>'
        '<div class="bookmark-href">'
        'https://a.example/x</div></div><img src="a.png" class="bookmark-image"/></a></figure>'
        '<figure><a href="https://b.example" class="bookmark source"></a></figure>'
        '<figure><div class="source"><a href="a/name.pdf">name.pdf</a></div></figure>'
        '<figure class="image"><a href="a/Untitled.png"><img src="a/Untitled.png"/></a><figcaption>切换前后'
        "</figcaption></figure>"
        '<nav class="table_of_contents"><div class="table_of_contents-item"><a href="#1">目录</a></div></nav>'
    )
    found = html.read(notion(body))
    assert [block.text for block in found.blocks] == ["压测报告", "https://b.example", "name.pdf", "切换前后"]
    assert found.links == (
        RawLink("压测报告", "https://a.example/x"),
        RawLink("https://b.example", "https://b.example"),
        RawLink("name.pdf", "a/name.pdf"),
    )


def test_equations_are_their_tex() -> None:
    katex = (
        '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>a</mi></mrow><annotation '
        'encoding="application/x-tex">a^2</annotation></semantics></math></span><span class="katex-html">a2</span>'
        "</span>"
    )
    body = (
        f'<p>设 <style>@import url("k.css")</style><span class="notion-text-equation-token">{katex}</span> 为</p>'
        f'<figure class="equation"><div class="equation-container"><span class="katex-display">{katex}</span></div>'
        f"</figure>"
    )
    assert [block.text for block in html.read(notion(body)).blocks] == ["设 $a^2$ 为", "$$\na^2\n$$"]


def test_a_line_break_in_a_paragraph_is_one_of_the_authors() -> None:
    body = '<p><mark class="highlight-red">账户数据核对</mark>\n账户1.x<br/>主要问题：</p>'
    assert shapes(body) == as_markdown("账户数据核对\n账户1.x\n主要问题：\n")


def test_elsewhere_the_end_of_a_line_in_the_source_is_a_space() -> None:
    assert [block.text for block in html.read("<p>Ledger 2.0\nis live<br>since Monday</p>").blocks] == [
        "Ledger 2.0 is live\nsince Monday"
    ]


@pytest.mark.parametrize(
    ("source", "bold"),
    [
        ("<strong>Ledger</strong><strong> 2.0</strong> — 65%", "Ledger 2.0"),
        ("🔍 <b>账户2.0</b>：联调", "账户2.0"),
        ('<span style="font-weight:600">账户2.0</span>', "账户2.0"),
        ("本周 <b>账户2.0</b> 联调完成", ""),
        ("<b> </b>账户2.0", ""),
    ],
)
def test_the_words_in_bold_at_the_front_are_the_name(source: str, bold: str) -> None:
    assert html.read(f"<p>{source}</p>").blocks[0].bold == bold


def test_links_come_with_their_words_and_raw_targets() -> None:
    body = (
        '<figure class="link-to-page"><a href="2023-03-28%20周二_bww%23.html"><span class="icon">📄'
        "</span>2023-03-28 周二</a>"
        '</figure><p>见 <a href="Projects%20&amp;%20Tasks.html"><strong>任务</strong></a>，<a name="a4nzu"></a>'
        '<a href="">空</a></p>'
    )
    found = html.read(notion(body))
    assert found.links == (
        RawLink("2023-03-28 周二", "2023-03-28%20周二_bww%23.html"),
        RawLink("任务", "Projects%20&%20Tasks.html"),
    )
    assert [block.text for block in found.blocks] == ["2023-03-28 周二", "见 任务，空"]


def test_a_date_is_as_its_author_wrote_it_unless_it_says_no_day() -> None:
    body = '<p><time datetime="2024-03-01">@March 1, 2024</time> <time datetime="2024-03-02">@Yesterday</time></p>'
    assert [block.text for block in html.read(notion(body)).blocks] == ["@March 1, 2024 2024-03-02"]


def test_blocks_stand_on_the_lines_of_the_source() -> None:
    found = html.read(
        "<h2>a</h2>\n<ul><li>b\n<ul><li>c</li>\n</ul></li></ul>\n\n<table><tr><td>d\n</td></tr>\n<tr><td>e</table>"
    )
    heading, item, grid = found.blocks
    assert (heading.lines, item.lines, item.numbers, item.children[0].lines) == ((1, 1), (2, 3), (2,), (3, 3))
    assert (grid.lines, grid.row_lines) == ((6, 8), ((6, 7), (8, 8)))


# other tools, and broken pages


def test_a_page_of_another_tool() -> None:
    page = (
        '<div class="lake-content"><h2 id="a4nzu"><a name="a4nzu"></a>3、风险</h2><ul><li><p>一<br/>二</p></li>'
        '<li><label><input type="checkbox" checked/>三</label></li></ul><dl><dt>原因</dt><dd>专线</dd></dl>'
        "<nav><a href='b.html'>下一页</a></nav></div>"
    )
    assert [shape(block) for block in html.read(page).blocks] == as_markdown(
        "## 3、风险\n\n- 一\n二\n- [x] 三\n\n原因\n\n专线\n\n下一页\n"
    )


def test_a_table_that_only_lays_out_the_page_is_no_table() -> None:
    page = "<table><tr><td><h2>进展</h2><table><tr><td>a</td></tr></table></td><td>b</td></tr></table>"
    assert [(block.type, block.text, block.rows) for block in html.read(page).blocks] == [
        ("heading", "进展", ()),
        ("table", "", (("a",),)),
        ("paragraph", "b", ()),
    ]


def test_tags_that_were_never_closed() -> None:
    page = "<h1>周报<p>a<p><b>b<ul><li>c<li>d<ol><li>e<li>f</ol></ul><table><tr><td>g<td>h<tr><td>i</table>"
    assert [shape(block)[:4] for block in html.read(page).blocks] == [
        ("paragraph", 0, "", "a"),
        ("paragraph", 0, "", "b"),
        ("item", 0, "-", "c"),
        ("item", 0, "-", "d"),
        ("table", 0, "", ""),
    ]


def texts(block: Block) -> Iterator[str]:
    yield from (block.text, *(cell for cells in block.rows for cell in cells))
    for child in block.children:
        yield from texts(child)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 2000 + "账户2.0",
        "<ul><li>" * 2000 + "账户2.0",
        "<ol><li>x<details><summary>y</summary>" * 500 + "账户2.0",
        "<table><tr><td>" * 700 + "账户2.0",
        "<figure class='callout'>" * 700 + "<a class='bookmark'>" * 700 + "账户2.0",
        "<math>" * 700 + "账户2.0",
        "<a href='b.html'>" * 2000 + "账户2.0",
        "<![账户2.0",
        "<!-- <p> --><!账户2.0><p>账户2.0",
        "&#" + "9" * 5000 + ";账户2.0",
        "C:\\账户2.0.html",
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><p>账户2.0</p></html>",
        "<h1 class='page-title'><table><tr><td>账户2.0",
    ],
    ids=lambda page: page[:24],
)
def test_no_page_is_too_deep_or_too_broken(page: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = html.read(page)
    assert any("账户2.0" in text for block in found.blocks for text in texts(block)) or "账户2.0" in found.titles


TAGS = (
    "a article aside b blockquote br code details div figure h1 h2 h3 hr img input li math annotation mark ol p "
    "pre script span strong style summary svg table tbody td th time title tr ul"
)
ATTRIBUTES = (
    "", ' class="page-title"', ' class="callout icon properties"', ' class="checkbox-on bookmark collection-content"',
    ' class="equation toggle"', ' href="a"', " rowspan=9", ' start="x"', ' encoding="tex"', " style=font-size:1.5em",
)  # fmt: skip
TAG = st.builds(
    lambda slash, name, more, end: f"<{slash}{name}{more}{end}",
    st.sampled_from(["", "/", "!"]),
    st.sampled_from(TAGS.split()),
    st.sampled_from(ATTRIBUTES),
    st.sampled_from([">", ">", "/>", ""]),
)


@given(
    st.lists(
        st.one_of(TAG, st.sampled_from(["\n", " ", "&lt;", "&#1", "原因：", "]]>"]), st.text(max_size=5)), max_size=60
    )
)
@settings(deadline=None)
def test_anything_like_html_is_read(pieces: list[str]) -> None:
    source = "".join(pieces)
    for block in html.read(source).blocks:
        assert 1 <= block.lines[0] <= block.lines[1] <= source.count("\n") + 1
        assert len(block.row_lines) == len(block.rows)
        assert len(block.numbers) in (0, block.text.count("\n") + 1)
    reports.read_page(Page(id="x", path="x.html", text=source, format="html"), WORDS)


NESTED = (
    "a href=b.html", "article", "b", "blockquote", "code", "details", "div", "dl", "dt", "figure class=callout", "h1",
    "h2", "label", "li", "math", "ol", "p", "pre", "span class=user", "strong", "summary", "table",
    'summary style="font-size:1.5em"', "table class=collection-content", "td", "td rowspan=2 colspan=2", "th", "tr",
    "ul", "ul class=to-do-list", "ul class=toggle",
)  # fmt: skip


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(NESTED),
        st.lists(inner, max_size=4),
    )


@given(st.recursive(st.integers(100, 999).map(lambda number: f"词{number}"), nested, max_leaves=30))
@settings(deadline=None)
def test_no_word_is_lost_however_tags_are_nested(source: str) -> None:
    found = html.read(source)
    kept = "\n".join([*found.titles, *(text for block in found.blocks for text in texts(block))])
    assert sorted(set(re.findall(r"词\d+", source))) == sorted(set(re.findall(r"词\d+", kept)))


SECTION_WORDS = st.sampled_from(
    ["本周进展", "线上故障", "下周计划", "手上的活", "点击展开", "1. 本周进展", "2. 跑商户", "词100"]
)


@given(st.recursive(st.integers(100, 999).map(lambda number: f"词{number}") | SECTION_WORDS, nested, max_leaves=40))
@settings(deadline=None)
def test_no_word_is_lost_where_toggles_and_lines_set_off_become_headings(source: str) -> None:
    found = pages.read(Page(id="x", path="x.html", text=source, format="html"), WORDS.lexicon)
    kept = "\n".join(
        [
            *found.titles,
            *found.properties,
            *found.properties.values(),
            *(t for block in found.blocks for t in texts(block)),
        ]
    )
    assert sorted(set(re.findall(r"词\d+", source))) == sorted(set(re.findall(r"词\d+", kept)))


def kinds(body: str, *, title: str) -> list[str]:
    page = Page(id="a", path="a.html", text=notion(body, title=title), format="html")
    return [record.kind for record in reports.read_report(page, WORDS).records]


def test_a_box_with_nothing_beside_it_is_no_record() -> None:
    box = '<ul class="to-do-list"><li><div class="checkbox checkbox-off"></div> <span>{}</span></li></ul>'
    assert kinds("<h1>下周计划</h1>" + box.format("") + box.format("压测"), title="第1周 2024-01-07") == ["goal"]


def test_a_page_that_is_nothing_but_a_database_tells_what_its_columns_say() -> None:
    head, row = (
        "<tr><th>任务</th><th>状态</th><th>截止日期</th></tr>",
        "<tr><td>账户2.0</td><td>进行中</td><td>3/15</td></tr>",
    )
    body = f'<div class="collection-content"><table class="collection-content">{head}{row}</table></div>'
    assert kinds(body, title="任务") == ["update"]


# both formats of one page

WEEKLY = """\
# 第1周 2024-01-07

Created: 2024年3月2日 20:59
负责人: 林知远

# 第1周 2024/01/07

# 本周进展

## 【运行指标】

成功率：

- 支付成功率：99.24%
- 事故数：AB级1次，CD级0次

## 【O1 平台升级】

### A. 账务核心3.0

总进度42%，预计1月底全量切换。

- **历史账单迁移**：已迁移 37/120 张表
- 旁路核对：日均差异 214 笔。主要问题：
    1. 冻结流水的借贷方向与旧核心相反
    2. 手续费逐笔四舍五入

## B. 新网关二期

| 项目 | 状态 | 进度 | 里程碑 |
| --- | --- | --- | --- |
| 商户接入 | 进行中 | 12/30 | 预计1/20完成 |

4. 生产事件：
- 1/2 00:07 光大代付大面积返回“处理中”，约 320 笔状态不明。
原因：光大侧回调地址丢失 处置：请行方补推回调，00:52恢复。

# 下周计划

- [ ]  新网关二期上线
- [x]  压测第二轮

# 日报合集

[2024-01-02 周二](%E7%AC%AC1%E5%91%A8/2024-01-02%206be0.md)"""


def inline(words: str) -> str:
    words = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', escapes.escape(words, quote=False))
    return re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", words)


def as_notion(page: str) -> str:
    """The page above in HTML, as Notion writes it. Only what stands in it is known here."""
    head, _, rest = page.partition("\n\n")
    keys, _, body = rest.partition("\n\n")
    rows = [row("text", *line.split(": ", 1)) for line in keys.split("\n")]
    return notion("".join(written(body.split("\n"))), title=head[2:], properties=table(*rows))


def written(lines: list[str]) -> Iterator[str]:
    while lines:
        line = lines.pop(0)
        if not line:
            continue
        if heading := re.match(r"(#+) (.*)", line):
            yield f"<h{len(heading[1])}>{inline(heading[2])}</h{len(heading[1])}>"
        elif line.startswith("|"):
            cells = [line] + [lines.pop(0) for _ in range(len(lines)) if lines[0].startswith("|")]
            rows = [
                "".join(f"<td>{inline(c.strip())}</td>" for c in r.strip("|").split("|"))
                for r in cells
                if "---" not in r
            ]
            yield f'<table class="simple-table"><tbody>{"".join(f"<tr>{r}</tr>" for r in rows)}</tbody></table>'
        elif item := re.match(r"(?:-|(\d)\.) (?:\[([ x])\] )?(.*)", line):
            words = item[3].strip()
            while lines and re.match(r"[^-#|\s\d]", lines[0]):
                words += f"\n{lines.pop(0)}"
            inner = [lines.pop(0)[4:] for _ in range(len(lines)) if lines[0].startswith("    ")]
            box = f'<div class="checkbox checkbox-{"on" if item[2] == "x" else "off"}"></div> ' if item[2] else ""
            start, tag = (f' start="{item[1]}"', "ol") if item[1] else ("", "ul")
            below = "".join(written(inner))
            yield f'<div style="display:contents"><{tag}{start}><li>{box}{inline(words)}{below}</li></{tag}></div>'
        else:
            yield f"<p>{inline(line)}</p>"


def said(page: Page) -> tuple[object, list[dict[str, object]]]:
    """A report, and its records without the lines they stand on."""
    found = msgspec.to_builtins(reports.read_report(page, WORDS))
    records = [{key: value for key, value in each.items() if key != "lines"} for each in found.pop("records")]
    return found, records


def test_a_page_says_the_same_in_both_formats() -> None:
    in_markdown = Page(id="a", path="a.md", text=WEEKLY)
    in_html = Page(id="a", path="a.md", text=as_notion(WEEKLY), format="html")
    both = [pages.read(page, WORDS.lexicon) for page in (in_markdown, in_html)]
    assert list(map(shape, both[0].blocks)) == list(map(shape, both[1].blocks))
    assert said(in_markdown) == said(in_html)
    kinds = [record["kind"] for record in said(in_html)[1]]
    assert kinds == ["metric"] * 3 + ["update"] * 5 + ["incident"] + ["goal"] * 2


def test_what_no_record_says_is_found_even_if_all_stands_on_one_line() -> None:
    found = reports.read_page(Page(id="a", path="a.html", text=as_notion(WEEKLY), format="html"), WORDS)
    assert {"本周进展", "项目 | 状态 | 进度 | 里程碑", "日报合集", "2024-01-02 周二"} <= {
        words for _, words in found.rest
    }
    assert not {record.text for record in found.report.records} & {words for _, words in found.rest}
