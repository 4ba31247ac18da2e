package io.github.enterprisesso.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** The distribution on a database: the first node, and further ones of the same cluster. */
public final class Deployment implements AutoCloseable {

    /** The database of the nodes. */
    public static final String MAIN = "postgres";

    private final Path directory;
    private final Database database;
    private final Installation installation;
    private final KeycloakServer first;
    private int nodes;

    private Deployment(Path directory, Database database, Installation installation) {
        this.directory = directory;
        this.database = database;
        this.installation = installation;
        this.first = anotherNode();
    }

    static Deployment start() {
        String kind = TestRun.database();
        Path directory = TestRun.workDirectory().resolve("servers").resolve(kind.toLowerCase());
        try {
            Installation.deleteIfExists(directory);
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Database database = Database.start(kind, directory);
        Installation installation = Installation.create(
                directory.resolve("keycloak"),
                TestRun.distribution(),
                TestRun.bundle(),
                database,
                directory.resolve("build.log"));
        return new Deployment(directory, database, installation);
    }

    KeycloakServer first() {
        return first;
    }

    /**
     * Starts one more node on the same database; on PostgreSQL the nodes form a cluster. The caller closes it.
     *
     * @param options that the other nodes do not have, as for {@code kc.sh start}
     */
    public KeycloakServer anotherNode(String... options) {
        return LocalServer.start(
                installation, database, directory.resolve("node-" + ++nodes + ".log"), List.of(options));
    }

    /** Ends a node as {@code kill -9} does, whatever it is doing. */
    void kill(KeycloakServer node) {
        ((LocalServer) node).kill();
    }

    /** Straight to the database, past the nodes; on PostgreSQL only. */
    Connection connection() throws SQLException {
        return postgreSql().dataSource(MAIN).getConnection();
    }

    /** What {@code kc.sh export} writes of a realm while the nodes run; on PostgreSQL only, as a file has one process. */
    public String export(String realm) {
        Path file = exported(realm);
        kc(MAIN, "export", "--realm=" + realm, "--file=" + file);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings what {@link #export} wrote into a new database by {@code kc.sh import}; answers the database's name. */
    public String importIntoNewDatabase(String realm) {
        String name = "imported_" + realm.replace('-', '_');
        execute("create database " + name);
        kc(name, "import", "--file=" + exported(realm));
        return name;
    }

    private Path exported(String realm) {
        return directory.resolve(realm + ".json");
    }

    private void kc(String databaseName, String command, String... options) {
        Path log = directory.resolve(command + ".log");
        List<String> arguments = new ArrayList<>(List.of(command, "--optimized"));
        arguments.addAll(List.of(options));
        arguments.addAll(postgreSql().options(databaseName));
        try {
            if (installation.kc(arguments, log).waitFor() != 0) {
                throw new IllegalStateException("kc.sh " + command + " failed:\n" + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The rows that a query finds in a database, each as its columns joined by a bar; on PostgreSQL only. */
    public List<String> rows(String databaseName, String sql) {
        try (Connection connection = postgreSql().dataSource(databaseName).getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                StringJoiner row = new StringJoiner("|");
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(found.getString(column));
                }
                rows.add(row.toString());
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /**
     * How many rows of a realm each of the bundle's tables holds, by table name; on PostgreSQL alone, because the embedded
     * database belongs to the server's process.
     */
    public Map<String, Integer> rowsOf(String realmId) {
        Map<String, Integer> rows = new TreeMap<>();
        try (Connection connection = postgreSql().dataSource(MAIN).getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery(
                    "select table_name from information_schema.columns where column_name = 'realm_id'"
                            + " and (table_name like 'scim\\_%' or table_name like 'team\\_%' or table_name like 'sso\\_%')")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet count = statement.executeQuery(
                        "select count(*) from " + table + " where realm_id = '" + realmId + "'")) {
                    count.next();
                    rows.put(table, count.getInt(1));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes the database behind the nodes' backs; on PostgreSQL only. Their caches do not notice. */
    public void execute(String sql) {
        try (Connection connection = postgreSql().dataSource(MAIN).getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** What the nodes ask of the database; on PostgreSQL only. */
    public Statements statements() {
        return Statements.of(postgreSql().dataSource(MAIN));
    }

    private Database.PostgreSql postgreSql() {
        if (database instanceof Database.PostgreSql postgreSql) {
            return postgreSql;
        }
        throw new IllegalStateException("Only PostgreSQL lets a second process look at its tables");
    }

    @Override
    public void close() {
        first.close();
        database.close();
    }
}
