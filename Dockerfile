# syntax=docker/dockerfile:1
# One image for every process: `boucle web`, `boucle worker`, `boucle migrate`, or `boucle run` for all in one.

FROM node:22-bookworm-slim AS screens
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY schema.graphql /build/
COPY frontend/ ./
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
RUN python -m venv /opt/boucle
COPY requirements/run.txt requirements/
RUN /opt/boucle/bin/pip install --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY backend/ backend/
COPY --from=screens /build/frontend/dist backend/boucle/frontend
RUN /opt/boucle/bin/pip install --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Boucle" org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --create-home boucle && install -d -o boucle /data
COPY --from=packages /opt/boucle /opt/boucle
ENV PATH="/opt/boucle/bin:$PATH" PYTHONUNBUFFERED=1
ENV BOUCLE_HOST=0.0.0.0 BOUCLE_DATA_DIR=/data
USER boucle
WORKDIR /data
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["boucle"]
CMD ["web"]
