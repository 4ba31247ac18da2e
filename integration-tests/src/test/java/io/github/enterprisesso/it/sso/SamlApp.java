package io.github.enterprisesso.it.sso;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.keycloak.representations.idm.ClientRepresentation;

/** A SAML application of the tenant, as far as a login needs one: its request, and whether it got an assertion. */
public final class SamlApp {

    static final String ENTITY_ID = "saml-app";

    private static final String ASSERTION_CONSUMER = "http://localhost:1/saml";

    private SamlApp() {}

    public static ClientRepresentation client() {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(ENTITY_ID);
        client.setProtocol("saml");
        client.setRedirectUris(List.of(ASSERTION_CONSUMER));
        client.setAttributes(Map.of(
                "saml.client.signature",
                "false",
                "saml.force.post.binding",
                "true",
                "saml_assertion_consumer_url_post",
                ASSERTION_CONSUMER,
                "saml_idp_initiated_sso_url_name",
                ENTITY_ID,
                "saml.allow.ecp.flow",
                "true"));
        return client;
    }

    /** The application sends the browser with an AuthnRequest (HTTP redirect binding). */
    public static Page spInitiated(Tenant tenant) {
        return tenant.browser().open(endpoint(tenant, ""), Map.of("SAMLRequest", deflated(request())));
    }

    /** A program of the person's sends the AuthnRequest with his name and password (SAML ECP). */
    static Answer ecp(Tenant tenant, String username, String password) {
        String envelope = "<S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\"><S:Body>" + request()
                + "</S:Body></S:Envelope>";
        return tenant.browser()
                .withHeader("Authorization", basic(username, password))
                .post(endpoint(tenant, ""), "text/xml", envelope);
    }

    /** HTTP Basic credentials. */
    static String basic(String username, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String request() {
        return "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_"
                + UUID.randomUUID() + "\" Version=\"2.0\" IssueInstant=\""
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\" AssertionConsumerServiceURL=\""
                + ASSERTION_CONSUMER
                + "\" ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\">"
                + "<saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">" + ENTITY_ID
                + "</saml:Issuer></samlp:AuthnRequest>";
    }

    /** The person follows the link that the realm offers for the application. */
    public static Page idpInitiated(Tenant tenant) {
        return tenant.browser().open(endpoint(tenant, "/clients/" + ENTITY_ID));
    }

    /** True if the page posts a successful SAML response with an assertion to the application. */
    public static boolean hasAssertion(Page page) {
        String encoded = page.document()
                .select("form[action=" + ASSERTION_CONSUMER + "] input[name=SAMLResponse]")
                .val();
        String response = new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
        return response.contains("status:Success") && response.contains("Assertion");
    }

    private static URI endpoint(Tenant tenant, String path) {
        return URI.create(tenant.server().url() + "/realms/" + tenant.realm() + "/protocol/saml" + path);
    }

    private static String deflated(String xml) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate =
                new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            deflate.write(xml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
