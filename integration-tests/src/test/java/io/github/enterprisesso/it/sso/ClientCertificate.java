package io.github.enterprisesso.it.sso;

import io.github.enterprisesso.it.server.TestRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A person's certificate, made by the JDK's own {@code keytool}. */
final class ClientCertificate {

    private static final String STORE_PASSWORD = "changeit";

    private ClientCertificate() {}

    /** The certificate of {@code CN=<commonName>}, as base64 DER. */
    static String of(String commonName) {
        Path store = TestRun.workDirectory().resolve("certificate-" + commonName + ".p12");
        try {
            Files.deleteIfExists(store);
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "person",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + commonName,
                            "-keystore",
                            store.toString(),
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            STORE_PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream file = Files.newInputStream(store)) {
                keys.load(file, STORE_PASSWORD.toCharArray());
            }
            return Base64.getEncoder()
                    .encodeToString(keys.getCertificate("person").getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
