package io.github.enterprisesso.it.server;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The image that {@code docker/Dockerfile} builds, on a PostgreSQL container: the Maven profile {@code containers}. */
final class ContainerServer implements KeycloakServer {

    private static final int MANAGEMENT = 9000;

    private final Network network;
    private final PostgreSQLContainer database;
    private final KeycloakContainer keycloak;
    private final int port;

    private ContainerServer(Network network, PostgreSQLContainer database, KeycloakContainer keycloak, int port) {
        this.network = network;
        this.database = database;
        this.keycloak = keycloak;
        this.port = port;
    }

    static ContainerServer start(String image) {
        Network network = Network.newNetwork();
        PostgreSQLContainer database =
                new PostgreSQLContainer("postgres:15").withNetwork(network).withNetworkAliases("postgres");
        // the stand-ins of this image that are made locally log less than the published one
        database.waitingFor(Wait.forListeningPort());
        database.start();
        // One port inside and outside: the realms are identity providers of each other and call themselves by this
        // address.
        int port = FreePorts.next();
        KeycloakContainer keycloak = new KeycloakContainer(image)
                .withNetwork(network)
                .withOptimizedFlag()
                .withProductionMode()
                .withAdminUsername(ADMIN_USER)
                .withAdminPassword(ADMIN_PASSWORD)
                .withEnv("KC_DB_URL", "jdbc:postgresql://postgres:5432/" + database.getDatabaseName())
                .withEnv("KC_DB_USERNAME", database.getUsername())
                .withEnv("KC_DB_PASSWORD", database.getPassword())
                .withEnv("KC_HTTP_ENABLED", "true")
                .withEnv("KC_HTTP_PORT", Integer.toString(port))
                .withEnv("KC_HOSTNAME_STRICT", "false")
                .waitingFor(
                        Wait.forHttp("/health/ready").forPort(MANAGEMENT).withStartupTimeout(Duration.ofMinutes(5)));
        keycloak.setPortBindings(List.of(port + ":" + port));
        keycloak.start();
        return new ContainerServer(network, database, keycloak, port);
    }

    @Override
    public URI url() {
        return URI.create("http://localhost:" + port);
    }

    @Override
    public URI managementUrl() {
        return URI.create("http://localhost:" + keycloak.getMappedPort(MANAGEMENT));
    }

    @Override
    public String log() {
        return keycloak.getLogs();
    }

    @Override
    public void close() {
        keycloak.stop();
        database.stop();
        network.close();
    }
}
