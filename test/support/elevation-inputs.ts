/** Inputs of elevations, with a document that takes one and something that its required fields hold. */
export function elevationInputs(
  id: string,
): readonly (readonly [input: string, document: string, required: string])[] {
  return [
    [
      "ElevationFilter",
      "query ($i: ElevationFilter) { elevations(filter: $i) { totalCount } }",
      "",
    ],
    [
      "ElevationOrder",
      "query ($i: [ElevationOrder!]) { elevations(orderBy: $i) { totalCount } }",
      '"field":"state"',
    ],
    [
      "ElevationStateFilter",
      "query ($i: ElevationStateFilter) { elevations(filter: { state: $i }) { totalCount } }",
      "",
    ],
    [
      "ElevationReviewFilter",
      "query ($i: ElevationReviewFilter) { elevations(filter: { reviewState: $i }) { totalCount } }",
      "",
    ],
    [
      "RequestElevationInput",
      "mutation ($i: RequestElevationInput!) { requestElevation(input: $i) { clientMutationId } }",
      `"customerId":"${id}","fields":["idNumber"],"purpose":"DATA_QUALITY","minutes":5`,
    ],
    [
      "ElevationStepInput",
      "mutation ($i: ElevationStepInput!) { approveElevation(input: $i) { clientMutationId } }",
      `"id":"${id}","expectedVersion":1`,
    ],
    [
      "RejectElevationInput",
      "mutation ($i: RejectElevationInput!) { rejectElevation(input: $i) { clientMutationId } }",
      `"id":"${id}","expectedVersion":1`,
    ],
    [
      "ReviewElevationInput",
      "mutation ($i: ReviewElevationInput!) { reviewElevation(input: $i) { clientMutationId } }",
      `"id":"${id}","expectedVersion":1,"outcome":"JUSTIFIED"`,
    ],
  ];
}
