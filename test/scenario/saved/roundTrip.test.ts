/** Scenarios survive the way into a link and a file and back, whatever texts people use; bad ones are refused in words. */

import {describe, expect, test} from "vitest";
import {parse} from "yaml";
import {LEVER_KINDS, LEVERS} from "../../../src/scenario/levers/leverKinds.ts";
import {isDay} from "../../../src/scenario/saved/check.ts";
import {compareScenarios, otherData} from "../../../src/scenario/saved/compare.ts";
import {fileName, readFile, toFile, writeFile} from "../../../src/scenario/saved/file.ts";
import {fromLink, toLink} from "../../../src/scenario/saved/link.ts";
import type {ForcedDeal, LeverSetting, Scenario} from "../../../src/scenario/scenario.ts";
import {isoDay} from "../../../src/slices/facts.ts";
import fc from "../../support/fc.ts";
import {NOTHING} from "../makeInput.ts";

const SLICES = ["region", "owner", "x_competitor"];
const text = fc.oneof(
  fc.string({maxLength: 30}),
  fc.constantFrom("~", "~~", "a~b", "&=?#+ %", "Ünï ☂", "~1~", "!", "!t!e~", "!et")
);
const filled = text.filter((each) => each !== "");
const day = fc.integer({min: 18_000, max: 25_000}).map(isoDay);
const amount = fc.double({min: 0, max: 1e9, noNaN: true}).map((each) => each + 0);

const lever: fc.Arbitrary<LeverSetting> = fc
  .record(
    {
      kind: fc.constantFrom(...LEVER_KINDS),
      at: fc.double({min: 0, max: 1, noNaN: true}),
      where: fc.record({dimension: filled, value: text}),
      from: day
    },
    {requiredKeys: ["kind", "at"]}
  )
  .map(({kind, at, ...rest}) => ({
    kind,
    value: Math.min(LEVERS[kind].max, LEVERS[kind].min + at * (LEVERS[kind].max - LEVERS[kind].min)),
    ...rest
  }));

const deal: fc.Arbitrary<ForcedDeal> = fc.oneof(
  fc.record(
    {deal: text, action: fc.constant("won" as const), on: day, amount},
    {requiredKeys: ["deal", "action"]}
  ),
  fc.record({deal: text, action: fc.constant("lost" as const)}),
  fc.record({deal: text, action: fc.constant("moved" as const), on: day}),
  fc.record({deal: text, action: fc.constant("priced" as const), amount})
);

const scenario: fc.Arbitrary<Scenario> = fc.record({
  name: text,
  window: fc.constantFrom("", "2026 Q2", "FY 2027 & more"),
  filters: fc
    .dictionary(fc.constantFrom(...SLICES), fc.array(filled, {minLength: 1, maxLength: 3}))
    .map((each) => ({...each})),
  target: fc.option(amount),
  levers: fc.uniqueArray(lever, {maxLength: 5, selector: ({kind, where}) => JSON.stringify([kind, where])}),
  deals: fc.uniqueArray(deal, {maxLength: 5, selector: (each) => each.deal}),
  made: fc.constant({hash: "9f86d081884c7d65", asOf: "2026-05-22"})
});

const saysSomething = ({name, target, levers, deals}: Scenario) =>
  name !== "" || target !== null || levers.length > 0 || deals.length > 0;

describe("a scenario", () => {
  test("comes back from its link as it was", () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const back = fromLink(toLink(given), SLICES);
        expect(back.problems).toEqual([]);
        // A link that assumes nothing does not say what data it was made on.
        expect(back.scenario).toEqual(saysSomething(given) ? given : {...given, made: {hash: "", asOf: ""}});
      }),
      {numRuns: 300}
    );
  });

  test("comes back from its file as it was", () => {
    fc.assert(
      fc.property(scenario, (given) => {
        expect(readFile(writeFile(given), parse)).toEqual({scenario: given, problems: []});
      })
    );
  });

  test("is read from YAML as a person writes it", () => {
    const text = `
      # What the board asked for in June
      weir_scenario: 1
      name: Board, June
      data: {hash: 9f86d081884c7d65, as_of: 2026-05-22}
      period: 2026 Q3
      target: 3300000
      levers:
        - {lever: win_rate, value: 1.05, where: {dimension: stage, value: Proposal}}
        - {lever: hiring, value: 3, from: 2026-07-01}
      deals:
        - {deal: "0061", action: won, on: 2026-08-01}
    `;
    expect(readFile(text, parse).scenario).toEqual({
      name: "Board, June",
      window: "2026 Q3",
      target: 3_300_000,
      filters: {},
      levers: [
        {kind: "win_rate", value: 1.05, where: {dimension: "stage", value: "Proposal"}},
        {kind: "hiring", value: 3, from: "2026-07-01"}
      ],
      deals: [{deal: "0061", action: "won", on: "2026-08-01"}],
      made: {hash: "9f86d081884c7d65", asOf: "2026-05-22"}
    });
  });

  test("writes the same link again: what is shared once is shared twice", () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const link = toLink(given);
        expect(toLink(fromLink(link, SLICES).scenario!)).toBe(link);
      })
    );
  });

  test("reads like what it says", () => {
    const link = toLink({
      ...NOTHING,
      levers: [
        {kind: "win_rate", value: 1.1, from: "2026-06-01", where: {dimension: "stage", value: "Proposal"}}
      ],
      deals: [{deal: "D7", action: "lost"}]
    });
    expect(decodeURIComponent(link)).toBe(
      "?period=2026&lever=win_rate~1.1~2026-06-01~stage~Proposal&deal=D7~lost&data=0123456789abcdef&on=2026-05-15"
    );
  });

  test("whatever a link holds, reading it does not throw and never half-reads", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("lever", "deal", "target", "on", "data", "period", "name"), text)),
        (pairs) => {
          const {scenario: found, problems} = fromLink(`?${new URLSearchParams(pairs)}`, SLICES);
          expect(found === null).toBe(problems.length > 0);
        }
      )
    );
  });
});

