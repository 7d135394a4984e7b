/** A CSV file written row by row through a bounded buffer. */
import {closeSync, openSync, writeSync} from "node:fs";

const FLUSH_AT = 1 << 17;

/**
 * Rows are text already joined by commas, without line end. Writes are synchronous: the simulation waits for the
 * disk, so memory is bounded by the buffer whatever the size of the firm.
 */
export class CsvFile {
  readonly path: string;
  nRows = 0;
  private buffer: string;
  private handle: number;

  /** @throws the system's error (EACCES, ENOSPC) when the file cannot be made or written. */
  constructor(path: string, header: readonly string[]) {
    this.path = path;
    this.handle = openSync(path, "w");
    this.buffer = `${header.join(",")}\n`;
  }

  row(text: string): void {
    this.nRows++;
    this.buffer += text;
    this.buffer += "\n";
    if (this.buffer.length > FLUSH_AT) this.flush();
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
    const bytes = Buffer.from(this.buffer, "utf8");
    this.buffer = "";
    for (let at = 0; at < bytes.length; ) at += writeSync(this.handle, bytes, at);
  }
}
