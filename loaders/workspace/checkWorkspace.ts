/** What a schema cannot see: names that must exist or be unique across a workspace.yaml. */
import type {Problem} from "../weirError.ts";
import {type CanonicalTableName, canonicalTable} from "./canonicalTables.ts";
import {checkAudiences} from "./checkAudiences.ts";
import {lineOf, type YamlSource} from "./explainIssue.ts";
import type {Workspace} from "./schema.ts";
import {unknownName} from "./unknownName.ts";

/** All problems of that kind, each with its line. */
export function checkWorkspace(config: Workspace, source: YamlSource): Problem[] {
  const at = (path: (string | number)[], problem: Omit<Problem, "file" | "line" | "field">): Problem => ({
    ...problem,
    file: source.file,
    line: lineOf(path, source),
    field: path.join(".")
  });
  return [
    ...checkPipelines(config, at),
    ...checkCustomAttributes(config, at),
    ...checkMaps(config, at),
    ...checkTimeZone(config, at),
    ...checkExchangeRates(config, at),
    ...checkMatching(config, at),
    ...checkTierRules(config, at),
    ...checkAudiences(config, at)
  ];
}

type At = (path: (string | number)[], problem: Omit<Problem, "file" | "line" | "field">) => Problem;

/** Columns a mapping of this table may fill: the canonical ones, then custom attributes. */
export function columnsOf(config: Workspace, table: CanonicalTableName): string[] {
  const custom = config.custom_attributes.filter((each) => each.table === table).map((each) => each.name);
  return [...Object.keys(canonicalTable(table).columns), ...custom];
}

function checkPipelines(config: Workspace, at: At): Problem[] {
  const problems: Problem[] = [];
  const dealFields = columnsOf(config, "deal");
  duplicates(config.pipelines.map((pipeline) => pipeline.id)).forEach(({value, index}) => {
    problems.push(
      at(["pipelines", index, "id"], {what: "pipeline is named twice", value, expected: "unique ids"})
    );
  });
  config.pipelines.forEach((pipeline, p) => {
    const spellings = pipeline.stages.flatMap((stage) => [stage.id, ...stage.aliases]);
    duplicates(spellings).forEach(({value}) => {
      problems.push(
        at(["pipelines", p, "stages"], {
          what: "stage is named twice",
          value,
          expected: "unique ids and aliases"
        })
      );
    });
    for (const kind of ["open", "won"] as const) {
      if (!pipeline.stages.some((stage) => stage.kind === kind)) {
        problems.push(
          at(["pipelines", p, "stages"], {
            what: `no stage of kind ${kind}`,
            expected: "at least one open and one won stage"
          })
        );
      }
    }
    const open = pipeline.stages.filter(({kind}) => kind === "open").map(({id}) => id);
    const {qualified_from} = pipeline;
    if (qualified_from !== undefined && !open.includes(qualified_from))
      problems.push(at(["pipelines", p, "qualified_from"], unknownName("open stage", qualified_from, open)));
    pipeline.stages.forEach((stage, s) => {
      for (const side of ["entry", "exit"] as const) {
        stage[side].forEach((rule, r) => {
          if (!dealFields.includes(rule.field)) {
            problems.push(
              at(
                ["pipelines", p, "stages", s, side, r, "field"],
                unknownName("field", rule.field, dealFields)
              )
            );
          }
        });
      }
    });
  });
  return problems;
}

function checkCustomAttributes(config: Workspace, at: At): Problem[] {
  return config.custom_attributes.flatMap((attribute, index) => {
    if (!(attribute.name in canonicalTable(attribute.table).columns)) return [];
    return at(["custom_attributes", index, "name"], {
      what: `${attribute.table} already has a column of that name`,
      value: attribute.name,
      expected: "a name of its own",
      fix: "map the column to the canonical one, or choose another name"
    });
  });
}

