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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Does the operations of a Bulk request (RFC 7644 section 3.7), each in a session and transaction of its own: what fails
 * leaves nothing behind, and what is done stays done; those that refer to each other in a circle share one. The request's own transaction has ended by then, so that a Bulk
 * request needs one database connection at a time like any other.
 */
final class Bulk {

    private static final String PATH = "/v2/Bulk";

    private final ScimContext scim;
    private final Walks walks;
    private final Observation observation;
    private final Map<String, String> ids = new HashMap<>();
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
        for (List<Integer> step : request.steps()) {
            List<BulkResult> done =
                    results(step.stream().map(request.operations()::get).toList());
            for (int i = 0; i < step.size(); i++) {
                BulkResult result = done.get(i);
                results.put(step.get(i), result);
                if (result.error() != null) {
                    firstError = firstError == null ? result : firstError;
                    errors++;
                }
            }
            if (errors >= request.failOnErrors()) {
                break;
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

    private List<BulkResult> results(List<BulkOperation> step) {
        BulkOperation only = step.get(0);
        boolean circle = step.size() > 1 || only.creates() && only.references().contains(only.bulkId());
        return circle ? circle(step) : List.of(result(only));
    }

    private BulkResult result(BulkOperation written) {
        BulkOperation operation = written;
        try {
            requireResolvable(written, Set.of());
            operation = written.resolved(ids);
            BulkOperation resolved = operation;
            Answer answer = inTransaction(session -> route(session, resolved));
            if (operation.creates()) {
                ids.put(operation.bulkId(), id(answer));
            }
            return done(operation, answer);
        } catch (RuntimeException e) {
            return BulkResult.failed(operation, location(operation), failure(e, operation));
        }
    }

    private BulkResult done(BulkOperation operation, Answer answer) {
        String version = answer.version() == null ? null : answer.version().text();
        String location = operation.creates() ? answer.location() : location(operation);
        return BulkResult.done(operation, answer.status(), location, version);
    }

    /** Resources that refer to each other (RFC 7644 section 3.7.1): all of them are made, or none. */
    private List<BulkResult> circle(List<BulkOperation> step) {
        Circle circle = new Circle(step);
        try {
            return circle.make();
        } catch (RuntimeException e) {
            return circle.failed(e);
        }
    }

    /** First each is created without what refers to those that are not there yet; then each gets the rest. */
    private final class Circle {

        private final List<BulkOperation> step;
        private final Set<String> own;
        private final Map<String, String> made = new HashMap<>(ids);

        /** What is being done; null: all is, and about to be kept. */
        private BulkOperation current;

        Circle(List<BulkOperation> step) {
            this.step = step;
            this.own = step.stream().map(BulkOperation::bulkId).collect(Collectors.toSet());
        }

        List<BulkResult> make() {
            if (step.stream().allMatch(BulkOperation::isAboutGroup)) {
                throw ScimException.conflict("The groups of the bulkIds " + new TreeSet<>(own)
                        + " refer to each other in a circle, and a group can be no member of itself, nor of a group that it"
                        + " contains. Leave one of them out.");
            }
            for (BulkOperation operation : step) {
                current = operation;
                requireResolvable(operation, own);
            }
            List<BulkResult> results = inTransaction(this::make);
            ids.putAll(made);
            return results;
        }

        private List<BulkResult> make(KeycloakSession session) {
            List<Answer> answers = new ArrayList<>();
            List<Set<String>> missing = new ArrayList<>();
            for (BulkOperation operation : step) {
                current = operation;
                Set<String> later = new HashSet<>(own);
                later.removeAll(made.keySet());
                Answer answer = route(session, operation.without(later).resolved(made));
                made.put(operation.bulkId(), id(answer));
                answers.add(answer);
                missing.add(later);
            }
            for (int i = 0; i < step.size(); i++) {
                current = step.get(i);
                Optional<BulkOperation> rest = current.completion(missing.get(i), id(answers.get(i)));
                rest.ifPresent(completion -> route(session, completion.resolved(made)));
            }
            // At the end: what completes one of them may change another, as who joins a group has it among his.
            List<BulkResult> results = new ArrayList<>();
            for (int i = 0; i < step.size(); i++) {
                current = step.get(i);
                Answer created = answers.get(i);
                Answer whole = route(session, current.reading(id(created)));
                results.add(done(current, created.with(whole.version())));
            }
            current = null;
            return results;
        }

        List<BulkResult> failed(RuntimeException e) {
            BulkOperation at = current == null ? step.get(0) : current;
            ScimException error = failure(e, at);
            ScimException others = current == null
                    ? error
                    : ScimException.conflict("The operation refers to bulkId:" + at.bulkId()
                            + " in a circle, and was taken back with it: " + error.getMessage());
            return step.stream()
                    .map(operation -> BulkResult.failed(operation, null, operation == current ? error : others))
                    .toList();
        }
    }

    private ScimException failure(RuntimeException e, BulkOperation operation) {
        return Failure.of(e, path(operation), observation.id(), scim.realm());
    }

    private static String id(Answer created) {
        return created.json().path("id").asText();
    }

    /** @param together what is made in the same step */
    private void requireResolvable(BulkOperation operation, Set<String> together) {
        for (String reference : operation.references()) {
            if (!known.contains(reference)) {
                throw ScimException.invalidValue(
                        "bulkId:" + reference, "no POST of this request has the bulkId '" + reference + "'");
            }
            if (!ids.containsKey(reference) && !together.contains(reference)) {
                throw ScimException.conflict(
                        "The operation refers to bulkId:" + reference + ", which was not created.");
            }
        }
    }

    private <T> T inTransaction(Function<KeycloakSession, T> work) {
        Effects[] effects = new Effects[1];
        T result = KeycloakModelUtils.runJobInTransactionWithResult(
                scim.session().getKeycloakSessionFactory(),
                scim.session().getContext(),
                session -> {
                    effects[0] = Effects.of(session);
                    session.setAttribute(Observation.REQUEST_ID, scim.session().getAttribute(Observation.REQUEST_ID));
                    return work.apply(session);
                },
                "SCIM Bulk operation");
        Effects.of(scim.session()).add(effects[0]);
        return result;
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
