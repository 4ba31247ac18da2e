package io.github.enterprisesso.sso.admin;

import java.util.List;

/** @param total how many there are on all pages */
public record UsersRepresentation(long total, int first, List<UserRepresentation> users) {}
