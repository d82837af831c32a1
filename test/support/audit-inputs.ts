const AUDIT_ID = "0192a000-0000-7000-8000-00000000b001";

const REVIEW_ID = "0192a000-0000-7000-8000-00000000d501";

/** The inputs about audits and reviews of roles, as `INPUTS` wants them. */
export function auditInputs(): readonly (readonly [
  input: string,
  document: string,
  required: string,
])[] {
  const step = (input: string, mutation: string): string =>
    `mutation ($i: ${input}!) { ${mutation}(input: $i) { engagement { id } } }`;
  const stepped = `"id":"${AUDIT_ID}","expectedVersion":1`;
  const drawn = `"engagementId":"${AUDIT_ID}","of":"CUSTOMERS","seed":1,"size":1`;
  const list = (input: string, filter: string): [string, string, string] => [
    input,
    `query ($i: ${input}) { auditEngagements(filter: ${filter}) { totalCount } }`,
    "",
  ];
  return [
    list("AuditEngagementFilter", "$i"),
    list("AuditKindFilter", "{ kind: $i }"),
    list("AuditStateFilter", "{ state: $i }"),
    [
      "AuditEngagementOrder",
      "query ($i: [AuditEngagementOrder!]) { auditEngagements(orderBy: $i) { totalCount } }",
      '"field":"state"',
    ],
    [
      "PlanAuditInput",
      step("PlanAuditInput", "planAudit"),
      '"code":"A-1","kind":"EXTERNAL","organisations":["transferor"],"limitedToTransfers":false,"from":"2026-01-01","to":"2026-12-31","criteria":["a"],"team":["external-auditor"]',
    ],
    ["AuditStepInput", step("AuditStepInput", "declareIndependence"), stepped],
    ["AdvanceAuditInput", step("AdvanceAuditInput", "advanceAudit"), `${stepped},"to":"DRAFT"`],
    ["CloseAuditInput", step("CloseAuditInput", "closeAudit"), stepped],
    [
      "DrawAuditSampleInput",
      "mutation ($i: DrawAuditSampleInput!) { drawAuditSample(input: $i) { isSame } }",
      drawn,
    ],
    [
      "AuditSampleFilterInput",
      `mutation ($i: AuditSampleFilterInput!) { drawAuditSample(input: { engagementId: "${AUDIT_ID}", of: CUSTOMERS, seed: 1, size: 1, filter: $i }) { isSame } }`,
      "",
    ],
    [
      "AccessReviewFilter",
      "query ($i: AccessReviewFilter) { accessReviews(filter: $i) { totalCount } }",
      "",
    ],
    [
      "AccessReviewStateFilter",
      "query ($i: AccessReviewStateFilter) { accessReviews(filter: { state: $i }) { totalCount } }",
      "",
    ],
    [
      "AccessReviewOrder",
      "query ($i: [AccessReviewOrder!]) { accessReviews(orderBy: $i) { totalCount } }",
      '"field":"state"',
    ],
    [
      "OpenAccessReviewInput",
      "mutation ($i: OpenAccessReviewInput!) { openAccessReview(input: $i) { clientMutationId } }",
      "",
    ],
    [
      "DecideAccessInput",
      "mutation ($i: DecideAccessInput!) { decideAccess(input: $i) { clientMutationId } }",
      `"id":"${REVIEW_ID}","expectedVersion":1,"decision":"KEEP"`,
    ],
    [
      "CloseAccessReviewInput",
      "mutation ($i: CloseAccessReviewInput!) { closeAccessReview(input: $i) { clientMutationId } }",
      `"id":"${REVIEW_ID}","expectedVersion":1`,
    ],
    [
      "SupposedEngagementInput",
      `query ($i: SupposedEngagementInput!) { evaluateAccess(input: { subject: { roles: [], organisation: "transferor", engagements: [$i] }, purpose: "MARKETING", resource: { type: "Customer" } }) { visible } }`,
      '"code":"a","state":"FIELDWORK","from":"2026-01-01","to":"2026-12-31"',
    ],
  ];
}
