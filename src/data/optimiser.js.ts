import {bundleWorker} from "../../loaders/pages/bundleWorker.ts";

process.stdout.write(await bundleWorker("src/scenario/plan/worker.ts"));
