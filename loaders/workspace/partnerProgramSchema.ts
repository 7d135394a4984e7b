/** The rules of the partner programme in workspace.yaml. */
import {z} from "zod";

const payoutRuleSchema = z.strictObject({
  part: z
    .enum(["registered", "sourced", "influenced", "any"])
    .default("any")
    .describe(
      "The partner's part in the deal: an approved registration of it, sourced or influenced by the four tests, or any"
    ),
  tiers: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("Only for partners of these tiers; all when absent"),
  kinds: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("Only for these kinds of partner; all when absent"),
  rate: z.number().min(0).max(1).describe("Share of the won amount that is paid"),
  at_most: z.number().positive().optional().describe("No more than this for one deal, in base currency")
});

const tierRuleSchema = z
  .strictObject({
    tier: z.string().min(1).describe("One of partner_program.tiers"),
    won_a_year: z
      .number()
      .positive()
      .optional()
      .describe("Won money a year of the deals it brought, in base currency"),
    n_trainings: z.number().int().positive().optional().describe("Trainings attended, ever")
  })
  .refine(({won_a_year, n_trainings}) => won_a_year !== undefined || n_trainings !== undefined, {
    message: "expected won_a_year, n_trainings or both"
  });

export const partnerProgramSchema = z
  .strictObject({
    sourcing_window_days: z
      .number()
      .int()
      .positive()
      .default(180)
      .describe("A sourced deal closes within so many days of the approval"),
    grace_days: z
      .number()
      .int()
      .nonnegative()
      .default(7)
      .describe("A registration this many days after the CRM deal still counts as made before it"),
    active_days: z
      .number()
      .int()
      .positive()
      .default(90)
      .describe("A partner with a registration or a win in so many days is active"),
    fund_window_days: z
      .number()
      .int()
      .positive()
      .default(180)
      .describe("Deals that a partner sources within so many days of market funds are set beside them"),
    tiers: z
      .array(z.string().min(1))
      .default([])
      .refine((tiers) => new Set(tiers).size === tiers.length, {error: "a tier is named twice"})
      .describe("Partner tiers from the lowest to the highest; tier suggestions need them"),
    tier_rules: z
      .array(tierRuleSchema)
      .default([])
      .describe(
        "What the programme asks of a tier. A tier without won_a_year is measured by its middle partner"
      ),
    payout_due_days: z
      .number()
      .int()
      .nonnegative()
      .default(60)
      .describe("A payout that is owed is late this many days after the deal was won"),
    payout_rules: z
      .array(payoutRuleSchema)
      .default([])
      .describe(
        "What partners are paid on won deals; the first rule that fits holds. None: payouts are not checked"
      )
  })
  .prefault({})
  .describe("The rules of the partner programme");
