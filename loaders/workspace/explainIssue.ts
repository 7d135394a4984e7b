/** Turns what zod says of a YAML file into problems with a line, a value and a suggestion. */
import {type Document, isMap, isNode, isScalar, type LineCounter} from "yaml";
import {z} from "zod";
import type {Problem} from "../weirError.ts";
import {didYouMean} from "./didYouMean.ts";

export interface YamlSource {
  file: string;
  document: Document.Parsed;
  lines: LineCounter;
  /** What the document should be: tells which keys there are. */
  schema: z.ZodType;
}

/** The problems in one zod issue: one for each unknown key, else one. */
export function explainIssue(issue: z.core.$ZodIssue, source: YamlSource): Problem[] {
  const path = issue.path.filter((part) => typeof part !== "symbol");
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(key, path, source));
  if (issue.code === "invalid_union") {
    const nested = nearestBranch(issue.errors);
    if (nested)
      return nested.flatMap((each) => explainIssue({...each, path: [...issue.path, ...each.path]}, source));
  }
  const value = source.document.getIn(path);
  const missing = value === undefined;
  return [
    {
      what: missing ? `${path.at(-1)} is missing` : "the value is not accepted",
      file: source.file,
      line: lineOf(path, source),
      field: path.join("."),
      ...(missing ? {} : {value: isNode(value) ? String(value) : String(value)}),
      expected: issue.message.replace(/^Invalid (input|option): /, "")
    }
  ];
}

function unknownKey(key: string, path: (string | number)[], source: YamlSource): Problem {
  const known = keysAt(source.schema, path);
  const near = didYouMean(key, known);
  return {
    what: `unknown key "${key}"`,
    file: source.file,
    line: lineOf([...path, key], source),
    field: [...path, key].join("."),
    expected: known.length > 0 ? `one of ${known.join(", ")}` : "no such key here",
    fix: near ? `did you mean "${near}"?` : "remove the key, or move it to where it belongs"
  };
}

/** Of the branches of a union, the issues of the one that got furthest into an object. */
function nearestBranch(branches: z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  return branches.find((issues) =>
    issues.every((issue) => issue.path.length > 0 || issue.code !== "invalid_type")
  );
}

/** The keys an object of the schema takes at a path of a document. */
function keysAt(schema: z.ZodType, path: readonly (string | number)[]): string[] {
  let at = unwrap(schema);
  for (const part of path) {
    if (at instanceof z.ZodObject) at = unwrap((at.shape as Record<string, z.ZodType>)[part] ?? z.never());
    else if (at instanceof z.ZodArray) at = unwrap(at.element as z.ZodType);
    else if (at instanceof z.ZodRecord) at = unwrap(at.valueType as z.ZodType);
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return unwrap(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion) {
    const object = (schema.options as z.ZodType[])
      .map(unwrap)
      .find((option) => option instanceof z.ZodObject);
    return object ?? schema;
  }
  return schema;
}

/** The line of the node at a path, or of the nearest parent that exists. */
export function lineOf(
  path: readonly (string | number)[],
  {document, lines}: YamlSource
): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (length > 0 && isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair && isNode(pair.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line;
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
