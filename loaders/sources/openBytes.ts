/** Opens a file as bytes, gunzipped when its name ends in .gz, and stops at a cap: a small .gz can hold anything. */
import {createReadStream, statSync} from "node:fs";
import {open} from "node:fs/promises";
import {createGunzip} from "node:zlib";
import {BadFile} from "./badFile.ts";

export interface ByteReader {
  /** Puts the next bytes into `into` from `offset` on; their number, 0 at the end. */
  read(into: Buffer, offset: number): Promise<number>;
  close(): Promise<void>;
}

export interface ByteLimits {
  /** Bytes, unpacked, at which the file is refused. */
  maxBytes?: number;
}

export const MAX_BYTES = 64 * 2 ** 30;

/** Exports pack to a tenth or a fiftieth; a bomb to a thousandth. */
const MAX_RATIO = 250;
const RATIO_FROM_BYTES = 64 * 2 ** 20;

/** @throws {BadFile} while reading: too large, not gzip, damaged gzip. */
export async function openBytes(path: string, {maxBytes = MAX_BYTES}: ByteLimits = {}): Promise<ByteReader> {
  const {size} = statSync(path);
  const isPacked = path.endsWith(".gz");
  if (size > maxBytes) throw tooLarge(size, maxBytes);
  const inner = isPacked ? gunzipped(path) : await plain(path);
  let total = 0;
  return {
    async read(into, offset) {
      const n = await inner.read(into, offset);
      total += n;
      if (total > maxBytes) throw tooLarge(total, maxBytes);
      if (isPacked && total > RATIO_FROM_BYTES && total > size * MAX_RATIO)
        throw new BadFile({
          what: `the file unpacks to more than ${MAX_RATIO} times its size`,
          value: `${size} bytes packed, over ${total} unpacked`,
          expected: "an export, not an archive made to fill a disk",
          fix: "unpack it yourself and look at it before loading it"
        });
      return n;
    },
    close: () => inner.close()
  };
}

async function plain(path: string): Promise<ByteReader> {
  const file = await open(path);
  return {
    read: async (into, offset) => (await file.read(into, offset, into.length - offset, null)).bytesRead,
    close: () => file.close()
  };
}

function gunzipped(path: string): ByteReader {
  const raw = createReadStream(path, {highWaterMark: 1 << 18});
  const unzipped = createGunzip({chunkSize: 1 << 20});
  raw.on("error", (error) => unzipped.destroy(error));
  const chunks = raw.pipe(unzipped)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let chunk: Buffer = Buffer.alloc(0);
  return {
    async read(into, offset) {
      try {
        while (chunk.length === 0) {
          const next = await chunks.next();
          if (next.done) return 0;
          chunk = next.value;
        }
      } catch (error) {
        throw damagedGzip(error as NodeJS.ErrnoException);
      }
      const n = chunk.copy(into, offset);
      chunk = chunk.subarray(n);
      return n;
    },
    async close() {
      raw.destroy();
      unzipped.destroy();
    }
  };
}

function damagedGzip(error: NodeJS.ErrnoException): Error {
  if (!/^Z_/.test(error.code ?? "")) return error;
  const isCut = error.code === "Z_BUF_ERROR";
  return new BadFile({
    what: isCut ? "the gzip file ends too early" : "the name ends in .gz, but the content is not gzip",
    value: error.message,
    expected: "a whole gzip file",
    fix: isCut
      ? "download or export it again"
      : "rename it without .gz if it is plain text, else export it again"
  });
}

function tooLarge(size: number, maxBytes: number): BadFile {
  return new BadFile({
    what: "the file is too large",
    value: `${size} bytes`,
    expected: `at most ${maxBytes} bytes, unpacked`,
    fix: "split the export, or declare format: {max_megabytes: ...} in workspace.yaml"
  });
}
