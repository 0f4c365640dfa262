ALTER TABLE incident ADD COLUMN part TEXT NOT NULL DEFAULT ''; -- which of the service's checks; '' for what was stored before, and where there is one alone
ALTER TABLE incident ADD COLUMN part_name TEXT NOT NULL DEFAULT ''; -- what people call it
ALTER TABLE incident ADD COLUMN part_audience TEXT NOT NULL DEFAULT 'root'; -- that may read the name
DROP INDEX incident_open;
CREATE UNIQUE INDEX incident_open ON incident (machine, service, part) WHERE closed_at IS NULL;

ALTER TABLE check_history RENAME TO check_history_before;
CREATE TABLE check_history (
    machine    TEXT   NOT NULL,
    service    TEXT   NOT NULL, -- '' for the machine itself
    part       TEXT   NOT NULL, -- which of the service's checks
    states     TEXT   NOT NULL, -- the last ones, a letter each, the oldest first
    last_at    BIGINT NOT NULL, -- when the last of them was heard
    flapping   BIGINT NOT NULL, -- 1 while the check changes too often, by our own count
    suppressed BIGINT NOT NULL, -- changes since then that were not announced
    ends_at    BIGINT,          -- when it is stable again if nothing more comes
    PRIMARY KEY (machine, service, part)
);
INSERT INTO check_history (machine, service, part, states, last_at, flapping, suppressed, ends_at)
    SELECT machine, service, '', states, last_at, flapping, suppressed, ends_at FROM check_history_before;
DROP TABLE check_history_before;
CREATE INDEX check_history_end ON check_history (ends_at) WHERE flapping = 1;
