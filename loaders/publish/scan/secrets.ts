/** What no site may hold, whoever it is for: secrets of this machine, its paths, anybody's e-mail address, files of other kinds. */
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {homedir} from "node:os";
import {extname, join} from "node:path";

export interface Secret {
  /** Where it is from, never what it is. */
  name: string;
  value: string;
}

/** PWD alone is the folder one is in, an AUTHOR a person. */
const SECRET_NAME =
  /TOKEN|SECRET|KEY|PASSW|PASSPHRASE|CREDENTIAL|AUTH(?!OR)|(?:^|_)PASS(?:$|_)|_PWD(?:$|_)|(?:^|_)DSN(?:$|_)|CONNECTION|(?:DATABASE|DB)_UR[IL]/i;
const ENV_FILE = /^\.env(?:\.|$)/;
/** `postgres://user:password@host`: secret whatever it is called. */
const PASSWORD_IN_ADDRESS = /:\/\/[^\s:@/]*:([^\s@/]+)@/;
const LEAST = 8;

/**
 * Values of the environment and of .env files (.env.local too) whose names say that they are secret, line by line, and passwords in
 * addresses. Not looked for: fewer than eight characters, and what somebody has encoded as base64 or hex.
 */
export function secretsOf(env: NodeJS.ProcessEnv, folders: readonly string[]): Secret[] {
  const files = [...new Set(folders)]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, {withFileTypes: true})
        .filter((entry) => !entry.isDirectory() && ENV_FILE.test(entry.name))
        .map(({name}) => join(folder, name))
    );
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
    if (!value) return [];
    const lines = SECRET_NAME.test(name) ? value.split(/\r?\n|\\n/).map((line) => line.trim()) : [];
    return [...lines, PASSWORD_IN_ADDRESS.exec(value)?.[1] ?? ""].flatMap((secret) => {
      if (secret.length < LEAST || seen.has(secret)) return [];
      seen.add(secret);
      return [{name, value: secret}];
    });
  });
}

/**
 * Folders of this machine that a site must not name: too short a one (`/`, `/tmp`) means nothing, but a home of one step (`/root`, as in
 * containers) does before a name in it.
 */
export function machinePaths(folders: readonly string[], home = homedir()): string[] {
  const steps = (folder: string) => folder.split(/[\\/]/).filter(Boolean).length;
  const whole = [home, ...folders].filter((folder) => steps(folder) >= 2);
  return [...new Set([...whole, ...(steps(home) === 1 ? [`${home.replace(/[\\/]$/, "")}/`] : [])])];
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

/** Pieces of a large firm's data, which its pages fetch by their filters: JSON in gzip. */
const PART = /^_parts\/.+\.gz\.bin$/;

/** Whether a file, by its path within the site, is one of those pieces. */
export function isPart(file: string): boolean {
  return PART.test(file);
}

/** Whether a site may hold a file of that path: never databases, tables, source maps or settings. */
export function isSiteFile(file: string): boolean {
  return KINDS.has(extname(file).toLowerCase()) || isPart(file);
}
