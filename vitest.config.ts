import {fileURLToPath} from "node:url";
import {defineConfig} from "vitest/config";

const stdlib = fileURLToPath(new URL("./test/stdlib.ts", import.meta.url));

/** Two projects, one after the other: `unit`, then `browser`, which builds sites and drives Chromium. */
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
          sequence: {groupOrder: 0},
          // Left alone, it keeps a core free: of two, one.
          maxWorkers: "100%",
          testTimeout: 60_000,
          hookTimeout: 120_000
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
