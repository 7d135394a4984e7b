import {beforeAll, describe, expect, test} from "vitest";
import {dayOf, isoDay} from "../../loaders/twins/calendar/days.ts";
import {type LoggedDeal, rebuildPipeline} from "./rebuildPipeline.ts";
import {cents, EXPORT_DAY, groupBy, type Row, type SmallTwin, smallTwin} from "./support.ts";

let twin: SmallTwin;
let deals: Row[];
let historyOf: Map<string, Row[]>;

beforeAll(async () => {
  twin = await smallTwin("equipment", 700, 5);
  deals = twin.rows("deals.csv");
  historyOf = groupBy(twin.rows("deal_property_history.csv"), "deal_id");
});

const values = (deal: Row, property: string) =>
  historyOf.get(deal["hs_object_id"]!)!.filter(({name}) => name === property);

/** Stage and amount after each change, from the property history only. */
function states(deal: Row): LoggedDeal["states"] {
  let stage = "";
  let amount = "";
  const list: LoggedDeal["states"] = [];
  const rows = historyOf
    .get(deal["hs_object_id"]!)!
    .filter(({name}) => name === "dealstage" || name === "amount");
  for (const [at, changes] of groupBy(rows, "timestamp")) {
    for (const {name, value} of changes) {
      if (name === "dealstage") stage = value!;
      else amount = value!;
    }
    list.push({at, stage, cents: cents(amount)});
  }
  return list;
}

describe("the equipment maker's property history", () => {
  test("rebuilds the pipeline of every day", () => {
    const logged = deals.map((deal) => ({currency: deal["deal_currency_code"]!, states: states(deal)}));
    const rebuilt = rebuildPipeline(logged, "2022-07-01", EXPORT_DAY);
    const truth = new Map(
      twin
        .rows("truth/pipeline_daily.csv")
        .map((row) => [
          `${row["day"]} ${row["stage"]} ${row["currency"]}`,
          `${row["n_deals"]} ${row["amount"]}`
        ])
    );
    expect(truth.size).toBeGreaterThan(10_000);
    expect([...rebuilt].filter(([key, value]) => truth.get(key) !== value)).toEqual([]);
    expect(rebuilt.size).toBe(truth.size);
  });

  test("ends at the record", () => {
    const tracked = [
      "pipeline",
      "dealstage",
      "amount",
      "closedate",
      "hubspot_owner_id",
      "hs_manual_forecast_category"
    ];
    const broken = deals.flatMap((deal) =>
      tracked
        .filter((property) => (values(deal, property).at(-1)?.["value"] ?? "") !== deal[property])
        .map((property) => `${deal["hs_object_id"]} ${property}`)
    );
    expect(broken).toEqual([]);
  });

  test("agrees with the stage clocks on the deal", () => {
    for (const deal of deals) {
      const moves = values(deal, "dealstage");
      const entered = new Map(moves.map(({value, timestamp}) => [value!, timestamp!]));
      for (const [stage, at] of entered) expect(deal[`hs_v2_date_entered_${stage}`]).toBe(at);
      expect(deal[`hs_v2_date_exited_${deal["dealstage"]}`]).toBe("");
      const clocks = Object.keys(deal).filter(
        (key) => key.startsWith("hs_v2_date_entered_") && deal[key] !== ""
      );
      expect(clocks.length).toBe(entered.size);
    }
  });

  test("keeps every deal in the stages of its pipeline", () => {
    const pipelineOf = new Map(
      twin.rows("deal_pipeline_stages.csv").map((stage) => [stage["stage_id"], stage["pipeline_id"]])
    );
    const astray = deals.flatMap((deal) =>
      values(deal, "dealstage").filter(({value}) => pipelineOf.get(value) !== deal["pipeline"])
    );
    expect(astray).toEqual([]);
    expect(new Set(deals.map((deal) => deal["pipeline"])).size).toBe(2);
  });
});

