import type { Finding, Lab } from "./finding.ts";
import { extremes, groups, smallGroups } from "./probes/aggregates.ts";
import { amplification } from "./probes/amplification.ts";
import { inferenceBudget } from "./probes/budget.ts";
import { cursorContents, forgedCursors } from "./probes/cursors.ts";
import { errorDifferences, errorEchoes, plans } from "./probes/errors.ts";
import { orders } from "./probes/orders.ts";
import { aliases, history, nullPropagation, repeatedReads, ways } from "./probes/paths.ts";
import {
  counts,
  droppedFilters,
  filters,
  nestedFilters,
  prefixes,
  sets,
} from "./probes/predicates.ts";
import {
  combinedMasks,
  derivedFields,
  digests,
  maskLengths,
  oddValues,
} from "./probes/renderings.ts";
import { otherTransports, sharedCaches, timing } from "./probes/sharing.ts";
import * as surfaces from "./probes/surfaces.ts";
import { masksWrittenBack, payloads, references, uniqueness } from "./probes/writes.ts";

/** A way by which a hidden value has left other systems. */
export interface Channel {
  /** 1 to 40, and `+` for what is beside them. */
  readonly number: number | "+";
  readonly name: string;
  readonly probe: (lab: Lab) => Promise<Finding[]>;
}

/** All channels, in the order in which they are probed and printed. */
export const CHANNELS: readonly Channel[] = [
  { number: 1, name: "equality and range filter", probe: filters },
  { number: 2, name: "prefix filter", probe: prefixes },
  { number: 3, name: "filter by a path", probe: nestedFilters },
  { number: 4, name: "order", probe: orders },
  { number: 5, name: "group and distinct", probe: groups },
  { number: 6, name: "minimum, maximum, sum", probe: extremes },
  { number: 7, name: "count and end of a list", probe: counts },
  { number: 8, name: "cursor contents", probe: cursorContents },
  { number: 9, name: "cursor forging", probe: forgedCursors },
  { number: 10, name: "free-text search", probe: surfaces.freeText },
  { number: 11, name: "suggestion, score, profile", probe: surfaces.suggesters },
  { number: 12, name: "alias and rename", probe: aliases },
  { number: 13, name: "expression over a value", probe: surfaces.expressions },
  { number: 14, name: "join and set comparison", probe: sets },
  { number: 15, name: "error carries a value", probe: errorEchoes },
  { number: 16, name: "error shows existence", probe: errorDifferences },
  { number: 17, name: "uniqueness", probe: uniqueness },
  { number: 18, name: "reference", probe: references },
  { number: 19, name: "returned by a change", probe: payloads },
  { number: 20, name: "plan and statistics", probe: plans },
  { number: 21, name: "repeated reads", probe: repeatedReads },
  { number: 22, name: "digest without a key", probe: digests },
  { number: 23, name: "length and form of a mask", probe: maskLengths },
  { number: 24, name: "open on odd input", probe: oddValues },
  { number: 25, name: "two masks of one value", probe: combinedMasks },
  { number: 26, name: "derived fields", probe: derivedFields },
  { number: 27, name: "timing", probe: timing },
  { number: 28, name: "shared cache", probe: sharedCaches },
  { number: 29, name: "logs", probe: surfaces.logs },
  { number: 30, name: "traces", probe: surfaces.traces },
  { number: 31, name: "history", probe: history },
  { number: 32, name: "subscription", probe: surfaces.subscriptions },
  { number: 33, name: "introspection and suggestions", probe: surfaces.introspection },
  { number: 34, name: "null propagation", probe: nullPropagation },
  { number: 35, name: "interface and nested path", probe: ways },
  { number: 36, name: "dropped filter", probe: droppedFilters },
  { number: 37, name: "write without reading", probe: masksWrittenBack },
  { number: 38, name: "secondary endpoint", probe: otherTransports },
  { number: 39, name: "rule catalogue", probe: surfaces.ruleCatalogue },
  { number: 40, name: "small groups", probe: smallGroups },
  { number: "+", name: "amplification", probe: amplification },
  { number: "+", name: "inference budget", probe: inferenceBudget },
];
