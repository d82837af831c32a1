import { parentPort, workerData } from "node:worker_threads";
import { loadCatalog } from "./catalog.ts";
import type { PolicyTest } from "./policy/policy-report.ts";
import { testDocuments } from "./policy-versions/test-documents.ts";

const { asked, folder } = workerData as { asked: PolicyTest; folder: string };
parentPort?.postMessage(testDocuments(asked, { catalog: loadCatalog(), folder }));