describe("the equipment maker's orders", () => {
  let orders: Row[];
  let milestonesOf: Map<string, Row[]>;
  beforeAll(() => {
    orders = twin.rows("erp_orders.csv");
    milestonesOf = groupBy(twin.rows("erp_order_milestones.csv"), "order_number");
  });

  test("are those of won deals, for what was signed", () => {
    const dealOf = new Map(deals.map((deal) => [deal["hs_object_id"], deal]));
    const truth = new Map(twin.rows("truth/orders.csv").map((row) => [row["order_number"], row["deal_id"]]));
    for (const order of orders) {
      const deal = dealOf.get(truth.get(order["order_number"]))!;
      expect(deal["hs_is_closed_won"]).toBe("true");
      expect(order["amount"]).toBe(deal["amount"]);
      expect(order["order_date"]! > deal["closedate"]!.slice(0, 10)).toBe(true);
      if (order["crm_opportunity_id"]) expect(order["crm_opportunity_id"]).toBe(deal["hs_object_id"]);
    }
    const won = deals.filter((deal) => deal["hs_is_closed_won"] === "true").length;
    expect(orders.length).toBeGreaterThan(won * 0.9);
    expect(orders.length).toBeLessThanOrEqual(won);
  });

  test("go through their milestones one after the other, and none in the future", () => {
    for (const order of orders) {
      const rows = milestonesOf.get(order["order_number"]!)!;
      const planned = rows.map((row) => row["planned_date"]!);
      const actual = rows.map((row) => row["actual_date"]!).filter((day) => day !== "");
      expect(planned).toEqual([...planned].sort());
      expect(actual).toEqual([...actual].sort());
      expect(actual.every((day) => day <= EXPORT_DAY && day > order["order_date"]!)).toBe(true);
      // Once a milestone is open, so are all after it.
      expect(rows.slice(0, actual.length).filter((row) => row["actual_date"] === "")).toEqual([]);
      if (order["status"] === "delivered") expect(actual.length).toBe(rows.length);
      expect(order["promised_date"]! >= planned.at(-1)!).toBe(true);
    }
  });

  test("of delivered goods are invoiced in full, to the cent", () => {
    const invoices = groupBy(twin.rows("invoices.csv"), "order_number");
    const settled = orders.filter(
      (order) =>
        order["status"] === "delivered" &&
        milestonesOf.get(order["order_number"]!)!.at(-1)!["actual_date"]! < "2026-05-12"
    );
    expect(settled.length).toBeGreaterThan(50);
    for (const order of settled) {
      const billed = invoices
        .get(order["order_number"]!)!
        .reduce((sum, row) => sum + cents(row["amount"]!)!, 0);
      expect(billed).toBe(cents(order["amount"]!));
    }
  });

  test("have lines that sum to them", () => {
    const lines = groupBy(twin.rows("erp_order_lines.csv"), "order_number");
    for (const order of orders) {
      const total = lines
        .get(order["order_number"]!)!
        .reduce((sum, line) => sum + cents(line["net_amount"]!)!, 0);
      expect(total).toBe(cents(order["amount"]!));
    }
  });

  test("are built of materials and at centres that exist, with lead times of 12 to 52 weeks", () => {
    const materials = new Map(twin.rows("materials.csv").map((row) => [row["material_id"], row]));
    const centres = new Set(twin.rows("work_centres.csv").map((row) => row["work_centre_id"]));
    const bom = twin.rows("bill_of_materials.csv");
    for (const row of bom) {
      expect(materials.has(row["material_id"])).toBe(true);
      expect(centres.has(row["work_centre_id"])).toBe(true);
    }
    expect(new Set(bom.map((row) => row["work_centre_id"]))).toEqual(centres);
    const weeks = [...materials.values()].map((row) => Number(row["lead_time_days"]) / 7);
    expect([Math.min(...weeks), Math.max(...weeks)]).toEqual([12, 52]);
  });
});

describe("the equipment maker's stock and purchase orders", () => {
  test("cover what waits for material day by day, but for one material", () => {
    const stockOf = groupBy(twin.rows("stock.csv"), "material_id");
    const linesOf = groupBy(twin.rows("purchase_orders.csv"), "material_id");
    const stepsOf = groupBy(twin.rows("erp_order_milestones.csv"), "order_number");
    const bomOf = groupBy(twin.rows("bill_of_materials.csv"), "product_id");
    const needs = new Map<string, Map<string, number>>();
    const cancelled = new Set(
      twin
        .rows("erp_orders.csv")
        .flatMap((row) => (row["status"] === "cancelled" ? [row["order_number"]!] : []))
    );
    for (const {order_number, product_id, quantity} of twin.rows("erp_order_lines.csv")) {
      const steps = stepsOf.get(order_number!)!;
      const [material, engineering] = ["material", "engineering"].map(
        (name) => steps.find(({milestone}) => milestone === name)!
      );
      if (material?.["actual_date"] !== "" || cancelled.has(order_number!)) continue;
      const late =
        engineering!["actual_date"] === ""
          ? 0
          : Math.max(0, dayOf(engineering!["actual_date"]!) - dayOf(engineering!["planned_date"]!));
      const day = isoDay(Math.max(dayOf(EXPORT_DAY), dayOf(material["planned_date"]!) + late));
      for (const {material_id, quantity: each} of bomOf.get(product_id!) ?? []) {
        const byDay = needs.get(material_id!) ?? new Map<string, number>();
        needs.set(material_id!, byDay);
        byDay.set(day, (byDay.get(day) ?? 0) + Number(quantity) * Number(each));
      }
    }
    const short = [...needs].flatMap(([material, byDay]) => {
      const stock = stockOf.get(material)!.reduce((sum, row) => sum + Number(row["on_hand"]), 0);
      const open = (linesOf.get(material) ?? []).map((row) => ({
        on: row["due_date"]!,
        units: Number(row["quantity"]) - Number(row["received_quantity"])
      }));
      const there = (day: string) =>
        stock + open.reduce((sum, {on, units}) => (on <= day ? sum + units : sum), 0);
      const needed = (day: string) =>
        [...byDay].reduce((sum, [on, units]) => (on <= day ? sum + units : sum), 0);
      const days = [...byDay.keys()].sort().filter((day) => needed(day) > there(day));
      return days.length > 0 ? [[material, days[0]]] : [];
    });
    expect(needs.size).toBeGreaterThan(10);
    expect(short).toEqual(
      twin.rows("truth/shortages.csv").map((row) => [row["material_id"], row["short_on"]])
    );
    expect(short.length).toBe(1);
  });

  test("never come before they were ordered, nor after the exports", () => {
    const lines = twin.rows("purchase_orders.csv");
    expect(lines.filter(({status}) => status === "partially delivered").length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line["order_date"]! <= EXPORT_DAY && line["order_date"]! < line["due_date"]!).toBe(true);
      expect(Number(line["received_quantity"])).toBeLessThanOrEqual(Number(line["quantity"]));
      if (line["received_date"] !== "")
        expect(line["received_date"]! >= line["order_date"]! && line["received_date"]! <= EXPORT_DAY).toBe(
          true
        );
    }
  });
});

