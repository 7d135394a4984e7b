import {describe, expect, test} from "vitest";
import {coreDomain, coreName} from "../../loaders/match/coreName.ts";

describe("the core of a name", () => {
  test.each([
    ["The Müller & Söhne GmbH & Co. KG", "muller sohne"],
    ["ACME Corp.", "acme"],
    ["acme, inc", "acme"],
    ["Zakłady Novák Sp. z o.o.", "zaklady novak"],
    ["Lefèvre S.A.", "lefevre"],
    ["Ørsted Wind A/S", "orsted wind"],
    ["東京製作所株式会社", "東京製作所"],
    ["株式会社 東京製作所", "東京製作所"],
    ["  Ａcme\u00a0Robotics ", "acme robotics"],
    ["Société Générale SA", "societe generale"]
  ])("%s is %s", (name, core) => {
    expect(coreName(name)).toBe(core);
  });

  test("a name that is only a legal form or filler keeps something to compare", () => {
    expect(coreName("The Company")).not.toBe("");
    expect(coreName("AG")).toBe("ag");
  });
});

describe("the core of a domain", () => {
  test.each([
    ["https://www.Example.co.uk/path?x=1", "example.co.uk"],
    ["sales@example.com", "example.com"],
    ["EXAMPLE.com:443", "example.com"],
    ["ann@gmail.com", null],
    ["intranet", null],
    ["", null],
    [null, null]
  ])("%s is %s", (text, core) => {
    expect(coreDomain(text)).toBe(core);
  });
});
