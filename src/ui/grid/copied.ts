/**
 * The values of a table that are selected on the page, in full: tabs between cells and a line a row, as sheets take them. Null where no whole
 * value is selected.
 */
export function copiedValues(table: Element, selection: Selection): string | null {
  if (!table.contains(selection.anchorNode) || !table.contains(selection.focusNode)) return null;
  const cells = [...table.querySelectorAll<HTMLElement>("[data-value]")].filter((cell) =>
    selection.containsNode(cell, true),
  );
  const [first] = cells;
  const isPart = cells.length === 1 && selection.toString().trim() !== first!.innerText.trim();
  if (!first || isPart) return null;
  if (cells.length === 1) return first.dataset.value!;
  return cells
    .map((cell, i) => {
      const before = cells[i - 1]?.closest("[role=row]");
      const separator = !before ? "" : before.contains(cell) ? "\t" : "\n";
      return `${separator}${asField(cell.dataset.value!)}`;
    })
    .join("");
}

/** A value as one cell of a sheet: in quotes where it would be taken for several. */
function asField(value: string): string {
  return /["\t\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
