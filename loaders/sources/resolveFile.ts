/** A file that names a system's object, as a file that says itself where its columns go. */
import {isDeepStrictEqual} from "node:util";
import type {Problem} from "../weirError.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {didYouMean} from "../workspace/didYouMean.ts";
import type {ColumnSpec, FileMap, FileSpec, Workspace} from "../workspace/schema.ts";
import {columnSpec} from "./mappedColumns.ts";
import {completeMaps, headersOf, type SourceObject, spellingsOf} from "./sourceSystem.ts";
import {SYSTEMS} from "./systems.ts";

/** The workspace with every file's maps written out. @throws {WeirError} exit 2 for objects that no system has. */
export function resolveFiles(config: Workspace): Workspace {
  const problems: Problem[] = [];
  const files = config.files.map((file) => {
    if (file.source === "csv") return file;
    const object = findObject(file);
    if (object) return resolveFile(file, object, config);
    problems.push(unknownObject(file));
    return file;
  });
  if (problems.length > 0)
    throw new WeirError("workspace.yaml names objects that are not known", {exitCode: EXIT.config, problems});
  return {...config, files};
}

/** The object a file names; undefined when its system has none of that name. */
export function findObject({source, object}: Pick<FileSpec, "source" | "object">): SourceObject | undefined {
  return SYSTEMS.find(({id}) => id === source)?.objects.find(({id}) => id === object);
}

/** The object's maps, with the file's own columns in those of the first one's table, then the file's own maps. */
export function resolveFile(
  file: FileSpec,
  object: SourceObject,
  config: Pick<Workspace, "pipelines">
): FileSpec {
  const maps = completeMaps(object.maps(config)).map((map) => withStatuses(map, file, object));
  const amendable = maps.filter(({table}) => table === maps[0]!.table);
  for (const [name, spec] of Object.entries(file.columns ?? {}))
    amend(amendable, name, typeof spec === "string" ? {column: spec} : spec);
  const headers = Object.fromEntries(
    headersOf(object, config).map((header) => [
      header,
      [...(file.headers?.[header] ?? []), ...spellingsOf(object, header).slice(1)]
    ])
  );
  return {
    ...file,
    headers: {...file.headers, ...headers},
    maps: [...maps, ...file.maps]
  };
}

/** The map with the words that the file says mean its status too, and without those that it says mean another. */
function withStatuses(map: FileMap, {statuses = {}}: FileSpec, object: SourceObject): FileMap {
  const {header = "", words = {}} = object.statuses ?? {};
  const own = map.rows_where?.[header];
  if (own === undefined) return map;
  const others = own.filter((word) => !Object.hasOwn(statuses, word));
  const said = Object.keys(statuses).filter((word) => words[statuses[word]!]?.includes(own[0]!));
  return {...map, rows_where: {...map.rows_where, [header]: [...others, ...said]}};
}

/**
 * One column of all the maps but those that state a value, such as the stage of won deals. The same header keeps what the object
 * says of it, such as its id form, beside what the file adds. Of a log only maps that read it as the first one does, or the first
 * with the header that the file names; a new header is read by all that read the one before, each with what the object says of it
 * there, such as the type of its values. Those of a log that read another header stay as they are.
 */
function amend(maps: readonly FileMap[], name: string, spec: ColumnSpec | null): void {
  const before = (map?: FileMap): ColumnSpec => columnSpec(map?.columns[name] ?? {});
  const named = maps.find((map) => spec?.column !== undefined && before(map).column === spec.column);
  const first = before(named ?? maps[0]);
  const isLog = maps[0]?.table === "deal_event";
  for (const [index, map] of maps.entries()) {
    const own = before(map);
    if (spec === null) {
      if (index === 0 || own.value === undefined) delete map.columns[name];
    } else if (isLog ? isDeepStrictEqual(own, first) : own.value === undefined)
      map.columns[name] = own.column === spec.column ? {...own, ...spec} : spec;
    else if (isLog && own.column !== undefined && own.column === first.column && spec.column !== undefined)
      map.columns[name] = {...own, column: spec.column};
  }
}

function unknownObject({path, source, object = ""}: FileSpec): Problem {
  const known = SYSTEMS.find(({id}) => id === source)?.objects.map(({id}) => id) ?? [];
  const near = didYouMean(object, known);
  return {
    what: `${source} has no such object`,
    file: path,
    field: "object",
    value: object,
    expected: `one of ${known.join(", ")}`,
    ...(near ? {fix: `did you mean "${near}"?`} : {})
  };
}
