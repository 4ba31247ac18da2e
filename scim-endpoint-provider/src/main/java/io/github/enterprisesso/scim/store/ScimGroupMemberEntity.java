package io.github.enterprisesso.scim.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A row of SCIM_GROUP_MEMBER: a pushed group that is a member of another one. Users are members in Keycloak's own table. */
@Entity
@IdClass(ScimGroupMemberEntity.Key.class)
@Table(name = "SCIM_GROUP_MEMBER")
public class ScimGroupMemberEntity {

    public record Key(String groupId, String memberId) implements Serializable {}

    @Id
    @Column(name = "GROUP_ID", length = 36)
    private String groupId;

    @Id
    @Column(name = "MEMBER_ID", length = 36)
    private String memberId;

    @Column(name = "REALM_ID", nullable = false)
    private String realmId;

    @Column(name = "CONNECTION_ID", nullable = false)
    private String connectionId;

    protected ScimGroupMemberEntity() {}

    public ScimGroupMemberEntity(String realmId, String connectionId, Key key) {
        this.realmId = realmId;
        this.connectionId = connectionId;
        this.groupId = key.groupId();
        this.memberId = key.memberId();
    }

    public String getGroupId() {
        return groupId;
    }

    /** The group that is the member. */
    public String getMemberId() {
        return memberId;
    }

    public String getRealmId() {
        return realmId;
    }

    public String getConnectionId() {
        return connectionId;
    }
}
