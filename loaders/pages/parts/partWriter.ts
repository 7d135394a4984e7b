/** Writes parts: gzip files beside the pages. */
import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {gzipSync} from "node:zlib";

export interface WrittenPart {
  file: string;
  bytes: number;
}

export interface PartWriter {
  write(file: string, content: unknown): void;
  written: WrittenPart[];
}

/** A writer of parts under `folder`. */
export function partWriter(folder: string, onPart: (file: string) => void = () => {}): PartWriter {
  const written: WrittenPart[] = [];
  return {
    written,
    write(file, content) {
      const path = join(folder, `${file}.gz.bin`);
      const bytes = gzipSync(JSON.stringify(content));
      mkdirSync(dirname(path), {recursive: true});
      writeFileSync(path, bytes);
      written.push({file, bytes: bytes.length});
      onPart(file);
    }
  };
}
