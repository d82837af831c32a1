import { auditInputs } from "./audit-inputs.ts";
import { canaryId } from "./canaries.ts";
import { elevationInputs } from "./elevation-inputs.ts";

const UPDATE =
  "mutation ($i: UpdateCustomerInput!) { updateCustomer(input: $i) { customer { id } } }";
const CUSTOMER_ID = canaryId(1);

/** Every input of the schema, with a document that takes one and something that its required fields hold. */
export const INPUTS: readonly (readonly [input: string, document: string, required: string])[] = [
  [
    "ExportEvidenceInput",
    "mutation ($i: ExportEvidenceInput!) { exportEvidence(input: $i) { export { id } } }",
    `"engagementId":"${canaryId(1)}"`,
  ],
  [
    "EvidenceExportFilter",
    "query ($i: EvidenceExportFilter) { evidenceExports(filter: $i) { totalCount } }",
    "",
  ],
  [
    "EvidenceExportOrder",
    "query ($i: [EvidenceExportOrder!]) { evidenceExports(orderBy: $i) { totalCount } }",
    '"field":"createdAt"',
  ],
  [
    "EvidenceStateFilter",
    "query ($i: EvidenceStateFilter) { evidenceExports(filter: { state: $i }) { totalCount } }",
    "",
  ],
  ["CustomerFilter", "query ($i: CustomerFilter) { customers(filter: $i) { totalCount } }", ""],
  [
    "CustomerOrder",
    "query ($i: [CustomerOrder!]) { customers(orderBy: $i) { totalCount } }",
    '"field":"state"',
  ],
  [
    "TextFilter",
    "query ($i: TextFilter) { customers(filter: { fullName: $i }) { totalCount } }",
    "",
  ],
  [
    "ExactFilter",
    "query ($i: ExactFilter) { customers(filter: { customerNo: $i }) { totalCount } }",
    "",
  ],
  [
    "LookupFilter",
    "query ($i: LookupFilter) { customers(filter: { idNumber: $i }) { totalCount } }",
    "",
  ],
  [
    "BooleanFilter",
    "query ($i: BooleanFilter) { customers(filter: { legalHold: $i }) { totalCount } }",
    "",
  ],
  [
    "DateFilter",
    "query ($i: DateFilter) { customers(filter: { recordedOn: $i }) { totalCount } }",
    "",
  ],
  [
    "CustomerKindFilter",
    "query ($i: CustomerKindFilter) { customers(filter: { kind: $i }) { totalCount } }",
    "",
  ],
  [
    "CustomerStateFilter",
    "query ($i: CustomerStateFilter) { customers(filter: { state: $i }) { totalCount } }",
    "",
  ],
  [
    "JurisdictionFilter",
    "query ($i: JurisdictionFilter) { customers(filter: { jurisdiction: $i }) { totalCount } }",
    "",
  ],
  [
    "PolicyDiffInput",
    "query ($i: PolicyDiffInput!) { policyDiff(input: $i) { totalChanges } }",
    "",
  ],
  [
    "DraftDocumentInput",
    "query ($i: DraftDocumentInput!) { policyDiff(input: { draft: [$i] }) { totalChanges } }",
    '"name":"roles/x.yaml"',
  ],
  [
    "SimulateInput",
    "query ($i: SimulateInput!) { simulate(input: $i) { decisions } }",
    '"sample":{"seed":1,"size":5}',
  ],
  [
    "SimulationSampleInput",
    "query ($i: SimulationSampleInput!) { simulate(input: { sample: $i }) { decisions } }",
    '"seed":1,"size":5',
  ],
  ["TransferFilter", "query ($i: TransferFilter) { transfers(filter: $i) { totalCount } }", ""],
  [
    "TransferOrder",
    "query ($i: [TransferOrder!]) { transfers(orderBy: $i) { totalCount } }",
    '"field":"state"',
  ],
  [
    "DealTypeFilter",
    "query ($i: DealTypeFilter) { transfers(filter: { dealType: $i }) { totalCount } }",
    "",
  ],
  [
    "LegalPathFilter",
    "query ($i: LegalPathFilter) { transfers(filter: { legalPath: $i }) { totalCount } }",
    "",
  ],
  [
    "TransferStateFilter",
    "query ($i: TransferStateFilter) { transfers(filter: { state: $i }) { totalCount } }",
    "",
  ],
  [
    "CustomerEventFilter",
    "query ($i: CustomerEventFilter) { customers { nodes { events(filter: $i) { totalCount } } } }",
    "",
  ],
  [
    "CustomerEventOrder",
    "query ($i: [CustomerEventOrder!]) { customers { nodes { events(orderBy: $i) { totalCount } } } }",
    '"field":"occurredAt"',
  ],
  [
    "TransferItemOrder",
    "query ($i: [TransferItemOrder!]) { transfers { nodes { items(orderBy: $i) { totalCount } } } }",
    '"field":"state"',
  ],
  [
    "TransferItemFilter",
    `query ($i: TransferItemFilter) { transfers { nodes { items(filter: $i) { totalCount } } } }`,
    "",
  ],
  [
    "TransferItemStateFilter",
    `query ($i: TransferItemStateFilter) { transfers { nodes { items(filter: { state: $i }) { totalCount } } } }`,
    "",
  ],
  ...elevationInputs(CUSTOMER_ID),
  ...auditInputs(),
  ["UpdateCustomerInput", UPDATE, `"id":"${CUSTOMER_ID}","expectedVersion":1`],
  [
    "AddressInput",
    `mutation ($i: AddressInput!) { updateCustomer(input: { id: "${CUSTOMER_ID}", expectedVersion: 1, address: $i }) { customer { id } } }`,
    '"province":"a","city":"b","street":"c"',
  ],
  [
    "SubmitPolicyInput",
    "mutation ($i: SubmitPolicyInput!) { submitPolicy(input: $i) { clientMutationId } }",
    '"documents":[{"name":"a.yaml","text":"a"}]',
  ],
  [
    "PolicyDocumentInput",
    "mutation ($i: PolicyDocumentInput!) { submitPolicy(input: { documents: [$i] }) { clientMutationId } }",
    '"name":"a.yaml","text":"a"',
  ],
  [
    "TestPolicyInput",
    "mutation ($i: TestPolicyInput!) { testPolicy(input: $i) { clientMutationId } }",
    '"digest":"a","expectedVersion":1',
  ],
  [
    "PolicyStepInput",
    "mutation ($i: PolicyStepInput!) { approvePolicy(input: $i) { clientMutationId } }",
    '"digest":"a","expectedVersion":1',
  ],
  [
    "ActivatePolicyInput",
    "mutation ($i: ActivatePolicyInput!) { activatePolicy(input: $i) { clientMutationId } }",
    '"digest":"a","expectedVersion":1',
  ],
  [
    "CrossBorderMechanismFilter",
    "query ($i: CrossBorderMechanismFilter) { crossBorderMechanisms(filter: $i) { totalCount } }",
    "",
  ],
  [
    "CrossBorderMechanismOrder",
    "query ($i: [CrossBorderMechanismOrder!]) { crossBorderMechanisms(orderBy: $i) { totalCount } }",
    '"field":"validFrom"',
  ],
  [
    "MechanismKindFilter",
    "query ($i: MechanismKindFilter) { crossBorderMechanisms(filter: { kind: $i }) { totalCount } }",
    "",
  ],
  [
    "SecurityAlertFilter",
    "query ($i: SecurityAlertFilter) { securityAlerts(filter: $i) { totalCount } }",
    "",
  ],
  [
    "SecurityAlertOrder",
    "query ($i: [SecurityAlertOrder!]) { securityAlerts(orderBy: $i) { totalCount } }",
    '"field":"occurredAt"',
  ],
  [
    "AlertKindFilter",
    "query ($i: AlertKindFilter) { securityAlerts(filter: { kind: $i }) { totalCount } }",
    "",
  ],
  [
    "AcknowledgeAlertInput",
    "mutation ($i: AcknowledgeAlertInput!) { acknowledgeAlert(input: $i) { alert { id } } }",
    '"id":"0192a000-0000-7000-8000-000000000901","note":"x"',
  ],
  ["DecisionFilter", "query ($i: DecisionFilter) { decisions(filter: $i) { totalCount } }", ""],
  ["ReplayInput", "query ($i: ReplayInput!) { replay(input: $i) { records } }", '"to":"a"'],
  [
    "EvaluateAccessInput",
    "query ($i: EvaluateAccessInput!) { evaluateAccess(input: $i) { visible } }",
    '"purpose":"MARKETING","resource":{"type":"Customer"}',
  ],
  [
    "ExplainAccessInput",
    "query ($i: ExplainAccessInput!) { explainAccess(input: $i) { policyVersion } }",
    '"purpose":"MARKETING","field":"phone","resource":{"type":"Customer"}',
  ],
  [
    "AskedCallerInput",
    "query ($i: AskedCallerInput!) { whatCanAccess(input: $i) { policyVersion } }",
    '"purpose":"MARKETING"',
  ],
  [
    "EvaluatedResourceInput",
    `query ($i: EvaluatedResourceInput!) { evaluateAccess(input: { purpose: "MARKETING", resource: $i }) { visible } }`,
    '"type":"Customer"',
  ],
  [
    "SupposedSubjectInput",
    `query ($i: SupposedSubjectInput!) { evaluateAccess(input: { subject: $i, purpose: "MARKETING", resource: { type: "Customer" } }) { visible } }`,
    '"roles":[],"organisation":"transferor"',
  ],
  [
    "SupposedElevationInput",
    `query ($i: SupposedElevationInput!) { evaluateAccess(input: { subject: { roles: [], organisation: "transferor", elevations: [$i] }, purpose: "MARKETING", resource: { type: "Customer" } }) { visible } }`,
    '"customerId":"0192a000-0000-7000-8000-000000000501","fields":[],"from":"2026-11-20T09:00:00Z","until":"2026-11-20T10:00:00Z"',
  ],
  [
    "SupposedDisclosureCaseInput",
    `query ($i: SupposedDisclosureCaseInput!) { evaluateAccess(input: { subject: { roles: [], organisation: "transferor", disclosureCases: [$i] }, purpose: "MARKETING", resource: { type: "Customer" } }) { visible } }`,
    '"code":"a","fields":[],"jurisdiction":"CN","state":"APPROVED"',
  ],
];
