package io.github.enterprisesso.teams.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * A pushed group that was deleted: enough to bring it back. Its mappings stay in their table and name it. Or a group that is there
 * and was left by members.
 */
@Entity
@Table(name = "TEAM_TOMBSTONE")
public class TombstoneEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "GROUP_ID", length = 36, nullable = false)
    private String groupId;

    @Column(name = "NAME", nullable = false)
    private String name;

    @Column(name = "PARENT_ID", length = 36)
    private String parentId;

    @Column(name = "CONNECTION")
    private String connection;

    @Column(name = "ROLES", length = 2000)
    private String roles;

    @Column(name = "DELETED_AT", nullable = false)
    private long deletedAt;

    @Column(name = "DEPARTED", nullable = false)
    private boolean departed;

    protected TombstoneEntity() {}

    TombstoneEntity(
            String id,
            String realmId,
            String groupId,
            String name,
            String parentId,
            String connection,
            String roles,
            long now,
            boolean departed) {
        this.id = id;
        this.realmId = realmId;
        this.groupId = groupId;
        this.name = name;
        this.parentId = parentId;
        this.connection = connection;
        this.roles = roles;
        this.deletedAt = now;
        this.departed = departed;
    }

    /** Whether the group is there and its members left; else it was deleted. */
    public boolean isDeparted() {
        return departed;
    }

    public String getId() {
        return id;
    }

    /** Its group is back under another id. */
    void rise(String group) {
        this.groupId = group;
    }

    /** Id that the group had, or has now that it is back. */
    public String getGroupId() {
        return groupId;
    }

    public String getName() {
        return name;
    }

    /** Id of the group it was below; null for the realm's top level. */
    public String getParentId() {
        return parentId;
    }

    /** Id of the connection that had pushed it. */
    public String getConnection() {
        return connection;
    }

    /** Roles of the ladder that it carried, joined by a comma; never null. */
    public String getRoles() {
        return roles == null ? "" : roles;
    }

    /** When it was deleted, or the last of its members left; milliseconds since the epoch. */
    public long getDeletedAt() {
        return deletedAt;
    }
}
