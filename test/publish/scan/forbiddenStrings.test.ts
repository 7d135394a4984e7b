import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {openDuckDb} from "../../../loaders/engine/duckdb.ts";
import {type ForbiddenStrings, forbiddenStrings} from "../../../loaders/publish/scan/forbiddenStrings.ts";

test("what a partner's group is called makes no kind legitimate that the site's own records have not", async () => {
  const dir = mkdtempSync(join(tmpdir(), "weir-test-"));
  const site = join(dir, "site.duckdb");
  const engine = await openDuckDb(":memory:");
  try {
    await engine.run(`
      create schema source;
      create table source.deal as select 'D1' as deal_id;
      create table source.partner as select unnest(['Zqxdealers', 'Zqxagents']) as kind;
      attach ':memory:' as firm; create schema firm.weir; create table firm.weir.reject (value varchar);
      attach '${site}' as made; create schema made.source; create schema made.workspace;
      create table made.source.deal as from source.deal;
      create table made.source.partner as select 'Zqxagents' as kind;
      create table made.workspace.peer_comparison as select unnest(['Zqxdealers of tier Gold', 'Zqxagents']) as group_words;
      detach made`);
    const {index} = await forbiddenStrings(engine, site, []);
    const found: string[] = [];
    index.search("Against 7 Zqxdealers and Zqxagents", (text) => found.push(text));
    expect(found).toEqual(["Zqxdealers"]);
  } finally {
    engine.close();
    rmSync(dir, {recursive: true});
  }
});

describe("a name that is left out", () => {
  const withNames = async (
    left: string[],
    kept: string[],
    use: (forbidden: ForbiddenStrings) => void | Promise<void>
  ) => {
    const dir = mkdtempSync(join(tmpdir(), "weir-test-"));
    const site = join(dir, "site.duckdb");
    const engine = await openDuckDb(":memory:");
    const list = (names: string[]) => names.map((name) => `'${name}'`).join(", ");
    try {
      await engine.run(`
        create schema source;
        create table source.deal as select 'D1' as deal_id, 4821.57::decimal(18, 2) as amount;
        create table source.account as select unnest([${list([...left, ...kept])}]) as name;
        attach ':memory:' as firm; create schema firm.weir; create table firm.weir.reject (value varchar);
        attach '${site}' as made; create schema made.source;
        create table made.source.deal as from source.deal;
        create table made.source.account as select unnest([${list(kept)}]) as name;
        detach made`);
      await use(await forbiddenStrings(engine, site, []));
    } finally {
      engine.close();
      rmSync(dir, {recursive: true});
    }
  };
  const foundIn = ({index}: ForbiddenStrings, text: string) => {
    const found: string[] = [];
    index.search(text, (each) => found.push(each));
    return found;
  };

  test("is looked for though a longer one that is kept begins or ends with it, and not within that", async () => {
    await withNames(
      ["Zqxacme", "Zqxparts Limited"],
      ["Zqxacme Robotics", "West Zqxparts Limited"],
      (forbidden) => {
        const kept = '["Zqxacme Robotics","West Zqxparts Limited"]';
        expect(foundIn(forbidden, kept)).toEqual([]);
        expect(foundIn(forbidden, `${kept} zqxacme: 7`)).toEqual(["Zqxacme"]);
        expect(foundIn(forbidden, '["East","Zqxparts Limited"]')).toEqual(["Zqxparts Limited"]);
      }
    );
  });

  test("is looked for though a comment in Weir's own code says it, which no site has", async () => {
    // "Acme" in "Acme Robotics": as the comments of the scan say.
    await withNames(["Acme Robotics"], ["Other"], (forbidden) => {
      expect(foundIn(forbidden, "<td>Acme Robotics</td>")).toEqual(["Acme Robotics"]);
    });
  });

  test("of few letters, or a word of Weir's own, is looked for as a cell, unless code has that very text", async () => {
    await withNames(["IBM", "SAP", "Pipeline", "42", "won"], ["SAP"], ({cells, index}) => {
      expect([...cells].sort()).toEqual(["IBM"]);
      expect(index.size).toBe(0);
    });
    await withNames(["identifier"], ["Other"], ({cells, index}) => {
      expect([...cells, index.size]).toEqual(["identifier", 0]);
    });
  });
});

