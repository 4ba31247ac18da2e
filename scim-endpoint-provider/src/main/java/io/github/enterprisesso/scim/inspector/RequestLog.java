package io.github.enterprisesso.scim.inspector;

import io.github.enterprisesso.scim.connection.ScimConnection;
import io.micrometer.core.instrument.Metrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Writes requests down behind their answers: one thread, a few batches a second, each in a transaction of its own. A request
 * pays for a place in a queue and no more. When more come than can be written, some are left out (counter
 * {@code scim.requests.unlogged}); those of the last moment before a crash are lost.
 */
public final class RequestLog {

    private static final int QUEUE = 2_000;
    private static final int BATCH = 200;
    private static final long PAUSE_MILLIS = 200;
    private static final Logger LOG = Logger.getLogger(RequestLog.class);

    private final BlockingQueue<RecordedRequest> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Map<String, Integer> sinceTrim = new HashMap<>();
    private KeycloakSessionFactory factory;
    private Thread writer;

    public void start(KeycloakSessionFactory factory) {
        this.factory = factory;
        writer = new Thread(this::run, "scim-request-log");
        writer.setDaemon(true);
        writer.start();
    }

    /** Ends the thread; what is still queued is lost. */
    public void stop() {
        if (writer != null) {
            writer.interrupt();
        }
    }

    public void add(RecordedRequest request) {
        if (!queue.offer(request)) {
            Metrics.counter("scim.requests.unlogged").increment();
        }
    }

    private void run() {
        List<RecordedRequest> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(queue.take());
                // A busy client must not cost a transaction for each request.
                Thread.sleep(PAUSE_MILLIS);
                queue.drainTo(batch, BATCH - 1);
                write(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            LOG.debug("The log of SCIM requests ends");
        }
    }

    private void write(List<RecordedRequest> batch) {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, session -> write(session, batch));
        } catch (RuntimeException e) {
            // The log must outlive a database that is away for a while.
            LOG.warnf("%d SCIM requests could not be written down: %s", batch.size(), e.getMessage());
            Metrics.counter("scim.requests.unlogged").increment(batch.size());
        }
    }

    private void write(KeycloakSession session, List<RecordedRequest> batch) {
        RecordedRequests requests = new RecordedRequests(session);
        Map<String, ScimConnection> due = new HashMap<>();
        for (RecordedRequest request : batch) {
            RealmModel realm = session.realms().getRealm(request.realmId());
            if (realm == null) {
                continue;
            }
            ScimConnection.find(realm, request.connectionId()).ifPresent(connection -> {
                requests.add(request);
                int written = sinceTrim.merge(connection.id(), 1, Integer::sum);
                if (written >= Math.max(1, connection.requestLogRows() / 10)) {
                    due.put(connection.id(), connection);
                }
            });
        }
        due.forEach((id, connection) -> {
            requests.trim(connection);
            sinceTrim.remove(id);
        });
    }
}
