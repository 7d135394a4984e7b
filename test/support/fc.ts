/**
 * Property tests draw the same cases everywhere, so that a red run can be repeated. Other cases are looked for by hand:
 * `FC_SEED=7 npx vitest run --project unit`.
 */
import fc from "fast-check";

fc.configureGlobal({seed: Number(process.env["FC_SEED"] ?? 1)});

export default fc;
