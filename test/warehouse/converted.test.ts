import {expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {converted} from "../../loaders/warehouse/converted.ts";

test("money at a rate is the product of the decimals rounded once, near halves and far above them too", async () => {
  const engine = await openDuckDb(":memory:", {threads: 1});
  try {
    // Hashes stand for chance: amounts of all sizes and both signs, rates of up to ten decimals, and thousands of exact halves.
    const wrong = await engine.rows(`
      with each as (
        select
          cast((cast(hash(i) % 2000000000000 as bigint) - 1000000000000) / power(10, i % 9) as decimal(18, 2)) as amount,
          cast(case i % 4 when 0 then 1 when 1 then 0.5 when 2 then 1.25 else (hash(i + 1) % 100000000000) / 1e10 end as decimal(28, 10)) as rate
        from range(200000) as t(i)
      )
      select amount::varchar as amount, rate::varchar as rate from each
      where (${converted("amount", "rate")}) is distinct from cast(amount * rate as decimal(18, 2)) limit 5`);
    expect(wrong).toEqual([]);
    expect(
      await engine.rows(`select (${converted("a", "r")})::varchar as b
        from (values (0.01::decimal(18, 2), 0.5::decimal(28, 10)), (-0.01, 0.5), (null, 0.5)) as t(a, r)`)
    ).toEqual([{b: "0.01"}, {b: "-0.01"}, {b: null}]);
  } finally {
    engine.close();
  }
});
