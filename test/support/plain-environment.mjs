import vm from "node:vm";
import { TestEnvironment } from "jest-environment-node";

const { createContext } = vm;

/**
 * Jest's environment for Node with a global object like any other. Jest's own hands every look-up of a
 * global (`Date`, `Map`, `Array` …) to a proxy in another realm, which takes a hundred times as long as
 * the look-up, and code that compares values looks up little else.
 */
export default class PlainEnvironment extends TestEnvironment {
  constructor(...particulars) {
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...particulars);
    } finally {
      vm.createContext = createContext;
    }
  }
}
