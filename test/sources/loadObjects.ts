import {type LoadOptions, withLoaded} from "./loadFiles.ts";

/** A pipeline with the stages that systems need which keep won and lost as a status. */
export const STATUS_STAGES = `
  - id: "1"
    stages:
      - {id: "11", kind: open}
      - {id: "12", kind: open}
      - {id: Qualify, kind: open}
      - {id: Propose, kind: open}
      - {id: won, kind: won}
      - {id: lost, kind: lost}`;

/** Loads files as objects of systems (`"salesforce Opportunity"`, more keys after it) and answers a query. */
export async function load(
  content: Record<string, string>,
  objects: Record<string, string>,
  sql: string,
  more: Partial<LoadOptions> = {}
) {
  const files = Object.entries(objects)
    .map(([file, what]) => {
      const [, source, object, rest] = /^(\w+) (\w+)(.*)$/.exec(what)!;
      return `  - {path: ${file}, source: ${source}, object: ${object}${rest}}`;
    })
    .join("\n");
  return withLoaded({files, content, ...more}, ({rows}) => rows(sql));
}

export const lines = (...each: string[]) => `${each.join("\n")}\n`;
