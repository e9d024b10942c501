import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';
import type { ContractReport, FileReport, Problem } from './contract-report.ts';

/** A reporter of vitest's: writes a `ContractReport` to the file that `CONTRACT_REPORT` names, once all has run. */
export default class ContractReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const path = process.env['CONTRACT_REPORT'];
    if (!path) throw new Error('CONTRACT_REPORT is missing: where the report goes');
    const report: ContractReport = { files: modules.map(reportFile) };
    writeFileSync(path, JSON.stringify(report));
  }
}

function reportFile(module: TestModule): FileReport {
  const inGroups = [...module.children.allSuites()].flatMap(group => group.errors());
  return {
    file: relative(process.cwd(), module.moduleId),
    problems: [...module.errors(), ...inGroups].map(problemOf),
    tests: [...module.children.allTests()].map(test => {
      const { state, errors = [] } = test.result();
      return {
        names: namesOf(test),
        state: state === 'passed' || state === 'failed' ? state : 'not_run',
        problems: errors.map(problemOf),
      };
    }),
  };
}

function namesOf(test: TestCase): string[] {
  const names = [test.name];
  let group: TestSuite | TestModule = test.parent;
  while (group.type === 'suite') {
    names.unshift(group.name);
    group = group.parent;
  }
  return names;
}

function problemOf({ name, message, diff }: SerializedError): Problem {
  const said = stripVTControlCharacters(message);
  return {
    message: name === undefined || name === 'Error' ? said : `${name}: ${said}`,
    ...(typeof diff === 'string' ? { difference: stripVTControlCharacters(diff) } : {}),
  };
}
