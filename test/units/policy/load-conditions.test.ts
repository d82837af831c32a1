import {
  faultsOf,
  inRows,
  inStop,
  type PolicyChange,
  smallPolicy,
} from "../../support/small-policy.ts";

const rowsWhen = (condition: string): PolicyChange =>
  inRows("when: { controllerId: $caller.organisationId }", `when: ${condition}`);
const stopWhen = (condition: string): PolicyChange =>
  inStop("when: { legalHold: true }", `when: ${condition}`);
const stopCaller = (condition: string): PolicyChange =>
  inStop("when: { legalHold: true }", `caller: ${condition}`);

const WRONG: [what: string, change: PolicyChange, faults: string[]][] = [
  [
    "an unknown attribute of a row",
    rowsWhen("{ controlerId: $caller.organisationId }"),
    ['rows.yaml:5: "controlerId" is not an attribute. Did you mean "controllerId"?'],
  ],
  [
    "an unknown attribute of a caller",
    stopCaller("{ trainingValidTill: { gte: $now } }"),
    [
      'stops/state.yaml:7: "trainingValidTill" is not an attribute. Did you mean "trainingValidUntil"?',
    ],
  ],
  [
    "an unknown operator",
    rowsWhen("{ controllerId: { equals: $caller.organisationId } }"),
    ['rows.yaml:5: "equals" is not an operator.'],
  ],
  [
    "an unknown reference",
    rowsWhen("{ controllerId: $caller.organizationId }"),
    [
      'rows.yaml:5: "$caller.organizationId" is not a reference. Did you mean "caller.organisationId"?',
    ],
  ],
  [
    "a list operator on a scalar",
    rowsWhen("{ controllerId: { includes: $caller.organisationId } }"),
    ['rows.yaml:5: "includes" does not fit controllerId, which is no list.'],
  ],
  [
    "a scalar operator on a list",
    rowsWhen("{ formerControllerIds: $caller.organisationId }"),
    [
      'rows.yaml:5: "eq" does not fit formerControllerIds, which is a list: use includes or overlaps.',
    ],
  ],
  [
    "a list where one value is needed",
    rowsWhen("{ controllerId: $caller.servedOrganisationIds }"),
    ['rows.yaml:5: "$caller.servedOrganisationIds" is uuid[], and controllerId needs uuid here.'],
  ],
  [
    "a reference of another kind",
    rowsWhen("{ controllerId: $caller.kind }"),
    ['rows.yaml:5: "$caller.kind" is text, and controllerId needs uuid here.'],
  ],
  [
    "a value of another type",
    stopWhen('{ legalHold: "true" }'),
    ['stops/state.yaml:7: "true" is no boolean.'],
  ],
  [
    "a time that is written out",
    stopCaller('{ trainingValidUntil: { lt: "2026-01-01" } }'),
    ['stops/state.yaml:7: trainingValidUntil is compared with $now, not with "2026-01-01".'],
  ],
  [
    "a comparison with null",
    stopWhen("{ legalHold: null }"),
    ['stops/state.yaml:7: legalHold is compared with null; use "exists" for missing values.'],
  ],
  [
    "a role of the caller that nobody defined",
    stopCaller("{ roles: { includes: AGNET } }"),
    ['stops/state.yaml:7: roles is never "AGNET". Did you mean "AGENT"?'],
  ],
  [
    "a purpose of the caller that nobody defined",
    stopCaller("{ purpose: [SERVICE, SERVISE] }"),
    ['stops/state.yaml:7: purpose is never "SERVISE". Did you mean "SERVICE"?'],
  ],
  [
    "a state that no customer is in",
    stopWhen("{ state: SEALD }"),
    ['stops/state.yaml:7: state is never "SEALD". Did you mean "SEALED"?'],
  ],
  [
    "a band of ages that there is not",
    stopWhen("{ ageBand: [CHILD, YOUTHS] }"),
    ['stops/state.yaml:7: ageBand is never "YOUTHS". Did you mean "YOUTH"?'],
  ],
  [
    "a jurisdiction whose law nobody wrote down",
    stopWhen("{ jurisdiction: { ne: CH } }"),
    ['stops/state.yaml:7: jurisdiction is never "CH". Did you mean "CN"?'],
  ],
  [
    "a basis for a purpose that nobody defined",
    stopWhen("{ basisPurposes: { includes: SERVISE } }"),
    ['stops/state.yaml:7: basisPurposes is never "SERVISE". Did you mean "SERVICE"?'],
  ],
  [
    "an empty list to compare with",
    stopWhen("{ state: [] }"),
    ['stops/state.yaml:7: "in" needs a list that is not empty, or a reference.'],
  ],
  [
    "a reference inside a list",
    rowsWhen("{ controllerId: [$caller.organisationId] }"),
    ["rows.yaml:5: A reference can't stand inside a list."],
  ],
  [
    "an empty condition",
    stopWhen("{}"),
    ["stops/state.yaml:7: A condition must be a mapping that is not empty."],
  ],
  [
    "an alternative between nothing",
    stopWhen("{ any: [] }"),
    ['stops/state.yaml:7: "any" needs a list of conditions.'],
  ],
  [
    "an existence that is neither true nor false",
    stopWhen("{ province: { exists: maybe } }"),
    ['stops/state.yaml:7: "exists" is true or false.'],
  ],
];

test.each(WRONG)("%s in a condition is refused", (_what, change, expected) => {
  expect(faultsOf(smallPolicy(change))).toEqual(expected);
});
