import * as pulumi from "@pulumi/pulumi";
import { environmentSecrets } from "./rhombus/redaction/environmentSecrets";
import { plainText } from "./rhombus/redaction/plainText";
import { Redactor } from "./rhombus/redaction/redactor";

/**
 * The one way by which this package shows something in the process of a program: on one line, without the secrets of the
 * environment and without characters that do not show.
 */
export const programLog = {
  /**
   * Warns the user.
   * @param message What of.
   */
  warn(message: string): void {
    void pulumi.log.warn(shown(message));
  },

  /**
   * Tells the user something.
   * @param message What.
   */
  info(message: string): void {
    void pulumi.log.info(shown(message));
  },
};

function shown(message: string): string {
  const redactor = new Redactor();
  redactor.add(...environmentSecrets(process.env));
  return plainText(redactor.redact(message));
}
