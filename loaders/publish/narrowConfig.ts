/** What workspace.yaml itself says, as far as a site's readers may know it: models and pages of a narrowed database read this one. */
import {isOutside} from "../workspace/audienceSchema.ts";
import type {Workspace} from "../workspace/schema.ts";
import type {Allowed} from "./allowedColumns.ts";
import {isRestricted} from "./keptRows.ts";
import type {PublishedSite} from "./publishedSites.ts";

/** What is known of the kept rows. */
export interface KeptFacts {
  /** The firm's day, whatever the newest kept event is. */
  asOf: string;
  /** Pipelines of the kept deals. */
  pipelines: ReadonlySet<string>;
  /** Tiers and kinds of the kept partners. */
  tiers: ReadonlySet<string>;
  kinds: ReadonlySet<string>;
}

/** Pages that show what stages ask for. */
const OF_CRITERIA = ["playbook", "conformance"];

/** The narrowed configuration. Each key of it is decided here. */
export function narrowConfig(
  config: Workspace,
  site: PublishedSite,
  allowed: Allowed,
  facts: KeptFacts
): Workspace {
  const outside = isOutside(site.audience);
  const restricted = isRestricted(site);
  const {pages} = site.audience;
  const isShown = (column: string) => allowed.get("deal")!.has(column);
  const custom = config.custom_attributes.filter(({table, name}) => allowed.get(table)!.has(`x_${name}`));
  const isKnown = (field: string) =>
    isShown(field) || custom.some(({name, table}) => table === "deal" && name === field);
  const hasCriteria = !outside || pages.some((page) => OF_CRITERIA.includes(page));
  const pipelines = restricted
    ? config.pipelines.filter(({id}) => facts.pipelines.has(id))
    : config.pipelines;
  const {about, crm, generate, made_by, ...rest} = config;
  const isTwin = generate !== undefined || made_by !== undefined;
  return {
    ...rest,
    // Where the data comes from is the firm's business, and free text.
    ...(outside || about === undefined ? {} : {about}),
    // An address inside the firm.
    ...(outside || crm === undefined ? {} : {crm}),
    synthetic: config.synthetic || isTwin,
    // The twin tells what was planted in all of the firm: only for the page that says so.
    ...(isTwin && pages.includes("data-sheet") ? {made_by: (generate ?? made_by)!} : {}),
    companions: [],
    as_of: facts.asOf,
    custom_attributes: custom,
    // A pipeline without a kept deal may be one that nobody is to know of. What a stage asks of a field that is not here cannot be told.
    pipelines: (pipelines.length > 0 ? pipelines : config.pipelines).map((pipeline) => ({
      ...pipeline,
      stages: pipeline.stages.map((stage) => ({
        ...stage,
        entry: hasCriteria ? stage.entry.filter(({field}) => isKnown(field)) : [],
        exit: hasCriteria ? stage.exit.filter(({field}) => isKnown(field)) : []
      }))
    })),
    assumptions: {
      ...config.assumptions,
      no_decision_reasons: isShown("loss_reason") ? config.assumptions.no_decision_reasons : []
    },
    // Tiers and what they ask for are told to every partner; rates only to those they are for.
    partner_program: {
      ...config.partner_program,
      payout_rules: config.partner_program.payout_rules.flatMap((rule) => {
        if (!outside) return [rule];
        const tiers = rule.tiers?.filter((tier) => facts.tiers.has(tier));
        const kinds = rule.kinds?.filter((kind) => facts.kinds.has(kind));
        return tiers?.length === 0 || kinds?.length === 0
          ? []
          : [{...rule, ...(tiers ? {tiers} : {}), ...(kinds ? {kinds} : {})}];
      })
    },
    marketing: {...config.marketing, gross_margin: outside ? null : config.marketing.gross_margin},
    // Rates and quotas of workspace.yaml came with the source tables; file names and mappings stay at home.
    quotas: [],
    exchange_rates: [],
    files: [],
    audiences: {}
  };
}
