/** Progress and notes on stderr: a bar on a terminal, plain lines (of a long step one now and then) when piped. stdout is for data. */
import {SingleBar} from "cli-progress";
import pc from "picocolors";

export interface Reporter {
  /** A step of known length. Call `tick` after each part, `done` at the end. */
  start(label: string, total: number): {tick(part: string): void; done(note?: string): void};
  note(text: string): void;
  warn(text: string): void;
}

/** Says nothing: for tests and page loaders. */
export const silentReporter: Reporter = {
  start: () => ({tick() {}, done() {}}),
  note() {},
  warn() {}
};

/**
 * For work beside other work: its steps are not told until they are shown, and then from where they have come to. One bar at a time can
 * be drawn.
 */
export function behind(reporter: Reporter): {reporter: Reporter; show(): void} {
  let isShown = false;
  const waiting: (() => void)[] = [];
  const soon = (tell: () => void) => {
    if (isShown) tell();
    else waiting.push(tell);
  };
  return {
    reporter: {
      start(label, total) {
        let step: ReturnType<Reporter["start"]> | undefined;
        soon(() => {
          step = reporter.start(label, total);
        });
        return {tick: (part) => soon(() => step!.tick(part)), done: (note) => soon(() => step!.done(note))};
      },
      note: (text) => soon(() => reporter.note(text)),
      warn: (text) => soon(() => reporter.warn(text))
    },
    show() {
      isShown = true;
      for (const tell of waiting.splice(0)) tell();
    }
  };
}

/** A step that takes longer says so on a pipe, this often. */
const SAID_EVERY_MS = 30_000;

/** Reports to a stream. `clock` gives milliseconds and is the only clock here. */
export function streamReporter(stream: NodeJS.WriteStream, clock: () => number): Reporter {
  const seconds = (since: number) => `${((clock() - since) / 1000).toFixed(1)} s`;
  const line = (text: string) => stream.write(`${text}\n`);
  return {
    start(label, total) {
      const since = clock();
      const bar = stream.isTTY
        ? new SingleBar({
            stream,
            format: `${label.padEnd(12)} {bar} {value}/{total} {part}`,
            barsize: 24,
            hideCursor: true,
            clearOnComplete: true,
            barCompleteChar: "#",
            barIncompleteChar: "."
          })
        : undefined;
      bar?.start(total, 0, {part: ""});
      let [done, saidAt] = [0, since];
      const say = (part: string) => {
        done++;
        if (clock() - saidAt < SAID_EVERY_MS) return;
        saidAt = clock();
        const known = done <= total ? ` of ${total}` : "";
        line(`   ${label.padEnd(12)} ${done}${known}: ${part} ${pc.dim(seconds(since))}`);
      };
      return {
        tick: (part) => (bar ? bar.increment(1, {part}) : say(part)),
        done(note) {
          bar?.stop();
          line(`${pc.green("ok")} ${label.padEnd(12)} ${note ?? `${total}`} ${pc.dim(seconds(since))}`);
        }
      };
    },
    note: (text) => line(text),
    warn: (text) => line(pc.yellow(`! ${text}`))
  };
}
