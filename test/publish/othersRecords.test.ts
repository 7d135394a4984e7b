/** A partner's site is made of the partner's records alone: others' deals and money can change as they like, and it comes out the same. */
import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {withFirmSources} from "../../loaders/publish/firmSources.ts";
import {narrowRows} from "../../loaders/publish/narrowRows.ts";
import {publishedSites} from "../../loaders/publish/publishedSites.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {writeTwin} from "../../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import {modelsFor} from "../support/modelsFor.ts";
import {disturbOthers} from "./disturbOthers.ts";
import {type Owned, ownedByPartner} from "./plantCanaries.ts";
import {OF_FIRM, OF_SITE} from "./smallFirm.ts";

let root: string;
let owned: Owned;
/** By firm: as it is, and with others' records changed. */
const hashes: Record<string, {own: string; firm: string}> = {};
const tables: Record<string, Record<string, string>> = {};
let disturbed: {nGone: number; nChanged: number};

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "weir-others-"));
  const dir = join(root, "firm");
  await writeTwin({firm: "software", deals: 150, seed: 5, out: dir});
  await site("firm", dir);
  const other = join(root, "other");
  cpSync(dir, other, {recursive: true});
  disturbed = disturbOthers(other, owned, await partnersDeals());
  await site("other", other);
});
afterAll(() => rmSync(root, {recursive: true, force: true}));

test("no cell of its rows, of its declarations or of what it says of itself changes with the records of others", () => {
  expect(disturbed.nGone).toBeGreaterThan(200);
  expect(disturbed.nChanged).toBeGreaterThan(200);
  expect(hashes["other"]!.firm).not.toBe(hashes["firm"]!.firm);
  for (const [name, sum] of Object.entries(tables["firm"]!)) expect(tables["other"]![name], name).toBe(sum);
  expect(hashes["other"]!.own).toBe(hashes["firm"]!.own);
});

/** Of the accounts whose other deals decide whether one of the partner's is sourced, and of which the firm takes the verdict along. */
async function partnersDeals(): Promise<ReadonlySet<string>> {
  return withWarehouse(
    async (engine) => {
      const rows = await engine.rows<{id: string}>(
        `select left(deal_id, 15) as id from intermediate.int_deal where account_id in (
         select account_id from intermediate.int_deal where deal_id in (
           select deal_id from marts.deal_partners where partner_id = '${owned.partner.id}'))
       union select left(likely_deal_id, 15) from marts.registrations where partner_id = '${owned.partner.id}' and likely_deal_id is not null
       union select left(second_deal_id, 15) from marts.registrations where partner_id = '${owned.partner.id}' and second_deal_id is not null`
      );
      return new Set(rows.map(({id}) => id));
    },
    statePaths({name: "firm"}, join(root, "state-firm")).warehouse
  );
}

async function site(name: string, dir: string): Promise<void> {
  const paths = statePaths({name: "firm"}, join(root, `state-${name}`));
  const workspace = loadWorkspace(dir);
  const models = modelsFor([...OF_SITE, ...OF_FIRM, "int_ledger", "partner_ledger"]);
  const built = {
    workspace,
    paths,
    filesDir: dir,
    reporter: silentReporter,
    builtAt: "2026-11-01T00:00:00.000Z",
    models
  };
  const {manifest} = await buildWarehouse(built);
  owned ??= await ownedByPartner(paths.warehouse);
  const audience = {
    title: "One partner",
    pages: ["deals", "partners"],
    show: [],
    hide: [],
    rows: {partner: [owned.partner.name]}
  };
  const {sites} = await withWarehouse(
    (engine) => publishedSites(engine, {one: audience}, workspace.file),
    paths.warehouse
  );
  const options = {workspace, paths, filesDir: dir, manifest, code: "", idKey: "key"};
  await withFirmSources(options, async (firm) => {
    const {hash, file} = await narrowRows(firm, {...options, site: sites[0]!, folder: "one"});
    hashes[name] = {own: hash, firm: manifest.input_hash};
    await firm.run(`attach '${file}' as made (read_only)`);
    const all = await firm.rows<{relation: string}>(
      `select schema_name || '."' || table_name || '"' as relation from duckdb_tables() where database_name = 'made'`
    );
    tables[name] = {};
    for (const {relation} of all) {
      const [sum] = await firm.rows<{told: string}>(
        `select concat_ws(' ', count(*), bit_xor(hash(told))) as told from made.${relation} as told`
      );
      tables[name]![relation] = sum!.told;
    }
    await firm.run("detach made");
  });
}
