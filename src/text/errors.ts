import { bilingual } from "./text.ts";

/** Words below a cell that failed: where, and what to try. What was thrown stays in English. */
export const errorsText = bilingual(
  {
    where: "{place}, column {column}",
    whereIn: "{place}, column {column}, in {name}",
    goTo: "Go to cell {cell}, line {line}",
    stack: "Stack",
    tryTitle: "What to try:",
    trySyntax:
      "The cell is not valid TypeScript at that place. Look for a bracket, a quote or a comma just before it.",
    tryNotDefined: "No cell defines “{name}”. Check its spelling, or run the cell that defines it first.",
    tryNotRun: "“{name}” is defined in a cell that has not run yet. Run that cell first, or run all.",
    tryTwice: "Give one of the two another name: a name belongs to one cell.",
    tryNoTable: "Check the table's name in the side bar, or import it there.",
    tryNoColumn: "Check the column's name: the message lists those there are.",
    tryUndefined: "A value on that line is undefined or null. Show the parts of the line one by one.",
    tryNetwork: "A cell has no network. Drop the file on the page instead, and read it with table(…).",
    tryMemory: "The kernel ran out of memory. Restart it, and work on fewer rows or columns.",
    tryNone: "Show the values on that line with display(…), then run the cell again.",
  },
  {
    where: "{place}第 {column} 列",
    whereIn: "{place}第 {column} 列，在 {name} 中",
    goTo: "跳到单元格 {cell} 第 {line} 行",
    stack: "调用栈",
    tryTitle: "可以试试：",
    trySyntax: "此处不是合法的 TypeScript。看看它前面是否缺少括号、引号或逗号。",
    tryNotDefined: "没有单元格定义“{name}”。请检查拼写，或先运行定义它的单元格。",
    tryNotRun: "定义“{name}”的单元格还没有运行。请先运行它，或全部运行。",
    tryTwice: "请给其中一个换个名字：一个名字只属于一个单元格。",
    tryNoTable: "请在侧栏核对表名，或在那里导入。",
    tryNoColumn: "请核对列名：提示中列出了现有的列。",
    tryUndefined: "这一行有值为 undefined 或 null。请逐个显示这一行的各部分。",
    tryNetwork: "单元格不能联网。请把文件拖到页面上，再用 table(…) 读取。",
    tryMemory: "内核内存耗尽。请重启内核，并减少行数或列数。",
    tryNone: "用 display(…) 显示这一行的值，再运行一次。",
  },
);
