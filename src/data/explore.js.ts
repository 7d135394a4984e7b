import {bundleWorker} from "../../loaders/pages/bundleWorker.ts";

process.stdout.write(await bundleWorker("src/slices/explore/worker.ts"));