function checkMaps(config: Workspace, at: At): Problem[] {
  const problems: Problem[] = [];
  duplicates(config.files.map((file) => file.path)).forEach(({value, index}) => {
    problems.push(
      at(["files", index, "path"], {
        what: "file is listed twice",
        value,
        expected: "one entry a file, with several maps"
      })
    );
  });
  config.files.forEach((file, f) => {
    file.maps.forEach((map, m) => {
      const table = map.table as CanonicalTableName;
      const known = columnsOf(config, table);
      for (const column of Object.keys(map.columns)) {
        if (!known.includes(column))
          problems.push(
            at(["files", f, "maps", m, "columns", column], unknownName(`${table} column`, column, known))
          );
      }
      if (table === "deal" && config.pipelines.length > 1 && !("pipeline_id" in map.columns)) {
        problems.push(
          at(["files", f, "maps", m, "columns"], {
            what: "deal.pipeline_id is not mapped",
            expected: "the header that holds the pipeline, because the workspace has several"
          })
        );
      }
      for (const column of canonicalTable(table).required) {
        if (!(column in map.columns)) {
          problems.push(
            at(["files", f, "maps", m, "columns"], {
              what: `${table}.${column} is not mapped`,
              expected: `the header that holds ${column}, or {value: ...}`
            })
          );
        }
      }
    });
  });
  if (!config.files.some((file) => file.source !== "csv" || file.maps.some((map) => map.table === "deal")))
    problems.push(
      at(["files"], {what: "no file maps to the deal table", expected: "at least one map with table: deal"})
    );
  return problems;
}

/** Rules name known tiers, each once, and no tier asks for less than a lower one. */
function checkTierRules({partner_program: {tiers, tier_rules}}: Workspace, at: At): Problem[] {
  const path = (index: number, key: string) => ["partner_program", "tier_rules", index, key];
  const problems = tier_rules.flatMap(({tier}, index) =>
    tiers.includes(tier) ? [] : [at(path(index, "tier"), unknownName("tier", tier, tiers))]
  );
  for (const {value, index} of duplicates(tier_rules.map(({tier}) => tier)))
    problems.push(
      at(path(index, "tier"), {
        what: "tier has two rules",
        value,
        expected: "one rule a tier, with all it asks"
      })
    );
  for (const key of ["won_a_year", "n_trainings"] as const) {
    const asked = tier_rules
      .map((rule, index) => ({tier: rule.tier, value: rule[key], order: tiers.indexOf(rule.tier), index}))
      .filter(({value, order}) => value !== undefined && order >= 0)
      .sort((a, b) => a.order - b.order);
    for (const [i, {tier, value, index}] of asked.entries()) {
      const lower = asked[i - 1];
      if (lower && lower.order < asked[i]!.order && value! < lower.value!)
        problems.push(
          at(path(index, key), {
            what: `${tier} asks for less than ${lower.tier}, which is lower`,
            value: String(value),
            expected: `at least ${lower.value}`
          })
        );
    }
  }
  return problems;
}

function checkTimeZone(config: Workspace, at: At): Problem[] {
  const zones: {path: (string | number)[]; zone: string | undefined}[] = [
    {path: ["time_zone"], zone: config.time_zone},
    ...config.files.map(({format}, f) => ({
      path: ["files", f, "format", "time_zone"],
      zone: format.time_zone
    }))
  ];
  return zones.flatMap(({path, zone}) =>
    zone === undefined || isTimeZone(zone)
      ? []
      : [
          at(path, {
            what: "unknown time zone",
            value: zone,
            expected: "a name such as UTC or Europe/Berlin"
          })
        ]
  );
}

function checkExchangeRates({exchange_rates: rates, base_currency}: Workspace, at: At): Problem[] {
  const ofBase = rates.flatMap(({currency}, index) =>
    currency === base_currency
      ? [
          at(["exchange_rates", index, "currency"], {
            what: "a rate of the base currency to itself",
            value: currency,
            expected: `currencies other than ${base_currency}`
          })
        ]
      : []
  );
  const days = rates.map(({currency, since}) => `${currency} ${since ? `since ${since}` : "without since"}`);
  const twice = duplicates(days).map(({value, index}) =>
    at(["exchange_rates", index], {
      what: "two rates of a currency begin on the same day",
      value,
      expected: "one rate a currency and day"
    })
  );
  return [...ofBase, ...twice];
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", {timeZone: name});
    return true;
  } catch {
    return false;
  }
}

function duplicates(values: readonly string[]): {value: string; index: number}[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [{value, index}] : []));
}

function checkMatching({matching: {match_at, unsure_at}}: Workspace, at: At): Problem[] {
  if (unsure_at <= match_at) return [];
  return [
    at(["matching", "unsure_at"], {
      what: "a person would look at pairs that already count as matched",
      value: String(unsure_at),
      expected: `at most match_at (${match_at})`
    })
  ];
}
