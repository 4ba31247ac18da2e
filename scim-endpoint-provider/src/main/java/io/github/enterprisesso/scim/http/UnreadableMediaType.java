package io.github.enterprisesso.scim.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * A {@code Content-Type} that cannot be read counts as bytes of no known kind. RESTEasy would refuse the request before the
 * endpoint hears of it, and Keycloak's filter of answers (26.7, {@code DefaultSecurityHeadersProvider}), which reads the media
 * type of the request once more, would make a 500 of any answer.
 */
@Provider
@PreMatching
public class UnreadableMediaType implements ContainerRequestFilter {

    private static final String MOUNT = "/" + ScimRealmResourceProviderFactory.ID + "/";

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getUriInfo().getPath().contains(MOUNT)
                && !isReadable(request.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
        }
    }

    private static boolean isReadable(String mediaType) {
        try {
            return mediaType == null || MediaType.valueOf(mediaType) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
