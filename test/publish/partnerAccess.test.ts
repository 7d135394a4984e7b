import {appendFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {allowedColumns} from "../../loaders/publish/allowedColumns.ts";
import {likelyWords} from "../../loaders/publish/partnerAccess.ts";
import {keptSql, type PublishedSite, publishedSites} from "../../loaders/publish/publishedSites.ts";
import {readersWords} from "../../loaders/publish/readersWords.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

let small: SmallWorkspace;

beforeAll(async () => {
  small = smallWorkspace();
  small.write(
    "registrations.csv",
    `Id,Partner,Customer,Submitted,Decided,Status,Deal
R1,Stated,First Customer,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,approved,D1
R2,Guessed,Lonely Works,2026-04-18T00:00:00Z,2026-04-19T00:00:00Z,approved,
R3,Unread,First Customer,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,draft2,D3
R4,Decided,Nobody Knows,2026-04-18T00:00:00Z,2026-04-19T00:00:00Z,approved,
`
  );
  small.write(
    "programme.csv",
    `Partner,At,Kind,Deal,Customer
Met,2026-04-25T00:00:00Z,co-sell,D7,
Met by name,2026-04-25T00:00:00Z,co-sell,,Lonely Works
`
  );
  small.write("firms.csv", "Id,Name\nT1,Twin Sellers\nT2,Twin Sellers\nT3,Only One\n");
  small.write("matches.yaml", "decisions:\n  - {registration: R4, deal: D8, by: Ann}\n");
  small.change("accounts.csv", /$/, "A9,Lonely Works,North,Small\n");
  small.change("deals.csv", "D6,Zeta,A2", "D6,Zeta,A9");
  small.write("twins.csv", "Deal,Partner\nD1,T1\nD3,T2\n");
  appendFileSync(
    join(small.dir, "workspace.yaml"),
    `  - path: registrations.csv
    maps:
      - table: registration
        columns: {registration_id: Id, partner_id: Partner, end_customer_name: Customer, submitted_at: Submitted, decided_at: Decided, status: Status, deal_id: Deal}
  - path: programme.csv
    maps:
      - table: partner_event
        columns: {partner_id: Partner, at: At, kind: Kind, deal_id: Deal, customer_name: Customer}
  - path: twins.csv
    maps:
      - table: deal_partner
        columns: {deal_id: Deal, partner_id: Partner}
  - path: firms.csv
    maps:
      - table: partner
        columns: {partner_id: Id, name: Name}
`
  );
  await small.build({relations: ["deals", "partners", "deal_partners"]});
});
afterAll(() => small.remove());

describe("a partner's own site", () => {
  test("holds deals that the CRM, a stated id, a meeting or a person says are the partner's, and none by a match of names", async () => {
    expect(await dealsOf({each: "partner"})).toEqual({
      "Acme Partners": ["D2", "D5"],
      Zeno: ["D5"],
      Stated: ["D1"],
      Decided: ["D8"],
      Met: ["D7"],
      "Twin Sellers (T1)": ["D1"],
      "Twin Sellers (T2)": ["D3"]
    });
  });

  test("holds those too where the audience asks for likely matches, but none by a status that is not read", async () => {
    const deals = await dealsOf({each: "partner", likely_matches: true});
    expect(deals).toMatchObject({Guessed: ["D6"], "Met by name": ["D6"], Stated: ["D1"]});
    expect(deals).not.toHaveProperty("Unread");
  });

  test("counts them as the figures do where it is for the firm's own people", async () => {
    expect(await dealsOf({each: "partner", outside: false})).toMatchObject({Guessed: ["D6"], Unread: ["D3"]});
  });

  test("tells how many deals are the partner's by names alone", async () => {
    const [guessed] = (await sitesOf({rows: {partner: ["Guessed", "Stated"]}})).sites;
    expect(guessed!.nLikely).toBe(1);
    expect(likelyWords(guessed!)).toMatch(/1 deal is .* left out: decide in matches.yaml/);
    const [asked] = (await sitesOf({rows: {partner: ["Guessed"]}, likely_matches: true})).sites;
    expect(likelyWords(asked!)).toMatch(/1 deal is .* and published/);
    const [stated] = (await sitesOf({rows: {partner: ["Stated"]}})).sites;
    expect(likelyWords(stated!)).toBeNull();
  });
});

describe("a partner whose name another one has", () => {
  test("is told from it by id in the list of sites, and not in its own site, which tells of no namesake", async () => {
    const {sites} = await sitesOf({each: "partner"});
    const twin = sites.find(({value}) => value === "T1")!;
    expect(twin).toMatchObject({
      title: "P: Twin Sellers (T1)",
      rowsWords: "deals of partner Twin Sellers (T1)"
    });
    const allowed = allowedColumns(twin, {custom_attributes: []});
    expect(
      readersWords(twin, {key: "key", hidden: new Set<never>(), partners: new Set<never>()}, allowed)
    ).toEqual({
      title: "P: Twin Sellers",
      rowsWords: "deals of partner Twin Sellers"
    });
  });

  test("is never meant by that name: the ids are told, and one is taken", async () => {
    await expect(sitesOf({rows: {partner: ["Twin Sellers"]}})).rejects.toMatchObject({
      exitCode: 2,
      problems: [{field: "audiences.a.rows.partner", value: "Twin Sellers", expected: "an id: T1, T2"}]
    });
    const {sites} = await sitesOf({rows: {partner: ["T2"]}});
    expect(sites[0]).toMatchObject({
      filters: [{slice: "partner", values: ["T2"]}],
      rowsWords: "deals of partner Twin Sellers"
    });
    expect((await sitesOf({rows: {partner: ["Only One"]}})).sites[0]!.filters[0]!.values).toEqual(["T3"]);
  });
});

function sitesOf(audience: object) {
  const a = {title: "P", pages: ["deals"], show: [], hide: [], ...audience};
  return withWarehouse((engine) => publishedSites(engine, {a}, "workspace.yaml"), small.paths.warehouse);
}

/** Of each site that has deals. */
async function dealsOf(audience: object): Promise<Record<string, unknown[]>> {
  const {sites} = await sitesOf(audience);
  const found = (site: PublishedSite) =>
    withWarehouse(
      (engine) =>
        engine.rows<{id: string}>(
          `select deal_id as id from marts.deals as deal where ${keptSql(site, "")} order by 1`
        ),
      small.paths.warehouse
    );
  const all = await Promise.all(
    sites.map(async (site) => [site.title.replace("P: ", ""), (await found(site)).map(({id}) => id)] as const)
  );
  return Object.fromEntries(all.filter(([, ids]) => ids.length > 0));
}
