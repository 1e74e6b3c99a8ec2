import * as pulumi from "@pulumi/pulumi";
import { environmentSecrets } from "./rhombus/redaction/environmentSecrets";
import { plainText } from "./rhombus/redaction/plainText";
import { Redactor } from "./rhombus/redaction/redactor";

/** Writes messages from the process of a program. Each is one line, without secrets of the environment and without invisible characters. */
export const programLog = {
  /**
   * Warns the user.
   * @param message The warning.
   */
  warn(message: string): void {
    void pulumi.log.warn(shown(message));
  },

  /**
   * Informs the user.
   * @param message The message.
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
