import {describe, expect, test} from "vitest";
import {dayOf} from "../../loaders/forecast/history/calendar.ts";
import {offsetsOf} from "../../loaders/planning/offsets.ts";
import {openOrder} from "../../loaders/planning/openOrders.ts";
import {isOpen, type Order, orderAt} from "../../loaders/planning/order.ts";

const AS_OF = dayOf("2026-05-22");
const OFFSETS = {materialDays: 100, materialLow: null, materialHigh: null, productionDays: 20, nOrders: 9};

type Days = [planned: string | null, actual: string | null];

function order(steps: Record<string, Days>, more: Partial<Order> = {}): Order {
  const day = (iso: string | null) => (iso === null ? null : dayOf(iso));
  return {
    orderId: "SO1",
    dealId: null,
    account: null,
    orderedOn: dayOf("2026-03-01"),
    cancelledOn: null,
    doneOn: null,
    lines: [[0, 1]],
    unbilled: {n: 0, amount: 0},
    hasLines: true,
    ...more,
    steps: Object.fromEntries(
      Object.entries(steps).map(([step, [planned, actual]]) => [
        step,
        {planned: day(planned), actual: day(actual)}
      ])
    )
  };
}

const placed = (each: Order) => openOrder(each, AS_OF, OFFSETS);

describe("when an order needs its material", () => {
  test("as planned, later by what its last step was late; production moves with it", () => {
    // Engineering was ten days late.
    const late = order({
      engineering: ["2026-04-01", "2026-04-11"],
      material: ["2026-08-01", null],
      production: ["2026-09-01", null]
    });
    expect(placed(late)).toMatchObject({
      needOn: "2026-08-11",
      buildFrom: "2026-08-12",
      buildTo: "2026-09-11",
      buildShare: 1
    });
  });

  test("being early moves nothing, and a plan that has passed is needed now", () => {
    expect(
      placed(order({engineering: ["2026-04-11", "2026-04-01"], material: ["2026-08-01", null]}))!.needOn
    ).toBe("2026-08-01");
    expect(placed(order({material: ["2026-05-01", null]}))!.needOn).toBe("2026-05-22");
  });

  test("the usual days after the order where nothing is planned", () => {
    expect(placed(order({}))).toMatchObject({
      needOn: "2026-06-09",
      buildFrom: "2026-06-10",
      buildTo: "2026-06-29"
    });
  });

  test("one that is being built needs no material, and the share of its hours that is left", () => {
    // 40 days of production, of which 20 are over.
    const building = order({material: ["2026-05-02", "2026-05-02"], production: ["2026-06-11", null]});
    expect(placed(building)).toMatchObject({
      needOn: null,
      buildFrom: "2026-05-23",
      buildTo: "2026-06-11",
      buildShare: 0.5
    });
  });

  test("one past its planned end has a week's share left", () => {
    const late = order({material: ["2026-04-02", "2026-04-02"], production: ["2026-05-02", null]});
    const {buildTo, buildShare} = placed(late)!;
    expect(buildTo).toBe("2026-05-29");
    expect(buildShare).toBeCloseTo(7 / 57, 9);
  });

  test("a later step says that earlier ones are done; what is called off, delivered or service needs nothing", () => {
    expect(placed(order({test: [null, "2026-05-01"]}))).toBeNull();
    expect(isOpen(order({}, {cancelledOn: AS_OF}))).toBe(false);
    expect(isOpen(order({}, {doneOn: AS_OF}))).toBe(false);
    expect(placed(order({}, {lines: []}))).toBeNull();
  });
});

describe("the usual days from order to material", () => {
  /** Orders placed on the same day, with their material after so many days; null while it is awaited. */
  const list = (days: (number | null)[]) =>
    days.map((each) => {
      const iso = (n: number) => new Date((dayOf("2026-01-01") + n) * 86_400_000).toISOString().slice(0, 10);
      return order(
        {
          material: [null, each === null ? null : iso(each)],
          production: [null, each === null ? null : iso(each + 10)]
        },
        {orderedOn: dayOf("2026-01-01")}
      );
    });

  test("the median counts those that still wait", () => {
    // By hand: of seven, 4/7 still wait after day 30 and 3/7 after day 40; of the five that came the median would be 30.
    expect(offsetsOf(list([10, 20, 30, 40, 50, null, null]), AS_OF)).toMatchObject({
      materialDays: 40,
      productionDays: 10,
      nOrders: 5
    });
  });

  test("fewer than five say nothing, and what is called off or has nothing to build is not counted", () => {
    expect(offsetsOf(list([10, 20, 30, 40]), AS_OF)).toBeNull();
    const gone = list([10, 20, 30, 40, 50]);
    expect(offsetsOf([...gone.slice(1), {...gone[0]!, cancelledOn: AS_OF}], AS_OF)).toBeNull();
    expect(offsetsOf([...gone.slice(1), {...gone[0]!, lines: []}], AS_OF)).toBeNull();
  });

  test("on a past day nothing later is known", () => {
    const then = dayOf("2026-02-01");
    const known = list([10, 20, 50]).map((each) => orderAt(each, then)!);
    expect(known.map(({steps}) => steps.material!.actual !== null)).toEqual([true, true, false]);
    expect(orderAt(order({}), dayOf("2026-02-28"))).toBeNull();
  });
});
