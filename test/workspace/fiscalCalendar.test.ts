import {describe, expect, test} from "vitest";
import {fiscalMonths} from "../../loaders/workspace/fiscalCalendar.ts";

const calendar = (first_month: number, year_named_after: "start" | "end" = "end") => ({
  first_month,
  year_named_after
});

describe("fiscal months", () => {
  test("of a calendar year are plain quarters", () => {
    const months = fiscalMonths("2026-01-31", "2026-12-01", calendar(1));
    expect(months).toHaveLength(12);
    expect(months[5]).toMatchObject({
      month_label: "Jun 2026",
      quarter_label: "2026 Q2",
      quarter_starts_on: "2026-04-01",
      quarter_ends_on: "2026-06-30",
      year_label: "2026"
    });
  });

  test("of a year from February are named after the year it ends in, or begins in", () => {
    expect(
      fiscalMonths("2026-01-15", "2026-02-15", calendar(2)).map(({quarter_label}) => quarter_label)
    ).toEqual(["FY2026 Q4", "FY2027 Q1"]);
    expect(fiscalMonths("2026-02-15", "2026-02-15", calendar(2, "start"))[0]).toMatchObject({
      quarter_label: "FY2026 Q1",
      year_ends_on: "2027-01-31"
    });
  });

  test("know leap years", () => {
    expect(fiscalMonths("2024-02-01", "2024-02-29", calendar(1))[0]!.ends_on).toBe("2024-02-29");
    expect(fiscalMonths("2100-02-01", "2100-02-28", calendar(1))[0]!.ends_on).toBe("2100-02-28");
  });

  test("follow one another without gap or overlap, whatever month the year starts in", () => {
    for (let first = 1; first <= 12; first++) {
      const months = fiscalMonths("2023-05-05", "2026-05-05", calendar(first));
      for (const [index, {starts_on}] of months.entries()) {
        if (index === 0) continue;
        expect(Date.parse(starts_on) - Date.parse(months[index - 1]!.ends_on)).toBe(86_400_000);
      }
      const quarters = new Map(
        months.map(({quarter_label, quarter_starts_on}) => [quarter_label, quarter_starts_on])
      );
      expect(new Set(quarters.values()).size).toBe(quarters.size);
    }
  });
});
