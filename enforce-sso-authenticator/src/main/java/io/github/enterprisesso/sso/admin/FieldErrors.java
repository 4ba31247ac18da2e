package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.settings.SettingsCheck.Complaint;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.representations.idm.ErrorRepresentation;

/** A 400 in Keycloak's own form: one message, and one error for each field. */
final class FieldErrors {

    private FieldErrors() {}

    static Response badRequest(String message, List<Complaint> complaints) {
        ErrorRepresentation error = new ErrorRepresentation();
        error.setErrorMessage(message);
        error.setErrors(complaints.stream()
                .map(complaint -> new ErrorRepresentation(complaint.field(), complaint.message(), null))
                .toList());
        return Response.status(Response.Status.BAD_REQUEST)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(error)
                .build();
    }
}
