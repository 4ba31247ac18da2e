package io.github.enterprisesso.it.realm;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentExportRepresentation;

/** One RSA key for all realms of the run: making two of them took longer than the rest of a realm. */
final class SigningKey {

    private static final String PEM = generate();

    private SigningKey() {}

    /** The realm's key providers; with them Keycloak makes no keys of its own. */
    static MultivaluedHashMap<String, ComponentExportRepresentation> component() {
        MultivaluedHashMap<String, ComponentExportRepresentation> components = new MultivaluedHashMap<>();
        ComponentExportRepresentation rsa = provider("rsa");
        rsa.getConfig().putSingle("privateKey", PEM);
        components.add("org.keycloak.keys.KeyProvider", rsa);
        components.add("org.keycloak.keys.KeyProvider", provider("hmac-generated"));
        components.add("org.keycloak.keys.KeyProvider", provider("aes-generated"));
        return components;
    }

    private static ComponentExportRepresentation provider(String id) {
        ComponentExportRepresentation provider = new ComponentExportRepresentation();
        provider.setName(id);
        provider.setProviderId(id);
        provider.setConfig(new MultivaluedHashMap<>());
        provider.getConfig().putSingle("priority", "100");
        if (id.equals("hmac-generated")) {
            provider.getConfig().putSingle("algorithm", "HS512");
        }
        return provider;
    }

    private static String generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                    + "\n-----END PRIVATE KEY-----";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
