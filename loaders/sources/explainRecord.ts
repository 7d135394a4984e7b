/** What is wrong with a record, and what probably happened to the file: words for the faults the scanner finds. */
import {BadFile} from "./badFile.ts";
import {splitHeader} from "./splitHeader.ts";

const RE_EXPORT = "export again with standard CSV quoting";

const OTHER_DELIMITERS = [",", ";", "\t", "|"];

export type FieldFault = "control" | "carriage return" | "quote inside" | "quote not doubled";

/** A fault inside a field. */
export function badField(fault: FieldFault, byte: number, line: number, field: string | undefined): BadFile {
  const where = {line, ...(field === undefined ? {} : {field})};
  switch (fault) {
    case "quote inside":
      return new BadFile({
        what: "a quote in the middle of a field",
        ...where,
        expected: 'a field with quotes to be quoted as a whole: "5"" pipe"',
        fix: RE_EXPORT
      });
    case "quote not doubled":
      if (line === 1 && OTHER_DELIMITERS.includes(String.fromCharCode(byte)))
        return new BadFile({
          what: "the fields of the header are separated by another delimiter",
          ...where,
          value: String.fromCharCode(byte),
          expected: "the declared delimiter, or a comma",
          fix: `declare format: {delimiter: ${JSON.stringify(String.fromCharCode(byte))}} in workspace.yaml`
        });
      return new BadFile({
        what: "a quote inside a quoted field is not doubled",
        ...where,
        expected: 'a quote in a quoted field written twice: ""',
        fix: RE_EXPORT
      });
    case "carriage return":
      return new BadFile({
        what: "a carriage return without a line feed",
        ...where,
        value: "\r",
        expected: "lines that end in LF or CRLF; line breaks inside a field in quotes",
        fix: "save the file with LF or CRLF line ends"
      });
    case "control":
      return new BadFile({
        what: byte === 0 ? "a NUL byte" : "a control character in the text",
        ...where,
        value: String.fromCharCode(byte),
        expected: "text",
        fix:
          byte === 0
            ? "export again; the file is damaged"
            : "remove it in the CRM, or declare format: {damaged_text: keep} in workspace.yaml"
      });
  }
}

export interface WrongCount {
  bytes: Uint8Array;
  start: number;
  end: number;
  fields: number;
  header: readonly string[];
  delimiter: string;
  line: number;
  isFirst: boolean;
}

export const badRecord = {
  blankLine: (line: number) =>
    new BadFile({
      what: "a blank line between records",
      line,
      expected: "one record a line",
      fix: "remove it"
    }),

  empty: (line: number) =>
    new BadFile({
      what: "a record with no value at all",
      line,
      expected: "a record, or the end of the file",
      fix: "remove the empty row; spreadsheets leave them under the data"
    }),

  headerAgain: (line: number) =>
    new BadFile({
      what: "the header comes a second time",
      line,
      expected: "one header, on the first line",
      fix: "two exports seem to be pasted together: list them as two files, or remove the second header"
    }),

  mixedLineEnds: (line: number, isCrlf: boolean) =>
    new BadFile({
      what: `this line ends in ${isCrlf ? "CRLF" : "LF"}, those before it in ${isCrlf ? "LF" : "CRLF"}`,
      line,
      expected: "one kind of line end",
      fix: "export again; the file was edited or pasted together"
    }),

  neverClosed: (line: number) =>
    new BadFile({
      what: "a quoted field is never closed",
      line,
      expected: 'a closing " in the record that starts here',
      fix: "export again; the file ends too early, or a quote is missing"
    }),

  tooLong: (line: number, maxBytes: number) =>
    new BadFile({
      what: `the record is longer than ${maxBytes} bytes`,
      line,
      expected: "records that end; a quote that opens here and never closes looks like this",
      fix: "look for a quote without its pair from this line on"
    }),

  openEnd: (line: number, value: string) =>
    new BadFile({
      what: "the last line has no line end, so the file may be cut",
      line,
      value,
      expected: "a line end after the last record",
      fix: "export again; if the file is whole (some tools write it so), declare format: {last_line: open} in workspace.yaml"
    }),

  total: (line: number, value: string) =>
    new BadFile({
      what: "the last record looks like a total or a note, not data",
      line,
      value,
      expected: "records only",
      fix: "remove it, or declare format: {footer_lines: 1} in workspace.yaml"
    }),

  /** A record with more or fewer fields than the header. */
  fieldCount({bytes, start, end, fields, header, delimiter, line, isFirst}: WrongCount): BadFile {
    const rest = Buffer.from(bytes.subarray(start, Math.min(end, start + 65_536))).toString("utf8");
    const lines = rest.split(/\r?\n/).filter((text) => text !== "");
    const value = lines[0] ?? "";
    const common = {line, value};
    const other = header.length === 1 ? otherDelimiter(header[0]!, delimiter) : undefined;
    if (other) return wrongDelimiter(header, delimiter, other);
    if (isFirst && header.length <= fields / 2)
      return new BadFile({
        what: `line 1 has ${plural(header.length)}, the record after it ${fields}: the first line does not look like the header`,
        ...common,
        expected: "the header on the first line",
        fix: `remove the lines above the header, or declare format: {skip_lines: ${titleLines(header.length, lines, delimiter)}} in workspace.yaml`
      });
    const short = lines.length <= 10 && fields < header.length;
    if (short && lines.every((text) => splitHeader(text, delimiter).length < header.length)) {
      if (isNote(value, fields))
        return new BadFile({
          what: "the file ends with lines that are not records: a footer or totals",
          ...common,
          expected: `${header.length} fields, as in the header`,
          fix: `if they are a footer remove them, or declare format: {footer_lines: ${lines.length}} in workspace.yaml; if the file is cut, export again`
        });
    }
    return new BadFile({
      what: `the record has ${plural(fields)}`,
      ...common,
      expected: `${header.length} fields, as in the header`,
      fix:
        fields > header.length
          ? "look for a field that holds the delimiter and is not quoted (1,234.50, or a note: export texts in quotes, or without that column), or a record that lost its line end"
          : "look for a missing delimiter, a line break in a field that is not quoted, a line added by hand, or a file that is cut"
    });
  }
};

/** The header is a single field that holds another delimiter. */
export function wrongDelimiter(header: readonly string[], delimiter: string, other: string): BadFile {
  return new BadFile({
    what: "the header is one field, so the delimiter is another one",
    line: 1,
    value: header[0]!,
    expected: `fields with ${named(delimiter)} between them`,
    fix: `declare format: {delimiter: ${JSON.stringify(other)}} in workspace.yaml`
  });
}

/** The delimiter a one-field header was probably written with. */
export function otherDelimiter(header: string, delimiter: string): string | undefined {
  return OTHER_DELIMITERS.find((each) => each !== delimiter && header.includes(each));
}

/** How many lines stand before the first one that has as many fields as most do; the first line is one of them. */
function titleLines(first: number, lines: readonly string[], delimiter: string): number {
  const counts = [first, ...lines.slice(0, 50).map((text) => splitHeader(text, delimiter).length)];
  return counts.indexOf(Math.max(...counts));
}

/** Whether a line that has fewer fields than the header is a note or a total rather than a record. */
export function isNote(line: string, fields: number): boolean {
  return fields <= 1 || /^"?(grand |sub)?totals?\b|^,*"?sum\b/i.test(line);
}

function plural(n: number): string {
  return n === 1 ? "1 field" : `${n} fields`;
}

function named(delimiter: string): string {
  return delimiter === "\t" ? "a tab" : JSON.stringify(delimiter);
}
