package io.github.enterprisesso.benchmarks;

/** What the server has used up to now. */
interface Meter {

    Meter NONE = () -> new Reading(0, 0);

    Reading read();

    /**
     * @param cpu milliseconds of Keycloak and PostgreSQL together
     * @param statements that PostgreSQL has run
     */
    record Reading(long cpu, long statements) {

        Reading minus(Reading before) {
            return new Reading(cpu - before.cpu, statements - before.statements);
        }

        Reading plus(Reading more) {
            return new Reading(cpu + more.cpu, statements + more.statements);
        }
    }
}
