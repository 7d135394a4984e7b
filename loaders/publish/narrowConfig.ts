/** What workspace.yaml itself says, as far as a site's readers may know it: models and pages of a narrowed database read this one. */
import {isOutside} from "../workspace/audienceSchema.ts";
import type {Pipeline, Stage, Workspace} from "../workspace/schema.ts";
import type {Allowed} from "./allowedColumns.ts";
import {isRestricted} from "./keptRows.ts";
import type {PublishedSite} from "./publishedSites.ts";

/** What is known of the kept rows. */
export interface KeptFacts {
  /** The firm's day, whatever the newest kept event is. */
  asOf: string;
  /** Pipelines that the kept deals are or were in. */
  pipelines: ReadonlySet<string>;
  /** Tiers and kinds of the kept partners. */
  tiers: ReadonlySet<string>;
  kinds: ReadonlySet<string>;
}

/** Pages that show what stages ask for. */
const OF_CRITERIA = ["playbook", "conformance"];

/** Every key of what workspace.yaml has, so that a new one does not compile until somebody has decided on it. */
type Decided<T> = {[Key in keyof Required<T>]: T[Key] | undefined};

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
  const isToldOf = (what: "tier" | "kind") =>
    allowed.get("partner")!.has(what) || allowed.get("registration")!.has(`partner_${what}`);
  const hasCriteria = !outside || pages.some((page) => OF_CRITERIA.includes(page));
  const {about, crm, generate, made_by} = config;
  const isTwin = generate !== undefined || made_by !== undefined;
  const narrowStage = (stage: Stage): Stage => {
    const decided: Decided<Stage> = {
      id: stage.id,
      name: stage.name,
      aliases: stage.aliases,
      kind: stage.kind,
      // What the firm expects of a deal, and when it calls one slow.
      probability: outside ? undefined : stage.probability,
      forecast_category: outside ? undefined : stage.forecast_category,
      day_limit: outside ? undefined : stage.day_limit,
      // What a stage asks of a field that is not here cannot be told.
      entry: hasCriteria ? stage.entry.filter(({field}) => isKnown(field)) : [],
      exit: hasCriteria ? stage.exit.filter(({field}) => isKnown(field)) : []
    };
    return decided as Stage;
  };
  const narrowPipeline = ({id, name, stages, qualified_from}: Pipeline): Pipeline => {
    const decided: Decided<Pipeline> = {id, name, stages: stages.map(narrowStage), qualified_from};
    return decided as Pipeline;
  };
  const decided: Decided<Workspace> = {
    company: config.company,
    // Where the data comes from is the firm's business, and free text.
    about: outside ? undefined : about,
    synthetic: config.synthetic || isTwin,
    // The narrowed exports are made already; the twin tells what was planted in all of the firm: only for the page that says so.
    generate: undefined,
    made_by: isTwin && pages.includes("data-sheet") ? (generate ?? made_by) : undefined,
    companions: [],
    as_of: facts.asOf,
    // How figures are worked out: those of a site are worked out alike.
    seed: config.seed,
    base_currency: config.base_currency,
    time_zone: config.time_zone,
    fiscal_calendar: config.fiscal_calendar,
    stale_after_days: config.stale_after_days,
    matching: config.matching,
    credit: config.credit,
    subscriptions: config.subscriptions,
    // An address inside the firm.
    crm: outside ? undefined : crm,
    custom_attributes: custom,
    // A pipeline without a kept deal may be one that nobody is to know of.
    pipelines: config.pipelines.filter(({id}) => !restricted || facts.pipelines.has(id)).map(narrowPipeline),
    assumptions: {
      ...config.assumptions,
      no_decision_reasons: isShown("loss_reason") ? config.assumptions.no_decision_reasons : []
    },
    // Tiers and what they ask for are told to every partner; rates only to those they are for.
    partner_program: {
      ...config.partner_program,
      payout_rules: config.partner_program.payout_rules.flatMap((rule) => {
        if (!outside) return [rule];
        // By which rules are there a hidden tier would be told.
        const tiers = rule.tiers?.filter((tier) => isToldOf("tier") && facts.tiers.has(tier));
        const kinds = rule.kinds?.filter((kind) => isToldOf("kind") && facts.kinds.has(kind));
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
  return decided as Workspace;
}
