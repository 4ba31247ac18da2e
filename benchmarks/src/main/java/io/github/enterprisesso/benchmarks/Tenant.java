package io.github.enterprisesso.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;

/** A realm with an application and an identity provider (another realm), through which one person signs in. */
final class Tenant {

    private static final String CALLBACK = "http://localhost/callback";

    private final String url;
    private final Client tokens;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Tenant(String url) {
        this.url = url;
        this.tokens = Client.form(url);
    }

    /** @param mode of the SSO policy; null where there is no bundle */
    static Tenant create(Server server, String name, String mode) {
        String provider = server.url() + "/realms/" + name + "-idp";
        Client master = new Client(server.url() + "/admin/realms", "application/json", masterToken(server));
        master.post("", """
                {"realm":"%s-idp","enabled":true,
                 "passwordPolicy":"hashAlgorithm(pbkdf2-sha256) and hashIterations(1)",
                 "clients":[{"clientId":"broker","secret":"broker-secret","redirectUris":["*"]}],
                 "users":[{"username":"person","email":"person@bench.test","emailVerified":true,"firstName":"Bench",
                   "lastName":"Mark","enabled":true,"credentials":[{"type":"password","value":"password"}]}]}""".formatted(name));
        master.post("", """
                {"realm":"%s","enabled":true,"roles":{"realm":[{"name":"sso-exempt"}]},
                 "clients":[{"clientId":"app","publicClient":true,"redirectUris":["%s"]}],
                 "identityProviders":[{"alias":"okta","providerId":"oidc","enabled":true,"trustEmail":true,"config":{
                   "clientId":"broker","clientSecret":"broker-secret","clientAuthMethod":"client_secret_post",
                   "defaultScope":"openid profile email","validateSignature":"true","useJwksUrl":"true","issuer":"%3$s",
                   "authorizationUrl":"%3$s/protocol/openid-connect/auth","tokenUrl":"%3$s/protocol/openid-connect/token",
                   "jwksUrl":"%3$s/protocol/openid-connect/certs"}}],
                 "users":[{"username":"owner","enabled":true,"realmRoles":["sso-exempt"],
                   "clientRoles":{"realm-management":["realm-admin"]}}]}""".formatted(name, CALLBACK, provider));
        if (mode != null) {
            master.put("/" + name + "/sso-policy", "{\"mode\":\"%s\",\"allowedProviders\":[\"okta\"]}".formatted(mode));
        }
        return new Tenant(server.url() + "/realms/" + name);
    }

    private static String masterToken(Server server) {
        return Client.form(server.url() + "/realms/master")
                .postForJson(
                        "/protocol/openid-connect/token",
                        "grant_type=password&client_id=admin-cli&username=" + Server.ADMIN + "&password="
                                + Server.PASSWORD)
                .path("access_token")
                .asText();
    }

    /** The person signs in through the provider, and the application gets his tokens. */
    JsonNode login() {
        URI end = new Browser(http, CALLBACK)
                .login(
                        URI.create(url + "/protocol/openid-connect/auth?client_id=app&response_type=code&scope=openid"
                                + "&kc_idp_hint=okta&redirect_uri=" + Client.encode(CALLBACK)),
                        "person",
                        "password");
        String code = end.getQuery().replaceAll("(?:.*&)?code=([^&]+).*", "$1");
        return tokens.postForJson(
                "/protocol/openid-connect/token",
                "grant_type=authorization_code&client_id=app&code=" + code + "&redirect_uri="
                        + Client.encode(CALLBACK));
    }

    /** The application refreshes its tokens. */
    void refresh(String refreshToken) {
        tokens.postForJson(
                "/protocol/openid-connect/token",
                "grant_type=refresh_token&client_id=app&refresh_token=" + refreshToken);
    }
}
