/** Looks through every file of a finished site for what its readers must not get. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {gunzipSync} from "node:zlib";
import {decodings} from "./decodeText.ts";
import type {Forbidden} from "./forbiddenStrings.ts";
import {EMAIL, isPart, isSiteFile, PRIVATE_KEY, type Secret} from "./secrets.ts";
import {siteFiles} from "./siteFiles.ts";
import {isPlainWord} from "./tellingText.ts";

export type FindingKind = "left out" | "secret" | "private key" | "kind of file" | "e-mail address" | "path";

export interface Finding {
  /** Path within the site. */
  file: string;
  kind: FindingKind;
  /** The string; of a secret only its name. */
  text: string;
}

export interface ScanOptions {
  dist: string;
  /** Strings of rows and columns that the audience does not get. */
  forbidden: Forbidden;
  secrets: readonly Secret[];
  paths: readonly string[];
}

export interface Scanned {
  findings: Finding[];
  nFiles: number;
  nBytes: number;
}

/** Copies of packages, the same in every site: their authors' addresses are no leak. */
const PACKAGES = /^(?:_node|_npm|_observablehq)\//;
/** Tables that pages read, whole or in parts. */
const DATA = /^_file\/.*\.json$|^_parts\//;
const CELL = /"((?:[^"\\]|\\.)*)"/g;
/** In code, packed from packages too, a plain word is a name like any other: `public`. */
const CODE = /\.(?:m?js|css|wasm)$/;
const MOST_OF_A_KIND = 20;

/** The findings, each string once a file, at most twenty of a kind in one, in the order of the files' names. */
export function scanSite({dist, forbidden, secrets, paths}: ScanOptions): Scanned {
  const findings: Finding[] = [];
  let nBytes = 0;
  const files = siteFiles(dist);
  const {index, cells} = forbidden;
  for (const file of files) {
    const bytes = readFileSync(join(dist, file));
    nBytes += bytes.length;
    const found = new Map<string, Finding>();
    const nFound = new Map<FindingKind, number>();
    // Of each kind: twenty names would hide a secret, which has to be changed wherever it has been.
    const add = (kind: FindingKind, text: string) => {
      const n = nFound.get(kind) ?? 0;
      if (n >= MOST_OF_A_KIND || found.has(`${kind} ${text}`)) return;
      nFound.set(kind, n + 1);
      found.set(`${kind} ${text}`, {file, kind, text});
    };
    const read = isPart(file) ? unpacked(bytes) : bytes.toString("utf8");
    if (!isSiteFile(file) || read === null) add("kind of file", file);
    const isCode = CODE.test(file);
    if (DATA.test(file) && cells.size > 0)
      for (const cell of cellsIn(read ?? "")) if (cells.has(cell)) add("left out", cell);
    // The name of a file leaves the firm too.
    for (const text of decodings(`${file}\n${read ?? ""}`)) {
      index.search(text, (leak) => {
        if (!isCode || !isPlainWord(leak)) add("left out", leak);
      });
      for (const {name, value} of secrets) if (text.includes(value)) add("secret", name);
      if (PRIVATE_KEY.test(text)) add("private key", "private key");
      for (const folder of paths) if (text.includes(folder)) add("path", folder);
      if (!PACKAGES.test(file)) for (const [address] of text.matchAll(EMAIL)) add("e-mail address", address);
    }
    findings.push(...found.values());
  }
  return {findings, nFiles: files.length, nBytes};
}

/** The text of a part; null of what is none, in which nobody has looked. */
function unpacked(bytes: Buffer): string | null {
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch {
    return null;
  }
}

/** The texts of a file of data, each a cell or a name of a column. */
function* cellsIn(json: string): Generator<string> {
  for (const [quoted, plain] of json.matchAll(CELL))
    yield plain!.includes("\\") ? (JSON.parse(quoted) as string) : plain!;
}
