/**
 * What Weir knows of a system's exports: its objects, how to tell them by their headers, and where their columns go.
 * An object is no reader of its own: it resolves to the same maps that a workspace.yaml can write by hand.
 */
import type {CanonicalTableName} from "../workspace/canonicalTables.ts";
import type {ColumnSpec, FileMap, Workspace} from "../workspace/schema.ts";

export interface SourceSystem {
  /** The word in workspace.yaml: `source: salesforce`. */
  id: Workspace["files"][number]["source"];
  name: string;
  objects: readonly SourceObject[];
}

export interface SourceObject {
  /** The word in workspace.yaml: `object: Opportunity`. */
  id: string;
  /** Headers by which the object is told from others, in the system's own spelling; all of them must be there. */
  tells: readonly string[];
  /** A file with one of these is something else. */
  tellsNot?: readonly string[];
  /** Whether a file is something else for what it has together; `has` asks for a header in any spelling. */
  isElse?(has: (header: string) => boolean): boolean;
  /** A header's other spellings, the likeliest first: report labels, warehouse copies. */
  spellings(header: string): readonly string[];
  /** Told by common words: taken where every other object reads at most half as many of the file's columns. */
  isPlain?: true;
  /** The column that says which map takes a record, and its words for each; a record with another word is rejected. */
  statuses?: {header: string; words: Readonly<Record<string, readonly string[]>>};
  /** What `weir init` reads from it; its rows go nowhere. */
  lists?: "stages";
  /** Where the rows go; none for what is known but not loaded. Stages come from the workspace. */
  maps(config: Pick<Workspace, "pipelines">): ObjectMap[];
  /** What `weir init` asks of headers that are read and mean more than one thing, told by the others of the file. */
  asks?(read: readonly string[], header: readonly string[]): string[];
  /** What a person should know who loads it. */
  note?: string;
  /** Loaded only when no file of these objects is there, because they hold the same with more. */
  yieldsTo?: readonly string[];
}

/** A map as an object writes it: what is not given is the default. */
export interface ObjectMap {
  table: CanonicalTableName;
  columns: Record<string, ColumnSpec>;
  distinct?: boolean;
  rows_with?: string[];
  rows_where?: Record<string, string[]>;
  rows_starting?: Record<string, string[]>;
  rows_unless?: Record<string, string[]>;
}

/** A column that every export of the object has. */
export function must(column: string, more: Omit<ColumnSpec, "column"> = {}): ColumnSpec {
  return {column, ...more};
}

/** A column that an export may leave out; it is then null. */
export function may(column: string, more: Omit<ColumnSpec, "column"> = {}): ColumnSpec {
  return {column, optional: true, ...more};
}

/** The same value in every row. */
export function always(value: string): ColumnSpec {
  return {value};
}

/** The maps with every key that the schema would have filled in. */
export function completeMaps(maps: readonly ObjectMap[]): FileMap[] {
  return maps.map((map) => ({...map, distinct: map.distinct ?? false}));
}

/** Headers of all maps of an object, in its own spelling. */
export function headersOf(
  object: SourceObject,
  config: Pick<Workspace, "pipelines"> = {pipelines: []}
): string[] {
  const headers = object
    .maps(config)
    .flatMap((map) => [
      ...Object.values(map.columns).flatMap(({column, and}) =>
        [column, and].filter((each) => each !== undefined)
      ),
      ...(map.rows_with ?? []),
      ...[map.rows_where, map.rows_starting, map.rows_unless].flatMap((each) => Object.keys(each ?? {}))
    ]);
  return [...new Set([...object.tells, ...headers])];
}

/** All names a header may have in a file, its own first. */
export function spellingsOf(object: SourceObject, header: string): string[] {
  return [...new Set([header, ...object.spellings(header)])];
}

/** "CloseDate" -> "close_date", "Region__c" -> "region_c", "Product2Id" -> "product_2_id": as copies in warehouses are. */
export function snakeCase(header: string): string {
  return header
    .replace(/__c$/, "_c")
    .replace(/([a-z])([A-Z0-9])/g, "$1_$2")
    .replace(/([0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
