/** SHA-256 of files, and whether a file has changed since it was last hashed. */
import {createHash} from "node:crypto";
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync
} from "node:fs";
import {join, relative} from "node:path";

const CHUNK = 1 << 18;

interface KnownHash {
  size: number;
  mtimeMs: number;
  sha256: string;
}

/** Hashes with a memory on disk: a file with the same size and time of change is not read again. */
export class HashMemory {
  #file: string;
  #known: Record<string, KnownHash>;

  constructor(file: string) {
    this.#file = file;
    this.#known = existsSync(file)
      ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, KnownHash>)
      : {};
  }

  sha256(path: string): string {
    const {size, mtimeMs} = statSync(path);
    const known = this.#known[path];
    if (known && known.size === size && known.mtimeMs === mtimeMs) return known.sha256;
    const sha256 = hashFile(path);
    this.#known[path] = {size, mtimeMs, sha256};
    return sha256;
  }

  save(): void {
    const temporary = `${this.#file}.${process.pid}.tmp`;
    writeFileSync(temporary, JSON.stringify(this.#known, null, 2));
    renameSync(temporary, this.#file);
  }
}

/** Read into one buffer, at once: new buffers would cost twice as much as the hashing, a thread that reads ahead a fifth of it. */
export function hashFile(path: string): string {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(CHUNK);
  const file = openSync(path, "r");
  try {
    for (;;) {
      const n = readSync(file, buffer);
      if (n === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, n));
    }
  } finally {
    closeSync(file);
  }
}

export function hashText(...texts: string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:${text}`);
  return hash.digest("hex");
}

/** The hash of all files in folders (names and contents), sorted; for "has the code changed?". */
export function hashFolders(
  root: string,
  folders: readonly string[],
  pattern = /\.(ts|sql|yml|yaml|css|md|js)$/
): string {
  const files = folders
    .flatMap((folder) => listFiles(join(root, folder)))
    .filter((file) => pattern.test(file))
    .sort();
  return hashText(...files.flatMap((file) => [relative(root, file), readFileSync(file, "utf8")]));
}

/** All files under a folder, or the file itself; hidden folders are left out. */
export function listFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => listFiles(join(path, name)));
}
