/** The Recurring revenue page's sections in their order, or why there are none. */
import {html} from "htl";
import {Empty} from "../../components/empty.js";
import {count} from "../../components/format.js";
import {Later} from "../../components/later.js";
import {ContractedAhead, PipelineDeals, PipelineToArr} from "./ahead.js";
import {NO_CONTRACTS, type Recurring} from "./context.js";
import {RecurringKpis} from "./kpis.js";
import {ChainLedger, ContractDoubts, LedgerEntries} from "./ledger.js";
import {ArrBridge, ArrByMonth, GainedAndLost, MovedCustomers, TopCustomers} from "./movement.js";
import {AtRisk, DueByQuarter, DueContracts, RenewalRates} from "./renewals.js";
import {Cohorts, RetentionTrend} from "./retention.js";

/** Everything below the page's filters. */
export function RecurringPage(shown: Recurring): HTMLElement {
  const {reason, graceDays} = shown.figures;
  if (reason !== null) return Empty({reason, action: NO_CONTRACTS.action});
  return html`<div class="weir-stack">
    ${RecurringKpis(shown)}
    ${ArrBridge(shown)}
    ${MovedCustomers(shown)}
    ${Later(400, () => TopCustomers(shown))}
    ${Later(420, () => ArrByMonth(shown))}
    ${Later(420, () => GainedAndLost(shown))}
    ${Later(420, () => RetentionTrend(shown))}
    ${Later(520, () => Cohorts(shown))}
    ${Later(420, () => DueByQuarter(shown))}
    ${Later(400, () => AtRisk(shown))}
    ${Later(400, () => DueContracts(shown))}
    ${Later(420, () => RenewalRates(shown))}
    ${Later(420, () => ContractedAhead(shown))}
    ${Later(420, () => PipelineToArr(shown))}
    ${Later(400, () => PipelineDeals(shown))}
    ${Later(420, () => ChainLedger(shown))}
    ${Later(300, () => html`<div class="weir-stack">${LedgerEntries(shown) ?? ""}${ContractDoubts(shown)}</div>`)}
    <p class="weir-note">ARR is what running contracts bring a year, in money of one day's exchange rates, so that no change is the exchange's. A contract that begins within ${count(graceDays)} days of the end of one of the same customer and product renews it; a customer that had no ARR in between has left and come back. Contracts begun and ended within one month leave no trace in months.</p>
  </div>`;
}
