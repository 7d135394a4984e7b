import {readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {allowedColumns} from "../../loaders/publish/allowedColumns.ts";
import {configTexts} from "../../loaders/publish/configTexts.ts";
import {narrowConfig} from "../../loaders/publish/narrowConfig.ts";
import {isTelling} from "../../loaders/publish/scan/tellingText.ts";
import {WordIndex} from "../../loaders/publish/scan/words.ts";
import {sourceColumns} from "../../loaders/sources/sourceTables.ts";
import {CANONICAL_TABLE_NAMES} from "../../loaders/workspace/canonicalTables.ts";
import {parseWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";
import {leftOutKinds} from "../../src/slices/leftOutKinds.ts";
import {SMALL} from "../support/buildSmall.ts";

test("what workspace.yaml says and the narrowed one does not is looked for: links, files' names, who decided a match", () => {
  const whole = parseWorkspace(readFileSync(join(SMALL, "workspace.yaml"), "utf8"));
  const {crm: _, ...narrowed} = {...whole, custom_attributes: []};
  const decision = {
    registrationId: "R1",
    dealId: "D1",
    by: "Ann Admin",
    why: "She called",
    file: "",
    line: 1
  };
  const texts = configTexts(whole, narrowed, [decision]);
  expect(texts).toEqual(
    expect.arrayContaining([
      "https://crm.example.com/deal/",
      "history.csv",
      "Ann Admin",
      "She called",
      "Vertical"
    ])
  );
  for (const said of ["Small & Sons", "Qualify", "sales", "Deal ID"]) expect(texts).not.toContain(said);
  expect(configTexts(whole, whole, [])).toEqual(
    expect.not.arrayContaining(["https://crm.example.com/deal/"])
  );
});

describe("of a workspace that ships with Weir", () => {
  for (const name of ["demo", "demo-equipment"])
    test(`${name} can be published to all its audiences: what is looked for is not what the site says of what it leaves out`, () => {
      const whole = parseWorkspace(readFileSync(join(PROJECT, "data", name, "workspace.yaml"), "utf8"));
      const some = {
        asOf: "2026-09-30",
        pipelines: new Set<string>(),
        tiers: new Set<string>(),
        kinds: new Set<string>()
      };
      for (const [key, audience] of Object.entries(whole.audiences)) {
        const filters = audience.each ? [{slice: audience.each, values: ["V1"]}] : [];
        const site = {
          key,
          audience,
          value: null,
          title: audience.title,
          filters,
          rowsWords: null,
          nLikely: 0
        };
        const allowed = allowedColumns(site, whole);
        const narrowed = narrowConfig(whole, site, allowed, some);
        const looked = new WordIndex(configTexts(whole, narrowed, []).filter(isTelling));
        const found: string[] = [];
        const hidden = CANONICAL_TABLE_NAMES.flatMap((table) =>
          Object.keys(sourceColumns(table, whole)).flatMap((column) =>
            allowed.get(table)!.has(column) ? [] : [`${table}.${column}`]
          )
        );
        expect(
          hidden.some((column) => column.includes(".x_")),
          key
        ).toBe(true);
        looked.search(JSON.stringify([leftOutKinds(hidden), narrowed.custom_attributes]), (text) =>
          found.push(text)
        );
        expect(found, key).toEqual([]);
      }
    });
});
