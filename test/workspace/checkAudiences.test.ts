import {readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {WeirError} from "../../loaders/weirError.ts";
import {isOutside} from "../../loaders/workspace/audienceSchema.ts";
import {parseWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {SMALL} from "../support/buildSmall.ts";

const good = readFileSync(join(SMALL, "workspace.yaml"), "utf8");

function problems(audiences: string) {
  try {
    parseWorkspace(`${good}\naudiences:\n  ${audiences}\n`);
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
});
