/**
 * Pages whose figures are true of the whole firm alone: a site of some of its deals would show what the deals that are left out decide.
 * Each with what would be false. workspace.yaml is checked against this list before anything is published.
 */
export const WHOLE_FIRM_PAGES: Readonly<Record<string, string>> = {
  "bad-data": "what bad records cost a forecast is measured on all of the firm's exports",
  resources: "people and work centres work on the deals that are left out, too",
  coverage: "quotas are of people and teams, for all their deals: no such site has them",
  people: "how well somebody forecasts is told by all of their deals",
  "partner-benchmark":
    "partners are compared with the firm's own deals and by all their registrations, also those that came to no deal",
  "partner-life-cycle":
    "trainings, certifications and market funds are of no deal, and a market's free accounts are those that nobody's deals have",
  marketing:
    "costs are of no deal, and leads and touches that came to none are left out: all rates would be too high",
  recurring:
    "a contract is renewed by another deal, and a customer who renewed would have left where that deal is left out",
  material:
    "bills of material, stock and hours are of no deal, and the deals that are left out use them, too",
  "data-sheet": "it tells what was planted in all of the firm's exports"
};
