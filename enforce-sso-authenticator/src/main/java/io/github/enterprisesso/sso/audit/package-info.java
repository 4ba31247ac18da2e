/** Admin events for what administrators cause outside of our own resources. */
package io.github.enterprisesso.sso.audit;
