FROM python:3.13-slim AS build
WORKDIR /build
COPY . .
RUN pip install --no-cache-dir --prefix /install .

FROM python:3.13-slim
COPY --from=build /install /usr/local
# git tells --diff what has changed; the checkout that is mounted belongs to somebody else.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory '*' \
    && useradd --create-home relint
USER relint
WORKDIR /work
ENTRYPOINT ["relint"]
CMD ["--help"]
