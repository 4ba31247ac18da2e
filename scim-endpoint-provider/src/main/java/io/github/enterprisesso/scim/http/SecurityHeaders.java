package io.github.enterprisesso.scim.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;

/**
 * Keycloak's filter (26.7, {@code DefaultSecurityHeadersProvider}) reads the media type of every request, and answers 500 when it
 * cannot be read. For such requests the headers that the filter gives REST answers are set here, and the filter is told to stay out.
 */
final class SecurityHeaders {

    private static final List<BrowserSecurityHeaders> OF_REST_ANSWERS = List.of(
            BrowserSecurityHeaders.STRICT_TRANSPORT_SECURITY,
            BrowserSecurityHeaders.X_FRAME_OPTIONS,
            BrowserSecurityHeaders.X_CONTENT_TYPE_OPTIONS,
            BrowserSecurityHeaders.REFERRER_POLICY,
            BrowserSecurityHeaders.X_ROBOTS_TAG);

    private SecurityHeaders() {}

    static Response on(Response response, KeycloakSession session, HttpHeaders request) {
        if (isReadable(request.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
            return response;
        }
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        Map<String, String> configured = session.getContext().getRealm().getBrowserSecurityHeaders();
        Response.ResponseBuilder answer = Response.fromResponse(response);
        for (BrowserSecurityHeaders header : OF_REST_ANSWERS) {
            String value = configured.getOrDefault(header.getKey(), header.getDefaultValue());
            if (!value.isEmpty()) {
                answer.header(header.getHeaderName(), value);
            }
        }
        return answer.build();
    }

    private static boolean isReadable(String mediaType) {
        try {
            return mediaType == null || MediaType.valueOf(mediaType) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
