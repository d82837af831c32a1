import { registerEnumType } from "type-graphql";

/** What a record is about. */
export enum RecordedActionEnum {
  READ = "READ",
  FILTER = "FILTER",
  SORT = "SORT",
  GROUP = "GROUP",
  ROW = "ROW",
  REQUEST = "REQUEST",
  VERB = "VERB",
  EVALUATE = "EVALUATE",
}
registerEnumType(RecordedActionEnum, {
  name: "RecordedAction",
  description: "What a record of the decision log is about.",
  valuesConfig: {
    READ: { description: "Fields of rows were shown, or withheld." },
    FILTER: { description: "Rows were chosen by fields, or were not to be." },
    SORT: { description: "Rows were put in order by fields, or were not to be." },
    GROUP: { description: "Rows were counted in groups by fields, or were not to be." },
    ROW: { description: "A row was asked for by its id and does not exist for the caller." },
    REQUEST: { description: "A request was refused as a whole." },
    VERB: { description: "Something was changed, or was not to be." },
    EVALUATE: { description: "A question about decisions was answered, or refused." },
  },
});

/** Highest class of what was given in clear. */
export enum ClearClass {
  SENSITIVE = "SENSITIVE",
  PRIVATE = "PRIVATE",
}
registerEnumType(ClearClass, {
  name: "ClearClass",
  description: "Highest class of what was given in clear.",
  valuesConfig: {
    SENSITIVE: { description: "A SENSITIVE field, and no PRIVATE one." },
    PRIVATE: { description: "A PRIVATE field." },
  },
});
