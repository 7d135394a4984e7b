/**
 * Writes data/workspace.schema.json, the JSON Schema that editors use, from the zod schema. With `--check` it writes
 * nothing and exits 1 when the file on disk differs.
 */
import {readFileSync, writeFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {workspaceSchema} from "./schema.ts";

export const JSON_SCHEMA_FILE = fileURLToPath(new URL("../../data/workspace.schema.json", import.meta.url));

/** The JSON Schema (draft 2020-12) of workspace.yaml, as text. */
export function jsonSchemaText(): string {
  const schema = z.toJSONSchema(workspaceSchema, {io: "input", unrepresentable: "any"});
  return `${JSON.stringify({title: "Weir workspace", ...schema}, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes("--check")) writeFileSync(JSON_SCHEMA_FILE, jsonSchemaText());
  else if (readFileSync(JSON_SCHEMA_FILE, "utf8") !== jsonSchemaText()) {
    process.stderr.write("data/workspace.schema.json is out of date: run `npm run schema`\n");
    process.exitCode = 1;
  }
}
