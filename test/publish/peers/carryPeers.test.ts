/** What partners' own databases hold of their peers, in a firm of fifty: figures counted anew in each, and the same of a group in all. */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {compareData} from "../../../loaders/pages/compareData.ts";
import {withFirmSources} from "../../../loaders/publish/firmSources.ts";
import {narrowWarehouse} from "../../../loaders/publish/narrowWarehouse.ts";
import {publishedSites} from "../../../loaders/publish/publishedSites.ts";
import {silentReporter} from "../../../loaders/system/progress.ts";
import {writeTwin} from "../../../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../../../loaders/warehouse/buildWarehouse.ts";
import {withWarehouse} from "../../../loaders/warehouse/openWarehouse.ts";
import {loadWorkspace} from "../../../loaders/workspace/loadWorkspace.ts";
import {type StatePaths, statePaths} from "../../../loaders/workspace/statePaths.ts";
import type {CompareData} from "../../../src/slices/partners/compare/comparePeers.ts";
import {modelsFor} from "../../support/modelsFor.ts";

/** Of the firm's fifty, as many sites as show each kind of answer. */
const SITES = 4;
const OF_SITE = ["deals", "registrations", "partners", "int_deal_span"];
const OF_FIRM = [
  ...["deal_partners", "orders", "int_touch", "int_partner_event", "int_partner_claim", "int_deal_origin"]
];

interface Row {
  partner_id: string;
  measure: string;
  n: number;
  raw: number | null;
  n_peers: number | null;
  [column: string]: unknown;
}

let root: string;
let firm: CompareData;
let paths: StatePaths;
const sites: {partner: string; file: string; rows: Row[]}[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "weir-peers-"));
  const dir = join(root, "firm");
  await writeTwin({firm: "software", deals: 900, seed: 4, out: dir});
  paths = statePaths({name: "firm"}, join(root, "state"));
  const workspace = loadWorkspace(dir);
  const options = {workspace, paths, filesDir: dir, reporter: silentReporter, code: "", idKey: "key"};
  const models = modelsFor([...OF_SITE, ...OF_FIRM]);
  const {manifest} = await buildWarehouse({...options, builtAt: "2026-11-01T00:00:00.000Z", models});
  firm = (await withWarehouse(compareData, paths.warehouse))!;
  const partner = {title: "Partner", pages: ["compare"], show: [], hide: [], each: "partner"};
  const audiences = {
    partner,
    // Another audience of the same partners, without money.
    poor: {...partner, hide: ["deal.amount"]},
    // And without what its group is made of.
    bare: {...partner, hide: ["partner.kind", "partner.tier"]},
    // The same partners' sites without the page.
    plain: {...partner, pages: ["deals"]}
  };
  const published = await withWarehouse(
    (engine) => publishedSites(engine, audiences, "workspace.yaml"),
    paths.warehouse
  );
  const of = (key: string) => published.sites.filter((site) => site.key === key);
  const most = (site: (typeof published.sites)[number]) =>
    firm.partners.find(({partnerId}) => partnerId === site.value)?.measures[0]?.n ?? 0;
  const groupOf = (id: string | null) =>
    firm.partners.find(({partnerId}) => partnerId === id)?.group.words ?? "";
  const partners = of("partner").sort((a, b) => most(b) - most(a));
  const chosen = [
    ...partners.slice(0, SITES - 2),
    ...partners.slice(-2),
    of("poor").find(({value}) => value === partners[0]!.value)!,
    of("bare").find(({value}) => / of tiers? /.test(groupOf(value)))!,
    of("plain")[0]!
  ];
  await withFirmSources({...options, manifest}, async (engine) => {
    for (const [i, site] of chosen.entries()) {
      const made = await narrowWarehouse(engine, {
        ...{...options, manifest, site, folder: `site-${i}`},
        models: modelsFor(OF_SITE)
      });
      const rows = await withWarehouse(
        (each) => each.rows<Row>("select * from workspace.peer_comparison"),
        made.paths.warehouse
      );
      sites.push({partner: site.value!, file: made.paths.warehouse, rows});
    }
  });
}, 240_000);
afterAll(() => rmSync(root, {recursive: true, force: true}));

test("own figures are what the partner's own deals and registrations come to, counted anew", async () => {
  let nCounted = 0;
  for (const {file, rows} of sites.slice(0, SITES)) {
    const counted = new Map(
      (
        await withWarehouse(
          (engine) => engine.rows<{measure: string; n: number; raw: number | null}>(own(firm)),
          file
        )
      ).map((each) => [each.measure, each])
    );
    expect(rows.map(({measure}) => measure).sort()).toEqual([...counted.keys()].sort());
    for (const {measure, n, raw} of rows) {
      const anew = counted.get(measure)!;
      expect([measure, n]).toEqual([measure, anew.n]);
      if (raw === null) expect(anew.n).toBe(0);
      else expect(raw, measure).toBeCloseTo(anew.raw!, 6);
      nCounted += n;
    }
  }
  expect(nCounted).toBeGreaterThan(100);
});

