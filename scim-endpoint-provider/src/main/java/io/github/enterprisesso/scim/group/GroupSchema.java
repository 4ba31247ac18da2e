package io.github.enterprisesso.scim.group;

import static io.github.enterprisesso.scim.schema.Attribute.complex;
import static io.github.enterprisesso.scim.schema.Attribute.reference;
import static io.github.enterprisesso.scim.schema.Attribute.string;

import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.protocol.Urn;
import io.github.enterprisesso.scim.schema.Attribute;
import io.github.enterprisesso.scim.schema.Attribute.Type;
import io.github.enterprisesso.scim.schema.Catalogue;
import io.github.enterprisesso.scim.schema.Home;
import io.github.enterprisesso.scim.schema.Home.Column;
import io.github.enterprisesso.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The attributes of a Group: those of RFC 7643 section 4.2 and the connection's extension. */
public final class GroupSchema {

    /** The answer shows no other members of a bound connection's groups ({@link Members}). */
    private static final String OF_ORGANIZATION = " and exists (select 1 from UserGroupMembershipEntity {}m"
            + " join OrganizationEntity {}o on {}o.groupId = {}m.groupId"
            + " where {}m.user.id = {}u.id and {}o.realmId = g.realm and {}o.alias = ";

    private GroupSchema() {}

    public static Catalogue of(ScimConnection connection) {
        Schema extension = new Schema(
                connection.groupExtensions(),
                "Group extension",
                "What the organization adds to a group",
                List.of(string(GroupRecord.ROLES, "Roles in the organization of every member of the group")
                        .multiValued()
                        .oneOf(connection.roleValues())
                        .in(attribute(GroupReader.ROLES_ATTRIBUTE))));
        return new Catalogue(core(connection), new ArrayList<>(List.of(extension)));
    }

    private static Schema core(ScimConnection connection) {
        return Schema.of(
                Urn.GROUP,
                "Group",
                "A pushed group",
                List.of(
                        string("id", "Id of the group").common().caseExact().in(Column.of("g.id")),
                        string("externalId", "Id of the group at the client")
                                .common()
                                .caseExact()
                                .in(attribute(GroupReader.EXTERNAL_ID_ATTRIBUTE)),
                        complex(
                                        "meta",
                                        "About the resource",
                                        string("resourceType", "Group").in(Column.lowerCase("'group'")),
                                        Attribute.of("created", Type.DATE_TIME, "When it was made")
                                                .in(Column.of("g.createdTimestamp")
                                                        .orNull()),
                                        Attribute.of("lastModified", Type.DATE_TIME, "When it was changed last")
                                                .in(Column.of("coalesce(g.lastModifiedTimestamp, g.createdTimestamp)")
                                                        .orNull()))
                                .common()
                                .mutability("readOnly"),
                        string("displayName", "Name, unique among the connection's groups without case")
                                .required()
                                .unique()
                                .in(Column.of("g.name")),
                        complex(
                                        "members",
                                        "The members of the group",
                                        string("value", "Id of the user or group")
                                                .caseExact()
                                                .mutability("immutable"),
                                        reference("$ref", "Address of the user or group", "User", "Group")
                                                .mutability("immutable"),
                                        string("display", "E-mail address of the user, name of the group")
                                                .mutability("readOnly"),
                                        string("type", "User or Group")
                                                .oneOf(List.of("User", "Group"))
                                                .mutability("immutable"))
                                .multiValued()
                                .in(members(connection))));
    }

    private static Home attribute(String name) {
        return new Home.Rows(
                "GroupAttributeEntity {}",
                "{}.group.id = g.id and {}.name = '" + name + "'",
                Map.of("value", Column.of("{}.value")));
    }

    private static Home members(ScimConnection connection) {
        return new Home.Either(List.of(users(connection), groups()));
    }

    private static Home.Rows users(ScimConnection connection) {
        String organization = connection.organization().isEmpty()
                ? ""
                : OF_ORGANIZATION + "'" + connection.organization().replace("'", "''") + "')";
        return new Home.Rows(
                "UserGroupMembershipEntity {} join {}.user {}u left join ScimUserEntity {}s on {}s.userId = {}u.id",
                "{}.groupId = g.id and {}u.serviceAccountClientLink is null"
                        + " and ({}s.userId is null or {}s.connectionId = :connection)" + organization,
                Map.of(
                        "value", Column.of("{}u.id"),
                        "display", Column.lowerCase("coalesce({}u.email, {}u.username)"),
                        "type", Column.lowerCase("'user'")));
    }

    private static Home.Rows groups() {
        return new Home.Rows(
                "ScimGroupMemberEntity {} join GroupEntity {}g on {}g.id = {}.memberId",
                "{}.groupId = g.id and {}.connectionId = :connection",
                Map.of(
                        "value", Column.of("{}g.id"),
                        "display", Column.of("{}g.name"),
                        "type", Column.lowerCase("'group'")));
    }
}
