package io.github.enterprisesso.scim.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.context.Effects;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.BulkOperation;
import io.github.enterprisesso.scim.protocol.BulkRequest;
import io.github.enterprisesso.scim.protocol.BulkResult;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Urn;
import io.github.enterprisesso.scim.protocol.Walks;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Does the operations of a Bulk request (RFC 7644 section 3.7), each in a session and transaction of its own: what fails
 * leaves nothing behind, and what is done stays done. The request's own transaction has ended by then, so that a Bulk
 * request needs one database connection at a time like any other.
 */
final class Bulk {

    private static final String PATH = "/v2/Bulk";

    private final ScimContext scim;
    private final Walks walks;
    private final Observation observation;
    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> tried = new HashSet<>();
    private final Set<String> known = new HashSet<>();

    Bulk(ScimContext scim, Walks walks, Observation observation) {
        this.scim = scim;
        this.walks = walks;
        this.observation = observation;
    }

    static boolean isAt(String method, String path) {
        return method.equals("POST") && path.equals(PATH);
    }

    /** The results in the order of the operations, without those that {@code failOnErrors} has left undone. */
    Answer answer(BulkRequest request) {
        request.operations().stream()
                .filter(BulkOperation::creates)
                .forEach(operation -> known.add(operation.bulkId()));
        Map<Integer, BulkResult> results = new TreeMap<>();
        BulkResult firstError = null;
        int errors = 0;
        for (int number : request.order()) {
            BulkResult result = result(request.operations().get(number));
            results.put(number, result);
            if (result.error() != null) {
                firstError = firstError == null ? result : firstError;
                if (++errors >= request.failOnErrors()) {
                    break;
                }
            }
        }
        if (firstError != null) {
            observation.failure(errors + " of " + request.operations().size() + " operations failed, the first: "
                    + firstError.operation().method() + " "
                    + firstError.operation().path() + ": "
                    + firstError.error().getMessage());
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(Urn.BULK_RESPONSE);
        var list = json.putArray("Operations");
        results.values().forEach(result -> list.add(result.toJson()));
        return Answer.ok(json);
    }

    private BulkResult result(BulkOperation written) {
        BulkOperation operation = written;
        try {
            requireResolvable(written);
            operation = written.resolved(ids);
            Answer answer = answer(operation);
            String location = operation.creates() ? answer.location() : location(operation);
            if (operation.creates()) {
                ids.put(operation.bulkId(), answer.json().path("id").asText());
            }
            String version = answer.version() == null ? null : answer.version().text();
            return BulkResult.done(operation, answer.status(), location, version);
        } catch (RuntimeException e) {
            ScimException error = Failure.of(e, path(operation), observation.id(), scim.realm());
            return BulkResult.failed(operation, location(operation), error);
        } finally {
            if (written.creates()) {
                tried.add(written.bulkId());
            }
        }
    }

    private void requireResolvable(BulkOperation operation) {
        for (String reference : operation.references()) {
            if (!known.contains(reference)) {
                throw ScimException.invalidValue(
                        "bulkId:" + reference, "no POST of this request has the bulkId '" + reference + "'");
            }
            if (!ids.containsKey(reference)) {
                throw ScimException.conflict(
                        "The operation refers to bulkId:" + reference
                                + (tried.contains(reference)
                                        ? ", which was not created."
                                        : ", which refers to it in turn. Create one of them without the reference, and add it later."));
            }
        }
    }

    private Answer answer(BulkOperation operation) {
        Effects[] effects = new Effects[1];
        Answer answer = KeycloakModelUtils.runJobInTransactionWithResult(
                scim.session().getKeycloakSessionFactory(),
                scim.session().getContext(),
                session -> {
                    effects[0] = Effects.of(session);
                    session.setAttribute(Observation.REQUEST_ID, scim.session().getAttribute(Observation.REQUEST_ID));
                    return route(session, operation);
                },
                "SCIM Bulk operation");
        Effects.of(scim.session()).add(effects[0]);
        return answer;
    }

    private Answer route(KeycloakSession session, BulkOperation operation) {
        RealmModel realm = session.getContext().getRealm();
        ScimConnection connection = Optional.ofNullable(realm)
                .flatMap(same -> ScimConnection.find(same, scim.connection().id()))
                .orElseThrow(() -> ScimException.forbidden("The connection was removed in the meantime."));
        ScimContext own = new ScimContext(session, realm, connection, scim.token(), scim.baseUrl());
        // What is answered is the version alone: nobody needs the members of a group for it.
        String excluded = operation.isAboutGroup() ? "members" : null;
        return new Router(
                        own,
                        parameter -> parameter.equals("excludedAttributes") ? excluded : null,
                        Preconditions.ifMatch(operation.version()),
                        new Lists(own, walks))
                .route(operation.method(), path(operation), () -> new ResourceBody(operation.data()));
    }

    private static String path(BulkOperation operation) {
        return "/v2" + operation.path();
    }

    private String location(BulkOperation operation) {
        return scim.baseUrl() + operation.path();
    }
}
