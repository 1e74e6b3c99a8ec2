import {
  type AccessCase,
  access,
  atNorth,
  banned,
  byG,
  condition,
  eng,
  engineers,
  from,
  grant,
  group,
  north,
  showsEachOf,
  unbanned,
  weekly,
} from "./grants";
import { UNKNOWN } from "./plans";

/** A grant of one person at the door of the revocation. */
const own = (user: string) => condition("Own", { doors: ["north"], users: [user] });

/** Ada, who leaves the group that a revocation names. */
const leaving = group({ userUuids: ["ada", "ben"] }, { userUuids: ["ben"] });
const regained = `Regains access: \`ada\`, who leaves ${engineers}: \`North\`, always, ${unbanned}`;

const cases: Readonly<Record<string, AccessCase>> = {
  "members who join a group that grants and revocations name, and who leave it": [
    [group({ userUuids: ["ada", "ben"] }, { userUuids: ["ben", "eve"] })],
    access({ grants: [atNorth("Old"), condition("Other", { doors: ["south"], users: ["ada"] })], revocations: banned }),
    `Gains access: \`eve\`, who joins ${engineers}: \`North\`, always, by the access grant \`Old\``,
    `Loses access: \`ada\`, who leaves ${engineers}: \`North\`, always, by the access grant \`Old\``,
    `Kept out: \`eve\`, who joins ${engineers}: \`North\`, always, by the access revocation \`Ban\``,
  ],
  "members who leave a group, and are in another one that opens the same": [
    [group({ userUuids: ["ada", "ben", "eve"] }, { userUuids: [] })],
    access({
      grants: [
        atNorth("Old"),
        atNorth("Other", { groups: ["staff"] }),
        condition("Own", { doors: ["north"], users: ["eve"] }),
      ],
      members: new Map([["staff", new Set(["ada"])]]),
    }),
    `Loses access: \`ben\`, who leaves ${engineers}: \`North\`, always, by the access grant \`Old\``,
    `Keeps access: \`ada\`, who leaves ${engineers}: \`North\`, always, by the access grant \`Other\``,
    `Keeps access: \`eve\`, who leaves ${engineers}: \`North\`, always, by the access grant \`Own\``,
  ],
  "a group of whose members one keeps the access": [
    [grant({ ...north, ...eng, always: true }, undefined)],
    access({ grants: [atNorth("G"), condition("Own", { doors: ["north"], users: ["ada"] })] }),
    `Loses access: ${engineers} (2 people): \`North\`, always, ${byG}; a part of it may be kept in another way`,
  ],
  "the loss of a group whose members could not be read, or that has none": [
    [grant({ ...north, groupUuids: ["eng", "none"], always: true }, undefined)],
    access({
      grants: [atNorth("G", { groups: ["eng", "none"] }), atNorth("Own", { groups: [], users: ["ada", "ben"] })],
      members: new Map([["none", new Set()]]),
    }),
    `Loses access: ${engineers} and the group \`none\` (not found in Rhombus): \`North\`, always, ${byG}`,
  ],
  "members of a shared group, of whom others stay": [
    [group({ userUuids: ["ada"], membership: "additive" }, { userUuids: ["eve"], membership: "additive" })],
    access({ grants: [atNorth("Old")] }),
    `Gains access: \`eve\`, who joins ${engineers}: \`North\`, always, by the access grant \`Old\``,
    `Loses access: \`ada\`, who leaves ${engineers}: \`North\`, always, by the access grant \`Old\``,
  ],
  "members beside those that the plan does not show, and no loss of others": [
    [group({ userUuids: ["ada", "ben"] }, { userUuids: [UNKNOWN, "eve"] })],
    access({ grants: [atNorth("Old")] }),
    `Gains access: \`eve\`, who joins ${engineers}: \`North\`, always, by the access grant \`Old\``,
  ],
  "members of a group whose members were secret": [
    [group({ userUuids: "[secret]" }, { userUuids: ["ada"] })],
    access({ grants: [atNorth("Old")] }),
    `Loses access: \`ben\`, who leaves ${engineers}: \`North\`, always, by the access grant \`Old\``,
  ],
  "no number of people of a shared group whose members could not be read": [
    [
      group({ membership: "additive" }, { userUuids: ["eve"], membership: "additive" }),
      grant(undefined, { ...north, ...eng, always: true }),
    ],
    access({ members: new Map() }),
    `Gains access: ${engineers}: \`North\`, always, ${byG}`,
  ],
  "members of a group that is not shared any more, who are in it only in Rhombus": [
    [group({ userUuids: ["ada"], membership: "additive" }, { userUuids: ["ada"] })],
    access({ revocations: banned, grants: [own("ben")], scheduleOf: new Map([["Own", "day"]]) }),
    `Regains access: \`ben\`, who leaves ${engineers}: \`North\`, weekdays 07:00 to 18:00, ${unbanned}`,
  ],
  "members of a group that was not managed before": [
    [group({}, { userUuids: ["eve"] })],
    access({ grants: [atNorth("Old")] }),
    `Gains access: \`eve\`, who joins ${engineers}: \`North\`, always, by the access grant \`Old\``,
    `Loses access: \`ada\` and \`ben\`, who leave ${engineers}: \`North\`, always, by the access grant \`Old\``,
  ],
  "members of a group that a grant of guests names": [
    [group({ userUuids: ["ada"] }, { userUuids: ["ada", "eve"] })],
    access({ grants: [atNorth("Visit")], guestGrants: [atNorth("Visit")] }),
    `Gains access: \`eve\`, who joins ${engineers}: \`North\`, always, by the access grant \`Visit\``,
  ],
  "a group that is taken over: its members stay, and gain as well what it gains": [
    [
      group(undefined, { name: "ENGINEERS", userUuids: ["ada", "eve", "kim"], adopt: true }),
      grant(undefined, { accessControlledDoorUuids: ["south"], ...eng, always: true }),
    ],
    access({ grants: [atNorth("Old")] }),
    `Gains access: ${engineers} (4 people): \`South\`, always, ${byG}`,
    `Gains access: \`eve\` and \`kim\`, who join ${engineers}: \`North\`, always, by the access grant \`Old\``,
    `Gains access: \`eve\` and \`kim\`, who join ${engineers}: \`South\`, always, ${byG}`,
  ],
  "a deleted group": [
    [group({ userUuids: ["ada", "ben"] }, undefined)],
    access({ grants: [atNorth("Old")], revocations: banned }),
    `Loses access: ${engineers} (2 people): \`North\`, always, by the access grant \`Old\``,
  ],
  "a deleted group whose members were not managed": [
    [group({}, undefined)],
    access({ revocations: banned, grants: [own("ada")] }),
    `Regains access: ${engineers} (2 people): \`North\`, always, ${unbanned}`,
  ],
  "nothing regained by who has no grant at the door, or no grant at the times of the revocation": [
    [leaving],
    access({
      revocations: [condition("Ban", { doors: ["north"], groups: ["eng"] })],
      grants: [own("eve"), condition("South", { doors: ["south"], users: ["ada"] }), own("ada")],
      scheduleOf: new Map([
        ["Ban", "night"],
        ["Own", "day"],
      ]),
      schedules: {
        times: new Map([
          ["day", weekly("07:00", "18:00")],
          ["night", weekly("20:00", "22:00")],
        ]),
        names: new Map(),
        isComplete: true,
      },
    }),
  ],
  "what may be regained by a group that has no members yet": [
    [group({}, undefined)],
    access({ revocations: banned, members: new Map([["eng", new Set()]]) }),
    `Regains access: ${engineers} (0 people): \`North\`, always, ${unbanned}`,
  ],
  "what is regained by a grant of a label": [
    [leaving],
    access({ revocations: banned, grants: [condition("Own", { labels: ["Gates"], users: ["ada"] })] }),
    regained,
  ],
  "what may be regained by a grant of guests": [
    [leaving],
    access({ revocations: banned, grants: [own("ada")], guestGrants: [own("ada")] }),
    regained,
  ],
  "what may be regained if labels could not be read": [
    [leaving],
    access({ revocations: banned, doorsByLabel: undefined }),
    regained,
  ],
  "what may be regained by a group whose members could not be read": [
    [leaving],
    access({ revocations: banned, grants: [condition("Other", { groups: ["staff"] })] }),
    regained,
  ],
  "what may be regained by a grant in an unknown schedule": [
    [leaving],
    access({ revocations: banned, grants: [own("ada")] }, { Own: "gone" }),
    regained,
  ],
  "what may be regained by a grant whose people the plan does not show": [
    [leaving, grant(undefined, { ...north, userUuids: [UNKNOWN], always: true })],
    access({ revocations: banned }),
    regained,
  ],
  "a group that is replaced in a revocation, which names the old one only": [
    [
      group({ userUuids: ["ada"] }, {}, { op: "replace" }),
      grant({ ...north, ...eng, always: true }, { ...north, groupUuids: [UNKNOWN], always: true }, from(["eng"], [])),
    ],
    access({ grants: [atNorth("G")], revocations: banned }),
    `Gains access: the new group \`Engineers\` (0 people): \`North\`, always, ${byG}; presumably, because the plan does not show new ids`,
    `Regains access: ${engineers} (1 person): \`North\`, always, ${unbanned}`,
  ],
};

describe("review, about who may open which door by a group", () => {
  showsEachOf(cases);
});
