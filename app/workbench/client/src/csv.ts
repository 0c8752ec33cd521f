/** A spreadsheet runs a cell that begins like a formula: a leading apostrophe makes it text. */
export function neutral(cell: string): string {
  return /^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  const safe = neutral(cell);
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180, with the byte order mark without which Excel reads Chinese as Latin-1. */
export function csvOf(rows: string[][]): string {
  return '\uFEFF' + rows.map((row) => row.map(quoted).join(',')).join('\r\n') + '\r\n';
}

/** Hands *text* to the browser as a download. */
export function downloadText(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
