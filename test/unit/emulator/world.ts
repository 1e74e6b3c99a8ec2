import assert from "node:assert/strict";
import {
  type Behaviours,
  behaviourSettings,
  campusSeed,
  type Emulator,
  livedInSeed,
  type OperationName,
  type OrganizationConsole,
} from "../../../provider/emulator";
import { ask, call, start } from "./caller";

const { orgUuid, genea, kisi } = campusSeed.acme;
const { apiToken } = genea;
const { apiSecretKey } = kisi;

/** A lived-in emulator, seen as Acme. */
export class World {
  readonly console: OrganizationConsole;
  constructor(readonly emulator: Emulator) {
    this.console = emulator.console(orgUuid);
  }
  /** Calls an operation that must answer 200. */
  readonly ask = (name: OperationName, body: object = {}) => ask(this.emulator, name, body);
  /** The HTTP status of an operation. */
  readonly status = async (name: OperationName, body: object = {}) => (await call(this.emulator, name, body)).status;
  readonly writeOnGuard = (body: object) => this.ask("createOrUpdateHoneywellOnGuardIntegration", body);
  readonly writeFlags = (deploymentToSettingsMap: object) =>
    this.ask("updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings: { deploymentToSettingsMap } });
  readonly writeGenea = (body: object) =>
    this.ask("updateGeneaIntegrationV2", { geneaSettings: { apiToken, ...body } });
  readonly writeKisi = (body: object) =>
    this.ask("updateKisiIntegrationV2", { kisiSettings: { apiSecretKey, ...body } });
  readonly writeKisiV1 = (body: object) =>
    this.ask("updateKisiIntegration", { kisiSettings: { apiSecretKey, ...body } });
  readonly onGuard = () => this.console.onGuard()[0] ?? assert.fail();
  readonly onGuardDoors = () => Object.keys(this.onGuard().doorInfoMap);
  readonly group = () =>
    this.console.groups().find(({ uuid }) => uuid === livedInSeed.groups.engineering) ?? assert.fail();
}

/**
 * Plays calls in the lived-in seed under each setting of a behaviour. `expected` holds what `play` returns under each.
 */
export function under<Name extends keyof Behaviours>(
  name: Name,
  title: string,
  expected: Readonly<Record<`${Behaviours[Name]}`, unknown>>,
  play: (world: World) => unknown,
): void {
  for (const setting of behaviourSettings[name]) {
    it(`${name} ${setting}: ${title}`, async () => {
      const world = new World(await start({ seed: "livedIn", behaviours: { [name]: setting } }));
      assert.deepEqual(await play(world), expected[`${setting}`]);
    });
  }
}
