/** Models of single deals will also run on a cluster: they keep to the SQL that both engines read alike. */
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

const MODELS = join(PROJECT, "loaders", "models");

/** Keyed by deal (or by touch of a deal): what a cluster shards by deal id. Everything after them works on small aggregates. */
const PER_DEAL =
  /^(int_(deal|stage|criterion)_\w+|int_(open|stock)_delta|int_week_(change|movement)|int_(touch|journey|log_start)|deals|deals_ever|deal_(flags|flag_spells|movement|steps|stretches|lines|credit|origins|partners)|stage_entries|stage_conformance|unearned_spells|touch_credit|quarter_calls|first_calls)$/;

const BANNED: Record<string, RegExp> = {
  "FILTER (write a CASE)": /\bfilter\s*\(/i,
  "QUALIFY (rank in a subquery)": /\bqualify\b/i,
  "ASOF JOIN": /\basof\b/i,
  unnest: /\bunnest\b/i,
  "GROUP BY ALL": /\bgroup\s+by\s+all\b/i,
  "//": /\/\//,
  ":: (write a cast)": /::/,
  "a list": /\blist(_\w+)?\s*\(|\barray_agg\b|\[\s*\d*\s*\]/i,
  "round() (ties differ: floor(x + 0.5))": /\bround\s*\(/i
};

/** What a model's text asks of the engine that not every engine has; comments do not count. */
function banned(sql: string): string[] {
  const code = sql.replace(/--.*$/gm, "").replace(/'[^']*'/g, "''");
  return Object.entries(BANNED).flatMap(([name, pattern]) => (pattern.test(code) ? [name] : []));
}

const models = ["intermediate", "marts"].flatMap((folder) =>
  readdirSync(join(MODELS, folder))
    .filter((file) => file.endsWith(".sql") && PER_DEAL.test(file.slice(0, -".sql".length)))
    .map((file) => join(folder, file))
);

describe("models of single deals", () => {
  test("are named here, and there are as many as the warehouse is made of", () => {
    expect(models.length).toBeGreaterThan(35);
  });

  test.each(models)("%s keeps to the portable subset", (file) => {
    expect(banned(readFileSync(join(MODELS, file), "utf8"))).toEqual([]);
  });

  test("the lint sees what it bans, and neither comments nor texts", () => {
    expect(
      banned("select sum(a) filter (where b), x::int, list(y), 7 // 2 from t group by all qualify true")
    ).toHaveLength(6);
    expect(banned("select '::' as a, list_price -- filter (where)\nfrom t order by list_amount")).toEqual([]);
  });
});
