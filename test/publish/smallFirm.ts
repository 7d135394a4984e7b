/** The small workspace with what partners, marketing and orders leave behind: something of each kind for deals of two partners and of none. */
import {appendFileSync} from "node:fs";
import {join} from "node:path";
import type {Engine} from "../../loaders/engine/engine.ts";
import {withFirmSources} from "../../loaders/publish/firmSources.ts";
import {type Narrowed, narrowWarehouse} from "../../loaders/publish/narrowWarehouse.ts";
import {publishedSites} from "../../loaders/publish/publishedSites.ts";
import {sitesWithDeals} from "../../loaders/publish/sitesWithDeals.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";
import {modelsFor} from "../support/modelsFor.ts";

const FILES: Record<string, {maps: string; rows: string}> = {
  "registrations.csv": {
    maps: `- table: registration
        columns: {registration_id: Id, partner_id: Partner, end_customer_name: Customer, end_customer_domain: Domain, submitted_at: Submitted, decided_at: Decided, status: Status, reject_reason: Reason, deal_id: Deal}`,
    rows: `Id,Partner,Customer,Domain,Submitted,Decided,Status,Reason,Deal
R1,Acme Partners,Second Customer,second.example,2026-01-05T00:00:00Z,2026-01-06T00:00:00Z,approved,,D2
R2,Acme Partners,Nowhere Limited,nowhere.example,2026-02-01T00:00:00Z,2026-02-03T00:00:00Z,rejected,Too small for us,
R3,Zeno,Hidden Customer,hidden.example,2026-02-20T00:00:00Z,2026-02-21T00:00:00Z,approved,,D5
R4,Acme Partners,First Customer,first.example,2026-03-01T00:00:00Z,2026-03-02T00:00:00Z,rejected,Others were first,D1
`
  },
  "programme.csv": {
    maps: `- table: partner_event
        columns: {partner_id: Partner, at: At, kind: Kind, amount: Amount, deal_id: Deal, customer_name: Customer}`,
    rows: `Partner,At,Kind,Amount,Deal,Customer
Acme Partners,2026-01-15T00:00:00Z,training,,,
Acme Partners,2026-04-01T00:00:00Z,payout,100.00,D2,
Zeno,2026-04-02T00:00:00Z,payout,222.00,D5,Hidden Customer
`
  },
  "campaigns.csv": {
    maps: `- table: campaign
        columns: {campaign_id: Id, name: Name, starts_on: From, ends_on: To, budget: Budget, cost: Cost}
      - table: campaign_cost
        columns: {campaign_id: Id, "on": From, cost: Cost}`,
    rows: `Id,Name,From,To,Budget,Cost
C1,Spring fair,2026-01-01,2026-01-31,1000.00,900.00
C2,Autumn fair,2026-01-01,2026-01-31,3000.00,2900.00
`
  },
  "leads.csv": {
    maps: `- table: lead
        columns: {lead_id: Id, created_at: Created, campaign_id: Campaign, account: Company, deal_id: Deal}`,
    rows: `Id,Created,Campaign,Company,Deal
L1,2026-01-02T00:00:00Z,C1,Second Customer Inc,D2
L2,2026-01-20T00:00:00Z,C2,Some Other Company,D3
`
  },
  "touches.csv": {
    maps: `- table: touch
        columns: {touch_id: Id, at: At, campaign_id: Campaign, person: Person, lead_id: Lead, account_id: Account}`,
    rows: `Id,At,Campaign,Person,Lead,Account
T1,2026-01-03T00:00:00Z,C1,Vera Touched,L1,
T2,2026-01-21T00:00:00Z,C2,Otto Touched,L2,
T3,2026-01-02T00:00:00Z,C2,Otto Touched,,A1
`
  },
  "contacts.csv": {
    maps: `- table: deal_contact
        columns: {deal_id: Deal, contact_id: Contact, role: Role}`,
    rows: `Deal,Contact,Role
D2,vera@second.example,Buyer
D3,otto@first.example,Buyer
`
  },
  "activities.csv": {
    maps: `- table: activity
        columns: {deal_id: Deal, at: At, kind: Kind}`,
    rows: `Deal,At,Kind
D2,2026-02-01T00:00:00Z,call
D5,2026-04-20T00:00:00Z,email
D3,2026-02-20T00:00:00Z,call
`
  },
  "changes.csv": {
    maps: `- table: deal_event
        columns: {deal_id: Deal, at: At, field: Field, old_value: Old, new_value: New, actor_id: By}`,
    rows: `Deal,At,Field,Old,New,By
D5,2026-04-02T00:00:00Z,next_step,Wait for the budget,Send the offer,P2
D2,2026-02-02T00:00:00Z,owner_id,P2,P1,P3
D2,2026-02-03T00:00:00Z,account_id,A1,A2,P3
`
  },
  "orders.csv": {
    maps: `- table: order
        columns: {order_id: Order, deal_id: Deal, account_id: Account, ordered_on: On, amount: Amount, currency: Currency}
      - table: order_line
        columns: {order_id: Order, product_id: Product, amount: Amount}
      - table: order_milestone
        columns: {order_id: Order, milestone: {value: production}, planned_on: On}
      - table: shipment
        columns: {shipment_id: Shipment, order_id: Order, shipped_on: Shipped, amount: Amount}
      - table: invoice
        columns: {invoice_id: Invoice, order_id: Order, invoiced_on: Shipped, amount: Amount}`,
    rows: `Order,Deal,Account,On,Amount,Currency,Product,Shipment,Invoice,Shipped
O1,D2,A2,2026-03-21,2000.25,EUR,Pro,S1,I1,2026-04-20
O2,D1,A1,2026-02-11,1000.10,USD,Basic,S2,I2,2026-03-20
`
  },
  "contracts.csv": {
    maps: `- table: subscription
        columns: {subscription_id: Id, account_id: Account, product_id: Product, starts_on: From, ends_on: To, arr: ARR, deal_id: Deal}`,
    rows: `Id,Account,Product,From,To,ARR,Deal
V1,A2,Pro,2026-03-21,2027-03-20,2000.00,D2
V2,A1,Basic,2026-02-11,2027-02-10,1000.00,D1
`
  },
  "bills.csv": {
    maps: `- table: bill_of_materials
        columns: {product_id: Product, material_id: Material, quantity: Quantity, work_centre_id: Centre, hours: Hours}
      - table: material
        columns: {material_id: Material, name: Material}
      - table: work_centre
        columns: {work_centre_id: Centre, name: Centre, hours_per_week: Week}`,
    rows: `Product,Material,Quantity,Centre,Hours,Week
Pro,Secret alloy,2,Secret lathe,3,40
`
  },
  "supply.csv": {
    maps: `- table: stock
        columns: {material_id: Material, site: Site, on_hand: Quantity}
      - table: purchase_order
        columns: {purchase_order_id: PO, material_id: Material, quantity: Ordered}`,
    rows: `Material,Site,Quantity,PO,Ordered
Secret alloy,Secret shed,5,Secret PO,7
`
  }
};

