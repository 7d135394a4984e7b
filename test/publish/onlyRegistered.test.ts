/** The site of a partner that has registered and has no deal: its database passes every check and holds its registrations alone. */
import {afterAll, beforeAll, expect, test} from "vitest";
import {partnersData} from "../../loaders/pages/partnersData.ts";
import {siteData} from "../../loaders/pages/siteData.ts";
import type {PublishedSite} from "../../loaders/publish/publishedSites.ts";
import {sitesWithDeals, withoutPagesWords} from "../../loaders/publish/sitesWithDeals.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {audienceWords} from "../../src/views/audienceWords.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";
import {weirHere} from "../support/weirCli.ts";
import {narrowedFor} from "./smallFirm.ts";

let small: SmallWorkspace;
beforeAll(() => {
  small = smallWorkspace();
  small.write(
    "portal.csv",
    "Id,Partner,Customer,Submitted,Status\nR1,Newcomer,Nowhere Limited,2026-02-01,submitted\nR2,Acme Partners,Other,2026-02-01,submitted\n"
  );
  small.change(
    "workspace.yaml",
    "  - path: partners.csv",
    `  - path: portal.csv
    maps:
      - table: registration
        columns: {registration_id: Id, partner_id: Partner, end_customer_name: Customer, submitted_at: Submitted, status: Status}
  - path: partners.csv`
  );
  small.change(
    "workspace.yaml",
    "files:",
    "audiences:\n  partners: {title: Partner, pages: [deals, partners, compare], each: partner}\nfiles:"
  );
});
afterAll(() => small.remove());

test("a partner that has only registered has a database of its registrations, from which its page is made", async () => {
  await narrowedFor(small, {new: "Partner: Newcomer"}, ["new"], async (_, {rows, manifest, paths}) => {
    expect(rows).toMatchObject({deal: 0, deal_event: 0, registration: 1, partner: 0});
    expect(
      manifest.checks.filter(({severity, n_failures}) => severity === "error" && n_failures > 0)
    ).toEqual([]);
    const {own, origins} = await withWarehouse(partnersData, paths.warehouse);
    expect([own.n, origins.n]).toEqual([1, 0]);
    expect(own.columns["customer"]).toMatchObject({values: ["Nowhere Limited"]});
    const site = await withWarehouse(siteData, paths.warehouse);
    expect(site.audience).toMatchObject({
      title: "Partner: Newcomer",
      rowsWords: "registrations of partner Newcomer"
    });
    expect(audienceWords(site)!.words).toMatch(
      /^The registrations of partner Newcomer, which has no deal yet, as of /
    );
    // The registration's own month can be chosen, though the as-of day is a later one.
    expect(site.asOf > "2026-03").toBe(true);
    expect(site.months[0]).toMatchObject({from: "2026-02-01"});
  });
});

test("it gets the pages that show them, which is told beside the list of sites; without such a page, or inside, it gets none", async () => {
  const site = (pages: string[], outside: boolean): PublishedSite => ({
    key: "partners",
    audience: {title: "Partner", pages, show: [], hide: [], each: "partner", outside},
    value: "Newcomer",
    title: "Partner: Newcomer",
    rowsWords: "deals of partner Newcomer",
    filters: [{slice: "partner", values: ["Newcomer"]}],
    nLikely: 0
  });
  await small.build();
  const held = (each: PublishedSite) =>
    withWarehouse((engine) => sitesWithDeals(engine, [each], "workspace.yaml"), small.paths.warehouse);
  const {sites, leftOut} = await held(site(["deals", "partners", "compare"], true));
  expect([sites.map(({audience}) => audience.pages), leftOut]).toEqual([[["partners", "compare"]], []]);
  expect(withoutPagesWords(sites[0]!)).toBe(
    "partners: Partner: Newcomer has registrations alone: not deals before its first deal"
  );
  expect(withoutPagesWords((await held(site(["partners"], true))).sites[0]!)).toBeNull();
  expect((await held(site(["deals"], true))).leftOut.map(({why}) => why)).toEqual([
    "there are no deals of partner Newcomer, and no page shows its registrations (partners)"
  ]);
  expect((await held(site(["deals", "partners"], false))).leftOut[0]!.why).toBe(
    "there are no deals of partner Newcomer"
  );
});

test("weir publish --list says what it gets and what not", async () => {
  const list = (...how: string[]) =>
    weirHere(
      ...["publish", "--list", "--workspace", small.dir, "--state", `${small.paths.dir}/..`],
      ...["--out", `${small.dir}/published`, ...how]
    );
  const {printed, said, code} = await list();
  expect(code).toBe(0);
  expect(said).toContain("Partner: Newcomer has registrations alone: not deals before its first deal");
  expect(printed).toContain("Partner: Newcomer\tregistrations of partner Newcomer\tpartners compare");
  const {sites} = JSON.parse((await list("--json")).printed) as {
    sites: {title: string; pages: string[]; without_pages: string[]}[];
  };
  expect(sites.map(({title, pages, without_pages}) => [title, pages, without_pages])).toEqual(
    expect.arrayContaining([
      ["Partner: Acme Partners", ["deals", "partners", "compare"], []],
      ["Partner: Newcomer", ["partners", "compare"], ["deals"]]
    ])
  );
});
