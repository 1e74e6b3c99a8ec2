import { writeFileSync } from "node:fs";
import Mocha from "mocha";

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/**
 * The totals of one mocha run.
 * @typedef {object} Report
 * @property {number} failed Tests and hooks that failed.
 * @property {{ title: string, durationMs: number }[]} passed
 * @property {{ title: string, file: string }[]} pending
 */

/** Mocha's usual output, and beside it a file with the totals: the reporter option `report` names it. */
export default class ReportingSpec extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {Report} */
    const report = { failed: 0, passed: [], pending: [] };
    runner.on(EVENT_TEST_PASS, (test) => {
      report.passed.push({ title: test.fullTitle(), durationMs: test.duration ?? 0 });
    });
    runner.on(EVENT_TEST_PENDING, (test) => report.pending.push({ title: test.fullTitle(), file: test.file ?? "" }));
    runner.on(EVENT_TEST_FAIL, () => {
      report.failed++;
    });
    runner.once(EVENT_RUN_END, () => writeFileSync(options.reporterOptions.report, JSON.stringify(report)));
  }
}
