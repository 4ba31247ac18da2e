package io.github.enterprisesso.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Users and groups written straight into Keycloak's tables, as no API does 100,000 in useful time: user {@code n} is called
 * {@code user-n@bench.test}, has three attributes and the realm's default role, and is provisioned by the connection. His external
 * id is where our connection looks for it, and once more where Keycloak's own SCIM API does.
 *
 * @param ids of all users, by number
 * @param largeGroup one with many members; there are 199 empty ones besides
 */
record Seed(List<String> ids, List<String> members, String largeGroup) {

    static Seed plant(
            Connection database, String realm, String connection, String parentGroup, int users, int membersOfTheLarge)
            throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(
                    "insert into user_entity (id, email, email_constraint, email_verified, enabled, first_name,"
                            + " last_name, realm_id, username, created_timestamp, last_modified_timestamp, not_before)"
                            + " select gen_random_uuid()::text, n, n, true, true, 'Bench', 'Mark', '" + realm
                            + "', n, 1700000000000, 1700000000000, 0"
                            + " from (select 'user-' || lpad(i::text, 7, '0') || '@bench.test' as n"
                            + " from generate_series(0, " + (users - 1) + ") i) names");
            statement.execute("insert into user_attribute (id, name, value, user_id)"
                    + " select gen_random_uuid()::text, a.name, a.name || ' of ' || u.username, u.id from user_entity u"
                    + " cross join (values ('department'), ('title'), ('costCenter')) a(name)"
                    + " where u.realm_id = '" + realm + "' and u.username like 'user-%'");
            statement.execute("insert into user_attribute (id, name, value, user_id)"
                    + " select gen_random_uuid()::text, 'externalId', 'ext-' || u.username, u.id from user_entity u"
                    + " where u.realm_id = '" + realm + "' and u.username like 'user-%'");
            statement.execute("insert into user_role_mapping (role_id, user_id) select r.default_role, u.id"
                    + " from user_entity u join realm r on r.id = u.realm_id"
                    + " where u.realm_id = '" + realm + "' and u.username like 'user-%'");
            statement.execute("insert into scim_user (user_id, realm_id, connection_id, external_id, user_name, email)"
                    + " select u.id, u.realm_id, '" + connection + "', 'ext-' || u.username, u.username, u.email"
                    + " from user_entity u where u.realm_id = '" + realm + "' and u.username like 'user-%'");
            statement.execute("insert into keycloak_group (id, name, parent_group, realm_id, type, created_timestamp,"
                    + " last_modified_timestamp) select gen_random_uuid()::text, 'group-' || i, '" + parentGroup
                    + "', '" + realm + "', 0, 1700000000000, 1700000000000 from generate_series(0, 199) i");
            statement.execute("insert into group_attribute (id, name, value, group_id)"
                    + " select gen_random_uuid()::text, 'scim.connection', '" + connection
                    + "', id from keycloak_group where realm_id = '" + realm + "' and name like 'group-%'");
            statement.execute("insert into user_group_membership (group_id, user_id, membership_type)"
                    + " select g.id, u.id, 'UNMANAGED' from keycloak_group g cross join (select id from user_entity"
                    + " where realm_id = '" + realm + "' and username like 'user-%' order by username limit "
                    + membersOfTheLarge + ") u where g.realm_id = '" + realm + "' and g.name = 'group-0'");
            statement.execute("vacuum analyze");
        }
        List<String> ids = column(
                database,
                "select id from user_entity where username like 'user-%' and realm_id = ? order by username",
                realm);
        return new Seed(
                ids,
                ids.subList(0, membersOfTheLarge),
                column(database, "select id from keycloak_group where name = 'group-0' and realm_id = ?", realm)
                        .get(0));
    }

    private static List<String> column(Connection database, String query, String parameter) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(query)) {
            statement.setString(1, parameter);
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }
    }

    static String externalId(int number) {
        return "ext-" + userName(number);
    }

    static String userName(int number) {
        return "user-%07d@bench.test".formatted(number);
    }
}
