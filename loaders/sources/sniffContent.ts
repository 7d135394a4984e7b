/** Tells by its first bytes that a file is not the text its name promises. */
import type {Problem} from "../weirError.ts";

interface Kind {
  what: string;
  fix: string;
}

const WEB_PAGE: Kind = {
  what: "the file is a web page, not an export",
  fix: "the download probably needed a login: sign in and export again"
};

const MAGIC: readonly [bytes: string, kind: Kind][] = [
  [
    "504b0304",
    {what: "the file is an Excel workbook or a zip archive", fix: "save it as CSV UTF-8, or unpack it"}
  ],
  ["d0cf11e0", {what: "the file is an old Excel workbook (.xls)", fix: "save it as CSV UTF-8"}],
  ["25504446", {what: "the file is a PDF", fix: "export the data as CSV"}],
  ["50415231", {what: "the file is Parquet", fix: "name it .parquet, or declare format: {kind: parquet}"}],
  ["1f8b", {what: "the file is packed with gzip", fix: "name it .gz, or unpack it"}],
  ["28b52ffd", {what: "the file is packed with zstd", fix: "unpack it"}],
  ["425a68", {what: "the file is packed with bzip2", fix: "unpack it"}],
  ["7b5c727466", {what: "the file is a rich text document", fix: "export the data as CSV"}]
];

/** The problem with a file whose content starts with `head`, or undefined when it may be text. */
export function sniffContent(head: Uint8Array, expected: "CSV" | "JSON"): Omit<Problem, "file"> | undefined {
  const hex = Buffer.from(head.subarray(0, 8)).toString("hex");
  const kind = MAGIC.find(([bytes]) => hex.startsWith(bytes))?.[1] ?? textKind(head, expected);
  if (!kind) return undefined;
  return {what: kind.what, line: 1, expected: `${expected} text`, fix: kind.fix};
}

function textKind(head: Uint8Array, expected: "CSV" | "JSON"): Kind | undefined {
  const text = Buffer.from(head.subarray(0, 512)).toString("latin1").replace(/^ï»¿/, "").trimStart();
  if (/^<(!doctype html|html|head|body|script|table)/i.test(text)) return WEB_PAGE;
  if (/^<(\?xml|[a-z][\w:.-]*[\s>])/i.test(text))
    return {what: "the file is XML", fix: "export the data as CSV"};
  if (expected === "CSV" && /^(\{\s*"|\[\s*[[{])/.test(text))
    return {what: "the file is JSON", fix: "name it .json, or declare format: {kind: json}"};
  return undefined;
}
