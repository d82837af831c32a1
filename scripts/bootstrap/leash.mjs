// Loaded into every program that the bootstrap starts: when the bootstrap is killed with no chance to
// pass the signal on, the program ends in its own orderly way instead of living on unnoticed.
import { onParentGone } from "./parent.mjs";

onParentGone(() => process.kill(process.pid, "SIGTERM"));
