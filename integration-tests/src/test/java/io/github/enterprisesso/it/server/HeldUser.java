package io.github.enterprisesso.it.server;

import io.github.enterprisesso.it.client.Eventually;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A person's row in the hands of somebody else, so that who decides on the person waits; on PostgreSQL only. */
public final class HeldUser implements AutoCloseable {

    private final Deployment deployment;
    private final Connection holder;

    private HeldUser(Deployment deployment, Connection holder) {
        this.deployment = deployment;
        this.holder = holder;
    }

    /** Memberships and roles of the person can be written meanwhile: only a lock of the row itself waits. */
    public static HeldUser of(Deployment deployment, String userId) {
        try {
            Connection holder = deployment.connection();
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.execute("select id from user_entity where id = '" + userId + "' for no key update");
            }
            return new HeldUser(deployment, holder);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when so many transactions wait for a person's row. */
    public void awaitWaiting(int transactions) {
        Eventually.is(transactions + " transactions wait", () -> waiting() == transactions);
    }

    private int waiting() {
        try (Connection database = deployment.connection();
                Statement statement = database.createStatement();
                ResultSet count =
                        statement.executeQuery("select count(*) from pg_stat_activity where query ilike '%user_entity%'"
                                + " and state = 'active' and wait_event_type = 'Lock'")) {
            count.next();
            return count.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets go: who waited goes on, the first first. */
    @Override
    public void close() {
        try (holder) {
            holder.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
