import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {openDuckDb} from "../../../loaders/engine/duckdb.ts";
import {forbiddenStrings} from "../../../loaders/publish/scan/forbiddenStrings.ts";

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
