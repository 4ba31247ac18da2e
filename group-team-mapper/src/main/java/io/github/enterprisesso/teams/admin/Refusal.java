package io.github.enterprisesso.teams.admin;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.keycloak.representations.idm.ErrorRepresentation;
import org.keycloak.services.ErrorResponseException;

/** Answers that say what is wrong with which field. */
final class Refusal {

    private Refusal() {}

    static ErrorResponseException field(String field, String message) {
        return fields(Map.of(field, message));
    }

    static ErrorResponseException fields(Map<String, String> messages) {
        List<ErrorRepresentation> errors = messages.entrySet().stream()
                .map(entry -> new ErrorRepresentation(entry.getKey(), entry.getValue(), null))
                .toList();
        return answer(Response.Status.BAD_REQUEST, errors.get(0).getErrorMessage(), errors);
    }

    static ErrorResponseException conflict(String message) {
        return answer(Response.Status.CONFLICT, message, null);
    }

    static ErrorResponseException notFound(String what) {
        return answer(Response.Status.NOT_FOUND, what + " not found", null);
    }

    private static ErrorResponseException answer(
            Response.Status status, String message, List<ErrorRepresentation> errors) {
        ErrorRepresentation body = new ErrorRepresentation();
        body.setErrorMessage(message);
        body.setErrors(errors);
        return new ErrorResponseException(Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build());
    }
}