test("all sites of a group tell the same of it, and what the firm's own page says that they tell", async () => {
  for (const {partner, file} of sites.slice(0, SITES)) {
    const told = (await withWarehouse(compareData, file))!;
    const [carried] = told.partners;
    const known = firm.partners.find(({partnerId}) => partnerId === partner)!;
    expect(carried).toEqual(known);
    expect([told.from, told.to]).toEqual([firm.from, firm.to]);
  }
  const told = firm.partners.flatMap(({group, measures}) =>
    measures.flatMap(({key, peers}) => (peers ? [`${group.words} ${key} ${JSON.stringify(peers)}`] : []))
  );
  const groups = firm.partners.flatMap(({group, measures}) =>
    measures.flatMap(({key, peers}) => (peers ? [`${group.words} ${key}`] : []))
  );
  expect(new Set(told).size).toBe(new Set(groups).size);
  expect(new Set(told).size).toBeGreaterThan(5);
});

test("nothing of it names another partner, and of a partner no other row is there", async () => {
  for (const {partner, file, rows} of sites.slice(0, SITES)) {
    expect(new Set(rows.map(({partner_id}) => partner_id))).toEqual(new Set([partner]));
    const said = JSON.stringify([rows, await withWarehouse(compareData, file)]);
    for (const other of firm.partners.filter(({partnerId}) => partnerId !== partner)) {
      expect(said).not.toContain(`"${other.partnerId}"`);
      expect(said).not.toContain(other.partner);
    }
  }
});

test("a site that hides amounts is not told of money, and one without the page of nothing", () => {
  const [poor, , plain] = sites.slice(SITES);
  expect(poor!.rows.map(({measure}) => measure)).toEqual(
    sites[0]!.rows.map(({measure}) => measure).filter((measure) => measure !== "deal_size")
  );
  expect(plain!.rows).toEqual([]);
});

test("a site that hides kind and tier is told of partners like its own, by the same figures, and of neither", async () => {
  const bare = sites[SITES + 1]!;
  const known = firm.partners.find(({partnerId}) => partnerId === bare.partner)!;
  const [told] = (await withWarehouse(compareData, bare.file))!.partners;
  expect(told).toEqual({...known, group: {...known.group, words: "partners like you"}});
});

test("a group is of the two years to the last whole quarter", async () => {
  const [run] = await withWarehouse(
    (engine) =>
      engine.rows<{is_end: boolean; is_last: boolean}>(`
        select bool_or(quarter_ends_on = date '${firm.to}') as is_end,
          not bool_or(quarter_ends_on > date '${firm.to}' and quarter_ends_on <= as_of) as is_last
        from workspace.fiscal_month cross join workspace.run`),
    paths.warehouse
  );
  expect(run).toEqual({is_end: true, is_last: true});
  expect(Number(firm.to.slice(0, 4)) - Number(firm.from.slice(0, 4))).toBe(2);
});

/** Each figure from the rows of a partner's own database, which has no others. */
function own({from, to}: CompareData): string {
  const years = `between date '${from}' and date '${to}'`;
  const middle = `date '${Number(to.slice(0, 4)) - 1}${to.slice(4)}'`;
  const approved = "state in ('approved', 'expired', 'converted')";
  return `
    with deal as (select * from marts.deals where outcome in ('won', 'lost') and closed_on ${years}),
    won as (select * from deal where outcome = 'won'),
    decided as (select * from marts.registrations where decided_on ${years} and (${approved} or state = 'rejected')),
    span as (
      select deal_id, int_deal_span.close_on, valid_from from intermediate.int_deal_span inner join intermediate.int_deal using (deal_key)
      where not is_deleted
    ),
    later as (
      select distinct after.deal_id from span as before inner join span as after
        on after.deal_id = before.deal_id and after.valid_from > before.valid_from
        and date_trunc('month', after.close_on) > date_trunc('month', before.close_on)
      where not exists (select 1 from span as between_them where between_them.deal_id = before.deal_id
        and between_them.valid_from > before.valid_from and between_them.valid_from < after.valid_from)
    )
    select 'win_rate' as measure, count(*)::integer as n, avg((outcome = 'won')::integer) as raw from deal
    union all select 'cycle', count(*)::integer, exp(avg(log(greatest(cycle_days, 1)) * ln(10))) from won
    union all select 'deal_size', count(*)::integer, exp(avg(ln(won_amount::double))) from won where won_amount > 0
    union all select 'growth', count(*)::integer, avg((closed_on > ${middle})::integer) from won
    union all select 'pushed', count(*)::integer, avg((deal_id in (from later))::integer) from deal
    union all select 'approval', count(*)::integer, avg((${approved})::integer) from decided
    union all select 'decision', count(*)::integer, exp(avg(ln(greatest(decision_hours, 1)))) / 24 from decided
    union all select 'registered_win', count(*)::integer,
        avg((match_basis in ('stated id', 'decision') and deal_id in (select deal_id from marts.deals where outcome = 'won' and closed_on <= date '${to}'))::integer)
      from marts.registrations where ${approved} and submitted_on between date '${from}' - interval 1 year + interval 1 day and date '${to}' - interval 1 year`;
}
