/** A file as a relation of text: columns h0, h1, ... of VARCHAR, one row a record, in the order of the file. */
import type {FileFormat} from "../workspace/schema.ts";
import type {TextTraits} from "./textTraits.ts";

export interface TextSource {
  /** SQL to select from. */
  sql: string;
  header: string[];
  /** Records that are a header: 1 for CSV, 0 where names come with every record. */
  nHeader: number;
  nRecords: number;
  /** What is known of the text, by column. */
  traits: TextTraits[];
  /** True when one thread reads it from start to end. */
  isSequential?: boolean;
  /** For a record number from 1, the line of the file it starts on. */
  lineOf(record: number): number;
}

export type FileKind = NonNullable<FileFormat["kind"]>;

/** What a file is, as declared, else by the ending of its name. */
export function fileKind(path: string, {kind}: FileFormat): FileKind {
  if (kind) return kind;
  const name = path.toLowerCase().replace(/\.gz$/, "");
  if (/\.(ndjson|jsonl)$/.test(name)) return "ndjson";
  if (name.endsWith(".json")) return "json";
  return /\.(parquet|pq)$/.test(name) ? "parquet" : "csv";
}

/** The declared delimiter, else a tab for .tsv and .tab, else a comma. */
export function delimiterOf(path: string, {delimiter}: FileFormat): string {
  return delimiter ?? (/\.(tsv|tab)(\.gz)?$/i.test(path) ? "\t" : ",");
}
