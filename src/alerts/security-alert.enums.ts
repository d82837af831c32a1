import { registerEnumType } from "type-graphql";

/** What a caller did too often. */
export enum AlertKind {
  LOOKUPS = "LOOKUPS",
  FAILED_PROBES = "FAILED_PROBES",
  DENIED_FILTERS = "DENIED_FILTERS",
}
registerEnumType(AlertKind, {
  name: "AlertKind",
  description: "What a caller did too often.",
  valuesConfig: {
    LOOKUPS: { description: "Looked up more sealed values than the budget allows." },
    FAILED_PROBES: { description: "Looked up values that were found nowhere." },
    DENIED_FILTERS: { description: "Tried filters on a field that it may not filter by." },
  },
});
