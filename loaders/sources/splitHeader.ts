/** Splits one line of CSV that the scanner has found well-formed, undoing its quoting. Nothing is trimmed. */
export function splitHeader(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = "";
  let isQuoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (char === '"') {
      if (isQuoted && line[i + 1] === '"') {
        field += '"';
        i++;
      } else isQuoted = !isQuoted;
    } else if (char === delimiter && !isQuoted) {
      fields.push(field);
      field = "";
    } else field += char;
  }
  return [...fields, field];
}
