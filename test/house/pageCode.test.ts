/**
 * Nothing type-checks the code inside Markdown, so this does: the cells of each page become one TypeScript module in
 * which only what Framework gives is known. A misspelt export, a wrong argument and an implicit global (`Plot`, `d3`,
 * `html`, `Inputs`) are errors.
 */
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import ts from "typescript";
import {describe, expect, test} from "vitest";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

const SRC = join(PROJECT, "src");

/** What a page may use without importing it. */
const GIVEN = `
declare function FileAttachment(name: string): {url(): Promise<string>; json(): Promise<any>; text(): Promise<string>; arrayBuffer(): Promise<ArrayBuffer>};
declare const Generators: {input<T extends {value: unknown}>(element: T): T["value"]};
declare function view<T extends {value: unknown}>(element: T): T["value"];
/** Null would be shown as the word. */
declare function placed(value: {}): void;
declare function display<T>(value: T): T;
declare function resize(render: (width: number, height: number) => Node): HTMLElement;
declare const width: number;
declare const dark: boolean;
declare const invalidation: Promise<void>;
declare const visibility: () => Promise<void>;
declare const observable: {params: Record<string, string>};
`;

/** The page's cells and inline expressions, in order, as one module. */
function pageModule(markdown: string): string {
  const cells: string[] = [];
  const prose = markdown
    .replace(/^---\n[\s\S]*?\n---\n/, "")
    .replace(/```(?:ts|js)\n([\s\S]*?)```/g, (_, cell: string) => {
      cells.push(cell);
      return "";
    });
  const inline = inlineExpressions(prose).map((expression) => `placed(${expression});`);
  return [GIVEN, ...cells, ...inline, "export {};"].join("\n");
}

/** `${...}` outside code cells, with nested braces. */
function inlineExpressions(prose: string): string[] {
  const found: string[] = [];
  let end = 0;
  for (let at = prose.indexOf("${"); at >= 0; at = prose.indexOf("${", end)) {
    let depth = 1;
    end = at + 2;
    while (end < prose.length && depth > 0) {
      if (prose[end] === "{") depth++;
      if (prose[end] === "}") depth--;
      end++;
    }
    found.push(prose.slice(at + 2, end - 1));
  }
  return found;
}

function typeErrors(modules: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: []
  };
  const host = ts.createCompilerHost(options);
  const {getSourceFile, fileExists, readFile} = host;
  host.fileExists = (path) => modules.has(path) || fileExists(path);
  host.readFile = (path) => modules.get(path) ?? readFile(path);
  host.getSourceFile = (path, version) => {
    const text = modules.get(path);
    return text === undefined ? getSourceFile(path, version) : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram(
    [...modules.keys(), join(PROJECT, "types", "observablehq.d.ts")],
    options,
    host
  );
  return [...modules.keys()].flatMap((path) =>
    program.getSemanticDiagnostics(program.getSourceFile(path)).map((diagnostic) => {
      const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, " ");
      return `${path.slice(SRC.length + 1)}: ${text}`;
    })
  );
}

describe("code in pages", () => {
  const pages = readdirSync(SRC).filter((name) => name.endsWith(".md"));

  test("every page type-checks, with nothing but its imports and Framework's own names", () => {
    expect(pages.length).toBeGreaterThan(3);
    const modules = new Map(
      pages.map((page) => [join(SRC, `${page}.ts`), pageModule(readFileSync(join(SRC, page), "utf8"))])
    );
    expect(typeErrors(modules)).toEqual([]);
  });

  test("a place that could show the word null is seen", () => {
    const page = 'Hello ${Math.random() > 2 ? "there" : null}\n';
    expect(typeErrors(new Map([[join(SRC, "wrong.md.ts"), pageModule(page)]])).join("\n")).toMatch(/null/);
  });

  test("an implicit global and a misspelt export are seen", () => {
    const page = 'Hello ${Plot.plot({})}\n\n```ts\nimport {Kpie} from "./components/kpi.js";\n```\n';
    const errors = typeErrors(new Map([[join(SRC, "wrong.md.ts"), pageModule(page)]]));
    expect(errors.join("\n")).toMatch(/Cannot find name 'Plot'/);
    expect(errors.join("\n")).toMatch(/no exported member.*'?Kpie/);
  });
});
