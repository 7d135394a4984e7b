/** The Partners page: who brought the deals, and where CRM and portal do not agree. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {DataTable, type TableColumn} from "../components/dataTable.js";
import {openDealPanel} from "../components/dealPanel.js";
import {Empty} from "../components/empty.js";
import {count, money, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour, tint} from "../components/palette.js";
import type {OwnRegistration, PartnersFigures} from "../figures/partners.js";
import {stated} from "../slices/evaluate.js";
import {ORIGINS} from "../slices/origins.js";
import type {SiteData} from "../slices/site.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";
import {holdsNo, isPartOfFirm} from "./wholeFirm.js";

/** Why nothing is said of partners. */
export function noPartners(site: SiteData): {reason: string; action: string} {
  return {
    reason: holdsNo(site, "partners"),
    action: "Export partners of deals or deal registrations, and map them to deal_partner or registration."
  };
}

const NO_ENTRIES = {
  reason: "No deal registration, and no deal that should have one, is in this selection.",
  action: "Clear a filter, or export registrations from the partner portal and map them to registration."
};

/** The page's title, as its readers ask it: how systems agree is the firm's own question. */
export function partnersQuestion(site: SiteData): string {
  return isPartOfFirm(site)
    ? "What do partners bring?"
    : "What do partners bring, and do both systems agree?";
}

/** Everything below the page's filters. */
export function PartnersPage(context: PageContext, chosen: Chosen, figures: PartnersFigures): HTMLElement {
  if (!figures.hasPartners) return Empty(noPartners(context.site));
  if (hasOnlyRegistered(context.site))
    return html`<div class="weir-stack">${OwnRegistrations(context, figures)}</div>`;
  return html`<div class="weir-stack">
    ${partnerKpis(context, chosen, figures)}
    ${OriginBars(context, chosen, figures)}
    ${
      isPartOfFirm(context.site)
        ? OwnRegistrations(context, figures)
        : [LedgerClasses(context, figures), RepairEntries(context, figures)]
    }
  </div>`;
}

/** A partner's own site before the first of its registrations is a deal. */
function hasOnlyRegistered(site: SiteData): boolean {
  return isPartOfFirm(site) && site.nDeals === 0;
}

/** One sentence: what partners brought, and what is to be mended. */
export function partnersAnswer(
  {site}: PageContext,
  chosen: Chosen,
  {hasPartners, origins, mendCents, toMend, own}: PartnersFigures
): Content | null {
  if (!hasPartners) return null;
  if (hasOnlyRegistered(site))
    return [
      html`<strong>${count(own.n)}</strong>`,
      own.n === 1 ? " registration, no deal so far." : " registrations, no deal so far."
    ];
  const won = (origin: string) => origins.find(({key}) => key === origin)?.wonCents ?? 0;
  const all = ORIGINS.reduce((sum, origin) => sum + won(origin), 0);
  const mending = isPartOfFirm(site)
    ? []
    : [
        " ",
        html`<strong>${count(toMend.n)}</strong>`,
        ` entries of CRM and portal need mending, worth ${money(mendCents / 100, site.currency)}.`
      ];
  return [
    "Partners sourced ",
    html`<strong>${money(won("sourced") / 100, site.currency)}</strong>`,
    ...(all > 0
      ? [` of what was won in ${chosen.period.label}, ${percent(won("sourced") / all)} of it`]
      : []),
    `, and influenced ${money(won("influenced") / 100, site.currency)}.`,
    ...mending
  ];
}

