import {createHash} from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {FIRMS, type TwinOptions, writeTwin} from "../../loaders/twins/writeTwin.ts";
import {WeirError} from "../../loaders/weirError.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "weir-twin-"));
});
afterAll(() => rmSync(root, {recursive: true, force: true}));

/** SHA-256 of every file of a folder, by name. */
function hashes(dir: string): Record<string, string> {
  const files = readdirSync(dir, {recursive: true, encoding: "utf8"}).filter((file) => file.includes("."));
  return Object.fromEntries(
    files.sort().map((file) => [
      file,
      createHash("sha256")
        .update(readFileSync(join(dir, file)))
        .digest("hex")
    ])
  );
}

async function refusal(options: Partial<TwinOptions>): Promise<WeirError> {
  const error = await writeTwin({
    firm: "software",
    deals: 50,
    seed: 1,
    out: join(root, "never"),
    ...options
  }).catch((reason) => reason);
  expect(error).toBeInstanceOf(WeirError);
  expect(error.exitCode).toBe(2);
  return error;
}

describe.each(FIRMS)("the %s twin", (firm) => {
  test("has the same bytes for the same seed and others for another", async () => {
    const made: Record<string, string>[] = [];
    for (const [name, seed] of [
      ["a", 3],
      ["b", 3],
      ["c", 4]
    ] as const) {
      const out = join(root, firm, name);
      await writeTwin({firm, deals: 120, seed, out});
      made.push(hashes(out));
    }
    expect(made[1]).toEqual(made[0]);
    const other = Object.keys(made[0]!).filter((file) => made[0]![file] !== made[2]![file]);
    // What does not depend on chance stays: the workspace, the stages, the planted tables.
    expect(other).toContain("truth/deals.csv");
    expect(other.length).toBeGreaterThan(Object.keys(made[0]!).length / 2);
  });

  test("has as many deals as asked for at any size", async () => {
    for (const deals of [1, 7, 40]) {
      const out = join(root, firm, `n${deals}`);
      const {files} = await writeTwin({firm, deals, seed: 2, out});
      expect(files.find(({file}) => file === "truth/deals.csv")!.n_rows).toBe(deals);
    }
  });
});

describe("a twin that cannot be made is refused and leaves nothing", () => {
  test("an unknown firm", async () => {
    expect((await refusal({firm: "bakery" as never})).problems[0]!.expected).toContain("software");
    expect(existsSync(join(root, "never"))).toBe(false);
  });

  test.each([0, -5, 2.5, Number.NaN, 5_000_001])("%d deals", async (deals) => {
    expect((await refusal({deals})).problems[0]!.field).toBe("deals");
    expect(existsSync(join(root, "never"))).toBe(false);
  });

  test.each([-1, 0.5, 2 ** 32])("seed %d", async (seed) => {
    expect((await refusal({seed})).problems[0]!.field).toBe("seed");
  });

  test("a folder that holds something, which stays", async () => {
    const out = join(root, "full");
    mkdirSync(out);
    writeFileSync(join(out, "mine.txt"), "mine");
    expect((await refusal({out})).message).toContain("not empty");
    expect(readdirSync(out)).toEqual(["mine.txt"]);
  });

  test("a path that is a file, or lies below one", async () => {
    const file = join(root, "file");
    writeFileSync(file, "");
    await refusal({out: file});
    await refusal({out: join(file, "below")});
  });

  test.skipIf(process.platform !== "linux")("a folder where nobody may write", async () => {
    const error = await refusal({out: "/proc/weir/twin"});
    expect(error.problems[0]!.fix).toContain("can be written");
  });

  test.skipIf(process.getuid?.() === 0)("a folder without permission", async () => {
    const parent = join(root, "closed");
    mkdirSync(parent);
    chmodSync(parent, 0o500);
    await refusal({out: join(parent, "twin")});
  });

  test.skipIf(!existsSync("/dev/full"))("a disk that fills up on the way", async () => {
    const out = join(root, "made", "for", "it");
    // The system's own full device takes the place of a file that is opened last.
    const onProgress = () => {
      const last = join(out, "truth", "rhythm.csv");
      if (!existsSync(last)) symlinkSync("/dev/full", last);
    };
    const error = await refusal({deals: 1100, out, onProgress});
    expect(error.problems[0]!.what).toContain("ENOSPC");
    expect(error.problems[0]!.fix).toContain("free space");
    expect(existsSync(join(root, "made"))).toBe(false);
    expect(existsSync("/dev/full")).toBe(true);
  });
});
