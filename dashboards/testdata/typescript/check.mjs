// Checks dashboards against the types of @grafana/schema: the classic JSON against
// Dashboard, schema v2 against the Spec of dashboard.grafana.app/v2. Fields that the
// types do not have are errors, too.
//
//	npm ci --ignore-scripts
//	node check.mjs DIR/dashboards/*.json DIR/dashboards-v2/*.json
//
// Exit code 1: the compiler found faults, which it prints. 2: no files were given.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';

// JSON has no enumerations: their values are as good.
const plain = `
type Plain<T> = T extends string ? T | \`\${T}\`
  : T extends (infer U)[] ? Plain<U>[]
  : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
`;

// The published types of classic dashboards lack what is under these keys; Grafana reads
// it. Queries of annotations are the data source's own.
function known(dashboard) {
  for (const v of dashboard.templating?.list ?? []) {
    for (const key of ['auto', 'auto_min', 'auto_count', 'definition']) {
      delete v[key];
    }
  }
  for (const a of dashboard.annotations?.list ?? []) {
    for (const key of ['expr', 'step', 'titleFormat', 'textFormat', 'tagKeys', 'useValueForTime', 'type']) {
      delete a[key];
    }
  }
  return dashboard;
}

function source(file) {
  const dashboard = JSON.parse(readFileSync(file, 'utf8'));
  return dashboard.apiVersion
    ? `import type { Spec } from '@grafana/schema/apis/${dashboard.apiVersion}';
export const dashboard: Spec = ${JSON.stringify(dashboard.spec, null, 1)};`
    : `import type { Dashboard } from '@grafana/schema';${plain}
export const dashboard: Plain<Dashboard> = ${JSON.stringify(known(dashboard), null, 1)};`;
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('check.mjs: got no files, allowed: dashboards, classic or schema v2');
  process.exit(2);
}
const here = fileURLToPath(new URL('.', import.meta.url));
const dir = mkdtempSync(join(here, 'check-'));
try {
  const sources = files.map((file, i) => {
    const path = join(dir, `${i}-${basename(file, '.json')}.ts`);
    writeFileSync(path, source(file));
    return path;
  });
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
  const { status } = spawnSync(process.execPath, [join(here, 'node_modules/typescript/bin/tsc'), ...options, ...sources], { stdio: 'inherit' });
  process.exitCode = status === 0 ? 0 : 1;
} finally {
  rmSync(dir, { recursive: true });
}
