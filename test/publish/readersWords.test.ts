import {expect, test} from "vitest";
import {allowedColumns} from "../../loaders/publish/allowedColumns.ts";
import {readersWords, saidOnPurpose} from "../../loaders/publish/readersWords.ts";

const audience = {title: "Partner", pages: ["deals"], show: [], hide: [], each: "partner"};
const ALL = allowedColumns({audience}, {custom_attributes: []});
const IDS = {key: "key", hidden: new Set<never>(), partners: new Set<never>()};
const site = (value: string, names?: Record<string, string>) => ({
  ...{audience, value, filters: [{slice: "partner", values: [value]}]},
  ...(names ? {names} : {})
});

test("a partner's site calls it by its name alone, whoever else has that name", () => {
  expect(readersWords(site("T1", {T1: "Twin Sellers"}), IDS, ALL)).toEqual({
    title: "Partner: Twin Sellers",
    rowsWords: "deals of partner Twin Sellers"
  });
  expect(readersWords(site("T3"), IDS, ALL).title).toBe("Partner: T3");
});

test("a partner whose id is a word of the language is called by it, or by its name", () => {
  for (const id of ["constructor", "toString", "__proto__"]) {
    expect(readersWords(site(id), IDS, ALL).title).toBe(`Partner: ${id}`);
    expect(readersWords(site(id, {T1: "Twin"}), IDS, ALL).rowsWords).toBe(`deals of partner ${id}`);
  }
  expect(readersWords(site("toString", {toString: "Stringers"} as never), IDS, ALL).title).toBe(
    "Partner: Stringers"
  );
});

test("neither an id nor a name that is an address is in what a site says of itself", () => {
  for (const names of [undefined, {"ann@firm.example": "ann@other.example"}]) {
    const {title, rowsWords} = readersWords(site("ann@firm.example", names), IDS, ALL);
    expect(title).toMatch(/^Partner: id-[0-9a-f]{16}$/);
    expect(rowsWords).toBe(`deals of partner ${title.slice("Partner: ".length)}`);
  }
});

test("rows of several slices are told as the audience has them, and a site of all deals has none", () => {
  const filters = [
    {slice: "x_own_region", values: ["EMEA", "(none)"]},
    {slice: "partner", values: ["T1", "T2"]}
  ];
  expect(readersWords({audience, value: null, filters, names: {T2: "Twin"}}, IDS, ALL)).toEqual({
    title: "Partner",
    rowsWords: "deals of own region EMEA or (none), partner T1 or Twin"
  });
  expect(readersWords({audience, value: null, filters: []}, IDS, ALL).rowsWords).toBeNull();
});

test("a slice whose values are hidden names none of them, in the title or in the words of rows", () => {
  const owner = {...audience, title: "Rep", each: "owner", hide: ["person.name"]};
  const filters = [
    {slice: "team", values: ["Red"]},
    {slice: "owner", values: ["Ana"]}
  ];
  expect(readersWords({audience: owner, value: "Ana", filters}, IDS, ALL)).toEqual({
    title: "Rep",
    rowsWords: "deals of team Red, some by owner"
  });
  expect(saidOnPurpose({audience: owner, filters})).toEqual(["Rep", "Red"]);
  const shown = {...owner, hide: []};
  expect(readersWords({audience: shown, value: "Ana", filters}, IDS, ALL).title).toBe("Rep: Ana");
});
