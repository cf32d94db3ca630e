// PostGraphile over the tables as they are, with its own preset: DATABASE_URL=… PORT=… node server.mjs
import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";
import { jsonPgSmartTags } from "postgraphile/utils";
import { postgraphile } from "postgraphile";

// The log has no foreign keys, since it must outlast what it tells of; the relations are told here instead.
const relations = jsonPgSmartTags({
  version: 1,
  config: {
    class: {
      events: {
        tags: { foreignKey: ["(ticket_id) references tickets (id)", "(actor_id) references users (id)"] },
      },
    },
  },
});

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [relations],
  schema: { defaultBehavior: "connection list" }, // lists beside pages, as Boucle answers last events
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, poolConfig: { max: 10 } })],
  grafserv: { graphiql: false, watch: false, websockets: false },
  grafast: { explain: false },
};

const server = createServer();
await postgraphile(preset).createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), "127.0.0.1");