test("a deal that is left out is looked for, also where another table of the narrowed database names it as its deal", async () => {
  const dir = mkdtempSync(join(tmpdir(), "weir-test-"));
  const site = join(dir, "site.duckdb");
  const engine = await openDuckDb(":memory:");
  try {
    await engine.run(`
      create schema source;
      create table source.deal as select unnest(['006AAAKEPT', '006BBBLEAK', '006CCCGONE', '006DDDSAME']) as deal_id;
      create table source.deal_event as select unnest(['006AAAKEPT', '006BBBLEAK']) as deal_id;
      create table source.account as select '006DDDSAME' as account_id;
      attach ':memory:' as firm; create schema firm.weir; create table firm.weir.reject (value varchar);
      attach '${site}' as made; create schema made.source;
      create table made.source.deal as select '006AAAKEPT' as deal_id;
      create table made.source.deal_event as from source.deal_event;
      create table made.source.account as from source.account;
      detach made`);
    const {index} = await forbiddenStrings(engine, site, []);
    const found: string[] = [];
    index.search('["006AAAKEPT","006BBBLEAK","006CCCGONE","006DDDSAME"]', (text) => found.push(text));
    // The last is also a kept customer's id.
    expect(found).toEqual(["006BBBLEAK", "006CCCGONE"]);
  } finally {
    engine.close();
    rmSync(dir, {recursive: true});
  }
});

test("a name that is left out is looked for, though an id of its record that is kept spells it", async () => {
  const dir = mkdtempSync(join(tmpdir(), "weir-test-"));
  const site = join(dir, "site.duckdb");
  const engine = await openDuckDb(":memory:");
  try {
    await engine.run(`
      create schema source;
      create table source.deal as select 'D1' as deal_id;
      create table source.account as select * from (values ('zqxacme-robotics', 'Zqxacme Robotics'), ('zqxother', 'Zqxother')) as account(account_id, name);
      create table source.product as select 'zqxother' as product_id, 'Zqxproduct' as name;
      attach ':memory:' as firm; create schema firm.weir; create table firm.weir.reject (value varchar);
      attach '${site}' as made; create schema made.source; create schema made.workspace;
      create table made.source.deal as from source.deal;
      create table made.source.account as select account_id, null::varchar as name from source.account;
      create table made.source.product as from source.product;
      create table made.workspace.audience as select 'Rep: Zqxother' as title, ['account.name'] as hidden_columns;
      detach made`);
    const {index} = await forbiddenStrings(engine, site, []);
    const found: string[] = [];
    index.search("zqxacme-robotics; Rep: Zqxproduct", (text) => found.push(text));
    expect(found).toEqual(["Zqxacme Robotics"]);
    // Another record's id says it too: that is no name of a customer's.
    expect(index.size).toBe(1);
  } finally {
    engine.close();
    rmSync(dir, {recursive: true});
  }
});

test("what a site says of itself makes a name legitimate only where it is said on purpose", async () => {
  const dir = mkdtempSync(join(tmpdir(), "weir-test-"));
  const site = join(dir, "site.duckdb");
  const engine = await openDuckDb(":memory:");
  try {
    await engine.run(`
      create schema source;
      create table source.deal as select 'D1' as deal_id;
      create table source.person as select 'P1' as person_id, 'Zqxana Silvestre' as name;
      attach ':memory:' as firm; create schema firm.weir; create table firm.weir.reject (value varchar);
      attach '${site}' as made; create schema made.source; create schema made.workspace;
      create table made.source.deal as from source.deal;
      create table made.source.person as select 'P1' as person_id, null::varchar as name;
      create table made.workspace.audience as select 'Rep: Zqxana Silvestre' as title;
      detach made`);
    const found = async (said: string[]) => {
      const {index} = await forbiddenStrings(engine, site, [], said);
      const all: string[] = [];
      index.search("Rep: Zqxana Silvestre", (text) => all.push(text));
      return all;
    };
    expect(await found(["Rep"])).toEqual(["Zqxana Silvestre"]);
    expect(await found(["Rep", "Zqxana Silvestre"])).toEqual([]);
  } finally {
    engine.close();
    rmSync(dir, {recursive: true});
  }
});
