CREATE TABLE mail_thread (
    mark    TEXT   NOT NULL PRIMARY KEY, -- a hash: of an identifier, or of a subject
    thread  TEXT   NOT NULL,             -- the first mark of its first mail
    told_at BIGINT NOT NULL,
    held    BIGINT NOT NULL              -- mails since then that were not told
);
CREATE INDEX mail_thread_thread ON mail_thread (thread);
