/** What no site may hold, whoever it is for: secrets of this machine, its paths, anybody's e-mail address, files of other kinds. */
import {existsSync, readFileSync} from "node:fs";
import {homedir} from "node:os";
import {extname, join} from "node:path";

export interface Secret {
  /** Where it is from, never what it is. */
  name: string;
  value: string;
}

const SECRET_NAME = /TOKEN|SECRET|KEY|PASSWORD/i;
const LEAST = 8;

/** Values of the environment and of .env files whose names say that they are secret. */
export function secretsOf(env: NodeJS.ProcessEnv, folders: readonly string[]): Secret[] {
  const files = folders.map((folder) => join(folder, ".env")).filter((file) => existsSync(file));
  const written = files.flatMap((file) =>
    readFileSync(file, "utf8")
      .split(/\r?\n/)
      .flatMap((line): [string, string][] => {
        const [, name, value] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
        return name ? [[name, value!.replace(/^(["'])(.*)\1$/, "$2")]] : [];
      })
  );
  const seen = new Set<string>();
  return [...Object.entries(env), ...written].flatMap(([name, value]): Secret[] => {
    if (!value || value.length < LEAST || !SECRET_NAME.test(name) || seen.has(value)) return [];
    seen.add(value);
    return [{name, value}];
  });
}

/** Folders of this machine that a site must not name: too short a one (`/`, `/tmp`) means nothing. */
export function machinePaths(folders: readonly string[]): string[] {
  return [...new Set([homedir(), ...folders])].filter(
    (folder) => folder.split(/[\\/]/).filter(Boolean).length >= 2
  );
}

export const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/;

/** An address of a person; versions of packages (name@1.2.3) are none. */
export const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24}(?![\p{L}\p{N}-])/gu;

/** Kinds of files that a site is made of. */
const KINDS = new Set([
  ...[".html", ".js", ".mjs", ".css", ".json", ".wasm", ".txt", ".webmanifest"],
  ...[".woff", ".woff2", ".ttf", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico"]
]);

/** Whether a site may hold a file of that name: never databases, tables, source maps or settings. */
export function isSiteFile(name: string): boolean {
  return KINDS.has(extname(name).toLowerCase());
}
