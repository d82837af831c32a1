/** Keys of a document that defines purposes, and of each of them. */
export const PURPOSE_KEYS = ["code", "about", "basis"] as const;

/** Keys of a document that describes a role. */
export const ROLE_KEYS = ["role", "about", "kind", "grants"] as const;

/** Keys of a grant. */
export const GRANT_KEYS = [
  "id",
  "about",
  "types",
  "purposes",
  "caller",
  "when",
  "for-each",
  "each",
  "reason",
  "give",
  "only-fields",
  "change",
  "group",
  "may",
] as const;

/** Keys of a row rule. */
export const ROW_KEYS = [
  "id",
  "about",
  "types",
  "roles",
  "purposes",
  "caller",
  "when",
  "for-each",
  "each",
  "may",
] as const;

/** Keys of a stop. */
export const STOP_KEYS = [
  "id",
  "about",
  "source",
  "stage",
  "reason",
  "types",
  "roles",
  "purposes",
  "caller",
  "when",
  "for-each",
  "each",
  "fields",
  "only-fields",
  "except",
  "at-most",
  "lets",
  "hides",
  "refuses",
  "spare",
] as const;

/** Keys of what a stop leaves as it is. */
export const EXCEPT_KEYS = ["for-each", "each", "when", "only-fields"] as const;

/** Keys of a stop that refuses whole requests: nothing about rows or fields. */
export const REFUSAL_KEYS = [
  "id",
  "about",
  "source",
  "stage",
  "reason",
  "roles",
  "purposes",
  "caller",
  "for-each",
  "each",
  "refuses",
  "spare",
] as const;

/** Keys of a joint cap. */
export const JOINT_KEYS = [
  "id",
  "about",
  "source",
  "reason",
  "type",
  "field",
  "beside",
  "at-most",
  "spare",
] as const;

/** What a stop that caps fields can leave as it is. */
export const LET_VERBS = ["group"] as const;

/** Keys of what is said about counts. */
export const COUNT_KEYS = ["about", "source", "smallest-group", "fewest-candidates"] as const;

/** Keys of what is said about the second factor. */
export const SECOND_FACTOR_KEYS = ["about", "source", "valid-minutes"] as const;

/** Keys of a budget. */
export const BUDGET_KEYS = [
  "id",
  "about",
  "source",
  "kinds",
  "roles",
  "classifications",
  "windows",
] as const;

/** What a budget counts: values looked up, those that found nothing, and filters that were refused. */
export const BUDGET_MEASURES = ["lookups", "failed-probes", "denied-filters"] as const;

/** Keys of a window of a budget. */
export const WINDOW_KEYS = ["minutes", ...BUDGET_MEASURES] as const;

/** Minutes of the longest window: what was looked up is not remembered for longer. */
export const LONGEST_WINDOW = 7 * 24 * 60;

/** Most that a budget may allow: every value of a window is a row that is counted. */
export const LARGEST_BUDGET = 100_000;

/** Keys of what is said about elevations. */
export const ELEVATION_KEYS = [
  "about",
  "source",
  "most-minutes",
  "lapses-after-minutes",
  "review-within-days",
] as const;

/** Keys of what is said about audits. */
export const AUDIT_KEYS = ["about", "source", "most-in-a-row", "never-with"] as const;

/** Keys of what is said about reviews of roles. */
export const REVIEW_KEYS = [
  "about",
  "source",
  "decide-within-days",
  "ends-when-overdue",
  "toxic-pairs",
] as const;

/** Keys of two things that one person should not do. */
export const TOXIC_PAIR_KEYS = ["id", "about", "one", "other"] as const;

/** Which roles end by themselves when nobody decided about them in time. */
export const ENDS_WHEN_OVERDUE = ["NOTHING", "DORMANT", "EVERYTHING"] as const;

/** Below this a group is a person, and a count tells as much as a row. */
export const LEAST_FLOOR = 2;

/** Keys that choose the fields of a stop. */
export const SELECTOR_KEYS = ["classifications", "categories", "legalTags"] as const;

/** What a row stop answers. */
export const HIDDEN_ANSWERS = ["NOT_FOUND", "GONE"] as const;

/** The form of a code: reasons, purposes, roles. */
export const CODE = /^[A-Z][A-Z0-9_]*$/;

/** Keys of a law pack. */
export const LAW_KEYS = ["law", "about", "covers", "builds-on", "facts"] as const;

/** Keys of one dated entry of a fact. */
export const FACT_KEYS = [
  "effective-from",
  "value",
  "unit",
  "bound",
  "source",
  "confidence",
] as const;

/** The form of a place: ISO 3166-1 alpha-2. */
export const PLACE = /^[A-Z]{2}$/;
