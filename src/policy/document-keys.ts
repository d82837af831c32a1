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
  "reason",
  "give",
  "only-fields",
  "change",
  "may",
] as const;

/** Keys of a row rule. */
export const ROW_KEYS = ["id", "about", "types", "roles", "purposes", "caller", "when"] as const;

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
  "fields",
  "at-most",
  "hides",
  "spare",
] as const;

/** Keys that choose the fields of a stop. */
export const SELECTOR_KEYS = ["classifications", "categories", "legalTags"] as const;

/** What a row stop answers. */
export const HIDDEN_ANSWERS = ["NOT_FOUND", "GONE"] as const;

/** The form of a code: reasons, purposes, roles. */
export const CODE = /^[A-Z][A-Z0-9_]*$/;
