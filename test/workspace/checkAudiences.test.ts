import {readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {WeirError} from "../../loaders/weirError.ts";
import {isOutside} from "../../loaders/workspace/audienceSchema.ts";
import {parseWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {WHOLE_FIRM_PAGES} from "../../src/slices/wholeFirmPages.ts";
import {SMALL} from "../support/buildSmall.ts";

const good = readFileSync(join(SMALL, "workspace.yaml"), "utf8");

function problems(audiences: string, yaml = good) {
  try {
    parseWorkspace(`${yaml}\naudiences:\n  ${audiences}\n`);
  } catch (error) {
    if (error instanceof WeirError) return error.problems;
    throw error;
  }
  throw new Error("no problem was found");
}

describe("the audiences of a workspace.yaml", () => {
  test("that are right are read, with their defaults", () => {
    const {audiences} = parseWorkspace(`${good}
audiences:
  board: {title: The board, pages: [overview, forecast]}
  emea: {title: EMEA, pages: [pipeline], rows: {region: [EMEA]}, show: [deal.next_step], hide: [deal.amount]}
  partners: {title: Partners, pages: [deals], each: partner}
`);
    expect(audiences["board"]).toEqual({
      title: "The board",
      pages: ["overview", "forecast"],
      show: [],
      hide: []
    });
    expect(Object.values(audiences).map(isOutside)).toEqual([false, false, true]);
  });

  test("are for another firm where each value or a partner has a site, unless they say otherwise", () => {
    const isOut = (audience: object) => isOutside(audience);
    expect(isOut({each: "x_distributor"})).toBe(true);
    expect(isOut({each: "campaign"})).toBe(true);
    expect(isOut({each: "region", outside: false})).toBe(false);
    expect(isOut({rows: {partner: ["Acme"]}})).toBe(true);
    expect(isOut({rows: {region: ["EMEA"]}})).toBe(false);
    expect(isOut({rows: {source: ["Agency"]}, outside: true})).toBe(true);
  });

  test("ask for likely matches only where a partner reads its own deals", () => {
    expect(problems("board: {title: B, pages: [deals], likely_matches: true}")).toMatchObject([
      {field: "audiences.board.likely_matches", value: "true"}
    ]);
    expect(
      problems("us: {title: B, pages: [deals], each: partner, outside: false, likely_matches: true}")
    ).toHaveLength(1);
  });

  test("with a misspelt page, slice or column name what may be meant, and the line", () => {
    const line = good.split("\n").length + 2;
    expect(problems("board: {title: B, pages: [forcast]}")).toMatchObject([
      {what: "unknown page", value: "forcast", fix: 'did you mean "forecast"?', line}
    ]);
    expect(problems("board: {title: B, pages: [deals], rows: {regoin: [EMEA]}}")).toMatchObject([
      {
        what: "unknown slice",
        value: "regoin",
        fix: 'did you mean "region"?',
        field: "audiences.board.rows.regoin"
      }
    ]);
    expect(problems("board: {title: B, pages: [deals], each: partnr}")).toMatchObject([
      {what: "unknown slice", fix: 'did you mean "partner"?'}
    ]);
    expect(problems("board: {title: B, pages: [deals], show: [deal.nextstep]}")).toMatchObject([
      {what: "unknown column", fix: 'did you mean "deal.next_step"?'}
    ]);
  });

  test("with a column both shown and hidden, a folder's name that is none, or no pages are refused", () => {
    expect(
      problems("board: {title: B, pages: [deals], show: [deal.next_step], hide: [deal.next_step]}")
    ).toMatchObject([{what: "the column is both shown and hidden"}]);
    expect(problems("board: {title: B, pages: [deals], hide: [deal.stage_id]}")).toMatchObject([
      {what: "a site is of deals, and a deal is nothing without it", value: "deal.stage_id"}
    ]);
    expect(problems("../board: {title: B, pages: [deals]}")).toHaveLength(1);
    expect(problems("board: {title: B, pages: []}")).toHaveLength(1);
  });

  test("of some deals are refused pages that are true of the whole firm alone, each with why", () => {
    const pages = Object.keys(WHOLE_FIRM_PAGES);
    const found = problems(`acme: {title: A, pages: [deals, ${pages}], rows: {partner: [Acme]}}`);
    expect(found.map(({value}) => value)).toEqual(expect.arrayContaining(pages));
    expect(found.find(({value}) => value === "recurring")).toMatchObject({
      what: expect.stringMatching(/whole firm alone: a contract is renewed by another deal/),
      field: "audiences.acme.pages.8",
      expected: expect.stringMatching(/deals/),
      fix: "take the page out, or give it to an audience without rows and each"
    });
    expect(problems("each: {title: A, pages: [coverage], each: region}")).toMatchObject([
      {value: "coverage"}
    ]);
    const whole = pages.filter((page) => page !== "data-sheet");
    const {audiences} = parseWorkspace(
      `${good}\naudiences:\n  board: {title: B, pages: [${whole}], rows: {}}\n`
    );
    expect(audiences["board"]!.pages).toEqual(whole);
  });

  test("may compare a partner with its peers in a site of all deals of that partner alone", () => {
    const refused = (rules: string) => problems(`a: {title: A, pages: [compare], ${rules}}`);
    for (const rules of [
      "rows: {region: [EMEA]}",
      "rows: {partner: [Acme, Zeno]}",
      "each: region",
      "each: partner, rows: {region: [EMEA]}"
    ])
      expect(refused(rules), rules).toMatchObject([{field: "audiences.a.pages.0", value: "compare"}]);
    const right = `
audiences:
  each: {title: E, pages: [compare], each: partner}
  one: {title: O, pages: [compare], rows: {partner: [Acme]}}
  firm: {title: F, pages: [compare]}
`;
    expect(Object.keys(parseWorkspace(`${good}${right}`).audiences)).toEqual(["each", "one", "firm"]);
  });

  test("of real data are refused the page that tells how made-up data was made", () => {
    const real = good.replace("synthetic: true\n", "");
    expect(problems("board: {title: B, pages: [data-sheet]}", real)).toMatchObject([
      {what: expect.stringMatching(/not made up/), value: "data-sheet", field: "audiences.board.pages.0"}
    ]);
    const synthetic = `${good}\naudiences:\n  board: {title: B, pages: [data-sheet]}\n`;
    expect(parseWorkspace(synthetic).audiences["board"]!.pages).toEqual(["data-sheet"]);
  });
});
