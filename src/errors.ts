interface ErrorEntry {
  /** HTTP status where the code answers a whole request (RFC 9110, GraphQL over HTTP). */
  readonly status: number;
  /** What callers read: constant, so that no value can slip into it. */
  readonly message: string;
  /** What we mean by it, for the documentation. */
  readonly meaning: string;
}

/**
 * The one table of codes that may leave the server, longer than other files because it must be one:
 * a code that is not here cannot be answered, and every reader finds every code in one place.
 */
export const ERRORS = {
  // Who asks
  UNAUTHENTICATED: {
    status: 401,
    message: "A valid access token is required.",
    meaning: "No token, or one that was not accepted; which check failed is never told.",
  },
  FORBIDDEN: {
    status: 403,
    message: "The caller is not permitted to do this.",
    meaning: "The caller is known, and neither its roles nor its token permit the action.",
  },
  STEP_UP_REQUIRED: {
    status: 403,
    message: "A second factor is required for this.",
    meaning: "The token's authentication methods hold no second factor, or not a recent one.",
  },
  TRAINING_EXPIRED: {
    status: 403,
    message: "A valid training record is required for this.",
    meaning: "The caller's last passed training is over (PIPL 51(4)).",
  },
  CLEARANCE_TOO_LOW: {
    status: 403,
    message: "The caller's clearance does not reach this class of data.",
    meaning: "The class of the field is above what the caller is cleared for.",
  },
  IDENTITY_NOT_VERIFIED: {
    status: 403,
    message: "The person's identity has to be verified first.",
    meaning: "A rights request acts for a person whose identity nobody has checked yet.",
  },
  AUDITOR_ROTATION: {
    status: 403,
    message: "This audit firm has to rotate out.",
    meaning: "The firm has audited the organisation as often in a row as policy allows.",
  },
  INDEPENDENCE_NOT_DECLARED: {
    status: 409,
    message: "Everybody of the team has to declare their independence first.",
    meaning: "Fieldwork begins only once each member of the team has declared to be independent.",
  },

  // Why it asks
  PURPOSE_REQUIRED: {
    status: 400,
    message: "The request has to name its purpose.",
    meaning: "Customer data was asked for with several purposes to choose from and none chosen.",
  },
  PURPOSE_NOT_PERMITTED: {
    status: 403,
    message: "This purpose is not permitted.",
    meaning: "The token, the role or the customer's legal basis does not carry the purpose.",
  },
  CONSENT_REQUIRED: {
    status: 403,
    message: "The customer's consent is required.",
    meaning: "The purpose rests on consent, and none is in force (PIPL 13, 15).",
  },
  SEPARATE_CONSENT_REQUIRED: {
    status: 403,
    message: "The customer's separate consent is required.",
    meaning: "The act needs a consent given for it alone (PIPL 23, 25, 29, 39).",
  },
  GUARDIAN_CONSENT_REQUIRED: {
    status: 403,
    message: "A guardian's consent is required.",
    meaning: "The customer is a child by its law and no guardian has consented (PIPL 31, GDPR 8).",
  },
  GUARDIAN_REQUIRED: {
    status: 422,
    message: "A minor's record has to name a guardian.",
    meaning: "The record is of a child by its law and names no guardian.",
  },
  CONSENT_NOT_SEPARATE: {
    status: 422,
    message: "The consent was bundled with others.",
    meaning: "A consent that has to stand alone was given together with something else.",
  },
  CONSENT_REASK_TOO_SOON: {
    status: 409,
    message: "The customer was asked too recently.",
    meaning: "A refused consent may not be asked for again until the waiting time is over.",
  },
  NOTICE_INCOMPLETE: {
    status: 422,
    message: "The notice is incomplete.",
    meaning: "The notice lacks something that the law wants told (PIPL 17, 22, 23).",
  },
  NOTICE_WINDOW_OPEN: {
    status: 409,
    message: "The notice period is not over.",
    meaning: "Customers can still object, so the transfer may not go on.",
  },

  // Which row, in which state
  NOT_FOUND: {
    status: 404,
    message: "There is no such thing within the caller's reach.",
    meaning: "The row does not exist or lies outside the caller's scope: both answer alike.",
  },
  GONE: {
    status: 410,
    message: "This record has been destroyed.",
    meaning: "The customer within the caller's scope was destroyed; only a tombstone is left.",
  },
  EVIDENCE_ENDED: {
    status: 410,
    message: "This evidence is no longer given out.",
    meaning:
      "The export has expired, the audit no longer looks at records, or the caller may no longer read what is in it.",
  },
  CUSTOMER_SEALED: {
    status: 409,
    message: "This record is sealed.",
    meaning: "The customer's data may only be stored and protected (PIPL 47).",
  },
  INVALID_STATE: {
    status: 409,
    message: "The current state does not allow this.",
    meaning: "The step is not among those that may follow the present state.",
  },
  LEGAL_HOLD_ACTIVE: {
    status: 409,
    message: "A legal hold is active.",
    meaning: "The record is kept as evidence and may be neither destroyed nor transferred.",
  },
  DISPUTE_OPEN: {
    status: 409,
    message: "A dispute is open.",
    meaning: "The record is in dispute, and the act has to wait for its end.",
  },
  RETENTION_MINIMUM: {
    status: 409,
    message: "The minimum retention period is not over.",
    meaning: "A statute demands that the record be kept for longer.",
  },

  // What is asked of it
  FIELD_FILTER_FORBIDDEN: {
    status: 403,
    message: "The caller may not filter by this field.",
    meaning: "A filter reads the field in clear, which the caller may not.",
  },
  FIELD_SORT_FORBIDDEN: {
    status: 403,
    message: "The caller may not sort by this field.",
    meaning: "An order reads the field in clear, which the caller may not.",
  },
  FIELD_GROUP_FORBIDDEN: {
    status: 403,
    message: "The caller may not group by this field.",
    meaning: "Groups read the field as the caller may not, or it makes none for anybody.",
  },
  MASKED_VALUE_REJECTED: {
    status: 422,
    message: "A masked value cannot be stored.",
    meaning: "The input looks like a rendering that was read from here and sent back.",
  },
  VALIDATION_FAILED: {
    status: 422,
    message: "The input is not valid.",
    meaning: "Some fields of the input break their rules; `fields` says which.",
  },
  DUPLICATE_IN_FILE: {
    status: 422,
    message: "The customer number occurs earlier in the same file.",
    meaning: "An imported file holds the same customer number twice; the first row counts.",
  },
  VERSION_CONFLICT: {
    status: 409,
    message: "The record was changed in the meantime.",
    meaning: "The version that the caller read is not the present one.",
  },
  IDEMPOTENCY_CONFLICT: {
    status: 422,
    message: "This idempotency key was used for another request.",
    meaning: "The same caller sent the same key with a different payload.",
  },

  // Who else has to agree
  APPROVAL_REQUIRED: {
    status: 403,
    message: "An approval is required for this.",
    meaning: "No approval in force covers the act, such as staff reading a minor's record.",
  },
  FOUR_EYES_REQUIRED: {
    status: 403,
    message: "A second person has to do this.",
    meaning: "Whoever proposed the step may not also approve it.",
  },
  REASON_REQUIRED: {
    status: 422,
    message: "A reason or evidence is required for this.",
    meaning: "The act is only allowed with a recorded reason, and none was given.",
  },

  // Transfers and the law around them
  TRANSFER_GUARD_FAILED: {
    status: 409,
    message: "The transfer does not meet the conditions of this step.",
    meaning: "Conditions of the step are unmet; `guards` lists them.",
  },
  LEGAL_PATH_CONFLICT: {
    status: 409,
    message: "The legal path does not fit this kind of deal.",
    meaning: "The deal's form and the legal path chosen for it exclude each other.",
  },
  PIPIA_REQUIRED: {
    status: 409,
    message: "An impact assessment is required first.",
    meaning: "No valid personal information protection impact assessment (PIPL 55, 56).",
  },
  REGULATOR_REPORT_REQUIRED: {
    status: 409,
    message: "A report to the regulator is required first.",
    meaning: "The step is only allowed once the authority has been told.",
  },
  CROSS_BORDER_MECHANISM_REQUIRED: {
    status: 403,
    message: "A mechanism for the transfer abroad is required.",
    meaning: "Data would leave its jurisdiction with no mechanism in force (PIPL 38).",
  },
  FOREIGN_DISCLOSURE_PROHIBITED: {
    status: 403,
    message: "Disclosure to this foreign authority is prohibited.",
    meaning: "A foreign authority asks without the approval that PIPL 41 demands.",
  },
  MANIFEST_MISMATCH: {
    status: 409,
    message: "The manifest does not match.",
    meaning: "Counts or digests differ between what was sent and what arrived.",
  },
  NOTIFICATION_OUTSTANDING: {
    status: 409,
    message: "A notification is outstanding.",
    meaning: "The incident cannot close while somebody has still to be told.",
  },

  // How it is asked
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    message: "The document is not valid GraphQL.",
    meaning: "The document cannot be parsed.",
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 422,
    message: "The document does not fit the schema.",
    meaning: "The document was parsed and breaks the rules of the schema.",
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    message: "The operation cannot be determined.",
    meaning: "The document holds several operations, or none, and none was named.",
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    status: 400,
    message: "Persisted queries are not supported.",
    meaning: "The request names a document by its digest, which this server does not take.",
  },
  BAD_USER_INPUT: {
    status: 400,
    message: "An argument or variable has the wrong shape.",
    meaning: "A value cannot be read as its declared type; the value is not repeated.",
  },
  BAD_REQUEST: {
    status: 400,
    message: "The request cannot be read.",
    meaning: "The HTTP request is malformed or lacks something that it must have.",
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    message: "This method is not allowed here.",
    meaning: "The path exists and does not answer this HTTP method.",
  },
  NOT_ACCEPTABLE: {
    status: 406,
    message: "None of the accepted media types can be given.",
    meaning: "The Accept header names no media type that the server can answer in.",
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    message: "The request is too large.",
    meaning: "The body is longer than the configured limit.",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: "This media type is not supported.",
    meaning: "The Content-Type of the body is not one that the server reads.",
  },
  RANGE_NOT_SATISFIABLE: {
    status: 416,
    message: "The range lies outside of what there is.",
    meaning:
      "The Range header asks for bytes behind the end; Content-Range says how many there are.",
  },
  QUERY_TOO_COMPLEX: {
    status: 400,
    message: "The operation is too complex.",
    meaning: "Depth, aliases, tokens, page size or cost go over their limit.",
  },
  INFERENCE_BUDGET_SPENT: {
    status: 429,
    message: "Too many values of this field were looked up.",
    meaning:
      "The caller's budget of lookups or failed probes of `field` does not reach for what is asked; `retryAfterSeconds` says when it does, null where it never will.",
  },
  RATE_LIMITED: {
    status: 429,
    message: "Too many requests.",
    meaning: "The caller has used up its share; Retry-After says when to come back.",
  },

  // What went wrong with us
  SERVICE_UNAVAILABLE: {
    status: 503,
    message: "The service is not available at the moment.",
    meaning: "The server is starting, stopping, overloaded or without its database.",
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    message: "The server made a mistake.",
    meaning: "Anything unforeseen; the request id leads to the log entry.",
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

/** One public error code. */
export type ErrorCode = keyof typeof ERRORS;

/** Data that may accompany a code: names of fields, guards, limits; never a customer's value. */
export type ErrorExtra =
  | string
  | number
  | boolean
  | null
  | readonly ErrorExtra[]
  | { readonly [name: string]: ErrorExtra };

/** What accompanies a code, by name. */
export type ErrorExtras = Readonly<Record<string, ErrorExtra>>;

/** The only error whose code, message and extras may leave the server. */
export class PublicError extends Error {
  override readonly name = "PublicError";
  readonly code: ErrorCode;
  readonly extras: ErrorExtras;

  /** The cause is for our own log; nothing of it is ever answered. */
  constructor(code: ErrorCode, extras: ErrorExtras = {}, options?: ErrorOptions) {
    super(ERRORS[code].message, options);
    this.code = code;
    this.extras = extras;
  }

  /** HTTP status for an answer that consists of this error alone. */
  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** Makes an error that may leave the server. */
export function publicError(code: ErrorCode, extras?: ErrorExtras): PublicError {
  return new PublicError(code, extras);
}

/** True when a word is one of the table's codes. */
export function isErrorCode(word: unknown): word is ErrorCode {
  return typeof word === "string" && Object.hasOwn(ERRORS, word);
}
