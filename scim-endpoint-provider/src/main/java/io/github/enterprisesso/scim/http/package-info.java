/**
 * The SCIM endpoint below /realms/{realm}/scim-provisioning: authentication, routing, one transaction per request,
 * SCIM JSON for every answer.
 */
package io.github.enterprisesso.scim.http;
