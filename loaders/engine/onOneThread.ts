import type {Engine} from "./engine.ts";

/**
 * Runs a statement that writes rows in their order. One thread keeps it by itself; told to keep it, several would hold rows back in
 * memory, put their parts together and write them again, at up to twice the CPU.
 */
export async function onOneThread(engine: Engine, sql: string): Promise<void> {
  const [now] = await engine.rows<{n: number}>("select current_setting('threads')::integer as n");
  await engine.run("set preserve_insertion_order = false");
  await engine.run("set threads = 1");
  try {
    await engine.run(sql);
  } finally {
    await engine.run(`set threads = ${now!.n}`);
    await engine.run("reset preserve_insertion_order");
  }
}