/** Won by origin, and what is to be mended. */
function partnerKpis(
  context: PageContext,
  chosen: Chosen,
  {origins, ledger, mendCents, toMend}: PartnersFigures
): HTMLElement {
  const {currency} = context.site;
  const how = definitionOf(context, "partner_origin");
  const won = (origin: string, label: string) => {
    const total = origins.find(({key}) => key === origin);
    const value = (total?.wonCents ?? 0) / 100;
    return Kpi({
      label,
      value,
      unit: "money",
      currency,
      n: total?.nWon ?? 0,
      how,
      ...(total && total.nWon > 0
        ? {
            onOpen: () =>
              showDeals(context, total.won, {
                title: label,
                scope: `closed in ${chosen.period.label}`,
                value,
                unit: "money"
              })
          }
        : {})
    });
  };
  // A partner's own site has no deals without it.
  if (isPartOfFirm(context.site))
    return kpiRow([
      won("sourced", "Won, sourced by partners"),
      won("influenced", "Won, influenced"),
      ...(origins.some(({key, nWon}) => key === "direct" && nWon > 0) ? [won("direct", "Won, direct")] : [])
    ]);
  return kpiRow([
    won("sourced", "Won, sourced by partners"),
    won("influenced", "Won, influenced"),
    won("direct", "Won, direct"),
    Kpi({
      label: "To mend between CRM and portal",
      value: ledger.length > 0 ? mendCents / 100 : null,
      unit: "money",
      currency,
      n: toMend.n,
      nLabel: "entries",
      reason: NO_ENTRIES.reason,
      how: definitionOf(context, "partner_ledger"),
      ...(toMend.n > 0
        ? {
            onOpen: () =>
              openDealPanel({
                title: "To mend between CRM and portal",
                figure: {value: mendCents / 100, unit: "money", currency},
                noun: ["entry", "entries"],
                rows: toMend.list,
                columns: repairColumns(currency),
                ...(toMend.n > toMend.list.length ? {notListed: toMend.n - toMend.list.length} : {})
              })
          }
        : {})
    })
  ]);
}

/** Won in the quarter and open now, by origin. */
function OriginBars(context: PageContext, chosen: Chosen, {origins, unnamed}: PartnersFigures): HTMLElement {
  const {currency} = context.site;
  const worth = stated(unnamed.cents / 100, unnamed.n);
  const bars = [`Won in ${chosen.period.label}`, "Open now"] as const;
  const rows = origins.flatMap(({key, wonCents, nWon, openCents, nOpen}) => [
    {label: bars[0], key, value: wonCents / 100, n: nWon},
    {label: bars[1], key, value: openCents / 100, n: nOpen}
  ]);
  return Chart({
    title: "Who brought it",
    subtitle: `Amount of deals by origin, ${currency}; each deal has one origin`,
    rows,
    columns: [
      {key: "label", label: "When", unit: "text"},
      {key: "key", label: "Origin", unit: "text"},
      {key: "value", label: "Amount", unit: "money", currency},
      {key: "n", label: "Deals", unit: "count"}
    ],
    name: "origins",
    how: definitionOf(context, "partner_origin"),
    note:
      unnamed.n > 0
        ? `By channel, which goes by the CRM's partner alone, ${count(unnamed.n)} more open ${unnamed.n === 1 ? "deal" : "deals"}${worth === null ? "" : `, worth ${money(worth, currency)},`} ${unnamed.n === 1 ? "is" : "are"} direct: it does not know registrations and meetings.`
        : null,
    render: (width) =>
      BarRows({
        rows,
        keys: ["sourced", "influenced", "direct"],
        colours: [colour("partner"), tint("partner", 0.5), colour("direct")],
        width,
        unit: "money",
        currency,
        order: "given"
      })
  });
}

/** What each class of the ledger means, for who reads it first. */
const CLASS_WORDS: Record<string, string> = {
  leak: "leak: approved, but no partner on the CRM deal",
  "not in the CRM": "not in the CRM: registered, no such deal",
  "not said in the CRM": "matched; the CRM's exports name no partner on any deal",
  unsure: "unsure which deal it is",
  "status not known": "its status in the portal is missing or not known",
  "no registration": "no registration: partner on the CRM deal only",
  "two partners": "two partners registered the deal",
  "partner against direct": "partner against direct: our deal was there first",
  "other partner in the CRM": "the CRM has another partner",
  "double claim": "double claim: the same partner twice",
  "rejected, still on the deal": "rejected, but still on the CRM deal",
  late: "late: registered after the deal closed",
  "awaits a decision": "awaits a decision",
  expired: "expired in the portal, deal in the CRM",
  agrees: "agrees",
  "closed in the portal": "closed in the portal, no deal expected",
  "influence, not registered": "influence, not registered: none needed"
};

