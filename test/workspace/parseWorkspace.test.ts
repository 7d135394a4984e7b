import {readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {WeirError} from "../../loaders/weirError.ts";
import {parseWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {JSON_SCHEMA_FILE, jsonSchemaText} from "../../loaders/workspace/writeJsonSchema.ts";
import {SMALL} from "../support/buildSmall.ts";

const good = readFileSync(join(SMALL, "workspace.yaml"), "utf8");

/** The problems of the small workspace after one change to its text. */
function problems(from: string, to: string) {
  const text = good.replace(from, to);
  expect(text, `${from} is in the file`).not.toBe(good);
  try {
    parseWorkspace(text);
  } catch (error) {
    if (error instanceof WeirError) {
      expect(error.exitCode).toBe(2);
      return error.problems;
    }
    throw error;
  }
  throw new Error("no problem was found");
}

describe("a workspace.yaml", () => {
  test("that is right is read, with its defaults", () => {
    const config = parseWorkspace(good);
    expect(config).toMatchObject({company: "Small & Sons", seed: 1, stale_after_days: 7});
    expect(config.files[0]).toMatchObject({reject_limit: 0, source: "csv"});
  });

  test("with exchange rates of its own currency, or two from one day on, names them", () => {
    const rates = "{currency: USD, rate: 1}, {currency: EUR, rate: 1.1}, {currency: EUR, rate: 1.2}";
    expect(problems("base_currency: USD", `base_currency: USD\nexchange_rates: [${rates}]`)).toMatchObject([
      {what: "a rate of the base currency to itself", field: "exchange_rates.0.currency"},
      {what: "two rates of a currency begin on the same day", value: "EUR without since"}
    ]);
  });

  test("with an unknown key names line and nearest key", () => {
    expect(problems("fiscal_calendar:", "fiscal_calender:")).toContainEqual(
      expect.objectContaining({
        what: 'unknown key "fiscal_calender"',
        line: 6,
        fix: 'did you mean "fiscal_calendar"?'
      })
    );
  });

  test("with an unknown key deep inside names it there", () => {
    const [problem] = problems("day_limit: 30", "daylimit: 30");
    expect(problem).toMatchObject({
      field: "pipelines.0.stages.0.daylimit",
      fix: 'did you mean "day_limit"?',
      line: 12
    });
  });

  test("with a stage that is not an open one of the pipeline as the first qualified names it and the nearest", () => {
    const [problem] = problems("    stages:", "    qualified_from: Ne\n    stages:");
    expect(problem).toMatchObject({field: "pipelines.0.qualified_from", value: "Ne"});
    expect(problem!.what).toMatch(/open stage/);
  });

  test("with tier rules that contradict the tiers names line, value and what was expected", () => {
    const program = (rules: string) =>
      problems(
        "fiscal_calendar:",
        `partner_program: {tiers: [Silver, Gold], tier_rules: [${rules}]}\nfiscal_calendar:`
      );
    expect(program("{tier: Glod, won_a_year: 5}")[0]).toMatchObject({
      field: "partner_program.tier_rules.0.tier",
      what: "unknown tier",
      value: "Glod",
      line: 6
    });
    expect(program("{tier: Gold, won_a_year: 5}, {tier: Gold, n_trainings: 2}")[0]).toMatchObject({
      what: "tier has two rules",
      field: "partner_program.tier_rules.1.tier"
    });
    expect(program("{tier: Silver, won_a_year: 5}, {tier: Gold, won_a_year: 4}")[0]).toMatchObject({
      what: "Gold asks for less than Silver, which is lower",
      field: "partner_program.tier_rules.1.won_a_year",
      expected: "at least 5"
    });
    expect(program("{tier: Gold}")[0]!.expected ?? program("{tier: Gold}")[0]!.what).toMatch(
      /won_a_year, n_trainings or both/
    );
    expect(program("{tier: Gold, won_a_year: -5}")[0]).toMatchObject({
      field: "partner_program.tier_rules.0.won_a_year"
    });
  });

  test("without a required key says which", () => {
    expect(problems("base_currency: USD\n", "")[0]).toMatchObject({what: "base_currency is missing"});
  });

  test("with a probability in percent says what is expected", () => {
    const [problem] = problems("probability: 0.2", "probability: 20");
    expect(problem).toMatchObject({field: "pipelines.0.stages.0.probability", value: "20"});
    expect(problem!.expected).toMatch(/<=1/);
  });

  test("that maps an unknown column suggests one", () => {
    expect(problems("owner_id: Owner", "owner_idd: Owner")[0]).toMatchObject({
      what: "unknown deal column",
      fix: 'did you mean "owner_id"?'
    });
  });

  test("that leaves out a required column says which header is wanted", () => {
    expect(problems("deal_id: Deal ID\n          name", "name")[0]).toMatchObject({
      what: "deal.deal_id is not mapped"
    });
  });

  test("with a criterion over a field that is not there suggests one", () => {
    expect(problems("{field: next_step, is", "{field: nextstep, is")[0]).toMatchObject({
      fix: 'did you mean "next_step"?'
    });
  });

  test("with a criterion that tests nothing, or two things, is refused", () => {
    expect(problems("{field: amount, is: present}", "{field: amount}")[0]!.expected).toMatch(
      /exactly one test/
    );
    expect(
      problems("{field: amount, is: present}", "{field: amount, is: present, at_least: 3}")[0]!.expected
    ).toMatch(/exactly one/);
  });

  test("with two stages of one name, or none that is won, is refused", () => {
    expect(problems("id: Lost", "id: Won")[0]).toMatchObject({what: "stage is named twice"});
    expect(problems("kind: won", "kind: lost")[0]).toMatchObject({what: "no stage of kind won"});
  });

  test("with a time zone that does not exist is refused", () => {
    expect(problems("time_zone: UTC", "time_zone: Europe/Atlantis")[0]).toMatchObject({
      what: "unknown time zone",
      line: 5
    });
  });

  test("that is not YAML says where", () => {
    expect(problems("company: Small & Sons", "company: [Small")[0]!.what).toMatch(/not valid YAML/);
  });

  test("that is empty is told what is missing, not thrown at", () => {
    expect(() => parseWorkspace("")).toThrow(WeirError);
  });
});

test("the JSON Schema on disk is the one the code makes", () => {
  expect(readFileSync(JSON_SCHEMA_FILE, "utf8")).toBe(jsonSchemaText());
});
