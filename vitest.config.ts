import {fileURLToPath} from "node:url";
import {defineConfig} from "vitest/config";

const stdlib = fileURLToPath(new URL("./test/stdlib.ts", import.meta.url));

/** Two projects: `unit` runs in parallel; `browser` builds sites and drives Chromium, one file at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: {alias: {"observablehq:stdlib": stdlib}},
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**"],
          setupFiles: ["test/setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000
        }
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          setupFiles: ["test/setup.ts"],
          fileParallelism: false,
          // Two pages at a time: one waits while the other draws.
          maxConcurrency: 2,
          testTimeout: 180_000,
          hookTimeout: 300_000
        }
      }
    ]
  }
});
