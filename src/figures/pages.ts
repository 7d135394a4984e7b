/** The pages whose figures the build of a large firm works out, in the order in which they use the same tables. */
import {backlogPage} from "./backlog.js";
import {conformancePage} from "./conformance.js";
import {conversionPage} from "./conversion.js";
import {coveragePage} from "./coverage.js";
import {flowPage} from "./flow.js";
import {healthPage} from "./health.js";
import {lifeCyclePage} from "./lifeCycle.js";
import {campaignEffectsPage, marketingPage} from "./marketing.js";
import type {PageFigures} from "./pageFigures.js";
import {benchmarkPage, likeDealsPage} from "./partnerBenchmark.js";
import {partnersPage} from "./partners.js";
import {peoplePage} from "./people.js";
import {productsPage} from "./products.js";
import {recurringPage} from "./recurring.js";
import {velocityPage} from "./velocity.js";

export const ANSWERED: readonly PageFigures<object, object, object, object>[] = [
  conversionPage,
  velocityPage,
  flowPage,
  coveragePage,
  healthPage,
  conformancePage,
  peoplePage,
  partnersPage,
  // One file has both: what comes later on the page is worked out by then.
  {...benchmarkPage, still: (asked) => ({...benchmarkPage.still(asked), ...likeDealsPage.still(asked)})},
  productsPage,
  lifeCyclePage,
  backlogPage,
  {
    ...marketingPage,
    still: (asked) => ({...marketingPage.still(asked), ...campaignEffectsPage.still(asked)})
  },
  recurringPage
];
