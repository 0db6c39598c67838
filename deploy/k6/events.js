// Posts events at a steady rate, and reads summaries beside it.
//
//   RATE_LIMIT_PER_MINUTE=0 dotnet run -c Release --project src/Api
//   k6 run deploy/k6/events.js
//   k6 run -e URL=http://host:3000 -e API_KEY=… -e RATE=2000 -e BATCH=10 -e DURATION=60s -e ACCOUNTS=500 -e DUPLICATES=0.05 deploy/k6/events.js
//
// RATE is requests a second. At the end it checks, for accounts of this run alone, that the summaries have every accepted event once.
import http from 'k6/http';
import { check, sleep } from 'k6';
import { Counter, Trend } from 'k6/metrics';
import exec from 'k6/execution';

const url = (__ENV.URL || 'http://127.0.0.1:3000').replace(/\/$/, '');
const rate = Number(__ENV.RATE || 500);
const batch = Number(__ENV.BATCH || 10);
const duration = __ENV.DURATION || '30s';
const accounts = Number(__ENV.ACCOUNTS || 100);
const duplicates = Number(__ENV.DUPLICATES || 0.05);
const types = ['message_sent', 'call_made', 'form_submitted', 'login', 'custom'];
const headers = { 'Content-Type': 'application/json' };
if (__ENV.API_KEY) headers['X-API-Key'] = __ENV.API_KEY;

const accepted = new Counter('events_accepted');
const limited = new Counter('limited_429');
const retryAfter = new Trend('retry_after_seconds');

export const options = {
  scenarios: {
    post: {
      executor: 'constant-arrival-rate', exec: 'post', rate, timeUnit: '1s', duration,
      preAllocatedVUs: Math.min(200, Math.max(10, rate / 10)), maxVUs: 500,
    },
    read: { executor: 'constant-arrival-rate', exec: 'read', rate: 10, timeUnit: '1s', duration, preAllocatedVUs: 10, maxVUs: 50 },
  },
  thresholds: {
    'http_req_duration{scenario:post}': ['p(99)<20'],
    'http_req_duration{scenario:read}': ['p(99)<60'],
    'http_req_failed{scenario:post}': ['rate<0.001'],
    checks: ['rate>0.999'],
  },
};

export function setup() {
  return { run: `k6-${Date.now().toString(36)}`, from: new Date(Date.now() - 3600e3).toISOString() };
}

export function post(data) {
  const now = Date.now();
  const events = [];
  const iteration = exec.scenario.iterationInTest;
  for (let i = 0; i < batch; i++) {
    if (i > 0 && Math.random() < duplicates) {
      events.push(events[i - 1]);
      continue;
    }
    events.push({
      event_id: `${data.run}-${iteration}-${i}`,
      account_id: `${data.run}-${Math.floor(Math.random() * accounts)}`,
      user_id: `user-${Math.floor(Math.random() * 50)}`,
      type: types[Math.floor(Math.random() * types.length)],
      timestamp: new Date(now - Math.random() * 1800e3).toISOString(),
      metadata: { source: 'k6' },
    });
  }

  const response = http.post(`${url}/events`, JSON.stringify({ events }), { headers });
  if (response.status === 429) {
    limited.add(1);
    retryAfter.add(Number(response.headers['Retry-After']));
  }
  if (check(response, { 'accepted': (r) => r.status === 202 && r.json('queued') !== undefined }))
    accepted.add(new Set(events.map((event) => event.event_id)).size);
}

export function read(data) {
  const account = `${data.run}-${Math.floor(Math.random() * accounts)}`;
  const response = http.get(`${url}/accounts/${account}/summary?window=last_24h`, { headers, tags: { name: 'summary' } });
  check(response, { 'summary': (r) => r.status === 200 && r.json('as_of') !== undefined });
}

// k6 has no counters to read here, so this waits until the totals stand still and prints them: they must equal `events_accepted`.
export function teardown(data) {
  let before = -1;
  for (let i = 0; i < 60; i++) {
    const to = new Date(Date.now() + 1000).toISOString();
    let sum = 0;
    for (let account = 0; account < accounts; account++) {
      const response = http.get(`${url}/accounts/${data.run}-${account}/summary?from=${data.from}&to=${to}`, { headers, tags: { name: 'summary' } });
      sum += Object.values(response.json('totals') || {}).reduce((a, b) => a + b, 0);
    }
    if (sum === before) {
      console.log(`${sum} events of this run are in the summaries; compare with events_accepted`);
      return;
    }
    before = sum;
    sleep(1);
  }
}
