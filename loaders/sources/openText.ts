/** Opens a file of any kind as text. */
import type {Engine} from "../engine/engine.ts";
import type {FileFormat} from "../workspace/schema.ts";
import {readCsv} from "./readCsv.ts";
import {readJson} from "./readJson.ts";
import {readParquet} from "./readParquet.ts";
import {fileKind, type TextSource} from "./textSource.ts";

/**
 * @param copy where a plain CSV copy may be put; the caller removes it when it has read the text.
 * @throws {BadFile} when the file is not well-formed.
 */
export async function openText(
  engine: Engine,
  path: string,
  format: FileFormat,
  copy: string
): Promise<TextSource> {
  const kind = fileKind(path, format);
  if (kind === "csv") return readCsv(path, format, copy);
  return kind === "parquet" ? readParquet(engine, path, format) : readJson(path, kind, format, copy);
}
