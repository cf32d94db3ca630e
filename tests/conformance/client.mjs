// The graphql-ws client, well-behaved or not: node client.mjs CONDUCT SOCKET_URL TOKEN. Prints what happened, as JSON.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [conduct, url, token] = process.argv.slice(2);
const authorization = `Bearer ${token}`;
const FEED = 'subscription { feed { __typename } }';
const PINGS = 3;

class WithoutProtocol extends WebSocket {
  constructor(address) {
    super(address);
  }
}

const CONDUCTS = {
  stranger: { connectionParams: undefined },
  impostor: { connectionParams: { authorization: 'Bearer bcl_not_a_token' } },
  garbler: { jsonMessageReplacer: (key, value) => (key === 'type' && value === 'subscribe' ? 'subscribed' : value) },
  silent: { connectionParams: () => new Promise(() => {}) },
  twin: { generateID: () => 'twin' },
  anachronist: { webSocketImpl: WithoutProtocol },
  pinger: { keepAlive: 10 },
  polite: {},
};

let pongs = 0;
const client = createClient({
  url,
  webSocketImpl: WebSocket,
  connectionParams: { authorization },
  lazy: false,
  retryAttempts: 0,
  onNonLazyError: () => {},
  on: {
    closed: ({ code, reason }) => finish({ code, reason }),
    pong: () => ++pongs === PINGS && client.dispose(),
  },
  ...CONDUCTS[conduct],
});

function finish(end) {
  console.log(JSON.stringify(conduct === 'pinger' ? { ...end, pongs } : end));
  process.exit(0);
}

async function ask(query) {
  const answers = [];
  for await (const answer of client.iterate({ query })) answers.push(answer);
  return answers;
}

if (conduct === 'polite') {
  const answers = await ask('{ viewer { email } }');
  const wrong = await ask('{ nothingOfTheKind }').catch((errors) => errors.map(({ message }) => message));
  console.log(JSON.stringify({ answers, wrong }));
  await client.dispose();
} else {
  const sink = { next() {}, error() {}, complete() {} };
  client.subscribe({ query: FEED }, sink);
  if (conduct === 'twin') client.subscribe({ query: FEED }, sink);
}
