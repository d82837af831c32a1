/** A way by which hidden values have left other systems, and the tests of it that look from inside. */
interface CoveredChannel {
  readonly number: number;
  readonly claim: string;
  /** File under `test` and what the name of a test in it says. */
  readonly tests: readonly (readonly [file: string, title: string])[];
}

const INTERFERENCE = [
  "abuse/non-interference.test.ts",
  "whoever may not tell them apart gets the same answer to every question, to the byte",
] as const;
const PREDICATES = [
  "abuse/filter-and-sort.test.ts",
  "a filter matches rows on which its field is CLEAR and no others",
] as const;
const ONE_VALUE_EVERYWHERE = ["abuse/paths.test.ts", "reads the same by every way"] as const;

/** The rows that apply, by number; channels.test.ts says why the others do not. */
export const COVERED: readonly CoveredChannel[] = [
  {
    number: 1,
    claim: "a filter tells nothing of a field that is not read",
    tests: [
      PREDICATES,
      INTERFERENCE,
      ["abuse/lookup-budget.test.ts", "then a value is refused whether somebody has it or not"],
    ],
  },
  {
    number: 2,
    claim: "pieces of a value are refused",
    tests: [["abuse/filter-and-sort.test.ts", "no order by a sealed value and no piece of one"]],
  },
  {
    number: 3,
    claim: "and, or and not change nothing, and no filter follows a relation",
    tests: [["abuse/filter-and-sort.test.ts", "is refused however it is joined with others"]],
  },
  {
    number: 4,
    claim: "an order shows no rank",
    tests: [
      ["abuse/filter-and-sort.test.ts", "an order holds rows on which its field is CLEAR"],
      INTERFERENCE,
    ],
  },
  {
    number: 5,
    claim: "no group is made by a value that isn't read",
    tests: [["abuse/aggregates.test.ts", "groups by no PRIVATE field, by no sealed value"]],
  },
  {
    number: 7,
    claim: "counts and ends of lists are those of visible rows",
    tests: [
      ["abuse/counts.test.ts", "lists, their counts and their ends are those of the visible rows"],
    ],
  },
  {
    number: 8,
    claim: "a cursor shows no value",
    tests: [
      ["abuse/cursor.test.ts", "the bytes of a cursor show no value, and not how long one is"],
    ],
  },
  {
    number: 9,
    claim: "a cursor can't be made up, changed or borrowed",
    tests: [["abuse/cursor.test.ts", "a cursor with any part of it changed is refused"]],
  },
  {
    number: 12,
    claim: "a mask goes by the field, whatever it is called in the answer",
    tests: [
      ["properties/query-shapes.test.ts", "a field shows the same on every path of every document"],
    ],
  },
  {
    number: 14,
    claim: "a set of values tells no more than one, and each of them is paid for",
    tests: [PREDICATES, ["abuse/lookup-budget.test.ts", "a list of values"]],
  },
  {
    number: 15,
    claim: "an error repeats no value",
    tests: [
      ["abuse/database-faults.test.ts", "INTERNAL_SERVER_ERROR without a word of it"],
      ["abuse/http-documents.test.ts", "a badly typed variable is named with its type and place"],
    ],
  },
  {
    number: 16,
    claim: "hidden and missing rows are one answer",
    tests: [["abuse/errors.test.ts", "is answered as one that does not exist"]],
  },
  {
    number: 17,
    claim: "a value that is taken is told by nobody",
    tests: [
      ["abuse/uniqueness.test.ts", "a value that another customer has is taken like any other"],
    ],
  },
  {
    number: 18,
    claim: "a reference to what is hidden is one to nothing",
    tests: [["abuse/uniqueness.test.ts", "leads to the own organisation's customer only"]],
  },
  {
    number: 19,
    claim: "a change gives back what a reading gives",
    tests: [
      ["abuse/paths.test.ts", "the payload of a change shows the customer as every other way does"],
    ],
  },
  {
    number: 20,
    claim: "no caller is told a plan",
    tests: [["abuse/errors.test.ts", "an error tells nothing of the rows beside it"]],
  },
  {
    number: 21,
    claim: "nothing is shown with noise that reading again would take away",
    tests: [INTERFERENCE],
  },
  {
    number: 22,
    claim: "pseudonyms are keyed, and each purpose and organisation has its own",
    tests: [
      ["units/sealing/pseudonym.test.ts", "differs by purpose, field and organisation"],
      ["abuse/lookup-budget.test.ts", "nothing that could be joined with a customer"],
    ],
  },
  {
    number: 23,
    claim: "a mask shows no length",
    tests: [["properties/renderings.test.ts", "that of %s, or of the full mask"]],
  },
  {
    number: 24,
    claim: "odd values are hidden altogether",
    tests: [
      [
        "properties/renderings.test.ts",
        "is shown at every level, whatever the value, and below CLEAR never as it is",
      ],
    ],
  },
  {
    number: 25,
    claim: "two renderings of one value add up to no more than the wider one",
    tests: [
      ["properties/renderings.test.ts", "every character shown at COARSE is shown at PARTIAL"],
      ONE_VALUE_EVERYWHERE,
    ],
  },
  {
    number: 26,
    claim: "what follows from a value is not clearer than the value",
    tests: [["properties/renderings.test.ts", "a resident number shows two characters at most"]],
  },
  {
    number: 28,
    claim: "nobody gets an answer that was made for another",
    tests: [
      [
        "abuse/sharing.test.ts",
        "every caller at once over HTTP, many times, gets what it gets alone",
      ],
    ],
  },
  {
    number: 29,
    claim: "no value reaches the log",
    tests: [
      [
        "abuse/errors.test.ts",
        "the log of all this holds no value, no token, no document and no SQL",
      ],
    ],
  },
  {
    number: 31,
    claim: "the history of a customer is decided like the customer",
    tests: [["support/questions.ts", "events(first: 5)"], INTERFERENCE],
  },
  {
    number: 33,
    claim: "the schema holds no value, and misspelt names get no suggestion",
    tests: [
      ["abuse/rule-catalogue.test.ts", "introspection shows names, classes and made-up examples"],
      ["abuse/errors.test.ts", "a misspelt or protected name gets no suggestion"],
    ],
  },
  {
    number: 34,
    claim: "a refused field takes nothing else with it",
    tests: [["abuse/null-propagation.test.ts", "every guarded field is nullable"]],
  },
  {
    number: 35,
    claim: "interfaces, lists and nested objects show what the lookup shows",
    tests: [ONE_VALUE_EVERYWHERE],
  },
  {
    number: 36,
    claim: "a filter is refused or followed, never dropped",
    tests: [["exhaustive/predicates.test.ts", "is answered as viewer.access said"], PREDICATES],
  },
  {
    number: 37,
    claim: "masks aren't written back, and nobody writes what they don't read",
    tests: [
      ["abuse/masks-written-back.test.ts", "no form of it below CLEAR can be written back"],
      ["abuse/masks-written-back.test.ts", "whoever reads a field below CLEAR cannot change it"],
    ],
  },
  {
    number: 38,
    claim: "no other route, method or body gives more",
    tests: [
      ["exhaustive/routes.test.ts", "every route but the open ones answers 401 without a token"],
    ],
  },
  {
    number: 39,
    claim: "who reads about rules learns their names",
    tests: [
      [
        "abuse/rule-catalogue.test.ts",
        "learns ids of rules from an answer, never their conditions",
      ],
    ],
  },
  {
    number: 40,
    claim: "no group is small, and no count is of few",
    tests: [
      ["abuse/aggregates.test.ts", "one customer, none and nineteen are told alike, to the byte"],
    ],
  },
];
