CREATE TABLE lease (                  -- which of the bots on this database speaks
    name       TEXT   NOT NULL PRIMARY KEY,
    holder     TEXT   NOT NULL,       -- its machine, data folder and process; empty once released
    epoch      BIGINT NOT NULL,       -- one more with each holder
    expires_at BIGINT NOT NULL,       -- by the clock of the database
    UNIQUE (name, epoch)              -- a change of the epoch waits for the transactions that rely on it
);
INSERT INTO lease (name, holder, epoch, expires_at) VALUES ('speaker', '', 0, 0);

CREATE TABLE lease_history (
    name       TEXT   NOT NULL,
    epoch      BIGINT NOT NULL,
    holder     TEXT   NOT NULL,
    taken_at   BIGINT NOT NULL,       -- by the clock of the database
    PRIMARY KEY (name, epoch)
);
