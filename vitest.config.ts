import {fileURLToPath} from "node:url";
import {defineConfig} from "vitest/config";
import {BaseSequencer, type TestSpecification} from "vitest/node";

const stdlib = fileURLToPath(new URL("./test/stdlib.ts", import.meta.url));

/** Files that take longest, longest first. */
const LONG = [
  ...["browser/demos", "browser/pages", "browser/", "forecast/publish/publishAll", "house/typesAndLint"],
  ...[
    "init/init",
    "models/timeMachine.",
    "pages/answers",
    "warehouse/killedBuild",
    "forecast/history/readHistory"
  ],
  ...[
    "init/formats",
    "commands/badInput",
    "commands/twin",
    "warehouse/buildWarehouse",
    "init/asFirmsHaveThem"
  ],
  ...[
    "twins/twinInit",
    "twins/twinWarehouse",
    "init/otherSystems",
    "commands/matches",
    "commands/explain",
    "models/timeMachine"
  ],
  ...["publish/largeSite", "publish/unchangedSite", "commands/publish", "site/siteShell", "site/lookAhead"],
  ...["twins/score", "sources/contract", "publish/narrowWarehouse", "pages/parts", "init/"]
];

/**
 * Begins with the longest: begun last, one of them is at work alone on the other core's time. Where no earlier run is
 * remembered, as on CI, vitest goes by the size of files, and the shortest browser test file is the longest run.
 * A worker reads its modules once as long as the files that it gets are of one project: so they stay together.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = LONG.length;
    const place = ({moduleId, project}: TestSpecification) => {
      if (project.name === "drawn") return others + 1;
      const index = LONG.findIndex((name) => moduleId.includes(`/test/${name}`));
      return index < 0 ? others : index;
    };
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => place(a) - place(b));
  }
}

const DRAWN = ["test/components/**/*.test.ts", "test/views/**/*.test.ts"];

/**
 * Files share their worker's modules: reading them anew for each file was a third of the CPU. So a test leaves no state behind in a
 * module; what it puts in a global's place is put back by the options below.
 */
const SHARED = {isolate: false, restoreMocks: true, unstubGlobals: true, unstubEnvs: true} as const;

/**
 * Of all projects alike, as one queue asks: left alone, vitest keeps a core free, of two one. No test is about how fast something is, so
 * the times are those after which a machine that is slow and busy is taken for stuck.
 */
const ALIKE = {
  ...SHARED,
  maxWorkers: "100%",
  testTimeout: 300_000,
  hookTimeout: 600_000,
  expect: {poll: {timeout: 60_000}}
} as const;

/** `unit`, `drawn`, which has a document, and `browser`, which builds sites and drives Chromium; one queue, so that no core waits for the end of another project. */
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
          ...ALIKE
        }
      },
      {
        resolve: {alias: {"observablehq:stdlib": stdlib}},
        test: {
          name: "drawn",
          include: DRAWN,
          setupFiles: ["test/setup.ts", "test/support/dom.ts"],
          ...ALIKE
        }
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          setupFiles: ["test/setup.ts"],
          // Two pages at a time: one waits while the other draws.
          maxConcurrency: 2,
          ...ALIKE
        }
      }
    ]
  }
});
