// The groups that every implementation declares, with the same inputs.
const { BENCH_GROUPS, BENCH_MEMBERS, BENCH_CHANGED } = process.env;
const members = BENCH_MEMBERS ? { userUuids: BENCH_MEMBERS.split(",") } : {};

exports.groups = Array.from({ length: Number(BENCH_GROUPS) }, (_, index) => {
  const changed = String(index) === BENCH_CHANGED ? ", changed" : "";
  return { name: `Team ${index}`, description: `Opens what team ${index} needs${changed}`, ...members };
});
