import { operationsIn, succeeded } from "../server/operation";
import type { Domain } from "./domain";

/** The rights that a role can have, without the placeholder `UNKNOWN`. */
const FUNCTIONALITIES = [
  "DEVICE_ADMINISTRATION",
  "ORG_ADMINISTRATION",
  "AUTH_ADMINISTRATION",
  "FIRMWARE_ADMINISTRATION",
  "DOOR_ACCESS_ADMINISTRATION",
  "CAMERA_ADMINISTRATION",
  "REGISTER_DEVICES",
  "DELETE_DEVICES",
  "LOCATION_ADMINISTRATION",
  "POLICY_ADMINISTRATION",
  "USER_ADMINISTRATION",
  "REPORT_ADMINISTRATION",
  "NOTIFICATION_ADMINISTRATION",
  "LICENSE_ADMINISTRATION",
  "RECEIVE_EMAILS",
  "MANAGE_FACES",
  "MANAGE_LICENSEPLATES",
  "API_ADMINISTRATION",
  "INTEGRATION_ADMINISTRATION",
  "DATA_EXFILTRATION",
  "ALERT_MONITORING_ADMINISTRATION",
  "ALERT_MONITORING_VIEWONLY",
  "GUEST_MANAGEMENT_ADMINISTRATION",
  "GUEST_MANAGEMENT_VIEWONLY",
  "CLIP_MANAGEMENT",
  "VIEW_SAVED_VIDEO",
  "VIEW_AND_MANAGE_SAVED_VIDEO",
  "CLLM_ADMINISTRATION",
] as const;

const operations = [
  operationsIn("/api/permission")({
    name: "getPermissionsForCurrentUser",
    handle: ({ organization, caller: { readOnly } }) => {
      const { cameras, locations } = organization.seed;
      const accessTo = (objects: readonly { readonly uuid: string }[]) => {
        return Object.fromEntries(objects.map(({ uuid }) => [uuid, readOnly ? "READONLY" : "ADMIN"]));
      };
      return {
        ...succeeded,
        superAdmin: !readOnly,
        installer: false,
        permissionGroupName: readOnly ? "Auditors" : "Super Admin",
        functionalityList: FUNCTIONALITIES.filter((each) => !readOnly || /^VIEW_S|_VIEWONLY$/.test(each)),
        assignablePermissionGroups: [],
        deviceAccessMap: accessTo(cameras),
        accessMap: accessTo(cameras),
        locationAccessMap: accessTo(locations),
        accessControlLocationAccessMap: accessTo(locations),
        locationGranularAccessMap: {},
      };
    },
  }),
];

/** The rights of API keys, which no operation changes. */
export const permissions = { operations } satisfies Domain;
