package io.github.enterprisesso.scim.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.context.Effects;
import io.github.enterprisesso.scim.inspector.RecordedRequest;
import io.github.enterprisesso.scim.inspector.Redaction;
import io.github.enterprisesso.scim.inspector.RequestLog;
import io.github.enterprisesso.scim.token.ScimToken;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.keycloak.common.util.Time;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.tracing.TracingProvider;

/**
 * What one request leaves behind for those who run the service: a trace span, the timer {@code scim.requests}, the counter
 * {@code scim.members.changed}, and a row for the inspector. The answer carries the request's id as {@code X-Request-Id}.
 */
final class Observation {

    private static final Set<String> RESOURCES =
            Set.of("Users", "Groups", "ServiceProviderConfig", "ResourceTypes", "Schemas", "Bulk", "Me", ".search");

    private static final List<String> PARAMETERS = List.of(
            "filter",
            "startIndex",
            "count",
            "cursor",
            "attributes",
            "excludedAttributes",
            "sortBy",
            "sortOrder",
            "membersStartIndex",
            "membersCount",
            "membersCursor");

    /** Session attribute: the request's id, for whoever tells of what the request has caused. */
    static final String REQUEST_ID = "scim.request_id";

    private final String id = UUID.randomUUID().toString();
    private final Instant receivedAt = Instant.ofEpochMilli(Time.currentTimeMillis());
    private final long begin = System.nanoTime();
    private final KeycloakSession session;
    private final RealmModel realm;
    private final RequestLog log;
    private final String method;
    private final String path;
    private ScimConnection connection;
    private ScimToken token;
    private JsonNode body;
    private String detail;

    /** @param path below the mount point: {@code /v2/Users/…} */
    Observation(KeycloakSession session, RequestLog log, String method, String path) {
        this.session = session;
        session.setAttribute(REQUEST_ID, id);
        this.realm = session.getContext().getRealm();
        this.log = log;
        this.method = method;
        this.path = path;
    }

    String id() {
        return id;
    }

    /** Who asks; also when he is refused for it. */
    void caller(ScimConnection connection, ScimToken token) {
        this.connection = connection;
        this.token = token;
    }

    void body(JsonNode body) {
        this.body = body;
    }

    /** Why it failed; or, of a Bulk request that is answered 200, what of it has. */
    void failure(String detail) {
        this.detail = detail;
    }

    Response of(Supplier<Response> exchange) {
        String resource = resource();
        return session.getProvider(TracingProvider.class)
                .trace("io.github.enterprisesso.scim", "SCIM " + method + " " + resource, span -> {
                    Response response = exchange.get();
                    int status = response.getStatus();
                    describe(span, resource, status);
                    measure(resource, status);
                    if (connection != null && connection.logs(detail == null ? status : Math.max(status, 400))) {
                        log.add(record(status));
                    }
                    return Response.fromResponse(response)
                            .header("X-Request-Id", id)
                            .build();
                });
    }

    private String resource() {
        String[] segments = path.split("/");
        return segments.length > 2 && RESOURCES.contains(segments[2]) ? segments[2] : "other";
    }

    void describe(Span span, String resource, int status) {
        span.setAttribute("scim.request_id", id)
                .setAttribute("scim.realm", realm.getName())
                .setAttribute("scim.resource", resource)
                .setAttribute("scim.status", status);
        if (connection != null) {
            span.setAttribute("scim.connection", connection.name());
        }
        if (status >= 500) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    private void measure(String resource, int status) {
        Timer.builder("scim.requests")
                .description("SCIM requests and how long they took")
                .tags(
                        "realm",
                        realm.getName(),
                        "resource",
                        resource,
                        "method",
                        method,
                        "status",
                        Integer.toString(status))
                .register(Metrics.globalRegistry)
                .record(duration());
        if (status < 400) {
            count("added", OperationType.CREATE);
            count("removed", OperationType.DELETE);
        }
    }

    private void count(String change, OperationType operation) {
        int members = Effects.of(session).count(operation, ResourceType.GROUP_MEMBERSHIP);
        if (members > 0) {
            Metrics.counter("scim.members.changed", "realm", realm.getName(), "change", change)
                    .increment(members);
        }
    }

    private Duration duration() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private RecordedRequest record(int status) {
        String below = path.startsWith("/v2") ? path.substring(3) : path;
        return new RecordedRequest(
                id,
                realm.getId(),
                connection.id(),
                receivedAt,
                duration(),
                method,
                Redaction.path(below, session.getContext().getUri().getQueryParameters(), PARAMETERS),
                status,
                Redaction.line(token.prefix()),
                session.getContext().getConnection().getRemoteHost(),
                status < 400 ? Effects.of(session).text() : null,
                Redaction.line(detail),
                Redaction.body(body));
    }
}
