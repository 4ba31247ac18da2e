package io.github.enterprisesso.scim.admin;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.representations.idm.ErrorRepresentation;

/** Keycloak's error JSON with one message per field. */
final class Refusal {

    private Refusal() {}

    /** 400, or 409 when the name is taken. */
    static WebApplicationException fields(int status, Map<String, String> fields) {
        List<ErrorRepresentation> errors = new ArrayList<>();
        fields.forEach((field, message) -> errors.add(new ErrorRepresentation(field, message, null)));
        ErrorRepresentation body = new ErrorRepresentation();
        body.setErrorMessage(
                fields.size() == 1
                        ? errors.get(0).getField() + " " + errors.get(0).getErrorMessage()
                        : "Several fields are wrong");
        body.setErrors(errors);
        return new WebApplicationException(Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build());
    }
}
