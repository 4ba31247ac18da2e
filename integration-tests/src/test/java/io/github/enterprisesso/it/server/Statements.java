package io.github.enterprisesso.it.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Counts the SQL statements that reach PostgreSQL, by its extension {@code pg_stat_statements}. */
public final class Statements {

    private static final int RUNS = 3;

    /** The extension puts a parameter where a constant stood, or leaves it. */
    private static final String VALUE = "(?:\\$\\d+|'[^']*'|\\btrue\\b|\\bfalse\\b|(?<![\\w.])\\d+(?![\\w.]))";

    /** How long a list of values is does not make it another statement. Possessive: a long list would fill the stack. */
    private static final Pattern VALUES =
            Pattern.compile(VALUE + "(?: /\\*, \\.\\.\\. \\*/)?(?:\\s*,\\s*" + VALUE + ")*+");

    /**
     * Read is what requests ask, without the brackets of their transactions; not what the nodes do of their own accord
     * every few seconds, on a slow machine in each of the runs: finding each other, ending exemptions.
     */
    private static final String CALLS = """
            select query, calls from pg_stat_statements
             where query not like '%pg_stat_statements%' and query not like '%JGROUPSPING%' and query not like '%.UNTIL_AT<=%'
               and query not in ('BEGIN', 'COMMIT', 'ROLLBACK') and query not like 'SET LOCAL %'
            """;

    private final DataSource database;

    private Statements(DataSource database) {
        this.database = database;
    }

    static Statements of(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create extension if not exists pg_stat_statements");
            return new Statements(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often which statement is sent by work that can be repeated. The first run, which fills caches, does not count. */
    public Map<String, Long> of(Runnable work) {
        work.run();
        return of(work, RUNS);
    }

    /**
     * The same without a first run that does not count. Of the runs, each statement's least counts, so that what the
     * server does of its own accord at times stays out.
     *
     * @param runs at least 2
     */
    public Map<String, Long> of(Runnable work, int runs) {
        Map<String, Long> least = once(work);
        for (int run = 1; run < runs; run++) {
            Map<String, Long> again = once(work);
            least.keySet().retainAll(again.keySet());
            least.replaceAll((statement, calls) -> Math.min(calls, again.get(statement)));
        }
        return least;
    }

    private Map<String, Long> once(Runnable work) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_stat_statements_reset()");
            work.run();
            Map<String, Long> calls = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery(CALLS)) {
                while (rows.next()) {
                    calls.merge(VALUES.matcher(rows.getString(1)).replaceAll("?"), rows.getLong(2), Long::sum);
                }
            }
            return calls;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
