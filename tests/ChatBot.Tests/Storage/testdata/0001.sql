CREATE TABLE incident (
    number         INTEGER PRIMARY KEY AUTOINCREMENT,
    machine        TEXT    NOT NULL,
    service        TEXT    NOT NULL, -- '' for the machine itself
    state          TEXT    NOT NULL,
    opened_at      BIGINT  NOT NULL, -- every time is in milliseconds since 1970, UTC
    closed_at      BIGINT,
    told_state     TEXT,
    tell_at        BIGINT,
    detail         TEXT,
    flapping       BIGINT  NOT NULL DEFAULT 0,
    taken_by       TEXT,
    taken_reason   TEXT,
    taken_audience TEXT,
    taken_at       BIGINT,
    taken_until    BIGINT
);
CREATE UNIQUE INDEX incident_open ON incident (machine, service) WHERE closed_at IS NULL;
CREATE INDEX incident_tell ON incident (tell_at) WHERE tell_at IS NOT NULL;

CREATE TABLE incident_event (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    incident      BIGINT NOT NULL REFERENCES incident (number),
    at            BIGINT NOT NULL,
    why           TEXT   NOT NULL,
    state         TEXT   NOT NULL,
    said_by       TEXT,
    said          TEXT,
    said_audience TEXT
);
CREATE INDEX incident_event_incident ON incident_event (incident);

CREATE TABLE machine_change (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    machine   TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    encrypted BIGINT NOT NULL,
    files     TEXT   NOT NULL, -- one a line, its first character says how it changed
    packages  TEXT   NOT NULL, -- one a line
    changelog TEXT   NOT NULL  -- one a line
);
CREATE INDEX machine_change_machine ON machine_change (machine, id);

CREATE TABLE changelog_entry (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    machine  TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    said_by  TEXT   NOT NULL,
    said     TEXT   NOT NULL,
    audience TEXT   NOT NULL
);
CREATE INDEX changelog_entry_machine ON changelog_entry (machine, id);

CREATE TABLE seen_mail (
    hash    TEXT   NOT NULL PRIMARY KEY,
    seen_at BIGINT NOT NULL,
    source  TEXT   NOT NULL,
    kind    TEXT   NOT NULL,
    outcome TEXT   NOT NULL
);

CREATE TABLE mail_attempt (
    mail     TEXT   NOT NULL PRIMARY KEY,
    attempts BIGINT NOT NULL,
    last_at  BIGINT NOT NULL
);

CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT   NOT NULL,
    target     TEXT   NOT NULL,
    audience   TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    done_at    BIGINT
);
CREATE INDEX outbox_pending ON outbox (kind, target, id) WHERE done_at IS NULL;

CREATE TABLE greeted (
    hash       TEXT   NOT NULL PRIMARY KEY,
    greeted_at BIGINT NOT NULL
);

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
