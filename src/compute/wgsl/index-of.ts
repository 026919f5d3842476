/** Invocations of a workgroup. */
export const groupSize = 64;

/** The head of an entry point that runs once for each `i` below `count`, a number or an expression, however `Gpu.submit` lays out the workgroups. A block follows. */
export function index(count: number | string): string {
  return `@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * ${groupSize}u + local;
  if (i < ${typeof count === "number" ? `${count}u` : count}) {
    run(i);
  }
}
fn run(i: u32)`;
}
