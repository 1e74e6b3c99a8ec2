import * as pulumi from "@pulumi/pulumi";

/**
 * A key of another vendor as an argument. It is not secret: no answer contains it, so it must not make the answer secret.
 * @param key The key.
 */
export function vendorKey(key: pulumi.Input<string | undefined>): pulumi.Output<string | undefined> {
  return pulumi.unsecret(pulumi.output(key));
}