describe("the equipment maker's books", () => {
  test("name only companies, owners, campaigns and dealers that exist", () => {
    const ids = (file: string, column: string) => new Set(twin.rows(file).map((row) => row[column]!));
    const companies = ids("companies.csv", "hs_object_id");
    const owners = ids("owners.csv", "owner_id");
    const campaigns = ids("campaigns.csv", "hs_campaign_id");
    const dealers = ids("dealers.csv", "partner_crm_id");
    for (const deal of deals) {
      expect(companies.has(deal["hs_primary_associated_company"]!)).toBe(true);
      expect(owners.has(deal["hubspot_owner_id"]!)).toBe(true);
      if (deal["hs_campaign"]) expect(campaigns.has(deal["hs_campaign"])).toBe(true);
    }
    for (const row of twin.rows("deal_company.csv"))
      expect((row["category"] === "USER_DEFINED" ? dealers : companies).has(row["company_id"]!)).toBe(true);
    for (const row of twin.rows("registrations.csv")) expect(dealers.has(row["partner_crm_id"]!)).toBe(true);
  });

  test("hold large orders, won at plausible rates and after plausible times", () => {
    const machines = deals.filter((deal) => deal["pipeline"] === "default");
    const closed = machines.filter((deal) => deal["hs_is_closed"] === "true");
    const won = closed.filter((deal) => deal["hs_is_closed_won"] === "true");
    const middle = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;
    expect(won.length / closed.length).toBeGreaterThan(0.18);
    expect(won.length / closed.length).toBeLessThan(0.42);
    expect(middle(won.map((deal) => Number(deal["days_to_close"])))).toBeGreaterThan(120);
    expect(middle(won.map((deal) => Number(deal["amount_in_home_currency"])))).toBeGreaterThan(250_000);
  });

  test("know the contacts that deals began with, and what campaigns did to them before", () => {
    const contacts = twin.rows("contacts.csv");
    const byId = new Map(contacts.map((row) => [row["hs_object_id"]!, row]));
    const dealOf = new Map(deals.map((deal) => [deal["hs_object_id"]!, deal]));
    const began = contacts.filter((row) => row["first_deal_id"] !== "");
    expect(began.length).toBeGreaterThan(50);
    expect(began.length).toBeLessThan(contacts.length / 2);
    for (const row of began) {
      const deal = dealOf.get(row["first_deal_id"]!)!;
      expect(deal["hs_primary_associated_company"]).toBe(row["associatedcompanyid"]);
      expect(row["createdate"]! < deal["createdate"]!).toBe(true);
    }
    const campaigns = new Set(twin.rows("campaigns.csv").map((row) => row["hs_campaign_id"]!));
    const touches = twin.rows("campaign_touches.csv");
    for (const touch of touches) {
      expect(byId.has(touch["contact_id"]!)).toBe(true);
      expect(campaigns.has(touch["hs_campaign_id"]!)).toBe(true);
      expect(touch["occurred_at"]! <= `${EXPORT_DAY}T24`).toBe(true);
    }
    // The campaign on a deal is one that truly touched its contact.
    const touched = new Set(touches.map((touch) => `${touch["contact_id"]} ${touch["hs_campaign_id"]}`));
    const attributed = began.filter((row) => dealOf.get(row["first_deal_id"]!)!["hs_campaign"] !== "");
    expect(attributed.length).toBeGreaterThan(20);
    for (const row of attributed) {
      const {hs_campaign} = dealOf.get(row["first_deal_id"]!)!;
      expect(touched.has(`${row["hs_object_id"]} ${hs_campaign}`)).toBe(true);
    }
  });
});
