import {fileURLToPath} from "node:url";
import {defineConfig} from "vitest/config";
import {BaseSequencer, type TestSpecification} from "vitest/node";

const stdlib = fileURLToPath(new URL("./test/stdlib.ts", import.meta.url));

/** Files that take longest, longest first. */
const LONG = [
  "browser/pages",
  "browser/demos",
  "init/init",
  "models/timeMachine",
  "warehouse/killedBuild",
  "warehouse/buildWarehouse",
  "forecast/history/readHistory",
  "forecast/publish/publishAll",
  "pages/answers"
];

/**
 * Begins with the longest: begun last, one of them is at work alone on the other core's time. Where no earlier run is
 * remembered, as on CI, vitest goes by the size of files, and the shortest browser test file is the longest run.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const group = ({project}: TestSpecification) => project.config.sequence.groupOrder;
    const place = ({moduleId}: TestSpecification) => {
      const index = LONG.findIndex((name) => moduleId.includes(`/test/${name}`));
      return index < 0 ? LONG.length : index;
    };
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => group(a) - group(b) || place(a) - place(b));
  }
}

const DRAWN = ["test/components/**/*.test.ts", "test/views/**/*.test.ts"];

/**
 * Files share their worker's modules: reading them anew for each file was a third of the CPU. So a test leaves no state behind in a
 * module; what it puts in a global's place is put back by the options below.
 */
const SHARED = {isolate: false, restoreMocks: true, unstubGlobals: true, unstubEnvs: true} as const;

/** Left alone, vitest keeps a core free: of two, one. */
const UNIT = {
  ...SHARED,
  sequence: {groupOrder: 0},
  maxWorkers: "100%",
  testTimeout: 60_000,
  hookTimeout: 120_000
} as const;

/** `unit` and `drawn`, which has a document, then `browser`, which builds sites and drives Chromium. */
export default defineConfig({
  test: {
    sequence: {sequencer: LongestFirst},
    projects: [
      {
        resolve: {alias: {"observablehq:stdlib": stdlib}},
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**", ...DRAWN],
          setupFiles: ["test/setup.ts"],
          ...UNIT
        }
      },
      {
        resolve: {alias: {"observablehq:stdlib": stdlib}},
        test: {
          name: "drawn",
          include: DRAWN,
          setupFiles: ["test/setup.ts", "test/support/dom.ts"],
          ...UNIT
        }
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          setupFiles: ["test/setup.ts"],
          sequence: {groupOrder: 1},
          maxWorkers: 2,
          // Two pages at a time: one waits while the other draws.
          maxConcurrency: 2,
          testTimeout: 180_000,
          hookTimeout: 300_000
        }
      }
    ]
  }
});
