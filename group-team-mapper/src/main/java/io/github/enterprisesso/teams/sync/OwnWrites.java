package io.github.enterprisesso.teams.sync;

import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/** Keeps the mapper from answering its own writes, which come back to it as events of the same session. */
final class OwnWrites {

    private static final String DEPTH = OwnWrites.class.getName();

    private final KeycloakSession session;

    OwnWrites(KeycloakSession session) {
        this.session = session;
    }

    boolean inProgress() {
        return depth() > 0;
    }

    void during(Runnable write) {
        during(() -> {
            write.run();
            return null;
        });
    }

    <T> T during(Supplier<T> write) {
        session.setAttribute(DEPTH, depth() + 1);
        try {
            return write.get();
        } finally {
            session.setAttribute(DEPTH, depth() - 1);
        }
    }

    private int depth() {
        return session.getAttributeOrDefault(DEPTH, 0);
    }
}