/** Registrations by partners who read their own: what became of each, the newest first. */
function OwnRegistrations({site}: PageContext, {own}: PartnersFigures): HTMLElement {
  const columns: TableColumn<OwnRegistration>[] = [
    {key: "customer", label: "Customer", unit: "text"},
    {key: "amount", label: "Estimated", unit: "money", currency: site.currency, missing: "none stated"},
    {key: "state", label: "State", unit: "text"},
    {key: "submitted_on", label: "Submitted", unit: "date"},
    {key: "decided_on", label: "Decided", unit: "date", missing: "not decided"},
    {key: "expires_on", label: "Expires", unit: "date", missing: ""},
    {key: "deal_name", label: "Deal", unit: "text", missing: "none"},
    {key: "outcome", label: "Outcome", unit: "text", missing: ""},
    {key: "registration_id", label: "Registration", unit: "text"}
  ];
  return DataTable(
    own.list,
    columns.filter(({key}) => own.list.length === 0 || own.list.some((row) => row[key] !== null)),
    {
      caption: "Registrations, the newest first",
      showCaption: true,
      of: own.n,
      sort: {key: "submitted_on", descending: true},
      pageSize: 12,
      empty: {reason: "No deal registration is in this selection.", action: "Clear a filter."}
    }
  );
}

/** Classes of the ledger with the money of both systems; sums are the systems' totals. */
function LedgerClasses(context: PageContext, {ledger}: PartnersFigures): HTMLElement {
  const {currency} = context.site;
  return DataTable(
    ledger.map((total) => ({
      ...total,
      found: CLASS_WORDS[total.class] ?? total.class,
      portal: total.portalCents / 100,
      crm: total.crmCents / 100,
      needs: total.nToMend > 0 ? `${count(total.nToMend)} to mend` : ""
    })),
    [
      {key: "found", label: "What was found", unit: "text"},
      {key: "n", label: "Entries", unit: "count", total: true},
      {key: "needs", label: "To do", unit: "text"},
      {key: "portal", label: "In the portal", unit: "money", currency, total: true},
      {key: "crm", label: "In the CRM", unit: "money", currency, total: true}
    ],
    {
      caption: "CRM and partner portal: every entry in one class, totals as in both systems",
      showCaption: true,
      search: false,
      empty: NO_ENTRIES
    }
  );
}

function repairColumns(currency: string): TableColumn<PartnersFigures["toMend"]["list"][number]>[] {
  return [
    {key: "customer", label: "Customer", unit: "text"},
    {key: "value", label: "Worth", unit: "money", currency},
    {key: "class", label: "Found", unit: "text"},
    {key: "mend", label: "To do", unit: "text"},
    {key: "partner", label: "Partner", unit: "text"},
    {key: "evidence", label: "Evidence", unit: "text"},
    {key: "registration_id", label: "Registration", unit: "text", missing: "none"},
    {key: "deal_name", label: "Deal", unit: "text", missing: "none"},
    {key: "outcome", label: "Outcome", unit: "text", missing: ""},
    {key: "since_on", label: "Since", unit: "date", missing: ""}
  ];
}

/** Entries to mend, the most money first, with the evidence and the record to change. */
function RepairEntries(context: PageContext, {ledger, toMend}: PartnersFigures): HTMLElement {
  const {currency} = context.site;
  return DataTable(toMend.list, repairColumns(currency), {
    caption: "To mend: the most money first",
    of: toMend.n,
    showCaption: true,
    pageSize: 12,
    empty:
      ledger.length > 0
        ? {reason: "CRM and portal agree: nothing to mend.", action: "Clear a filter to see others."}
        : NO_ENTRIES
  });
}
