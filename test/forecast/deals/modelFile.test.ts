import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import {
  checkedModelFile,
  MODEL_VERSION,
  type ModelFile,
  toModelFile
} from "../../../loaders/forecast/deals/modelFile.ts";
import {openModelStore, readModel} from "../../../loaders/forecast/deals/modelStore.ts";
import {withPairs} from "../../../loaders/forecast/deals/pairedFeatures.ts";
import {fitDealModel, project} from "../../../loaders/forecast/deals/projectDeals.ts";
import {hashHistory} from "../../../loaders/forecast/history/hashHistory.ts";
import {knownAt, type PipelineHistory} from "../../../loaders/forecast/history/pipelineHistory.ts";
import {formatError, WeirError} from "../../../loaders/weirError.ts";
import {simulatedHistory} from "../simulatedHistory.ts";

const history = simulatedHistory(900, 900, 5);
const folder = mkdtempSync(join(tmpdir(), "weir-models-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const code = "c".repeat(64);
const identity = {code, data: hashHistory(history)};
const model = fitDealModel(history)!;
const written = toModelFile(model, history, identity);
const path = join(folder, "one.json");

/** What is told of a file with something changed. */
function told(
  change: (file: Record<string, unknown> & ModelFile) => void,
  of = history,
  by = identity
): string {
  const file = JSON.parse(JSON.stringify(written)) as Record<string, unknown> & ModelFile;
  change(file);
  writeFileSync(path, JSON.stringify(file));
  try {
    readModel(path, of, by);
  } catch (error) {
    expect(error).toBeInstanceOf(WeirError);
    return formatError(error as WeirError);
  }
  return "read";
}

/** The history with one deal's last amount a cent higher. */
function aCentMore(of: PipelineHistory): PipelineHistory {
  const amount = of.amount.slice();
  const at = amount.findLastIndex((value) => value > 0);
  amount[at]! += 0.01;
  return {...of, amount};
}

describe("a fitted deal model as a file", () => {
  test("names every coefficient once, and all numbers are finite", () => {
    expect(written.columns).toHaveLength(model.outcomes.features.size);
    expect(written.columns[0]!.name).toBe("constant");
    expect(new Set(written.columns.map(({name}) => name)).size).toBe(written.columns.length);
    expect(written.columns.find(({name}) => name === "Region: North")!.won).toBe(
      model.outcomes.won[written.columns.findIndex(({name}) => name === "Region: North")]
    );
    expect(checkedModelFile(JSON.parse(JSON.stringify(written)), path).version).toBe(MODEL_VERSION);
  });

  test("read back it says the same of every open deal to the bit", () => {
    writeFileSync(path, JSON.stringify(written));
    const again = readModel(path, history, identity);
    expect(project(history, again, 13)).toEqual(project(history, model, 13));
    expect({...again.outcomes, features: null}).toEqual({...model.outcomes, features: null});
    expect(again.amounts).toEqual(model.amounts);
  });

  test("groups told together are read back too, and those that the history has not are refused", () => {
    const alone = model.outcomes.features;
    const at = (name: string) => alone.groups.findIndex((group) => group.name === name);
    const features = withPairs(alone, [[at("Weeks ahead"), at("Region")]]);
    const longer = (list: Float64Array) =>
      Float64Array.from({length: features.size}, (_, j) => list[j] ?? j / 1e3);
    const paired = {
      ...model,
      outcomes: {
        ...model.outcomes,
        features,
        won: longer(model.outcomes.won),
        lost: longer(model.outcomes.lost)
      }
    };
    const file = toModelFile(paired, history, identity);
    expect(new Set(file.columns.map(({name}) => name)).size).toBe(features.size);
    writeFileSync(path, JSON.stringify(file));
    const again = readModel(path, history, identity);
    expect(project(history, again, 13)).toEqual(project(history, paired, 13));
    expect(project(history, again, 13)).not.toEqual(project(history, model, 13));
    expect(
      told((each) => {
        each.pairs = [["Stage", "Planet"]];
      })
    ).toContain("pairs: a pair of groups that are not there");
  });

  test("another version, code, day or history is refused with file, field, value, what was expected and what to do", () => {
    expect(told(() => {})).toBe("read");
    const version = told((file) => {
      file.version = 1;
    });
    expect(version).toContain(`${path}, version: it is of another version of Weir`);
    expect(version).toMatch(/value: +"1"\n +expected: 2\n +to do: +delete the file and build again/);
    expect(told(() => {}, history, {...identity, code: "d".repeat(64)})).toContain("fitted by other code");
    const other = aCentMore(history);
    const changed = told(() => {}, other, {code, data: hashHistory(other)});
    expect(changed).toContain(`${path}, data: it was fitted on another history`);
    expect(changed).toContain(identity.data);
    const cut = knownAt(history, history.asOf - 7);
    expect(told(() => {}, cut, {code, data: hashHistory(cut)})).toContain(
      "asOf: it was fitted on another day"
    );
    expect(
      told((file) => {
        file.columns[3]!.name = "Stage: Renamed";
      })
    ).toMatch(/columns\[3\]: another column\n +value: +"Stage: Renamed"/);
  });

  test("a number that is not finite is neither written nor read, and its column is named", () => {
    const at = written.columns.findIndex(({name}) => name === "Region: North");
    const broken = {...model, outcomes: {...model.outcomes, won: model.outcomes.won.slice()}};
    broken.outcomes.won[at] = Number.NaN;
    expect(() => toModelFile(broken, history, identity)).toThrow("not finite");
    try {
      toModelFile(broken, history, identity);
    } catch (error) {
      expect(formatError(error as WeirError)).toContain("Region: North, won: not a finite number");
    }
    const infinite = {...model, outcomes: {...model.outcomes, drift: Number.POSITIVE_INFINITY}};
    expect(() => toModelFile(infinite, history, identity)).toThrow("not finite");
    // JSON has null where a number was none.
    expect(
      told((file) => {
        (file.columns[at] as {lost: unknown}).lost = null;
      })
    ).toContain("Region: North, lost: not a finite number");
  });

  test("what is no model file, or cut off, is refused", () => {
    writeFileSync(path, '{"format":"weir deal model","version":1,"columns":[');
    expect(() => readModel(path, history, identity)).toThrow("cannot be read");
    writeFileSync(path, "[]");
    expect(() => readModel(path, history, identity)).toThrow("cannot be read");
  });
});

describe("models kept between builds", () => {
  const kept = join(folder, "kept");

  test("a history that has not changed is read, one that has is fitted anew; files of other days go", () => {
    const earlier = knownAt(history, history.asOf - 91);
    const first = openModelStore(kept, code);
    const fresh = [first.fitted(history)!, first.fitted(earlier)!];
    first.fitted(history);
    expect(first.counts()).toEqual({read: 1, fitted: 2});
    const second = openModelStore(kept, code);
    expect(second.fitted(history)!.outcomes.won).toEqual(fresh[0]!.outcomes.won);
    expect(second.fitted(earlier)!.outcomes.lost).toEqual(fresh[1]!.outcomes.lost);
    expect(second.counts()).toEqual({read: 2, fitted: 0});

    const corrected = openModelStore(kept, code);
    corrected.fitted(aCentMore(history));
    expect(corrected.counts()).toEqual({read: 0, fitted: 1});
    expect(openModelStore(kept, "e".repeat(64)).fitted(earlier)).not.toBeNull();
    corrected.prune();
    expect(readdirSync(kept)).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(kept, readdirSync(kept)[0]!), "utf8")).data).toBe(
      hashHistory(aCentMore(history))
    );
  });

  test("the hash tells a state, a word and a day apart, and nothing else", () => {
    const copy = simulatedHistory(900, 900, 5);
    expect(hashHistory(copy)).toBe(identity.data);
    const [first] = Object.keys(history.attributes) as [string];
    const column = history.attributes[first]!;
    const codes = column.codes.slice();
    codes[0] = codes[0]! < 0 ? 0 : -1;
    const changes: PipelineHistory[] = [
      aCentMore(history),
      {...history, attributes: {...history.attributes, [first]: {...column, codes}}},
      {...history, closeOn: history.closeOn.map((day, i) => (i === 7 ? day + 1 : day))},
      {...history, dealIds: history.dealIds.map((id, i) => (i === 0 ? `${id}x` : id))}
    ];
    expect(new Set([identity.data, ...changes.map(hashHistory)]).size).toBe(5);
  });
});
