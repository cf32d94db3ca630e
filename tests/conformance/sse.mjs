// The graphql-sse client: node sse.mjs URL TOKEN QUERY [VARIABLES] [HOW_MANY]
// Prints each result as a JSON line, then how the stream ended; stops by itself after HOW_MANY results.
import { createClient } from 'graphql-sse';

const [url, token, query, variables = '{}', howMany = 'Infinity'] = process.argv.slice(2);
const tell = (news) => process.stdout.write(`${JSON.stringify(news)}\n`);

const client = createClient({ url, headers: token ? { authorization: `Bearer ${token}` } : {}, retryAttempts: 0 });
let count = 0;
try {
  for await (const result of client.iterate({ query, variables: JSON.parse(variables) })) {
    tell(result);
    if (++count >= Number(howMany)) break;
  }
  tell({ end: 'complete' });
} catch (error) {
  tell({ end: error.message ?? error });
}
client.dispose();