describe("what is wrong with a scenario is said", () => {
  const problems = (query: string) => fromLink(query, SLICES).problems.join("\n");

  test("in a link", () => {
    expect(problems("?lever=luck~2")).toMatch(/levers\[0\]\.lever: expected one of win_rate.*found "luck"/);
    expect(problems("?lever=win_rate~9")).toMatch(
      /levers\[0\]\.value: expected a number from 0.5 to 2, found 9/
    );
    expect(problems("?lever=win_rate~abc")).toMatch(/found "abc"/);
    expect(problems("?lever=win_rate~1.1~2026-02-30")).toMatch(
      /expected a day like 2026-05-31, found "2026-02-30"/
    );
    expect(problems("?deal=D1~moved")).toMatch(
      /deals\[0\]\.on: expected the day it is moved to, found nothing/
    );
    expect(problems("?deal=D1~won~2026-06-01~10~x")).toMatch(/too many parts/);
    expect(problems("?target=1&target=2")).toMatch(/target: given more than once/);
    expect(problems(`?${"lever=win_rate~1.1&".repeat(31)}`)).toMatch(/levers: expected a list of at most 30/);
  });

  test("in a file", () => {
    expect(readFile("{", parse).problems[0]).toMatch(/not a scenario file/);
    expect(readFile("levers: [\n", parse).problems[0]).toMatch(/not a scenario file: .*line/);
    expect(readFile("[]", parse).problems[0]).toMatch(/expected a scenario, found \[\]/);
    expect(readFile('{"weir_scenario": 2}', parse).problems[0]).toMatch(/expected version 1, found 2/);
    const file = {...toFile(NOTHING), lever: [], levers: [{lever: "slip", value: 0.1, when: "now"}]};
    expect(readFile(JSON.stringify(file), parse).problems).toEqual([
      expect.stringMatching(/^lever: not a field of a scenario/),
      expect.stringMatching(/^levers\[0\]\.when: not a field/)
    ]);
  });

  test("of a lever that there is not, and of nothing else", () => {
    expect(fromLink("?lever=win_rate~1.1&lever=win_rat~1.2", SLICES).problems).toEqual([
      expect.stringMatching(/^levers\[1\]\.lever: expected one of .+, found "win_rat"$/)
    ]);
  });

  test("of the same lever or deal given twice", () => {
    const query =
      "?lever=win_rate~1.1&lever=win_rate~1.2~~region~South&lever=win_rate~1.3&deal=a~won&deal=a~lost";
    expect(fromLink(query, SLICES).problems).toEqual([
      "levers[2]: win_rate is given twice for the same deals",
      'deals[1]: deal "a" is given twice'
    ]);
  });

  test("days are real ones", () => {
    expect(["2024-02-29", "2026-02-29", "2026-13-01", "26-01-01"].map(isDay)).toEqual([
      true,
      false,
      false,
      false
    ]);
  });
});

test("two scenarios differ in words", () => {
  const [a, b]: Scenario[] = [
    {
      ...NOTHING,
      levers: [
        {kind: "win_rate", value: 1.1},
        {kind: "slip", value: 0.2}
      ]
    },
    {
      ...NOTHING,
      levers: [{kind: "win_rate", value: 1.1}],
      deals: [{deal: "D1", action: "lost"}],
      filters: {region: ["South"]}
    }
  ];
  expect(compareScenarios(a!, b!, {region: "Region"})).toEqual({
    both: ["Win rate +10%", "Period 2026"],
    onlyFirst: ["Slipping +20%"],
    onlySecond: ["D1 lost", "Only region South"]
  });
});

test("other data is noted, the same is not", () => {
  const data = {dataHash: "0123456789abcdef", asOf: "2026-05-15"};
  expect(otherData(NOTHING, data)).toBeNull();
  expect(otherData({...NOTHING, made: {hash: "", asOf: ""}}, data)).toBeNull();
  expect(otherData({...NOTHING, made: {hash: "ff", asOf: "2026-04-30"}}, data)).toMatch(
    /made on data of 2026-04-30.*data of 2026-05-15/
  );
});

test("a file is named for its scenario", () => {
  expect(fileName({...NOTHING, name: "Château: hire 3 / South!"})).toBe("cha-teau-hire-3-south.json");
  expect(fileName(NOTHING)).toBe("scenario.json");
});
