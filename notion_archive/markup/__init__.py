"""Pages to items: Markdown, HTML and CSV become blocks, blocks an outline, an outline items. One shape for all of them."""
