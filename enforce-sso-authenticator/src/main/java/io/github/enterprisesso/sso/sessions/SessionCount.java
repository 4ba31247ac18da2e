package io.github.enterprisesso.sso.sessions;

/**
 * How many sessions.
 *
 * @param sessions of browsers and direct grants
 * @param offline sessions behind offline tokens
 */
public record SessionCount(long sessions, long offline) {

    static final SessionCount NONE = new SessionCount(0, 0);

    SessionCount plus(StoredSession session) {
        return session.isOffline() ? new SessionCount(sessions, offline + 1) : new SessionCount(sessions + 1, offline);
    }

    public long total() {
        return sessions + offline;
    }
}
