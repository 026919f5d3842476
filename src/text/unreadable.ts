import { bilingual } from "./text.ts";

/** Why a file could not be opened as a notebook, by the reason's name. */
export const unreadableText = bilingual(
  {
    empty: "The file is empty.",
    "not-text": "This is binary data, and a notebook is text.",
    "not-json": "Its JSON breaks off or breaks the rules at line {line}, column {column}.",
    "not-a-notebook": "This is JSON, but not a Jupyter notebook: it has no list of cells.",
    "old-format":
      "This is a notebook of format {version}, and format 4 is needed. Save it anew with a current Jupyter.",
    "new-format": "This is a notebook of format {version}, which is newer than format 4.",
    "broken-link": "The link is broken off, or was changed on its way.",
    "unknown-format": "A notebook's name ends in .ipynb or .md.",
  },
  {
    empty: "文件是空的。",
    "not-text": "这是二进制数据，而笔记本应当是文本。",
    "not-json": "其中的 JSON 在第 {line} 行第 {column} 列中断或有误。",
    "not-a-notebook": "这是 JSON，但不是 Jupyter 笔记本：其中没有单元格列表。",
    "old-format": "这是格式 {version} 的笔记本，需要格式 4。请用新版 Jupyter 重新保存。",
    "new-format": "这是格式 {version} 的笔记本，比格式 4 更新。",
    "broken-link": "链接不完整，或在传递途中被改动过。",
    "unknown-format": "笔记本的文件名应以 .ipynb 或 .md 结尾。",
  },
);
