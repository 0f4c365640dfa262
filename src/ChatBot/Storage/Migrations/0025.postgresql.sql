CREATE TABLE mail_order (             -- mails that ask for something, until they are answered
    mail       TEXT   NOT NULL PRIMARY KEY, -- SHA-256 of its bytes
    arrived_at BIGINT NOT NULL,
    address    TEXT   NOT NULL,       -- of the people file: who it says that it is from
    message_id TEXT   NOT NULL,       -- with its angle brackets; empty where it has none to refer to
    subject    TEXT   NOT NULL,
    thread     TEXT   NOT NULL,       -- hash of the first mail that it goes back to
    refusal    TEXT   NOT NULL,       -- why it proves nothing, by its look; empty where that is to be found out
    content    TEXT   NOT NULL        -- Base64; empty where it is refused already
);

CREATE TABLE mail_mark (              -- what mails have used up
    mark       TEXT   NOT NULL PRIMARY KEY, -- what it is, then a hash
    marked_at  BIGINT NOT NULL
);
CREATE INDEX mail_mark_time ON mail_mark (marked_at);
