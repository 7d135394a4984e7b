/** A CSV file written row by row through a bounded buffer. */
import {closeSync, openSync, writeSync} from "node:fs";

const SIZE = 1 << 18;
/** No row is longer, at up to three bytes a character. */
const ROW_ROOM = 1 << 15;

/**
 * Rows are text already joined by commas, without line end. Writes are synchronous: the simulation waits for the
 * disk, so memory is bounded by the buffer whatever the size of the firm.
 */
export class CsvFile {
  readonly path: string;
  nRows = 0;
  private readonly buffer = Buffer.allocUnsafe(SIZE);
  private used = 0;
  private handle: number;

  /** @throws the system's error (EACCES, ENOSPC) when the file cannot be made or written. */
  constructor(path: string, header: readonly string[]) {
    this.path = path;
    this.handle = openSync(path, "w");
    this.used = this.buffer.write(`${header.join(",")}\n`, 0, "utf8");
  }

  row(text: string): void {
    this.nRows++;
    this.used += this.buffer.write(text, this.used, "utf8");
    this.buffer[this.used++] = 10;
    if (this.used > SIZE - ROW_ROOM) this.flush();
  }

  close(): void {
    if (this.handle < 0) return;
    try {
      this.flush();
    } finally {
      closeSync(this.handle);
      this.handle = -1;
    }
  }

  private flush(): void {
    const {used} = this;
    this.used = 0;
    for (let at = 0; at < used; ) at += writeSync(this.handle, this.buffer, at, used - at);
  }
}