const AUDIENCES = `
audiences:
  board: {title: The board, pages: [overview, deals]}
  red: {title: Team Red, pages: [pipeline, deals], rows: {team: [Red]}, show: [deal.next_step, deal.x_vertical], hide: [account.name]}
  partners: {title: Partner, pages: [deals, partners], each: partner}
`;

/** A copy of it with three audiences. */
export function smallFirm(): SmallWorkspace {
  const small = smallWorkspace();
  const entries = Object.entries(FILES).map(([path, {maps, rows}]) => {
    small.write(path, rows);
    return `  - path: ${path}\n    maps:\n      ${maps}\n`;
  });
  appendFileSync(join(small.dir, "workspace.yaml"), `${entries.join("")}${AUDIENCES}`);
  return small;
}

/** What the tests look at in a narrowed warehouse, and in the firm's to compare. */
export const OF_SITE = [
  "deals",
  "deal_partners",
  "deal_lines",
  "deal_movement",
  "stage_entries",
  "orders",
  "registrations"
];
/** What narrowing and the choice of sites read of the firm's own besides. */
export const OF_FIRM = [
  "partners",
  "campaigns",
  "int_touch",
  "int_partner_event",
  "int_partner_claim",
  "int_deal_origin"
];

/**
 * Narrows its built warehouse for the sites of these titles, by folder, and gives `use` each with the firm's engine. Those of `whole` get
 * every model and check, the others what the tests look at.
 */
export async function narrowedFor(
  small: SmallWorkspace,
  titles: Readonly<Record<string, string>>,
  whole: readonly string[],
  use: (folder: string, narrowed: Narrowed, firm: Engine) => Promise<void>
): Promise<void> {
  const workspace = loadWorkspace(small.dir);
  const {manifest} = await small.build({relations: [...OF_SITE, ...OF_FIRM]});
  const {sites} = await withWarehouse(async (engine) => {
    const declared = await publishedSites(engine, workspace.config.audiences, workspace.file);
    return sitesWithDeals(engine, declared.sites, workspace.file);
  }, small.paths.warehouse);
  const options = {
    workspace,
    paths: small.paths,
    filesDir: small.dir,
    manifest,
    reporter: silentReporter,
    code: "",
    idKey: "key"
  };
  await withFirmSources(options, async (firm) => {
    for (const [folder, title] of Object.entries(titles)) {
      const site = sites.find((each) => each.title === title);
      if (!site) throw new Error(`no site ${title} among ${sites.map((each) => each.title).join(", ")}`);
      const models = whole.includes(folder) ? {} : {models: modelsFor(OF_SITE)};
      await use(folder, await narrowWarehouse(firm, {...options, site, folder, ...models}), firm);
    }
  });
}
