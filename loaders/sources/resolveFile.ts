/** A file that names a system's object, as a file that says itself where its columns go. */
import type {Problem} from "../weirError.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {didYouMean} from "../workspace/didYouMean.ts";
import type {ColumnSpec, FileSpec, Workspace} from "../workspace/schema.ts";
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

/** The object's maps, with the file's own columns in the first of them, then the file's own maps. */
export function resolveFile(
  file: FileSpec,
  object: SourceObject,
  config: Pick<Workspace, "pipelines">
): FileSpec {
  const [first, ...rest] = completeMaps(object.maps(config));
  const columns = {...first?.columns};
  for (const [name, spec] of Object.entries(file.columns ?? {}))
    if (spec === null) delete columns[name];
    else columns[name] = amended(columns[name], typeof spec === "string" ? {column: spec} : spec);
  const headers = Object.fromEntries(
    headersOf(object, config).map((header) => [
      header,
      [...(file.headers?.[header] ?? []), ...spellingsOf(object, header).slice(1)]
    ])
  );
  return {
    ...file,
    headers: {...file.headers, ...headers},
    maps: [...(first ? [{...first, columns}] : []), ...rest, ...file.maps]
  };
}

/** The same header keeps what the object says of it, such as its id form, beside what the file adds. */
function amended(before: ColumnSpec | undefined, spec: ColumnSpec): ColumnSpec {
  return before?.column !== undefined && before.column === spec.column ? {...before, ...spec} : spec;
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
