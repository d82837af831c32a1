import { registerEnumType } from "type-graphql";

/** Where an elevation stands. */
export enum ElevationState {
  REQUESTED = "REQUESTED",
  APPROVED = "APPROVED",
  ENDED = "ENDED",
  REJECTED = "REJECTED",
  LAPSED = "LAPSED",
}

/** Where the review of an elevation stands. */
export enum ElevationReview {
  DUE = "DUE",
  OVERDUE = "OVERDUE",
  JUSTIFIED = "JUSTIFIED",
  NOT_JUSTIFIED = "NOT_JUSTIFIED",
}

/** What a reviewer can find. */
export enum ElevationOutcome {
  JUSTIFIED = "JUSTIFIED",
  NOT_JUSTIFIED = "NOT_JUSTIFIED",
}

registerEnumType(ElevationState, {
  name: "ElevationState",
  description: "Where an elevation stands.",
  valuesConfig: {
    REQUESTED: { description: "Somebody asked; nothing is open." },
    APPROVED: { description: "Open, until its end." },
    ENDED: { description: "Was open; its time is over, or somebody ended it." },
    REJECTED: { description: "Refused by a second person." },
    LAPSED: { description: "Nobody decided in time." },
  },
});
registerEnumType(ElevationReview, {
  name: "ElevationReview",
  description: "Where the review of an elevation stands.",
  valuesConfig: {
    DUE: { description: "Somebody has to look at it." },
    OVERDUE: { description: "Somebody should have looked at it." },
    JUSTIFIED: { description: "It was needed." },
    NOT_JUSTIFIED: { description: "It was not needed." },
  },
});
registerEnumType(ElevationOutcome, {
  name: "ElevationOutcome",
  description: "What the review of an elevation found.",
});
