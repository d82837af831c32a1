/**
 * Sentences of graphql-js that say what is wrong with a document, with quoted names left out.
 * Names are the document's or the schema's own; a sentence that is not listed here is not passed
 * on, so that one which quotes a value can't be, whatever a later version of graphql-js writes.
 */
const PASSED_ON = new Set([
  "Cannot query field … on type ….",
  "Unknown argument … on field ….",
  "Unknown argument … on directive ….",
  "Unknown directive ….",
  "Unknown fragment ….",
  "Unknown type ….",
  "This anonymous operation must be the only defined operation.",
  "Cannot spread fragment … within itself.",
  "Cannot spread fragment … within itself via ….",
  "Variable … is not defined.",
  "Variable … is not defined by operation ….",
  "Variable … is never used.",
  "Variable … is never used in operation ….",
  "Variable … cannot be non-input type ….",
  "Variable … of type … used in position expecting type ….",
  "Fragment … is never used.",
  "Fragment cannot be spread here as objects of type … can never be of type ….",
  "Fragment … cannot be spread here as objects of type … can never be of type ….",
  "Fragment cannot condition on non composite type ….",
  "Fragment … cannot condition on non composite type ….",
  "Field … argument … of type … is required, but it was not provided.",
  "Argument … of type … is required, but it was not provided.",
  "Directive … argument … of type … is required, but it was not provided.",
  "Field … of type … must have a selection of subfields.",
  "Field … must not have a selection since type … has no subfields.",
  "Field … of required type … was not provided.",
  "Field … is not defined by type ….",
  "Field … of type … must have at least one field selected.",
  "OneOf Input Object … must specify exactly one key.",
  "There can be only one argument named ….",
  "There can be only one input field named ….",
  "There can be only one fragment named ….",
  "There can be only one operation named ….",
  "There can be only one variable named ….",
  "The directive … can only be used once at this location.",
  "The … definition is not executable.",
  "Maximum introspection depth exceeded",
  "Too many validation errors, error limit reached. Validation aborted.",
  "Validation aborted.",
]);

const QUOTED_NAMES = /"[$@]?[\w.[\]!(:)]+"(?:, "[\w]+")*/g;

/** Sentences that quote a value, in our words without it. */
const REWORDED: readonly (readonly [RegExp, string])[] = [
  [/^Expected value of type ("[\w[\]!]+"), found [^]*$/, "Expected value of type $1."],
  [/^Value [^]* does not exist in ("\w+") enum\.[^]*$/, "Expected a value of the enum $1."],
  [/^Enum ("\w+") cannot represent [^]*$/, "Expected a value of the enum $1."],
  [/^(\w+) cannot represent [^]*$/, 'Expected value of type "$1".'],
  [/^Fields ("\w+") conflict because [^]*$/, "Fields $1 conflict; give them different aliases."],
];

/**
 * What a frontend developer needs to know about a document that does not fit the schema: names
 * that they wrote and types that they met, never a value and never a suggestion. Null when
 * graphql-js says something that we don't know.
 */
export function validationProblem(message: string): string | null {
  for (const [pattern, words] of REWORDED)
    if (pattern.test(message)) return message.replace(pattern, words);
  const sentence = message.replace(/ Did you mean [^]*$/, "");
  return PASSED_ON.has(sentence.replace(QUOTED_NAMES, "…")) ? sentence : null;
}
