import { registerEnumType } from "type-graphql";

/** Where a review stands. */
export enum AccessReviewState {
  OPEN = "OPEN",
  OVERDUE = "OVERDUE",
  CLOSED = "CLOSED",
}

/** Which roles end by themselves when a review is overdue. */
export enum EndsWhenOverdue {
  NOTHING = "NOTHING",
  DORMANT = "DORMANT",
  EVERYTHING = "EVERYTHING",
}

/** What became of a role. */
export enum AccessReviewOutcome {
  KEEP = "KEEP",
  REVOKE = "REVOKE",
  LAPSED = "LAPSED",
}

/** What a reviewer can decide. */
export enum AccessDecision {
  KEEP = "KEEP",
  REVOKE = "REVOKE",
}

registerEnumType(AccessReviewState, {
  name: "AccessReviewState",
  description: "Where a review of roles stands.",
  valuesConfig: {
    OPEN: { description: "Somebody has to decide." },
    OVERDUE: { description: "Somebody should have decided." },
    CLOSED: { description: "Everything is decided." },
  },
});
registerEnumType(EndsWhenOverdue, {
  name: "EndsWhenOverdue",
  description: "Which roles end by themselves when nobody has decided about them in time.",
  valuesConfig: {
    NOTHING: { description: "None." },
    DORMANT: { description: "Those that nobody used." },
    EVERYTHING: { description: "All of them." },
  },
});
registerEnumType(AccessReviewOutcome, {
  name: "AccessReviewOutcome",
  description: "What became of a role in a review.",
  valuesConfig: {
    KEEP: { description: "Somebody vouches for it." },
    REVOKE: { description: "Somebody ended it." },
    LAPSED: { description: "Nobody decided in time, and it ended by itself." },
  },
});
registerEnumType(AccessDecision, {
  name: "AccessDecision",
  description: "What somebody decides about a role.",
});
